"""Where an export goes unless the user chooses."""

from pathlib import Path

import pytest

from skn_annotator.annotation.formats import FORMATS
from skn_annotator.app.project.opening import Opened, open_sequence
from skn_annotator.app.tasks.export import default_place
from skn_annotator.resources import demo_clip


@pytest.mark.parametrize("format_", FORMATS, ids=lambda each: each.key)
def test_an_export_goes_beside_the_video_but_the_demo_s_into_the_home_folder(
    clip, tmp_path, homeless, format_
):
    (opened,) = (each for each in open_sequence(clip) if isinstance(each, Opened))
    assert default_place(format_, opened.sequence).parent == clip.parent
    (demo,) = (
        each for each in open_sequence(demo_clip(), place=tmp_path / "x.skn") if isinstance(each, Opened)
    )
    assert default_place(format_, demo.sequence).parent == Path.home()
