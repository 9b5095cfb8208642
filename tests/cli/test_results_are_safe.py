"""``skn-propagate`` and ``skn-evaluate`` among files of the user: what they read, what they never replace."""

import os

import av
import numpy as np
import pytest
from PIL import Image, ImageFilter
from stand_still import StandStill

from skn_annotator.annotation.formats.binary import BinaryFormat
from skn_annotator.annotation.masks import encode_mask, read_mask
from skn_annotator.cli import evaluate, propagate

SIZE, LENGTH = (64, 96), 8


@pytest.fixture(autouse=True)
def stand_still(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(propagate, "_tracker", lambda arguments: StandStill())


def mask(value=1, column=8):
    ids = np.zeros(SIZE, np.uint8)
    ids[16:40, column : column + 24] = value
    return ids


def put(path, ids):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode_mask(ids))
    return path


def frames(folder, count=LENGTH, ending="jpg"):
    folder.mkdir(parents=True)
    for t in range(count):
        Image.fromarray(np.full((*SIZE, 3), 40 + t, np.uint8)).save(folder / f"{t:05d}.{ending}")
    return folder


def video(path, shade=3):
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.height, stream.width = SIZE
        stream.pix_fmt = "yuv420p"
        for t in range(LENGTH):
            picture = av.VideoFrame.from_ndarray(np.full((*SIZE, 3), shade * t, np.uint8), "rgb24")
            for packet in stream.encode(picture):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return path


def files_in(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def run(*arguments):
    return propagate.main([str(argument) for argument in arguments])


def refused(capsys, tmp_path, *arguments):
    """What the command says while it leaves everything as it is."""
    before = files_in(tmp_path)
    assert run(*arguments) == 1
    assert files_in(tmp_path) == before
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_ground_truth_is_not_overwritten(tmp_path, capsys):
    source = frames(tmp_path / "DAVIS/JPEGImages/480p/bear")
    truth = tmp_path / "DAVIS/Annotations/480p"
    for t in range(LENGTH):
        put(truth / f"bear/{t:05d}.png", mask(1 + t % 2))
    arguments = (source, "--masks", truth / "bear/00000.png", "--output", truth)
    assert "00000.png is read here" in refused(capsys, tmp_path, *arguments, "--overwrite")
    first = put(tmp_path / "first.png", mask())
    arguments = (source, "--masks", first, "--output", truth)
    assert "and 7 more would be replaced" in refused(capsys, tmp_path, *arguments)
    assert run(*arguments, "--overwrite") == 0
    assert np.array_equal(read_mask(truth / "bear/00005.png"), mask())


@pytest.mark.parametrize("name", ["{:05d}", "shot_{:03d}"])
def test_frames_that_were_extracted_are_not_overwritten_nor_mixed_with_masks(tmp_path, capsys, name):
    source, extracted = video(tmp_path / "cups.mp4"), frames(tmp_path / "cups", ending="png")
    for t in range(LENGTH):
        (extracted / f"{t:05d}.png").rename(extracted / f"{name.format(t)}.png")
    first = put(tmp_path / "first.png", mask())
    assert "and 7 more would be replaced" in refused(
        capsys, tmp_path, source, "--masks", first, "--output", tmp_path
    )


def test_no_masks_are_put_into_a_project_that_has_none_of_these_frames(tmp_path, capsys):
    source, first = video(tmp_path / "cups.mp4"), put(tmp_path / "first.png", mask())
    (tmp_path / "cups.skn" / "masks").mkdir(parents=True)
    for options in (["--output", ".", "--name", "cups.skn"], ["--output", "cups.skn", "--name", "masks"]):
        assert propagate.main([str(source), "--masks", str(first), "--overwrite", *options]) == 1
        assert "lies in the project" in capsys.readouterr().err
    assert files_in(tmp_path / "cups.skn") == {}


def test_a_mask_that_was_corrected_by_hand_is_not_overwritten(tmp_path, capsys):
    source, first = frames(tmp_path / "bear"), put(tmp_path / "first.png", mask())
    arguments = (source, "--masks", first, "--output", "out")
    assert run(*arguments) == 0
    assert run(*arguments) == 0
    with Image.open("out/bear/00003.png") as image:
        image.save("out/bear/00003.png")
    capsys.readouterr()
    assert "00003.png would be replaced" in refused(capsys, tmp_path, *arguments)


def test_what_a_longer_result_left_is_named(tmp_path, capsys):
    source, first = frames(tmp_path / "bear"), put(tmp_path / "first.png", mask())
    assert run(source, "--masks", first, "--output", "out") == 0
    assert "earlier run" not in capsys.readouterr().err
    for t in range(4, LENGTH):
        (source / f"{t:05d}.jpg").unlink()
    assert run(source, "--masks", first, "--output", "out") == 0
    said = capsys.readouterr().err
    assert "out/bear still holds 4 masks of an earlier run: 00004.png, 00005.png, 00006.png, ..." in said


def test_an_interrupted_run_says_which_masks_are_older(tmp_path, capsys, monkeypatch):
    source, first = frames(tmp_path / "bear"), put(tmp_path / "first.png", mask())
    assert run(source, "--masks", first, "--output", "out") == 0
    monkeypatch.setattr(propagate, "_tracker", lambda arguments: StandStill(stop_after=3))
    assert run(source, "--masks", first, "--output", "out") == 130
    said = capsys.readouterr().err
    assert "stopped; out/bear holds 3 of 8 masks" in said
    assert "out/bear still holds 5 masks of an earlier run" in said


@pytest.mark.parametrize("link", [None, os.symlink, os.link])
def test_an_overlay_never_goes_onto_the_video(tmp_path, capsys, link):
    source, first = video(tmp_path / "cups.mp4"), put(tmp_path / "first.png", mask())
    overlay = source if link is None else tmp_path / "overlay.mp4"
    if link is not None:
        link(source, overlay)
    arguments = (source, "--masks", first, "--output", "out", "--overlay", overlay, "--overwrite")
    assert "mp4 is read here" in refused(capsys, tmp_path, *arguments)


def test_an_overlay_of_this_video_is_replaced_another_is_not(tmp_path, capsys):
    source, first = video(tmp_path / "cups.mp4"), put(tmp_path / "first.png", mask())
    arguments = (source, "--masks", first, "--output", "out", "--overlay", "overlay.mp4")
    assert run(*arguments) == 0
    assert run(*arguments) == 0
    video(tmp_path / "overlay.mp4")
    capsys.readouterr()
    assert "overlay.mp4 would be replaced" in refused(capsys, tmp_path, *arguments)
    assert run(*arguments, "--overwrite") == 0
    assert not list(tmp_path.glob(".*"))


def test_sources_of_one_stem_have_results_of_their_own(tmp_path, capsys):
    first = put(tmp_path / "first.png", mask())
    sources = [video(tmp_path / "clip.mp4"), video(tmp_path / "clip.mov", 5), frames(tmp_path / "clip")]
    for source in sources * 2:
        assert run(source, "--masks", first, "--output", "out") == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["clip", "clip-2", "clip.mov"]
    assert "clip holds the masks of another source" in capsys.readouterr().err


def test_soft_masks_are_refused_or_cut(tmp_path, capsys):
    source = frames(tmp_path / "bear")
    soft = Image.fromarray(mask(255, 11)).filter(ImageFilter.GaussianBlur(1.2))
    soft.save("soft.png")
    Image.fromarray(mask(255, 11)).save("mask.jpg", quality=90)
    for name in ("soft.png", "mask.jpg"):
        arguments = (source, "--masks", name, "--output", f"out_{name}")
        assert f"{name} looks like a matte" in refused(capsys, tmp_path, *arguments)
        assert run(*arguments, "--cut-mattes") == 0
        assert f"{name} shows object 1 on 1 of 8 frames" in capsys.readouterr().err
        assert set(np.unique(read_mask(tmp_path / f"out_{name}/bear/00004.png"))) == {0, 1}


def test_masks_in_capitals_count_and_what_is_passed_over_is_named(tmp_path, capsys):
    source = frames(tmp_path / "bear")
    put(tmp_path / "masks/00000.png", mask())
    put(tmp_path / "masks/00004.PNG", np.fliplr(mask()))
    (tmp_path / "masks/._00000.png").write_bytes(b"\0\5\x16\7 of a Mac")
    (tmp_path / "masks/00002.jpg").write_bytes(b"a picture")
    assert run(source, "--masks", "masks", "--output", "out") == 0
    assert np.array_equal(read_mask(tmp_path / "out/bear/00004.png"), np.fliplr(mask()))
    said = capsys.readouterr().err
    assert "2 files were passed over" in said
    assert "._00000.png" in said
    assert "00002.jpg" in said


@pytest.mark.parametrize("kind", ["davis", "youtube_vos", "binary"])
def test_masks_are_found_in_data_sets(tmp_path, kind):
    source = frames(tmp_path / "bear")
    ids = mask(2) + mask(1, 50)
    if kind == "davis":
        put(tmp_path / "set/Annotations/480p/bear/00000.png", ids)
    elif kind == "youtube_vos":
        put(tmp_path / "set/train/Annotations/bear/00000.png", ids)
        (tmp_path / "set/train/meta.json").write_text('{"videos": {"bear": {"objects": {}}}}')
    else:
        for object_id in (1, 2):
            put(tmp_path / f"set/{object_id}_cup/00000.png", np.uint8(255) * (ids == object_id))
        assert BinaryFormat().holds(tmp_path / "set", "bear")
    assert run(source, "--masks", "set", "--output", "out") == 0
    assert np.array_equal(read_mask(tmp_path / "out/bear/00007.png"), ids)


def test_the_scorer_names_matte_results_and_other_ids(tmp_path, capsys):
    for t in range(4):
        put(tmp_path / f"gt/{t:05d}.PNG", mask())
        put(tmp_path / f"other/{t:05d}.png", mask(7))
        (tmp_path / "soft").mkdir(exist_ok=True)
        image = Image.fromarray(mask(255)).filter(ImageFilter.GaussianBlur(1.2))
        image.save(tmp_path / f"soft/{t:05d}.png")
    (tmp_path / "gt/._00000.PNG").write_bytes(b"\0\5\x16\7")
    assert evaluate.main(["gt", "soft"]) == 1
    assert "00001.png looks like a matte" in capsys.readouterr().err
    assert evaluate.main(["gt", "soft", "--cut-mattes"]) == 0
    assert "9" in capsys.readouterr().out.splitlines()[-1].split()[2]
    assert evaluate.main(["gt", "other"]) == 0
    said = capsys.readouterr().err
    assert "other shows object 7, which the ground truth lacks, and nothing of object 1, which it has" in said
    assert "was passed over" in said


def test_a_table_of_scores_replaces_no_other_file(tmp_path, capsys):
    for t in range(4):
        put(tmp_path / f"gt/{t:05d}.png", mask())
    assert evaluate.main(["gt", "gt", "--csv", "scores.csv"]) == 0
    assert evaluate.main(["gt", "gt", "--csv", "scores.csv"]) == 0
    before = files_in(tmp_path)
    assert evaluate.main(["gt", "gt", "--csv", "gt/00000.png"]) == 1
    assert "00000.png is there and holds no scores" in capsys.readouterr().err
    assert files_in(tmp_path) == before
