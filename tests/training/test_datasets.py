"""Each kind of data set is read as its publishers lay it out; what does not fit is named."""

import json

import numpy as np
import pytest
from PIL import Image, ImageFilter
from written import write

from skn_annotator.errors import FormatError
from skn_annotator.training.datasets.kinds import DataSource
from skn_annotator.training.datasets.pictures import DamagedFileError, read_image

GREY = np.full((40, 60, 3), 90, np.uint8)


def square(*ids):
    """A mask, 40 x 60, with a square of 8 pixels for each id, side by side."""
    mask = np.zeros((40, 60), np.uint8)
    for place, object_id in enumerate(ids):
        mask[10:18, 2 + 10 * place : 10 + 10 * place] = object_id
    return mask


def add(root, name, mask, kind=("JPEGImages", "Annotations")):
    images, masks = kind
    write(root / images / f"{name}.jpg", root / masks / f"{name}.png", GREY, mask)


def opened(root, kind, **options):
    source = DataSource(kind=kind, path=root.name, **options)
    source.check()
    return source.open(root.parent)


def ids(picture):
    return sorted(set(np.unique(picture.mask)) - {0})


@pytest.fixture
def davis(tmp_path):
    root = tmp_path / "DAVIS"
    kind = ("JPEGImages/480p", "Annotations/480p")
    for t in range(3):
        add(root, f"bear/{t:05d}", square(255), kind)
        add(root, f"dogs/{t:05d}", square(1, 3), kind)
        add(root, f"held-out/{t:05d}", square(1), kind)
    (root / "ImageSets/2017").mkdir(parents=True)
    (root / "ImageSets/2017/train.txt").write_text("bear\ndogs\n")
    (root / "ImageSets/480p").mkdir()
    rows = [f"/JPEGImages/480p/bear/{t:05d}.jpg /Annotations/480p/bear/{t:05d}.png" for t in range(2)]
    (root / "ImageSets/480p/train.txt").write_text("\n".join(rows) + "\n")
    return root


def test_davis_2017(davis):
    data = opened(davis, "davis")
    assert [(data.name(i), data.length(i)) for i in range(len(data))] == [("bear", 3), ("dogs", 3)]
    assert ids(data.read(1, 2)) == [1, 3]


def test_davis_2016_has_rows_of_frames_and_white_masks(davis):
    data = opened(davis, "davis", subset="480p/train")
    assert [(data.name(i), data.length(i)) for i in range(len(data))] == [("bear", 2)]
    assert ids(data.read(0, 0)) == [1]


@pytest.mark.parametrize(
    ("listed", "options", "message"),
    [
        ("bear\nwolf\n", {}, "lists wolf, but .*wolf holds no masks"),
        ("bear\n", {"subset": "2017/val"}, r"val\.txt cannot be read"),
        ("bear\n", {"resolution": "Full-Resolution"}, "Full-Resolution.bear holds no masks"),
        ("a b c\n", {}, "neither one sequence nor"),
        (
            "/JPEGImages/480p/bear/0.jpg /Annotations/480p/bear/0.png",
            {},
            "lists 1 frame of .*bear, which has 0",
        ),
        ("", {}, "holds no pictures with masks: Expects"),
    ],
)
def test_a_davis_list_that_does_not_fit(davis, listed, options, message):
    (davis / "ImageSets/2017/train.txt").write_text(listed)
    with pytest.raises(FormatError, match=message):
        opened(davis, "davis", **options)


@pytest.fixture
def youtube(tmp_path):
    """Ids 2 and 7; object 7 comes with the second annotated frame; every fifth frame is annotated."""
    root = tmp_path / "ytvos"
    for t, mask in ((0, square(2)), (5, square(2, 7)), (10, square(7))):
        add(root, f"train/JPEGImages/0a1b/{t:05d}", mask, ("", "../masks"))
        (root / "train/Annotations/0a1b").mkdir(parents=True, exist_ok=True)
        made = root / f"../masks/train/JPEGImages/0a1b/{t:05d}.png"
        made.rename(root / f"train/Annotations/0a1b/{t:05d}.png")
    for t in (1, 2, 3, 4):
        (root / f"train/JPEGImages/0a1b/{t:05d}.jpg").write_bytes(b"not annotated, never read")
    objects = {
        "2": {"category": "dog", "frames": ["00000", "00005"]},
        "7": {"category": "cat", "frames": ["00005", "00010"]},
    }
    (root / "train/meta.json").write_text(json.dumps({"videos": {"0a1b": {"objects": objects}}}))
    return root


def test_youtube_vos_has_gaps_in_its_ids_and_objects_that_come_later(youtube):
    data = opened(youtube, "youtube_vos")
    assert (len(data), data.name(0), data.length(0)) == (1, "0a1b", 3)
    assert [ids(data.read(0, t)) for t in range(3)] == [[2], [2, 7], [7]]


def test_youtube_vos_takes_the_frames_of_meta_json_only(youtube):
    meta = youtube / "train/meta.json"
    meta.write_text(meta.read_text().replace('"00010"', '"00005"'))
    assert opened(youtube, "youtube_vos").length(0) == 2


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        (None, r"meta\.json cannot be read"),
        ("{", r"is not YouTube-VOS's meta\.json"),
        ('{"videos": [7]}', r"is not YouTube-VOS's meta\.json"),
        ('{"videos": []}', "holds no pictures"),
        ('{"videos": {"0a1b": {"objects": ["dog"]}}}', r"is not YouTube-VOS's meta\.json"),
        ('{"videos": {"zz": {"objects": {"1": {"frames": ["00000"]}}}}}', "lists zz, but .* lacks its masks"),
    ],
)
def test_a_meta_json_that_does_not_fit(youtube, meta, message):
    path = youtube / "train/meta.json"
    path.unlink() if meta is None else path.write_text(meta)
    with pytest.raises(FormatError, match=message):
        opened(youtube, "youtube_vos")


@pytest.fixture
def coco(tmp_path):
    """A photo with a big square and a small one inside it, given as run lengths; a photo with a crowd."""
    root = tmp_path / "coco"
    for name in ("7", "8"):
        write(root / f"train2017/{name}.jpg", root / "unused.png", GREY, square())
    runs = [892, 4, 36, 4, 1464]  # column by column
    annotations = [
        {"image_id": 7, "segmentation": {"counts": runs, "size": [40, 60]}, "iscrowd": 0},
        {"image_id": 7, "segmentation": [[20, 10, 40, 10, 40, 30, 20, 30]], "iscrowd": 0},
        {"image_id": 8, "segmentation": {"counts": [0, 2400], "size": [40, 60]}, "iscrowd": 1},
    ]
    images = [{"id": 7, "file_name": "7.jpg"}, {"id": 8, "file_name": "8.jpg"}]
    (root / "annotations").mkdir()
    path = root / "annotations/instances_train2017.json"
    path.write_text(json.dumps({"images": images, "annotations": annotations}))
    return root


def test_coco_outlines_and_run_lengths_the_smaller_on_top(coco):
    data = opened(coco, "coco")
    assert (len(data), data.name(0), data.length(0)) == (1, "7", 1)
    expected = np.zeros((40, 60), np.uint8)
    expected[10:30, 20:40] = 1
    expected[12:16, 22:24] = 2
    np.testing.assert_array_equal(data.read(0, 0).mask, expected)


def test_a_coco_mask_of_another_size_is_damage(coco):
    path = coco / "annotations/instances_train2017.json"
    path.write_text(path.read_text().replace("[40, 60]", "[60, 40]"))
    with pytest.raises(DamagedFileError, match=r"instances_train2017\.json has an annotation of 7\.jpg"):
        opened(coco, "coco").read(0, 0)


def test_a_coco_file_that_does_not_fit(coco):
    with pytest.raises(FormatError, match=r"instances_val2017\.json cannot be read"):
        opened(coco, "coco", subset="val2017")
    path = coco / "annotations/instances_train2017.json"
    path.write_text(path.read_text().replace("file_name", "name"))
    with pytest.raises(FormatError, match="is not a COCO file of instances"):
        opened(coco, "coco")


@pytest.mark.parametrize("name", ["../secret", "/etc", "bear/../../secret", "C:\\secret"])
@pytest.mark.parametrize("kind", ["davis", "youtube_vos", "coco"])
def test_lists_and_tables_do_not_lead_out_of_the_set(tmp_path, davis, youtube, coco, kind, name):
    root = {"davis": davis, "youtube_vos": youtube, "coco": coco}[kind]
    add(tmp_path / "secret", "00000", square(1), (".", "."))
    if kind == "davis":
        (davis / "ImageSets/2017/train.txt").write_text(f"{name}\n")
    elif kind == "youtube_vos":
        entry = {"objects": {"1": {"frames": ["00000"]}}}
        (youtube / "train/meta.json").write_text(json.dumps({"videos": {name: entry}}))
    else:
        path = coco / "annotations/instances_train2017.json"
        content = json.loads(path.read_text())
        content["images"][0]["file_name"] = name
        path.write_text(json.dumps(content))
    with pytest.raises(FormatError, match=r"leads out of .*: only names below it are read"):
        opened(root, kind)


def test_nor_do_the_rows_of_2016(davis):
    (davis / "ImageSets/480p/train.txt").write_text("/JPEGImages/../../x/0.jpg /Annotations/480p/bear/0.png")
    with pytest.raises(FormatError, match="leads out of"):
        opened(davis, "davis", subset="480p/train")


@pytest.mark.parametrize(
    "segmentation",
    [
        {"size": [40, 60], "counts": [0, 10**8]},
        {"size": [0, 0], "counts": [2400]},
        [[1]],
        [[0, 0, 1e9, 0, 1e9, 9]],
    ],
)
def test_coco_masks_that_are_none_are_damage(coco, segmentation):
    path = coco / "annotations/instances_train2017.json"
    content = json.loads(path.read_text())
    content["annotations"][0]["segmentation"] = segmentation
    path.write_text(json.dumps(content))
    with pytest.raises(DamagedFileError, match=r"has an annotation of 7\.jpg that does not fit it"):
        opened(coco, "coco").read(0, 0)


def test_tables_nested_without_end_and_numbers_without_end_are_named(coco, youtube):
    (youtube / "train/meta.json").write_text("[" * 100_000)
    with pytest.raises(FormatError, match=r"meta\.json is not"):
        opened(youtube, "youtube_vos")
    path = coco / "annotations/instances_train2017.json"
    for text in ("[" * 100_000, '{"images": [{"id": Infinity, "file_name": "7.jpg"}], "annotations": []}'):
        path.write_text(text)
        with pytest.raises(FormatError, match="is not a COCO file of instances"):
            opened(coco, "coco")


def test_soft_masks_are_damage_unless_they_are_cut(tmp_path):
    add(tmp_path / "still", "a", square(255), ("images", "masks"))
    add(tmp_path / "still", "b", square(1), ("images", "masks"))
    soft = Image.fromarray(square(255)).filter(ImageFilter.GaussianBlur(1))
    soft.save(tmp_path / "still/masks/a.png")
    (tmp_path / "still/masks/b.png").rename(tmp_path / "still/masks/b.PNG")
    (tmp_path / "still/masks/._a.png").write_bytes(b"of a Mac")
    with pytest.raises(DamagedFileError, match=r"a\.png looks like a matte"):
        opened(tmp_path / "still", "stills").read(0, 0)
    data = opened(tmp_path / "still", "stills", cut_mattes=True)
    assert [ids(data.read(i, 0)) for i in range(len(data))] == [[1], [1]]
    np.testing.assert_array_equal(data.read(0, 0).mask, np.array(soft) > 127)


def test_masks_of_a_sequence_may_end_in_capitals(tmp_path):
    for t in range(3):
        add(tmp_path / "seq", f"walk/{t:05d}", square(1 + t))
    path = tmp_path / "seq/Annotations/walk/00001.png"
    path.rename(path.with_suffix(".PNG"))
    data = opened(tmp_path / "seq", "sequences")
    assert [ids(data.read(0, t)) for t in range(data.length(0))] == [[1], [2], [3]]


def test_bl30k_is_laid_out_as_sequences(tmp_path):
    for t in range(2):
        add(tmp_path / "BL30K", f"a_0/{t:05d}", square(1, 2, 9))
    data = opened(tmp_path / "BL30K", "bl30k")
    assert data.length(0) == 2
    assert ids(data.read(0, 1)) == [1, 2, 9]


def test_stills_may_be_png_with_black_and_white_masks(tmp_path):
    root = tmp_path / "duts"
    write(root / "images/a.png", root / "masks/a.png", GREY, square(255))
    write(root / "images/b.jpg", root / "masks/b.png", GREY, square(2, 255))
    data = opened(root, "stills")
    assert [data.name(i) for i in range(2)] == ["a", "b"]
    assert [ids(data.read(i, 0)) for i in range(2)] == [[1], [2]]  # with other ids, 255 is void


@pytest.mark.parametrize("kind", ["stills", "sequences", "bl30k"])
def test_an_empty_folder_says_what_is_expected(tmp_path, kind):
    with pytest.raises(FormatError, match="holds no pictures with masks: Expects"):
        opened(tmp_path, kind)


def test_a_mask_without_its_picture_is_named(tmp_path, davis, youtube, coco):
    add(tmp_path / "seq", "walk/00000", square(1))
    add(tmp_path / "seq", "walk/00001", square(1))
    add(tmp_path / "still", "a", square(1), ("images", "masks"))
    for root, kind, gone in (
        (tmp_path / "seq", "sequences", "JPEGImages/walk/00001.jpg"),
        (tmp_path / "still", "stills", "images/a.jpg"),
        (davis, "davis", "JPEGImages/480p/dogs/00001.jpg"),
        (youtube, "youtube_vos", "train/JPEGImages/0a1b/00005.jpg"),
        (coco, "coco", "train2017/7.jpg"),
    ):
        (root / gone).unlink()
        with pytest.raises(FormatError, match=rf"has no picture .*{gone}: add it, or remove the mask"):
            opened(root, kind)


def test_unknown_kinds_and_options_are_named(tmp_path):
    with pytest.raises(
        FormatError, match="kind is one of: stills, coco, sequences, bl30k, davis, youtube_vos; not 'film'"
    ):
        opened(tmp_path, "film")
    with pytest.raises(FormatError, match="data of kind 'coco' has no resolution"):
        opened(tmp_path, "coco", resolution="480p")


def test_what_is_damaged_is_told_apart_from_what_is_missing(tmp_path):
    root = tmp_path / "still"
    add(root, "a", square(1), ("images", "masks"))
    picture, mask = root / "images/a.jpg", root / "masks/a.png"
    data = opened(root, "stills")
    whole = picture.read_bytes()
    for damage in (whole[: len(whole) * 2 // 3], b"", b"no picture"):
        picture.write_bytes(damage)
        with pytest.raises(DamagedFileError, match=r"a\.jpg is damaged or no picture"):
            data.read(0, 0)
    picture.write_bytes(whole)
    mask.write_bytes(mask.read_bytes()[:60])
    with pytest.raises(DamagedFileError, match=r"a\.png"):
        data.read(0, 0)
    add(root, "a", square(1)[:30], ("images", "masks"))
    with pytest.raises(DamagedFileError, match=r"a\.png is 60 x 30, but the frames are 60 x 40"):
        data.read(0, 0)


def test_bytes_after_a_jpeg_do_no_harm(tmp_path):
    add(tmp_path, "a", square(1), ("images", "masks"))
    path = tmp_path / "images/a.jpg"
    path.write_bytes(path.read_bytes() + b"a camera's note")
    assert read_image(path).shape == (40, 60, 3)
