import numpy as np
import pytest
from states import state

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.edits import CarriedMask
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.annotation.remapping import deleting, exchanging, merging
from skn_annotator.errors import SknError
from skn_annotator.palette import display_color


def id_map(*ids):
    mask = np.zeros((8, 10), np.uint8)
    mask[0, : len(ids)] = ids
    return mask


@pytest.fixture
def annotation():
    """Objects 1 and 2, both decided on frame 0; 1 to 3 are propagated, 3 holds only object 1."""
    annotation = Annotation((8, 10), 10)
    annotation.apply(edits.add_object(annotation, "left"))
    annotation.apply(edits.add_object(annotation, "right"))
    annotation.apply(edits.import_masks(annotation, {0: id_map(1, 2)}))
    for t, ids in [(1, (1, 2)), (2, (1, 2)), (3, (1,))]:
        data = encode_mask(id_map(*ids))
        carried = edits.propagated(
            annotation,
            CarriedMask(t, data, {1: 0.9, 2: 0.8}, {1: frozenset([5]), 2: frozenset([6])}),
            "Propagate 0-3",
        )
        annotation.apply(carried)
    return annotation


ACTIONS = {
    "Brush": lambda a: edits.paint(a, 2, id_map(2, 2), 2),
    "Import masks": lambda a: edits.import_masks(a, {1: id_map(1, 9), 5: id_map(2)}),
    "Propagate 4-4": lambda a: edits.propagated(
        a, CarriedMask(4, encode_mask(id_map(1)), {1: 0.5}), "Propagate 4-4"
    ),
    "Set reference frame": lambda a: edits.decide_all(a, [1, 2, 7]),
    "Unset reference frame": lambda a: edits.undecide(a, [0]),
    "Object absent here": lambda a: edits.declare_absent(a, 1, 2),
    "Clear frame": lambda a: edits.clear_frame(a, 0),
    "Add object": lambda a: edits.add_object(a),
    "Rename object": lambda a: edits.rename(a, 1, "cup"),
    "Colour object": lambda a: edits.recolor(a, 1, (1, 2, 3)),
    "Hide object": lambda a: edits.set_visible(a, 1, False),
    "Lock object": lambda a: edits.set_locked(a, 1, True),
    "Show one object": lambda a: edits.solo(a, 1),
    "Move object": lambda a: edits.move_object(a, 2, 0),
    "Merge objects": lambda a: merging(a, 1, into=2).edit(a),
    "Exchange objects": lambda a: exchanging(a, 1, 2, [2, 3, 7]).edit(a),
    "Delete object": lambda a: deleting(a, 2).edit(a),
    "Delete object here": lambda a: deleting(a, 2, [1, 3]).edit(a),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_is_one_named_edit_that_is_undone_in_one_step(annotation, name):
    before = state(annotation)
    edit = ACTIONS[name](annotation)
    assert state(annotation) == before, "making an edit must not change the annotation"
    assert edit.name == name
    annotation.apply(edit)
    assert state(annotation) != before
    annotation.apply(edit.inverse())
    assert state(annotation) == before


def test_painting_decides_the_painted_object_and_no_other(annotation):
    annotation.apply(edits.paint(annotation, 2, id_map(2, 2), 2))
    np.testing.assert_array_equal(annotation.mask(2), id_map(2, 2))
    assert annotation.references == {
        0: {1, 2},
        2: {2},
    }  # object 1 lost a pixel, and is as undecided as before
    assert annotation.confidence(2) == {1: 0.9}
    assert annotation.sources(2) == {1: {5}}
    annotation.apply(edits.paint(annotation, 2, id_map(2, 1), 1))
    assert annotation.references[2] == {1, 2}
    assert annotation.confidence(2) is annotation.sources(2) is None
    assert annotation.confidence(1) == {1: 0.9, 2: 0.8}


def test_painting_nothing_is_an_empty_edit(annotation):
    assert edits.paint(annotation, 2, id_map(1, 2), 1).is_empty
    assert edits.paint(annotation, 7, id_map(), 1).is_empty


def test_an_object_is_absent_by_decision_shown_or_not(annotation):
    annotation.apply(edits.declare_absent(annotation, 2, 2))
    np.testing.assert_array_equal(annotation.mask(2), id_map(1))
    annotation.apply(edits.declare_absent(annotation, 3, 2))  # it was not found there either
    np.testing.assert_array_equal(annotation.mask(3), id_map(1))
    annotation.apply(edits.declare_absent(annotation, 7, 2))
    assert not annotation.mask(7).any()
    assert annotation.references == {0: {1, 2}, 2: {2}, 3: {2}, 7: {2}}
    assert annotation.confidence(3) == {1: 0.9}
    assert edits.declare_absent(annotation, 3, 2).is_empty


def test_erasing_the_last_pixel_leaves_an_empty_mask(annotation):
    annotation.apply(edits.paint(annotation, 3, id_map(), 1))
    assert annotation.mask(3) is not None
    assert not annotation.mask(3).any()
    assert 3 in annotation.references


def test_imported_masks_bring_their_objects(annotation):
    annotation.apply(edits.import_masks(annotation, {1: id_map(1, 9, 255), 5: id_map(2)}))
    assert [o.id for o in annotation.objects] == [1, 2, 9]
    assert annotation.references == {0: {1, 2}, 1: {1, 2, 9}, 5: {1, 2, 9}}


def test_propagation_never_overwrites_what_is_decided(annotation):
    with pytest.raises(ValueError, match="object 1 is decided on frame 0"):
        edits.propagated(annotation, CarriedMask(0, encode_mask(id_map(1)), {1: 0.5}), "Propagate 0-3")
    annotation.apply(edits.paint(annotation, 2, id_map(2, 2), 2))
    carried = CarriedMask(2, encode_mask(id_map(2, 2, 1)), {1: 0.5})
    annotation.apply(edits.propagated(annotation, carried, "Propagate 0-3"))
    assert annotation.references[2] == {2}


def test_joined_steps_are_undone_as_one(annotation):
    before = state(annotation)
    steps = []
    for make in (
        lambda: edits.propagated(annotation, CarriedMask(3, encode_mask(id_map(1)), {1: 0.1}), "a"),
        lambda: edits.propagated(annotation, CarriedMask(4, encode_mask(id_map(2)), {1: 0.2}), "b"),
        lambda: edits.paint(annotation, 3, id_map(2), 2),
        lambda: edits.add_object(annotation),
        lambda: edits.paint(annotation, 4, id_map(3), 3),
    ):
        steps.append(make())
        annotation.apply(steps[-1])
    after = state(annotation)
    edit = edits.joined("Propagate 3-4", steps)
    assert edit.name == "Propagate 3-4"
    annotation.apply(edit.inverse())
    assert state(annotation) == before
    annotation.apply(edit)
    assert state(annotation) == after


def test_joined_edits_tell_the_objects_of_a_frame_where_all_of_them_do():
    annotation = Annotation((8, 10), 10)
    mask = {ids: encode_mask(id_map(*ids)) for ids in ((1,), (1, 2))}

    def step(t, ids, told):
        edit = edits.propagated(
            annotation, CarriedMask(t, mask[ids], {}, ids=frozenset(ids) if told else None), "a"
        )
        annotation.apply(edit)
        return edit

    steps = [step(3, (1,), True), step(4, (1,), True), step(3, (1, 2), True), step(4, (1, 2), False)]
    edit = edits.joined("Propagate 3-4", steps)
    assert edit.ids == {3: (frozenset(), frozenset([1, 2]))}
    annotation.apply(edit.inverse())
    annotation.apply(edit)
    assert annotation.ids_at(3) == annotation.ids_at(4) == {1, 2}


def test_marking_a_frame_without_a_mask_says_that_it_is_empty(annotation):
    annotation.apply(edits.decide_all(annotation, [1, 7]))
    assert annotation.references == {0: {1, 2}, 1: {1, 2}, 7: {1, 2}}
    assert not annotation.mask(7).any()
    np.testing.assert_array_equal(annotation.mask(1), id_map(1, 2))
    assert annotation.confidence(1) is None


def test_unmarking_keeps_the_mask(annotation):
    annotation.apply(edits.undecide(annotation, [0]))
    assert annotation.references == {}
    np.testing.assert_array_equal(annotation.mask(0), id_map(1, 2))


def test_clearing_a_frame_removes_all_of_it(annotation):
    annotation.apply(edits.clear_frame(annotation, 0))
    annotation.apply(edits.clear_frame(annotation, 1))
    assert annotation.frames() == (2, 3)
    assert annotation.references == {}
    assert annotation.confidence(1) is None
    assert edits.clear_frame(annotation, 1).is_empty


def test_solo_shows_one_object_and_then_all(annotation):
    annotation.apply(edits.set_visible(annotation, 2, False))
    annotation.apply(edits.solo(annotation, 2))
    assert [(o.id, o.visible) for o in annotation.objects] == [(1, False), (2, True)]
    annotation.apply(edits.solo(annotation, 1))
    assert [o.visible for o in annotation.objects] == [True, False]
    again = edits.solo(annotation, 1)
    assert again.name == "Show all objects"
    annotation.apply(again)
    assert all(o.visible for o in annotation.objects)


@pytest.mark.parametrize(
    ("moved", "place", "order"),
    [(1, 2, [2, 3, 1]), (3, 0, [3, 1, 2]), (2, 9, [1, 3, 2]), (2, -4, [2, 1, 3]), (2, 1, [1, 2, 3])],
)
def test_an_object_moves_in_the_list_and_keeps_its_id(annotation, moved, place, order):
    annotation.apply(edits.add_object(annotation))
    edit = edits.move_object(annotation, moved, place)
    annotation.apply(edit)
    assert [o.id for o in annotation.objects] == order
    assert edit.is_empty == (order == [1, 2, 3])
    np.testing.assert_array_equal(annotation.mask(1), id_map(1, 2))


def test_an_added_object_takes_the_lowest_free_id(annotation):
    annotation.apply(deleting(annotation, 1).edit(annotation))
    annotation.apply(edits.add_object(annotation))
    assert [(o.id, o.name, o.color) for o in annotation.objects] == [
        (2, "right", display_color(2)),
        (1, "object 1", display_color(1)),
    ]


def test_the_255th_object_is_refused(annotation):
    for _ in range(252):
        annotation.apply(edits.add_object(annotation))
    assert sorted(o.id for o in annotation.objects) == list(range(1, 255))
    with pytest.raises(SknError, match="254 objects"):
        edits.add_object(annotation)


def test_merging_moves_every_pixel_and_what_is_decided(annotation):
    annotation.apply(edits.paint(annotation, 3, id_map(1, 1), 1))
    annotation.apply(merging(annotation, 1, into=2).edit(annotation))
    assert [o.id for o in annotation.objects] == [2]
    assert annotation.present(1) == ()
    np.testing.assert_array_equal(annotation.mask(3), id_map(2, 2))
    assert annotation.references == {0: {2}, 3: {2}}
    assert annotation.confidence(2) == {2: 0.8}  # the lesser one


def test_what_was_decided_of_a_deleted_object_goes_with_it(annotation):
    annotation.apply(edits.declare_absent(annotation, 2, 2))
    edit = deleting(annotation, 2).edit(annotation)
    annotation.apply(edit)
    assert annotation.references == {0: {1}}
    annotation.apply(edit.inverse())
    assert annotation.references == {0: {1, 2}, 2: {2}}


@pytest.mark.parametrize(
    ("leaving", "confidence", "sources"),
    [
        (lambda a: deleting(a, 2), {1: 0.9}, {1: frozenset({5})}),
        (lambda a: merging(a, 2, into=1), {1: 0.6}, {1: frozenset({5, 6})}),
    ],
)
def test_who_leaves_the_list_leaves_nothing_where_a_pass_found_it_absent(
    annotation, leaving, confidence, sources
):
    found = CarriedMask(4, encode_mask(id_map(1)), {1: 0.9, 2: 0.6}, {1: frozenset({5}), 2: frozenset({6})})
    annotation.apply(edits.propagated(annotation, found, "Propagate"))
    annotation.apply(leaving(annotation).edit(annotation))
    assert annotation.confidence(4) == confidence  # another object gets the free number
    assert annotation.sources(4) == sources


def test_deleting_an_object_everywhere_leaves_the_others(annotation):
    annotation.apply(deleting(annotation, 2).edit(annotation))
    assert [o.id for o in annotation.objects] == [1]
    assert annotation.present(1) == (0, 1, 2, 3)
    assert annotation.present(2) == ()


def test_deleting_on_some_frames_keeps_the_object(annotation):
    annotation.apply(deleting(annotation, 2, range(1, 10)).edit(annotation))
    assert [o.id for o in annotation.objects] == [1, 2]
    assert annotation.present(2) == (0,)
    assert annotation.frames() == (0, 1, 2, 3)


@pytest.mark.parametrize(
    "action",
    [
        lambda a: edits.rename(a, 9, "x"),
        lambda a: merging(a, 9, into=1).edit(a),
        lambda a: merging(a, 1, into=9).edit(a),
        lambda a: merging(a, 1, into=1).edit(a),
        lambda a: exchanging(a, 9, 1, [0]).edit(a),
        lambda a: exchanging(a, 1, 9, [0]).edit(a),
        lambda a: exchanging(a, 1, 1, [0]).edit(a),
        lambda a: deleting(a, 9).edit(a),
    ],
)
def test_an_unknown_object_is_a_bug_of_the_caller(annotation, action):
    with pytest.raises(ValueError, match="object"):
        action(annotation)


def test_exchanged_objects_have_each_others_pixels_and_confidence_on_those_frames_alone(annotation):
    annotation.apply(exchanging(annotation, 1, 2, range(2, 10)).edit(annotation))
    np.testing.assert_array_equal(annotation.mask(1), id_map(1, 2))
    np.testing.assert_array_equal(annotation.mask(2), id_map(2, 1))
    np.testing.assert_array_equal(annotation.mask(3), id_map(2))
    assert annotation.confidence(2) == {1: 0.8, 2: 0.9}
    assert annotation.sources(2) == {1: {6}, 2: {5}}
    assert annotation.references == {0: {1, 2}}
