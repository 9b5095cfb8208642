"""An export of a source that is not what was opened any more: one sentence, and nothing is written."""

import pytest
from PIL import Image

from skn_annotator.annotation.formats import FORMATS
from skn_annotator.app.project.opening import Opened, open_sequence
from skn_annotator.app.tasks.export import Export
from skn_annotator.errors import VideoError


@pytest.mark.parametrize("format_", FORMATS, ids=lambda each: each.key)
def test_pictures_of_the_same_size_put_in_their_place_are_not_exported(clip, tmp_path, homeless, format_):
    (opened,) = (each for each in open_sequence(clip) if isinstance(each, Opened))
    place = tmp_path / f"out{format_.suffix}"
    export = Export.of(format_, place, opened.sequence, opened.annotation, 0.5)
    for picture in clip.iterdir():
        Image.new("RGB", (64, 48), (9, 9, 9)).save(picture)
    with pytest.raises(VideoError, match=r"clip was replaced while it was open.*open it again"):
        list(export.run())
    assert not place.exists()
