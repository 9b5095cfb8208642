"""A report: which frames it shows, and a page that needs nothing else."""

import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.stamp import Stamp
from skn_annotator.evaluation.report import SHEET, PassResult, make_report
from skn_annotator.evaluation.report_page import report_page

SIZE = (36, 64)
STAMP = Stamp(Path("cups.mp4"))


def result(length, confidence, objects=None, references=(0,)):
    return PassResult(
        "cups & <more>",
        length,
        SIZE,
        objects or [AnnotatedObject(1, "cup <left>", (200, 30, 30))],
        confidence,
        frozenset(references),
        lambda t: np.full((*SIZE, 3), 90, np.uint8),
        lambda t: np.eye(*SIZE, dtype=np.uint8),
    )


def dips(length, at):
    return {t: {1: 0.2 if t in at else 0.9} for t in range(1, length)}


def test_the_frames_that_the_window_suggests_are_shown_apart_from_each_other():
    report = make_report(result(100, dips(100, (30, 31, 32, 70))))
    (curve,) = report.curves
    assert [picture.t for picture in curve.worst][:2] == [31, 70]
    assert round(curve.mean, 2) == 0.87


def test_an_object_that_stays_away_is_no_frame_to_look_at_but_its_going_is():
    sure = {t: {1: 0.9 if t < 50 else 0.0} for t in range(1, 100)}
    (curve,) = make_report(result(100, sure)).curves
    assert [picture.t for picture in curve.worst if picture.confidence == 0] == [50]


def test_the_contact_sheet_shows_a_few_frames_from_the_first_to_the_last():
    frames = [picture.t for picture in make_report(result(500, dips(500, ()))).sheet]
    assert len(frames) == SHEET
    assert (frames[0], frames[-1]) == (0, 499)
    assert len(make_report(result(3, dips(3, ()))).sheet) == 3


def test_an_object_that_no_pass_carried_is_said_to_be_so():
    page = report_page(make_report(result(3, {})), STAMP).decode()
    assert "No pass carried it anywhere." in page


def test_the_page_is_whole_html_with_everything_inside():
    page = report_page(make_report(result(60, dips(60, (20,)), references=(0, 40))), STAMP).decode()
    assert not re.findall(r'(?:src|href)="(?!data:)', page)
    assert "<script" not in page
    assert "cups &amp; &lt;more&gt;" in page
    assert "cup &lt;left&gt;" in page
    assert page.count('class="reference"') == 2
    checker = _Balance()
    checker.feed(page)
    assert checker.open == []


def test_the_curve_is_broken_where_no_pass_came():
    sure = {t: {1: 0.8} for t in (*range(1, 20), *range(40, 60))}
    page = report_page(make_report(result(60, sure)), STAMP).decode()
    assert page.count("<polyline") == 2


class _Balance(HTMLParser):
    """Which elements are still open."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
