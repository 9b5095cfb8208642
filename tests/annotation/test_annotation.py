import numpy as np
import pytest
from states import state

from skn_annotator.annotation.annotation import NONE, AnnotatedObject, Annotation, Edit
from skn_annotator.annotation.masks import encode_mask

CUP = AnnotatedObject(1, "cup", (128, 0, 0))


def png(*ids):
    mask = np.zeros((8, 10), np.uint8)
    mask[0, : len(ids)] = ids
    return encode_mask(mask)


@pytest.fixture
def annotation():
    return Annotation((8, 10), 20)


def test_a_new_annotation_is_empty(annotation):
    assert annotation.objects == ()
    assert annotation.references == {}
    assert annotation.frames() == ()
    assert annotation.mask(3) is annotation.mask_bytes(3) is annotation.confidence(3) is None
    assert annotation.ids_at(3) == frozenset()


def test_apply_changes_everything_and_tells_which_frames(annotation):
    edit = Edit(
        "all",
        {7: (None, png(1, 2)), 3: (None, png(1))},
        references={3: (NONE, frozenset({1}))},
        objects=((), (CUP,)),
        confidence={7: (None, {1: 0.5}), 9: (None, {1: 0.25})},
    )
    assert annotation.apply(edit) == {3, 7, 9}
    assert annotation.frames() == (3, 7)
    assert annotation.mask(7)[0, 1] == 2
    assert annotation.references == {3: {1}}
    assert (annotation.decided(3), annotation.decided(7)) == ({1}, frozenset())
    assert annotation.objects == (CUP,)
    assert annotation.confidence(7) == {1: 0.5}


def test_the_inverse_takes_everything_back(annotation):
    annotation.apply(Edit("first", {3: (None, png(2))}, references={3: (NONE, frozenset({2}))}))
    before = state(annotation)
    edit = Edit(
        "second",
        {3: (png(2), png(1)), 5: (None, png(1))},
        references={3: (frozenset({2}), NONE), 5: (NONE, frozenset({1}))},
        objects=((), (CUP,)),
        confidence={5: (None, {1: 0.5})},
    )
    changed = annotation.apply(edit)
    after = state(annotation)
    assert annotation.apply(edit.inverse()) == changed == {3, 5}
    assert state(annotation) == before
    annotation.apply(edit.inverse().inverse())
    assert state(annotation) == after


@pytest.mark.parametrize(
    "edit",
    [
        Edit("stale", {2: (None, png(1)), 3: (png(5), png(1))}),
        Edit("stale", {2: (None, png(1))}, references={9: (frozenset({1}), NONE)}),
        Edit("stale", {2: (None, png(1))}, objects=((), (CUP,))),
        Edit("stale", {2: (None, png(1))}, confidence={3: ({1: 0.1}, None)}),
        Edit("outside", {2: (None, png(1)), 20: (None, png(1))}),
        Edit("outside", {2: (None, png(1))}, references={-1: (NONE, frozenset({1}))}),
    ],
)
def test_an_edit_that_does_not_fit_changes_nothing(annotation, edit):
    annotation.apply(
        Edit("first", {3: (None, png(2))}, references={3: (NONE, frozenset({2}))}, objects=((), (CUP,) * 2))
    )
    before = state(annotation)
    with pytest.raises(ValueError, match=edit.name):
        annotation.apply(edit)
    assert state(annotation) == before


def test_ids_follow_the_masks(annotation):
    annotation.apply(Edit("add", {2: (None, png(1, 4)), 5: (None, png(4)), 4: (None, png())}))
    assert annotation.ids_at(2) == {1, 4}
    assert annotation.present(4) == (2, 5)
    annotation.apply(Edit("change", {2: (png(1, 4), png(3)), 5: (png(4), None)}))
    assert annotation.ids_at(2) == {3}
    assert annotation.ids_at(5) == frozenset()
    assert annotation.present(4) == ()


def test_a_copy_says_the_same_and_goes_its_own_way(annotation):
    annotation.apply(Edit("add", {2: (None, png(1))}, references={2: (NONE, frozenset({1}))}))
    copy = annotation.copy()
    assert state(copy) == state(annotation)
    assert copy.mask_bytes(2) is annotation.mask_bytes(2)
    before = state(annotation)
    copy.apply(Edit("change", {2: (png(1), png(3)), 4: (None, png(1))}, objects=((), (CUP,))))
    assert state(annotation) == before
    assert annotation.ids_at(2) == {1}
    assert copy.ids_at(2) == {3}


def test_ids_that_an_edit_tells_are_not_looked_for(annotation):
    edit = Edit("add", {2: (None, b"not decoded")}, ids={2: (frozenset(), frozenset({5}))})
    annotation.apply(edit)
    assert annotation.present(5) == (2,)
    annotation.apply(edit.inverse())
    assert annotation.present(5) == ()


def test_ids_that_are_recalled_are_not_looked_for(annotation):
    annotation.apply(Edit("add", {2: (None, b"not decoded")}))
    annotation.recall_ids({2: frozenset({5}), 3: frozenset({6})})
    assert annotation.present(5) == (2,)
    assert annotation.ids_at(3) == frozenset()
    annotation.apply(Edit("change", {2: (b"not decoded", png(1))}))
    assert annotation.ids_at(2) == {1}


def test_a_mask_that_is_handed_out_is_read_only(annotation):
    annotation.apply(Edit("add", {2: (None, png(1))}))
    with pytest.raises(ValueError, match="read-only"):
        annotation.mask(2)[0, 0] = 5


def test_an_edit_knows_its_bytes_and_whether_it_changes_anything():
    assert Edit("nothing").is_empty
    assert Edit("same", {1: (png(1), png(1))}, objects=((CUP,), (CUP,))).is_empty
    assert not Edit("references", references={1: (NONE, frozenset({1}))}).is_empty
    assert not Edit("confidence", confidence={1: (None, {1: 0.5})}).is_empty
    edit = Edit("mask", {1: (None, png(1)), 2: (png(1), png(2))})
    assert not edit.is_empty
    assert edit.nbytes == edit.inverse().nbytes == 2 * len(png(1)) + len(png(2))
