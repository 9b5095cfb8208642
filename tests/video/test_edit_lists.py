"""MP4s whose edit list leaves out the beginning, so that they start amid a group of pictures."""

import numpy as np
import pytest
from conftest import ffmpeg, number_in

from skn_annotator.video.video_file import VideoFile

CODECS = {
    "h264": "-c:v libx264 -g 12 -bf 2 -sc_threshold 0 -pix_fmt yuv420p",
    "open groups": "-c:v libx264 -x264-params open-gop=1:keyint=12:min-keyint=12:bframes=3 -pix_fmt yuv420p",
    "mpeg4": "-c:v mpeg4 -g 10 -q:v 3",
    "mjpeg": "-c:v mjpeg -pix_fmt yuvj420p -q:v 3",
}


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize(("offset", "first"), [("-0.1", 3), ("-0.5", 13), ("-0.9", 23)])
def test_frames_are_there_whose_keyframe_is_left_out(make_video, tmp_path, codec, offset, first):
    whole = make_video(f"{codec}.mp4", *CODECS[codec].split(), count=36)
    cut = tmp_path / "cut.mp4"
    ffmpeg("-itsoffset", offset, "-i", whole, "-c", "copy", cut)
    file, other = VideoFile(cut), VideoFile(cut)
    assert [str(warning) for warning in file.warnings] == []
    frames = list(file.read(0, len(file)))
    assert [number_in(frame) for frame in frames] == list(range(first, 36))
    for t in range(len(frames) - 1, -1, -1):
        assert np.array_equal(next(other.read(t, t + 1)), frames[t])
