"""Numbers as a person of the window's language reads them, on one line with their units."""

import pytest

from skn_annotator.app.language import tr, use_language
from skn_annotator.app.numbers import figures, number, percent


@pytest.fixture
def german(qapp):
    use_language(qapp, "de")
    yield
    use_language(qapp, "en")


def test_thousands_are_parted_and_no_power_of_ten_is_written():
    assert (number(31640), number(7.94, 1)) == ("31,640", "7.9")


def test_significant_digits():
    assert [figures(value, 3) for value in (24, 0.25, 1234, 1.2345e-5)] == [
        "24",
        "0.25",
        "1.23e+03",
        "1.23e-05",
    ]


def test_a_german_window_writes_them_in_german(german):
    assert (number(31640), number(7.94, 1), figures(23.976, 4)) == ("31.640", "7,9", "23,98")


def test_a_number_stands_on_one_line_with_its_unit(german):
    assert percent(0.672) == "67\u00a0%"
    assert tr("{n:.0f} % certain") == "zu {n:.0f}\u00a0% sicher"
    assert tr("frame {t} / {length}") == "Bild\u00a0{t} / {length}"
    assert tr("{m} min {s:02d} s") == "{m}\u00a0min {s:02d}\u00a0s"
    assert tr("{n} frames changed") == "{n} Bilder geändert"  # a word is no unit
