"""What is kept of the reader's matches."""

from fakes import reader_match
from steps import go, paint, propagate

from skn_annotator.app.tasks.kept_matches import KeptMatches


def test_the_oldest_are_forgotten_when_the_bytes_are_used_up():
    one = reader_match()
    nbytes = sum(a[1].nbytes for a in (one.points, one.strength, one.foreground))
    matches = KeptMatches(lambda t: b"mask", max_bytes=2 * nbytes)
    for t in range(3):
        matches.put(t, reader_match(), b"mask")
    assert [matches.holds(t, 1) for t in range(3)] == [False, True, True]
    assert matches.explanation(0, 1) is None


def test_an_object_that_was_not_read_has_no_explanation():
    matches = KeptMatches(lambda t: b"mask")
    matches.put(0, reader_match(ids=(1,)), b"mask")
    assert not matches.holds(0, 2)
    assert matches.explanation(0, 2) is None


def test_a_new_match_replaces_the_explanation_of_the_old():
    matches = KeptMatches(lambda t: b"mask")
    matches.put(0, reader_match(), b"mask")
    first = matches.explanation(0, 1)
    assert matches.explanation(0, 1) is first
    matches.put(0, reader_match(), b"mask")
    assert matches.explanation(0, 1) is not first


def test_the_explanation_lasts_until_the_mask_is_changed(qtbot, session):
    paint(session)
    assert not session.tasks.passes.matches.holds(session.viewer.shown, 1)
    propagate(qtbot, session)
    go(qtbot, session, 3)
    assert session.tasks.passes.matches.holds(session.viewer.shown, 1)
    explanation = session.tasks.passes.matches.explanation(session.viewer.shown, 1)
    assert explanation.points.shape == (12, 2)
    assert explanation.kernel.shape == (3, 4)
    paint(session, (50.0, 40.0))
    assert not session.tasks.passes.matches.holds(session.viewer.shown, 1)
    assert session.tasks.passes.matches.explanation(session.viewer.shown, 1) is None
