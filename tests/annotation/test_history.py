import numpy as np
import pytest

from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.annotation.history import History
from skn_annotator.annotation.masks import encode_mask


def edit(name, size=0, t=0):
    return Edit(name, {t: (None, bytes(size))})


def test_undo_and_redo_walk_the_edits():
    history = History()
    assert history.undo() is history.redo() is history.undo_name is history.redo_name is None
    history.push(edit("a"))
    history.push(edit("b"))
    assert (history.undo_name, history.redo_name) == ("b", None)
    assert history.undo() == edit("b").inverse()
    assert (history.undo_name, history.redo_name) == ("a", "b")
    assert history.redo() == edit("b")
    assert (history.undo_name, history.redo_name) == ("b", None)


def test_a_new_edit_forgets_what_was_undone():
    history = History()
    history.push(edit("a"))
    history.undo()
    history.push(edit("b"))
    assert history.redo_name is None
    assert history.undo_name == "b"


def test_an_empty_edit_is_not_remembered_and_keeps_the_redo():
    history = History()
    history.push(edit("a"))
    history.undo()
    history.push(Edit("nothing"))
    assert history.undo_name is None
    assert history.redo_name == "a"


def test_the_oldest_go_when_the_bytes_are_exceeded():
    history = History(max_bytes=100)
    for name in "abcd":
        history.push(edit(name, 40))
    assert history.nbytes == 80
    names = []
    while history.undo_name:
        names.append(history.undo_name)
        history.undo()
    assert names == ["d", "c"]


def test_the_latest_edit_stays_whatever_its_size():
    history = History(max_bytes=100)
    history.push(edit("small", 10))
    history.push(edit("large", 1000))
    assert history.undo_name == "large"
    history.undo()
    assert history.undo_name is None


def masks_of(annotation):
    return {t: annotation.mask_bytes(t) for t in annotation.frames()}


@pytest.mark.parametrize("seed", range(5))
def test_random_edits_undo_to_the_start_and_redo_to_the_end(seed):
    rng = np.random.default_rng(seed)
    annotation, history = Annotation((4, 4), 5), History()
    states = [masks_of(annotation)]
    for number in range(30):
        t = int(rng.integers(5))
        edit = Edit(
            str(number), {t: (annotation.mask_bytes(t), encode_mask(np.full((4, 4), number, np.uint8)))}
        )
        annotation.apply(edit)
        history.push(edit)
        states.append(masks_of(annotation))
        if rng.random() < 0.3:
            annotation.apply(history.undo())
            states.pop()
            assert masks_of(annotation) == states[-1]
    for state in states[-2::-1]:
        annotation.apply(history.undo())
        assert masks_of(annotation) == state
    assert history.undo() is None
    for state in states[1:]:
        annotation.apply(history.redo())
        assert masks_of(annotation) == state


def test_with_less_memory_the_oldest_go_at_once():
    history = History(max_bytes=100)
    for name in "abc":
        history.push(edit(name, 30))
    history.use_memory(60)
    assert [history.undo().name for _ in range(2)] == ["c", "b"]
    assert history.undo() is None
