"""Broken tables and lists: COCO, YouTube-VOS's meta.json, DAVIS's image sets, the stages of a training."""

from io import BytesIO

import numpy as np
import pytest
from confined import try_all
from damage import broken_bytes, broken_json, odd_value, put
from PIL import Image

from skn_annotator.annotation.formats import WantedMasks
from skn_annotator.annotation.formats.coco import CocoFormat
from skn_annotator.annotation.formats.coco_masks import encode
from skn_annotator.annotation.formats.davis import DavisFormat
from skn_annotator.annotation.formats.youtube_vos import YouTubeVosFormat
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.training.datasets.coco_instances import Coco
from skn_annotator.training.datasets.folders import Davis, YouTubeVos
from skn_annotator.training.stage_files import read_stage

SIZE = (24, 32)
STEMS = ("00000", "00001", "00002")
MASK = np.zeros(SIZE, np.uint8)
MASK[4:12, 6:20] = 1
PNG = encode_mask(MASK)
JPEG = BytesIO()
Image.fromarray(np.full((*SIZE, 3), 90, np.uint8)).save(JPEG, "JPEG")


def frames(images, masks):
    images.mkdir(parents=True, exist_ok=True)
    masks.mkdir(parents=True, exist_ok=True)
    for stem in STEMS:
        (images / f"{stem}.jpg").write_bytes(JPEG.getvalue())
        (masks / f"{stem}.png").write_bytes(PNG)


def read_all(data):
    """Every picture of a training's data set."""
    for index in range(min(len(data), 8)):
        data.name(index)
        for t in range(min(data.length(index), 8)):
            picture = data.read(index, t)
            assert picture.mask.shape == picture.image.shape[:2]


# ---- COCO


def plain_runs(mask):
    flat = mask.ravel(order="F")
    edges = np.flatnonzero(np.diff(flat)) + 1
    return np.diff([0, *edges, flat.size]).tolist()


TABLE = {
    "images": [
        {"id": t + 1, "file_name": f"{stem}.jpg", "height": SIZE[0], "width": SIZE[1], "frame": t}
        for t, stem in enumerate(STEMS)
    ],
    "annotations": [
        {"id": 1, "image_id": 1, "object_id": 1, "category_id": 1, "iscrowd": 0, **encode(MASK > 0)},
        {"id": 2, "image_id": 1, "category_id": 2, "segmentation": [[2, 2, 9, 2.5, 9, 9, 1, 8]]},
        {
            "id": 3,
            "image_id": 2,
            "object_id": 4,
            "segmentation": {"size": list(SIZE), "counts": plain_runs(MASK)},
        },
        {"id": 4, "image_id": 3, "iscrowd": 1, "segmentation": {"size": list(SIZE), "counts": [768]}},
    ],
    "categories": [{"id": 1, "name": "cup"}, {"id": 2, "name": "dog"}],
}


def coco(rng, folder):
    frames(folder / "clip", folder / "unused")
    table = folder / "annotations" / "instances_clip.json"
    how = put(rng, table, broken_json(rng, TABLE))
    if rng.random() < 0.5:
        read_all(Coco(folder, subset="clip"))
    else:
        found = CocoFormat().read(rng.choice([folder, table]), WantedMasks("clip", STEMS, SIZE))
        assert all(read().shape == SIZE for read in found.masks.values())
        assert all(0 < i < 255 and isinstance(name, str) for i, name in found.names.items())
    return how


# ---- YouTube-VOS


META = {
    "videos": {
        "clip": {"objects": {"1": {"category": "cup", "frames": list(STEMS)}}},
        "other": {"objects": {"1": {"category": "dog", "frames": ["00001"]}, "2": {"frames": ["00002"]}}},
    }
}


def youtube_vos(rng, folder):
    for video in META["videos"]:
        frames(folder / "train/JPEGImages" / video, folder / "train/Annotations" / video)
    how = put(rng, folder / "train/meta.json", broken_json(rng, META))
    if rng.random() < 0.5:
        read_all(YouTubeVos(folder))
    else:
        found = YouTubeVosFormat().read(folder, WantedMasks("clip", STEMS, SIZE))
        assert all(read().shape == SIZE for read in found.masks.values())
        assert all(0 < i < 255 and isinstance(name, str) for i, name in found.names.items())
    return how


# ---- DAVIS


LISTS = {
    "2017/train": "clip\nother\n",
    "480p/train": "".join(f"/JPEGImages/480p/clip/{s}.jpg /Annotations/480p/clip/{s}.png\n" for s in STEMS),
}


def broken_text(rng, text):
    """`text` with words changed, lines lost or doubled, in other encodings, or with damaged bytes."""
    lines = text.splitlines()
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(lines))
        words = lines[at].split()
        way = rng.randrange(5)
        if way == 0:
            lines.insert(at, lines[at])
        elif way == 1 and len(lines) > 1:
            del lines[at]
        elif words:
            words[rng.randrange(len(words))] = str(odd_value(rng))
            lines[at] = " ".join(words)
    data = "\n".join(lines).encode(rng.choice(["utf-8"] * 8 + ["utf-16", "utf-8-sig"]), "surrogatepass")
    return broken_bytes(rng, data, 2) if rng.random() < 0.3 and data else data


def davis(rng, folder):
    for video in ("clip", "other"):
        frames(folder / "JPEGImages/480p" / video, folder / "Annotations/480p" / video)
    subset = rng.choice(list(LISTS))
    how = put(rng, folder / f"ImageSets/{subset}.txt", broken_text(rng, LISTS[subset]))
    read_all(Davis(folder, subset=subset))
    DavisFormat().read(folder, WantedMasks("clip", STEMS, SIZE))
    return how


# ---- stages


STAGES = (
    """network = "compact"
steps = 2000
batch = 4
learning_rate = 4e-4
save_every = 200
[clip]
crop = 256
length = 3
sizes = [0.1, 0.4]
[clip.motion]
rotation = 12.0
[adversarial]
probability = 0.5
[reader]
similarity = "l2"
sigma_g = 3.0
[[data]]
kind = "stills"
path = "static/bsds"
weight = 1.0
[[data]]
kind = "davis"
path = "davis"
subset = "2017/train"
cut_mattes = true
[validation]
kind = "sequences"
path = "dev"
every = 500
""",
    """kind = "clicks"
steps = 2000
rounds = [0.5, 0.5]
[crop]
side = 320
[prompt]
[[data]]
kind = "stills"
path = "static/bsds"
weight = 1.0
""",
)
WORDS = (
    "1 -1 0 true nan inf -inf 1e400 0.5 [] {} [1,2] [0.1,0.4] {a=1} 1979-05-27 07:32:00 '' 'a' '/etc/passwd' "
    f"'../x' \"\\u0000\" [[]] 1_000 0x10 9223372036854775808 {10**400} {'9' * 5000} {'[' * 2000} 'compact'"
).split()


def stage(rng, folder):
    lines = rng.choice(STAGES).splitlines()
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(lines))
        name, equals, _value = lines[at].partition(" = ")
        way = rng.randrange(6)
        if way == 0:
            lines.insert(at, rng.choice(lines))
        elif way == 1 and len(lines) > 1:
            del lines[at]
        elif way == 2:
            lines[at] = lines[at].replace(name, rng.choice([name[:-1], "data", "clip", "a.b", "''"]))
        elif equals:
            lines[at] = f"{name} = {rng.choice(WORDS)}"
    encoding = rng.choice(["utf-8"] * 20 + ["utf-16", "latin-1", "utf-8-sig"])
    data = "\n".join([*lines, "# é"]).encode(encoding)
    how = put(rng, folder / "stage.toml", broken_bytes(rng, data) if rng.random() < 0.2 else data)
    read_stage(folder / "stage.toml")
    return how


@pytest.mark.parametrize("attempt", [coco, youtube_vos, davis, stage])
def test_a_broken_table_is_read_or_refused(attempt, seeds, tmp_path, report):
    report(try_all(attempt, seeds(60), tmp_path / "tried"))
