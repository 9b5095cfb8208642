"""What is kept of the reader's matches."""

from fakes import reader_match

from skn_annotator.app.tasks.kept_matches import KeptMatches


def test_the_oldest_are_forgotten_when_the_bytes_are_used_up():
    one = reader_match()
    nbytes = sum(a[1].nbytes for a in (one.points, one.strength, one.foreground))
    matches = KeptMatches(max_bytes=2 * nbytes)
    for t in range(3):
        matches.put(t, reader_match())
    assert [matches.holds(t, 1) for t in range(3)] == [False, True, True]
    assert matches.explanation(0, 1) is None


def test_an_object_that_was_not_read_has_no_explanation():
    matches = KeptMatches()
    matches.put(0, reader_match(ids=(1,)))
    assert not matches.holds(0, 2)
    assert matches.explanation(0, 2) is None


def test_a_new_match_replaces_the_explanation_of_the_old():
    matches = KeptMatches()
    matches.put(0, reader_match())
    first = matches.explanation(0, 1)
    assert matches.explanation(0, 1) is first
    matches.put(0, reader_match())
    assert matches.explanation(0, 1) is not first
