"""Files whose timestamps do not tell the order of their frames: each frame is there, and at one number."""

import random
import shlex

import numpy as np
import pytest
from conftest import ffmpeg, number_in, numbered_frames
from test_video_file import frame

from skn_annotator.video import clock
from skn_annotator.video.video_file import VideoFile

X264 = "-c:v libx264 -pix_fmt yuv420p -sc_threshold 0 -g 20"
MPEG2 = "-c:v mpeg2video -q:v 3 -g 12 -bf 2"


def encode(path, first, args, count=30):
    source = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "96x64", "-r", "25", "-i", "-")
    ffmpeg(*source, *args.split(), path, data=numbered_frames(first + count)[first:].tobytes())
    return path


def joined(folder, suffix, args, shift=None):
    """Two recordings, one after the other in one file; the clock of the second is `shift` seconds late."""
    first, second = (encode(folder / f"{t}.{suffix}", t, args) for t in (0, 30))
    if shift is not None:
        late = folder / f"late.{suffix}"
        ffmpeg("-i", second, "-c", "copy", "-output_ts_offset", shift, late)
        second = late
    both = folder / f"joined.{suffix}"
    both.write_bytes(first.read_bytes() + second.read_bytes())
    return both


def stamped(clip, path, expression):
    """The frames of `clip` with other timestamps."""
    ffmpeg("-i", clip, "-c", "copy", "-bsf:v", f"setts={expression}", path)
    return path


def is_the_same_from_everywhere(path, expected):
    file = VideoFile(path)
    in_order = [frame(file, t) for t in range(len(file))]
    assert [number_in(f) for f in in_order] == expected
    other = VideoFile(path)
    jumps = random.Random(1).sample(range(len(other)), len(other) // 2)
    for t in [*range(len(other) - 1, -1, -1), *jumps]:
        np.testing.assert_array_equal(frame(other, t), in_order[t], err_msg=f"frame {t}")
    return file


JOINED = [("ts", f"{X264} -bf 2"), ("mkv", f"{X264} -bf 2"), ("mpg", MPEG2), ("vob", MPEG2)]


@pytest.mark.parametrize(("suffix", "args"), JOINED)
def test_joined_recordings_have_all_their_frames(tmp_path, suffix, args):
    file = is_the_same_from_everywhere(joined(tmp_path, suffix, args), list(range(60)))
    assert "does not tell the order of its frames" in file.warnings[0]


@pytest.mark.parametrize("shift", [7, 1000])
def test_a_pause_of_the_recorder_loses_no_frame(tmp_path, shift):
    is_the_same_from_everywhere(joined(tmp_path, "ts", f"{X264} -bf 2", shift), list(range(60)))


@pytest.mark.parametrize("b_frames", [0, 3])
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_raw_stream_has_all_its_frames_wrapped_or_not(tmp_path, b_frames, wrapped):
    path = encode(tmp_path / "camera.h264", 0, f"{X264} -bf {b_frames}")
    if wrapped:
        ffmpeg("-r", 25, "-i", path, "-c", "copy", tmp_path / "wrapped.mp4")
        path = tmp_path / "wrapped.mp4"
    is_the_same_from_everywhere(path, list(range(30)))


def test_a_raw_hevc_stream_has_all_its_frames(tmp_path):
    path = encode(tmp_path / "camera.hevc", 0, "-c:v libx265 -x265-params log-level=none")
    is_the_same_from_everywhere(path, list(range(30)))


BROKEN = {
    "one repeats": "pts=if(eq(N\\,50)\\,PTS-2*DURATION\\,PTS)",
    "it falls": "pts=if(gt(N\\,43)\\,PTS-30*DURATION\\,PTS):dts=if(gt(N\\,43)\\,DTS-30*DURATION\\,DTS)",
    "as decoded": "pts=DTS",
    "coarse": "pts=floor(PTS/(4*DURATION))*4*DURATION",
}


@pytest.mark.parametrize("suffix", ["mkv", "flv", "ts"])
@pytest.mark.parametrize("kind", BROKEN)
def test_frames_with_a_broken_clock_are_counted_as_they_are_decoded(clip, tmp_path, kind, suffix):
    path = stamped(clip, tmp_path / f"broken.{suffix}", BROKEN[kind])
    is_the_same_from_everywhere(path, list(range(100)))


@pytest.mark.parametrize("name", ["two of them", "-two:of", "another rate"])
def test_the_named_command_makes_a_copy_whose_clock_tells_the_order(tmp_path, monkeypatch, name):
    if name == "another rate":  # than what the file names, to which an encoder rounds
        faster = f"-vf setpts=N/28/TB -fps_mode passthrough {X264} -bf 2"
        path = encode(tmp_path / f"{name}.mp4", 0, faster, count=60)
    else:
        path = joined(tmp_path, "mkv", f"{X264} -bf 2").rename(tmp_path / f"{name}.mkv")
    _, command = VideoFile(path).warnings[0].split("quicker: ")
    monkeypatch.chdir(tmp_path)
    ffmpeg(*shlex.split(command)[1:])
    file = is_the_same_from_everywhere(tmp_path / f"{name}_copy.mp4", list(range(60)))
    assert file.warnings == ()


def test_a_stream_that_starts_amid_a_group_keeps_what_can_be_decoded(tmp_path):
    whole = encode(tmp_path / "whole.ts", 0, f"{X264} -bf 2", count=60).read_bytes()
    path = tmp_path / "amid.ts"
    path.write_bytes(whole[188 * (len(whole) // 188 // 6) :])
    is_the_same_from_everywhere(path, list(range(20, 60)))


def test_a_picture_that_is_refreshed_bit_by_bit_is_decoded_from_where_it_is_whole(tmp_path):
    args = "-c:v libx264 -pix_fmt yuv420p -g 12 -x264-params intra-refresh=1:bframes=0"
    for suffix in ("mp4", "mkv", "ts"):
        is_the_same_from_everywhere(encode(tmp_path / f"refreshed.{suffix}", 0, args), list(range(30)))


def test_timestamps_tell_the_order_if_none_comes_twice_and_groups_lie_apart():
    def tells(shown, keys):
        return clock.has_order(np.array(shown), np.isin(np.arange(len(shown)), keys))

    assert tells([0, 3, 1, 2, 6, 4, 5], [0, 4])  # 4 and 5 are decoded after their keyframe
    assert not tells([0, 3, 1, 1], [0])
    assert not tells([0, 3, 1, 2, 2], [0, 4])
    assert not tells([10, 13, 11, 0, 1], [0, 3])
    assert tells([5], [0])
