"""Broken projects: they open with what can be read, name the rest, and lose nothing when they are saved."""

import json
from zlib import crc32

import numpy as np
import pytest
from confined import try_all
from damage import broken_bytes, broken_json, broken_png, put
from PIL import Image

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.masks import encode_mask, read_mask
from skn_annotator.annotation.project import Project
from skn_annotator.app.project.opening import Opened, open_sequence
from skn_annotator.errors import FormatError

SIZE, LENGTH = (24, 32), 4


def id_map(object_id, x=4):
    mask = np.zeros(SIZE, np.uint8)
    mask[4:12, x : x + 8] = object_id
    return mask


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The files of a clip and its project, by their names below a folder."""
    root = tmp_path_factory.mktemp("made")
    (root / "clip").mkdir()
    for t in range(LENGTH):
        Image.fromarray(np.full((*SIZE, 3), 40 + t, np.uint8)).save(root / "clip" / f"{t:05d}.png")
    opened = next(each for each in open_sequence(root / "clip") if isinstance(each, Opened))
    annotation: Annotation = opened.annotation
    annotation.apply(edits.paint(annotation, 0, id_map(1), 1))
    annotation.apply(edits.add_object(annotation, "object {id}"))
    annotation.apply(edits.paint(annotation, 1, id_map(2) + id_map(1, 16), 2))
    annotation.apply(edits.paint(annotation, 3, id_map(1, 20), 1))
    opened.store.save(annotation, frozenset(annotation.frames()), {"position": 2, "active": 1})
    files = {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return {name: data.replace(str(root).encode(), b"/made-before") for name, data in files.items()}


def spoil(rng, folder):
    """Break the project in `folder`; returns how."""
    how = []
    masks = folder / "masks"
    for _ in range(rng.randint(1, 3)):
        way, path = rng.randrange(6), masks / f"{rng.randrange(LENGTH + 2):05d}.png"
        settings = (folder / "project.json").read_bytes() if (folder / "project.json").is_file() else b"{}"
        if way in (0, 1):
            data = _broken_settings(rng, settings)
            how.append(f"settings: {put(rng, folder / 'project.json', data)}")
        elif way == 2:
            how.append(f"settings: {put(rng, folder / 'project.json', broken_bytes(rng, settings))}")
        elif way == 3:
            data = broken_png(rng, encode_mask(id_map(rng.randint(1, 3))))
            how.append(f"mask: {put(rng, path, data)}")
        elif way == 4:
            name = rng.choice(
                ["a.png", "3.png", "00000.PNG", "._00001.png", ".x.tmp", "\u0663.png", "x" * 250]
            )
            how.append(f"{name[:9]}: {put(rng, masks / name, encode_mask(id_map(3)))}")
        elif (masks.is_dir() and not any(masks.iterdir())) or rng.random() < 0.1:
            how.append("no masks")
            for each in masks.iterdir():
                each.unlink() if not each.is_dir() else each.rmdir()
            masks.rmdir()
            put(rng, masks, b"")
            break
    return ", ".join(how)


def _broken_settings(rng, text):
    try:
        return broken_json(rng, json.loads(text))
    except (ValueError, RecursionError):
        return broken_bytes(rng, text)


def attempt(made, rng, folder):
    for name, data in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data.replace(b"/made-before", str(folder).encode()))
    clip, project = folder / "clip", folder / "clip.skn"
    how = spoil(rng, project)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    opened = _opened(rng.choice([clip, clip, project]))
    annotation = opened.annotation
    for t in annotation.frames():
        mask = annotation.mask(t)
        assert mask.shape == SIZE and mask.dtype == np.uint8
        assert set(annotation.ids_at(t)) <= {each.id for each in annotation.objects}
        annotation.confidence(t), annotation.sources(t)
    opened.store.save(annotation, frozenset(annotation.frames()), dict(opened.view))
    _check_nothing_is_lost(project, before, annotation)
    again = _opened(clip).annotation
    assert again.frames() == annotation.frames()
    assert again.references == annotation.references
    return how


def _opened(path):
    return next(each for each in open_sequence(path) if isinstance(each, Opened))


def _check_nothing_is_lost(project, before, annotation):
    """What was there is there still, is kept under another name, or is what was opened."""
    kept = {crc32(path.read_bytes()) for path in project.rglob("*") if path.is_file()}
    for path, data in before.items():
        if crc32(data) in kept or path.name == "project.json":
            continue
        path.with_name("was.png").write_bytes(data)
        try:
            was = read_mask(path.with_name("was.png"), SIZE)
        except FormatError:
            was = None
        shown = annotation.mask(int(path.stem)) if path.stem.isdecimal() else None
        assert was is not None and shown is not None and np.array_equal(was, shown), f"{path} was overwritten"
        path.with_name("was.png").unlink()


def test_a_broken_project_opens_or_is_refused_and_loses_nothing(made, seeds, tmp_path, report):
    report(try_all(lambda *inputs: attempt(made, *inputs), seeds(40), tmp_path / "tried"))


def test_the_project_is_whole_before_it_is_broken(made, tmp_path):
    for name, data in made.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert Project.open(tmp_path / "clip.skn").video == tmp_path / "clip"
    assert _opened(tmp_path / "clip").annotation.frames() == (0, 1, 3)
