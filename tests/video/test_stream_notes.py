"""A video that does not go on as it begins, or is not alone in its file: the user is told at opening."""

import pytest
from conftest import ffmpeg

from skn_annotator.video.frames import open_frames

X264 = "-c:v libx264 -pix_fmt yuv420p -g 10"
MPEG2 = "-c:v mpeg2video -g 10"


@pytest.fixture(autouse=True)
def no_trace(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def recording(path, args, size="96x64", start=0):
    """Thirty frames whose clock begins `start` seconds late."""
    source = ("-f", "lavfi", "-i", f"testsrc=size={size}:rate=25")
    ffmpeg(*source, "-frames:v", 30, *args.split(), "-output_ts_offset", start, path)
    return path


def joined(tmp_path, *parts):
    both = tmp_path / f"joined{parts[0].suffix}"
    both.write_bytes(b"".join(part.read_bytes() for part in parts))
    return both


def warnings_of(path):
    frames = open_frames(path)
    frames.close()
    return " ".join(frames.warnings)


@pytest.mark.parametrize("suffix", ["ts", "mkv"])
@pytest.mark.parametrize(("args", "other"), [(X264, MPEG2), (MPEG2, X264)])
def test_a_recording_of_another_codec_is_told(tmp_path, suffix, args, other):
    parts = [recording(tmp_path / f"{n}.{suffix}", each) for n, each in enumerate((args, other))]
    told = warnings_of(joined(tmp_path, *parts))
    assert "pictures of joined" in told
    assert "After frame 29," in told or "After frame 30," in told
    assert "another recording was joined there" in told


@pytest.mark.parametrize("start", [0, 10])
@pytest.mark.parametrize("count", [1, 3])
def test_another_size_is_told_with_its_frame(tmp_path, start, count):
    """With a clock that goes on and with one that begins anew."""
    small = [recording(tmp_path / f"{n}.ts", X264, start=n * start) for n in range(count)]
    large = recording(tmp_path / "large.ts", X264, "128x96", count * start)
    told = warnings_of(joined(tmp_path, *small, large))
    assert f"After frame {30 * count}, joined.ts goes on in another size than 96 x 64" in told


def test_another_size_in_between_is_told(tmp_path):
    sizes = ["96x64"] * 2 + ["128x96"] * 2 + ["96x64"] * 2
    parts = [recording(tmp_path / f"{n}.ts", X264, size, 10 * n) for n, size in enumerate(sizes)]
    assert "After frame 60, joined.ts goes on in another size" in warnings_of(joined(tmp_path, *parts))


def test_several_videos_in_a_file_are_told(tmp_path):
    one, two = recording(tmp_path / "a.mkv", X264), recording(tmp_path / "b.mkv", X264)
    ffmpeg("-i", one, "-i", two, "-map", 0, "-map", 1, "-c", "copy", tmp_path / "both.mkv")
    assert warnings_of(tmp_path / "both.mkv") == "both.mkv holds 2 videos: only one of them is shown."


@pytest.mark.parametrize("args", [f"{X264} -bf 3", f"{X264} -flags +ildct+ilme", f"{MPEG2} -bf 2"])
@pytest.mark.parametrize("suffix", ["ts", "mkv", "mp4", "avi"])
def test_an_ordinary_video_needs_no_word(tmp_path, suffix, args):
    assert warnings_of(recording(tmp_path / f"clip.{suffix}", args)) == ""


def test_joined_recordings_of_one_kind_lose_nothing(tmp_path):
    parts = [recording(tmp_path / f"{n}.ts", f"{X264} -bf 3") for n in range(2)]
    told = warnings_of(joined(tmp_path, *parts))
    assert "cannot be decoded" not in told
    assert "another size" not in told
