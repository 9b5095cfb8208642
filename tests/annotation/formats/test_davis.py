import numpy as np
import pytest
from PIL import Image
from sequences import export, sequence_of

from skn_annotator.annotation.formats import WantedMasks
from skn_annotator.annotation.formats.davis import DavisFormat, plan_davis
from skn_annotator.annotation.masks import encode_mask, object_ids
from skn_annotator.errors import FormatError
from skn_annotator.palette import DAVIS_PALETTE

FORMAT = DavisFormat()
SIZE = (540, 960)
RESOLUTIONS = {"480p": (480, 854), "Full-Resolution": SIZE}


def squares(**corners):
    """An id map with a square of 60 pixels per id: squares(id3=(10, 20))."""
    mask = np.zeros(SIZE, np.uint8)
    for name, (y, x) in corners.items():
        mask[y : y + 60, x : x + 60] = int(name.removeprefix("id"))
    return mask


@pytest.fixture
def masks():
    """Objects 2 and 7 from the start; 4 only later; frame 2 without a mask; a stray void pixel."""
    masks = {
        0: squares(id2=(50, 50), id7=(200, 300)),
        1: squares(id2=(50, 60), id7=(200, 310)),
        3: squares(id2=(50, 80), id4=(400, 700)),
    }
    masks[1][539, 959] = 255
    return masks


def plan(masks, name="cups", length=4):
    return plan_davis(name, length, masks.get(0), {t: frozenset(object_ids(m)) for t, m in masks.items()})


def write(root, masks, length=4, name="cups", frames=None):
    return export(FORMAT, root, sequence_of(masks, length=length, name=name), frames)


def read(path):
    with Image.open(path) as image:
        return image.mode, np.array(image), image.getpalette()


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_an_export_keeps_every_rule_of_the_official_scorer(tmp_path, masks, resolution):
    write(tmp_path, masks)
    pictures = sorted((tmp_path / "JPEGImages" / resolution / "cups").iterdir())
    pngs = sorted((tmp_path / "Annotations" / resolution / "cups").iterdir())
    assert [p.name for p in pictures] == [f"{t:05d}.jpg" for t in range(4)]
    assert [p.name for p in pngs] == [f"{t:05d}.png" for t in range(4)]
    for subset in ("train", "val"):
        assert (tmp_path / "ImageSets" / "2017" / f"{subset}.txt").read_text() == "cups\n"
    first_ids = object_ids(read(pngs[0])[1])
    assert first_ids == (1, 2)
    for jpg, png in zip(pictures, pngs, strict=True):
        mode, mask, palette = read(png)
        assert mode == "P"
        assert palette == DAVIS_PALETTE.ravel().tolist()
        assert mask.shape == RESOLUTIONS[resolution]
        assert mask.max() <= max(first_ids)
        with Image.open(jpg) as image:
            assert image.size == mask.shape[::-1]
            assert image.mode == "RGB"


def test_masks_and_pictures_are_what_they_were(tmp_path, masks):
    assert write(tmp_path, masks) == [(1, 4), (2, 4), (3, 4), (4, 4)]
    folder = tmp_path / "Annotations" / "Full-Resolution" / "cups"
    np.testing.assert_array_equal(read(folder / "00001.png")[1], squares(id1=(50, 60), id2=(200, 310)))
    assert not read(folder / "00002.png")[1].any()
    np.testing.assert_array_equal(read(folder / "00003.png")[1], squares(id1=(50, 80)))
    jpeg = read(tmp_path / "JPEGImages" / "480p" / "cups" / "00003.jpg")[1]
    assert np.abs(jpeg.astype(int) - (30, 100, 200)).max() <= 4


def test_the_smaller_mask_lies_where_the_smaller_picture_shows_the_object(tmp_path, masks):
    mask = masks[0]
    write(
        tmp_path,
        masks,
        frames=lambda t: np.repeat(np.where(mask, 200, 0).astype(np.uint8)[..., None], 3, 2),
    )
    small = read(tmp_path / "Annotations" / "480p" / "cups" / "00000.png")[1]
    seen = read(tmp_path / "JPEGImages" / "480p" / "cups" / "00000.jpg")[1][..., 0] > 100
    union, shared = (small > 0) | seen, (small > 0) & seen
    assert shared.sum() / union.sum() > 0.98


def test_everything_that_was_changed_is_told(masks):
    made = plan(masks, name="my clip: 1/2")
    assert made.name == "my_clip_1_2"
    assert made.ids == {2: 1, 7: 2}
    text = "\n".join(made.notes)
    for words in (
        "The sequence is called my_clip_1_2",
        "Object 4 is not in the first frame",
        "2 → 1, 7 → 2",
        "1 frame has no mask",
    ):
        assert words in text


def test_a_sequence_that_fits_needs_no_note():
    masks = {t: squares(id1=(50, 50), id2=(200, 300)) for t in range(3)}
    assert plan(masks, length=3).notes == ()


def test_an_object_that_480p_loses_in_the_first_frame_is_left_out(masks):
    masks[0][301, 300] = 1  # falls between two rows of the smaller mask
    assert 1 not in plan(masks).ids


@pytest.mark.parametrize(
    ("length", "first", "words"),
    [
        (2, "masks", "has 2 frames: DAVIS needs 3"),
        (1, "masks", "has 1 frame: DAVIS needs 3"),
        (4, None, "shows no object"),
        (4, "empty", "shows no object"),
    ],
)
def test_what_cannot_be_a_sequence_is_refused(masks, length, first, words):
    if first is None:
        del masks[0]
    if first == "empty":
        masks[0] = squares()
    with pytest.raises(FormatError, match=words):
        plan(masks, length=length)


def test_small_frames_are_not_enlarged(tmp_path):
    masks = {t: np.eye(40, 61, dtype=np.uint8) for t in range(3)}
    write(tmp_path, masks, 3)
    assert read(tmp_path / "Annotations" / "480p" / "cups" / "00000.png")[1].shape == (40, 61)


def test_a_second_export_replaces_the_first_and_keeps_other_sequences(tmp_path, masks):
    write(tmp_path, masks, name="other")
    write(tmp_path, masks | dict.fromkeys(range(4, 9), masks[0]), 9)
    write(tmp_path, masks)
    assert all(len(list(folder.iterdir())) == 4 for folder in plan(masks).folders(tmp_path))
    assert (tmp_path / "ImageSets" / "2017" / "val.txt").read_text() == "other\ncups\n"
    assert FORMAT.holds(tmp_path, "other")


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_the_masks_of_the_frames_resolution_are_read(tmp_path, masks, resolution):
    write(tmp_path, masks)
    found = FORMAT.read(
        tmp_path, WantedMasks("cups", [f"{t:05d}" for t in range(4)], RESOLUTIONS[resolution])
    )
    assert list(found.masks) == [0, 1, 2, 3]
    assert object_ids(found.masks[0]()) == (1, 2)


def test_the_layout_of_the_web_page_is_found(tmp_path):
    folder = tmp_path / "Annotations" / "bear"
    folder.mkdir(parents=True)
    assert not FORMAT.holds(tmp_path, "bear")
    (folder / "00000.png").write_bytes(encode_mask(np.ones((4, 6), np.uint8)))
    assert FORMAT.holds(tmp_path, "bear")
    assert list(FORMAT.read(tmp_path, WantedMasks("bear", ["00000"], (4, 6))).masks) == [0]


def test_binary_masks_of_some_frames_are_read(tmp_path):
    Image.fromarray(np.eye(4, 6, dtype=np.uint8) * 255).save(tmp_path / "b.png")
    (tmp_path / "zebra.png").write_bytes(encode_mask(np.zeros((4, 6), np.uint8)))
    found = FORMAT.read(tmp_path, WantedMasks("clip", ["a", "b", "c"], (4, 6))).masks
    assert list(found) == [1]
    np.testing.assert_array_equal(found[1](), np.eye(4, 6))


def test_masks_of_another_video_are_refused(tmp_path):
    (tmp_path / "b.png").write_bytes(encode_mask(np.zeros((4, 6), np.uint8)))
    with pytest.raises(FormatError, match=r"no mask named like a frame, such as x.png"):
        FORMAT.read(tmp_path, WantedMasks("clip", ["x", "y"], (4, 6)))
    with pytest.raises(FormatError, match=r"b.png is 6 x 4"):
        FORMAT.read(tmp_path, WantedMasks("clip", ["b"], (5, 6))).masks[0]()
