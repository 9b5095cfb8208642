import random
import shutil

import av
import numpy as np
import pytest
from conftest import ffmpeg, number_in, numbered_frames

from skn_annotator.errors import VideoError
from skn_annotator.video import frame_counter
from skn_annotator.video.frame_counter import index_frames
from skn_annotator.video.video_file import VideoFile

X264 = "-c:v libx264 -pix_fmt yuv420p -sc_threshold 0"
VARIABLE = "-vf setpts='(N+0.4*mod(N,3)+30*gt(N,50))/25/TB' -fps_mode vfr -enc_time_base 1/1000"
KINDS = {
    "long group, B-frames": ("long.mp4", f"{X264} -g 250 -bf 3"),
    "open groups": ("open.mp4", f"{X264} -bf 3 -x264-params open-gop=1:keyint=20:min-keyint=20"),
    "open groups, HEVC": ("open_hevc.mp4", "-c:v libx265 -x265-params log-level=none:open-gop=1:keyint=20"),
    "keyframes only": ("keys.mp4", f"{X264} -g 1"),
    "no B-frames": ("plain.mov", f"{X264} -g 30 -bf 0"),
    "lossless, odd size": ("odd.mkv", "-c:v ffv1"),
    "fragmented": ("fragmented.mp4", f"{X264} -g 30 -bf 3 -movflags frag_keyframe+empty_moov"),
    "Matroska": ("matroska.mkv", f"{X264} -g 30 -bf 3"),
    "variable rate": ("variable.mp4", f"{VARIABLE} {X264} -g 30 -bf 3"),
    "variable rate, Matroska": ("variable.mkv", f"{VARIABLE} {X264} -g 30 -bf 3"),
    "hidden frames": ("hidden.webm", "-c:v libvpx -g 40 -auto-alt-ref 1 -lag-in-frames 16 -b:v 400k"),
    "VP9": ("vp9.webm", "-c:v libvpx-vp9 -g 40 -b:v 400k -cpu-used 8"),
    "AVI, no presentation times": ("reordered.avi", f"{X264} -g 30 -bf 3"),
    "AVI, MPEG-4": ("mpeg4.avi", "-c:v mpeg4 -g 30 -bf 2 -q:v 3"),
    "AVI, JPEG": ("jpeg.avi", "-c:v mjpeg -pix_fmt yuvj420p -q:v 3"),
    "transport stream": ("stream.ts", f"{X264} -g 30 -bf 3"),
    "program stream": ("stream.mpg", "-c:v mpeg2video -g 12 -bf 2 -q:v 3"),
}


@pytest.fixture(params=KINDS)
def video(request, make_video):
    name, args = KINDS[request.param]
    size = {"height": 63, "width": 95} if "odd" in name else {}
    file = VideoFile(make_video(name, *args.split(), **size))
    yield file
    file.close()


def frame(file, t):
    return next(file.read(t, t + 1))


def test_every_frame_is_there_once_and_in_order(video):
    assert len(video) == 100
    assert [number_in(f) for f in video.read(0, 100)] == list(range(100))


def test_a_frame_is_the_same_wherever_one_comes_from(video):
    in_order = list(video.read(0, 100))
    jumps = random.Random(1).sample(range(100), 40)
    back = list(range(99, 59, -1))
    forward_with_gaps = [0, 1, 5, 6, 40, 41, 45, 99]
    for t in jumps + back + forward_with_gaps:
        np.testing.assert_array_equal(frame(video, t), in_order[t], err_msg=f"frame {t}")


def test_the_pixels_are_those_that_were_encoded(make_video):
    path = make_video("odd.mkv", "-c:v", "ffv1", height=63, width=95)
    file = VideoFile(path)
    assert file.size == (63, 95)
    for t, expected in [(0, numbered_frames(1, 63, 95)[0]), (77, numbered_frames(78, 63, 95)[77])]:
        difference = np.abs(frame(file, t).astype(int) - expected)
        assert difference.max() <= 3  # RGB -> YUV -> RGB


def test_frames_are_read_only(clip):
    with pytest.raises(ValueError, match="read-only"):
        frame(VideoFile(clip), 3)[0, 0] = 1


def test_the_attributes_of_a_file(clip):
    file = VideoFile(clip)
    assert (file.name, file.path, file.size, file.fps) == ("clip", clip, (64, 96), 25.0)
    assert file.stems[0] == "00000"
    assert file.stems[99] == "00099"
    assert file.warnings == ()


def test_stepping_forward_never_seeks(clip, monkeypatch):
    file = VideoFile(clip)
    monkeypatch.setattr(VideoFile, "_seek", lambda *_: pytest.fail("a step forward must decode on"))
    for t in range(100):
        assert number_in(frame(file, t)) == t


@pytest.mark.parametrize(
    "kind", ["long group, B-frames", "open groups", "open groups, HEVC", "variable rate"]
)
def test_a_listed_file_is_not_read_through_to_be_opened(make_video, monkeypatch, kind):
    monkeypatch.setattr(frame_counter, "_count_anew", lambda *_: pytest.fail("the header tells enough"))
    assert len(index_frames(make_video(KINDS[kind][0], *KINDS[kind][1].split()))) == 100


def test_a_group_of_pictures_begins_at_its_keyframe(clip):
    assert [group.first for group in index_frames(clip).groups] == [0, 40, 80]
    assert VideoFile(clip).run_start(79) == 40


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_a_cut_without_reencoding_starts_where_it_says(clip, tmp_path, suffix):
    # An MP4 keeps the frames from the keyframe on and marks those before the cut as not shown.
    cut = tmp_path / f"cut.{suffix}"
    ffmpeg("-ss", "2", "-i", clip, "-c", "copy", cut)
    file = VideoFile(cut)
    numbers = [number_in(f) for f in file.read(0, len(file))]
    assert numbers == list(range(50 if suffix == "mp4" else 40, 100))
    assert number_in(frame(file, 20)) == numbers[20]
    assert number_in(frame(file, 0)) == numbers[0]
    assert file.warnings == ()


@pytest.mark.parametrize("container", ["mp4", "mkv"])
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_rotation_is_applied(clip, tmp_path, degrees, container):
    rotated = tmp_path / f"rotated.{container}"
    ffmpeg("-display_rotation", degrees, "-i", clip, "-c", "copy", rotated)
    file, upright = VideoFile(rotated), VideoFile(clip)
    assert file.size == ((96, 64) if degrees in (90, 270) else (64, 96))
    for t in (0, 57, 3):
        np.testing.assert_array_equal(frame(file, t), np.rot90(frame(upright, t), degrees // 90))
        assert frame(file, t).flags.c_contiguous


@pytest.mark.parametrize("name", ["variable.mp4", "variable.mkv"])
def test_a_variable_frame_rate_is_told(make_video, name):
    file = VideoFile(make_video(name, *f"{VARIABLE} {X264} -g 30 -bf 3".split()))
    assert len(file.warnings) == 1
    assert f"{name} has a variable frame rate" in file.warnings[0]


@pytest.mark.parametrize("name", ["long group, B-frames", "Matroska", "AVI, no presentation times", "VP9"])
def test_a_constant_frame_rate_is_not_called_variable(make_video, name):
    assert VideoFile(make_video(KINDS[name][0], *KINDS[name][1].split())).warnings == ()


def test_a_truncated_file_is_read_as_far_as_it_goes(clip, tmp_path):
    data = clip.read_bytes()
    cut = tmp_path / "dog.mp4"
    cut.write_bytes(data[: len(data) * 7 // 10])
    file = VideoFile(cut)
    assert 50 < len(file) < 90
    assert file.warnings == (
        f"dog.mp4 ends after frame {len(file)} of 100: the file is damaged there. "
        f"The {len(file)} frames can be annotated.",
    )
    # Frames of one reordered group: all but the last few are the first of the video.
    numbers = [number_in(f) for f in file.read(0, len(file))]
    assert numbers[:-3] == list(range(len(file) - 3))
    assert numbers == sorted(set(numbers))
    assert number_in(frame(file, 10)) == 10


def test_a_truncated_matroska_file_is_read_as_far_as_it_goes(make_video, tmp_path):
    data = make_video(*[KINDS["Matroska"][0], *KINDS["Matroska"][1].split()]).read_bytes()
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(data[: len(data) * 7 // 10])
    file = VideoFile(cut)
    assert 50 < len(file) < 90
    assert "cut.mkv ends after frame" in file.warnings[0]
    assert len(list(file.read(0, len(file)))) == len(file)


@pytest.mark.parametrize("kept", [0.01, 0.3])
def test_a_file_without_its_index_is_refused(make_video, tmp_path, kept):
    data = make_video("long.mp4", *KINDS["long group, B-frames"][1].split()).read_bytes()  # its index is last
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(VideoError, match=r"cut.mp4 cannot be read as a video"):
        VideoFile(cut)


def test_the_count_of_the_header_is_not_believed(make_video, tmp_path):
    data = bytearray(make_video("jpeg.avi", *KINDS["AVI, JPEG"][1].split()).read_bytes())
    for chunk, offset in [(b"avih", 8 + 16), (b"strh", 8 + 32)]:
        at = data.index(chunk) + offset
        assert int.from_bytes(data[at : at + 4], "little") == 100
        data[at : at + 4] = (70).to_bytes(4, "little")
    lying = tmp_path / "lying.avi"
    lying.write_bytes(data)
    file = VideoFile(lying)
    assert len(file) == 100
    assert number_in(frame(file, 99)) == 99


def test_a_hole_in_the_middle_costs_only_the_frames_there(clip, tmp_path):
    entries = list(av.open(clip).streams.video[0].index_entries)
    data = bytearray(clip.read_bytes())
    for entry in entries[50:80]:  # decoded after keyframe 40, before keyframe 80
        data[entry.pos : entry.pos + entry.size] = bytes(entry.size)
    holed = tmp_path / "holed.mp4"
    holed.write_bytes(data)
    file = VideoFile(holed)
    assert len(file) == 100
    with pytest.raises(VideoError, match=r"Frame 71 of .*holed.mp4 cannot be decoded: the file is damaged"):
        frame(file, 70)
    assert number_in(frame(file, 30)) == 30
    for t in range(80, 100):
        assert number_in(frame(file, t)) == t


@pytest.mark.parametrize("kind", ["Matroska", "AVI, no presentation times", "no B-frames", "hidden frames"])
@pytest.mark.parametrize("seed", range(4))
def test_damage_anywhere_is_told_as_a_video_error(make_video, tmp_path, kind, seed):
    name, args = KINDS[kind]
    data, rng = bytearray(make_video(name, *args.split()).read_bytes()), random.Random(seed)
    at = rng.randrange(len(data))
    if seed % 2:
        data[at : at + 500] = bytes(len(data[at : at + 500]))
    else:
        del data[at : at + 500]
    damaged = tmp_path / name
    damaged.write_bytes(data)
    try:
        file = VideoFile(damaged)
    except VideoError:
        return
    for t in [*range(len(file)), *range(len(file) - 1, -1, -7)]:
        try:
            assert frame(file, t).shape == (64, 96, 3)
        except VideoError as error:
            assert str(t + 1) in str(error)


def test_a_start_without_keyframe_is_read_from_the_first_frame(make_video, tmp_path):
    name, args = KINDS["AVI, no presentation times"]
    data = bytearray(make_video(name, *args.split()).read_bytes())
    at = data.index(b"movi") + 12
    size = int.from_bytes(data[at - 4 : at], "little")
    data[at + size - 200 : at + size + 2800] = bytes(3000)  # the end of the keyframe and what refers to it
    damaged = tmp_path / name
    damaged.write_bytes(data)
    file = VideoFile(damaged)
    assert number_in(frame(file, len(file) - 1)) == 99
    assert frame(file, 0).shape == (64, 96, 3)


def test_what_is_no_video_is_refused(tmp_path):
    (tmp_path / "text.mp4").write_text("To be, or not to be: that is the question. " * 50)
    (tmp_path / "empty.mp4").write_bytes(b"")
    for name in ("text.mp4", "empty.mp4"):
        with pytest.raises(VideoError, match=rf"{name} cannot be read as a video"):
            VideoFile(tmp_path / name)


def test_sound_alone_is_refused(tmp_path):
    path = tmp_path / "sound.mp4"
    ffmpeg("-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", path)
    with pytest.raises(VideoError, match=r"sound.mp4 holds no pictures, only sound"):
        VideoFile(path)


def test_sound_beside_the_pictures_does_not_matter(clip, tmp_path):
    path = tmp_path / "both.mkv"
    ffmpeg("-i", clip, "-f", "lavfi", "-i", "sine=d=9", "-c:v", "copy", "-c:a", "aac", path)
    file = VideoFile(path)
    assert len(file) == 100
    assert file.warnings == ()
    assert number_in(frame(file, 61)) == 61


def test_a_cover_picture_is_not_the_video(clip, tmp_path):
    cover, path = tmp_path / "cover.png", tmp_path / "both.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=32x32", "-frames:v", "1", cover)
    streams = ("-map", "1", "-map", "0", "-c", "copy", "-disposition:v:0", "attached_pic")
    ffmpeg("-i", clip, "-i", cover, *streams, path)
    file = VideoFile(path)
    assert file.size == (64, 96)
    assert [number_in(frame(file, t)) for t in (0, 99, 50)] == [0, 99, 50]


def test_colours_follow_the_matrix_that_the_file_names(make_video):
    for matrix in ("bt709", "smpte170m"):
        args = f"-vf scale=out_color_matrix={matrix} -colorspace {matrix} -c:v ffv1 -pix_fmt yuv444p"
        file = VideoFile(make_video(f"{matrix}.mkv", *args.split(), count=2))
        difference = np.abs(frame(file, 1).astype(int) - numbered_frames(2)[1])
        assert difference.max() <= 3, matrix


def test_a_file_can_be_deleted_after_it_is_closed(clip, tmp_path):
    copy = tmp_path / "copy.mp4"
    shutil.copy(clip, copy)
    file = VideoFile(copy)
    assert number_in(frame(file, 50)) == 50
    file.close()
    copy.unlink()


SEEKING = ("long group, B-frames", "no B-frames", "fragmented", "Matroska", "variable rate", "hidden frames")


@pytest.mark.parametrize("kind", SEEKING)
def test_a_seek_starts_at_the_keyframe_of_the_very_group(make_video, kind):
    """One group earlier would be right too, and take as long again."""
    file = VideoFile(make_video(KINDS[kind][0], *KINDS[kind][1].split()))
    for t in (99, 61, 35, 5):
        file._seek(t)
        assert next(file._upcoming)[0] == file.run_start(t)
        file._next = len(file)


@pytest.mark.parametrize("kind", ["long group, B-frames", "open groups", "Matroska", "AVI, MPEG-4"])
def test_a_run_brings_the_group_from_its_keyframe_on(make_video, kind):
    file = VideoFile(make_video(KINDS[kind][0], *KINDS[kind][1].split()))
    run = file.run(70)
    brought = [next(run) for _ in range(25)]
    first = file.run_start(70)
    assert [t for t, _ in brought] == list(range(first, first + 25))
    assert all(number_in(picture.rgb()) == t for t, picture in brought)
    assert all(picture.nbytes < 64 * 96 * 3 * 2 for _, picture in brought)
    following = file.run(first + 25)
    assert next(following)[0] == first + 25  # no new start
    assert number_in(frame(file, 3)) == 3
