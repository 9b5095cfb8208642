import numpy as np
import pytest
from PIL import Image

from skn_annotator.errors import VideoError
from skn_annotator.video.image_folder import ImageFolder


def save(path, value=0, size=(4, 6)):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((*size, 3), value, np.uint8)).save(path)


def frame(folder, t):
    return next(folder.read(t, t + 1))


def test_the_order_is_natural(tmp_path):
    names = ["img_1.png", "img_2.png", "img_10.png", "img_10b.png", "IMG_11.png", "img_0100.png", "z.png"]
    for value, name in enumerate(names):
        save(tmp_path / name, value)
    folder = ImageFolder(tmp_path)
    assert [f"{stem}.png" for stem in folder.stems] == names
    assert [f[0, 0, 0] for f in folder.read(0, len(folder))] == list(range(len(names)))


@pytest.mark.parametrize(
    "names",
    [["0.png", "a.png"], ["1a2.png", "1b1.png"], ["x-1.png", "x1.png"], ["001.png", "01.png", "1.png"]],
)
def test_any_names_can_be_sorted(tmp_path, names):
    for name in names:
        save(tmp_path / name)
    assert sorted(ImageFolder(tmp_path).stems) == sorted(n.removesuffix(".png") for n in names)


def test_a_davis_sequence_is_a_folder(tmp_path):
    for t in range(12):
        save(tmp_path / "JPEGImages" / "480p" / "bear" / f"{t:05d}.jpg", 20 * t)
    folder = ImageFolder(tmp_path / "JPEGImages" / "480p" / "bear")
    assert (folder.name, len(folder), folder.size, folder.fps) == ("bear", 12, (4, 6), 24.0)
    assert folder.stems[11] == "00011"
    assert folder.run_start(7) == 7
    assert abs(int(frame(folder, 7)[0, 0, 0]) - 140) < 3


def test_sixteen_bits_become_eight(tmp_path):
    gray = np.array([[0, 255, 256, 32768, 65535]], np.uint16)
    Image.fromarray(gray).save(tmp_path / "0.png")
    np.testing.assert_array_equal(frame(ImageFolder(tmp_path), 0)[0, :, 0], [0, 0, 1, 128, 255])


def test_transparency_is_laid_on_black(tmp_path):
    picture = np.full((1, 3, 4), 200, np.uint8)
    picture[0, :, 3] = [0, 51, 255]
    Image.fromarray(picture).save(tmp_path / "0.png")
    np.testing.assert_allclose(frame(ImageFolder(tmp_path), 0)[0, :, 1], [0, 40, 200], atol=1)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGB", "CMYK"])
def test_every_kind_of_picture_becomes_rgb(tmp_path, mode):
    name = "0.tif" if mode == "CMYK" else "0.png"
    Image.new("RGB", (6, 4), (255, 255, 255)).convert(mode).save(tmp_path / name)
    picture = frame(ImageFolder(tmp_path), 0)
    assert picture.shape == (4, 6, 3)
    assert picture.dtype == np.uint8
    assert (picture == 255).all()
    assert not picture.flags.writeable


def test_the_orientation_of_a_camera_is_obeyed(tmp_path):
    image = Image.fromarray(np.zeros((4, 6, 3), np.uint8))
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(tmp_path / "0.jpg", exif=exif)
    assert ImageFolder(tmp_path).size == (6, 4)


def test_pictures_of_one_name_are_one_frame(tmp_path):
    for t in range(3):
        save(tmp_path / f"{t}.jpg", 100)
        save(tmp_path / f"{t}.png", 0)
    folder = ImageFolder(tmp_path)
    assert folder.stems == ["0", "1", "2"]
    assert frame(folder, 1)[0, 0, 0] > 90
    assert "3 pictures" in folder.warnings[0]


def test_other_files_are_passed_over(tmp_path):
    save(tmp_path / "0.JPG")
    save(tmp_path / "sub" / "1.jpg")
    for name in ("._0.jpg", "notes.txt", ".DS_Store"):
        (tmp_path / name).write_text("not a picture")
    assert ImageFolder(tmp_path).stems == ["0"]


def test_a_picture_of_another_size_is_named(tmp_path):
    save(tmp_path / "0.png")
    save(tmp_path / "1.png", size=(5, 6))
    folder = ImageFolder(tmp_path)
    frame(folder, 0)
    with pytest.raises(VideoError, match=r"1.png is 6 x 5, but the first frame is 6 x 4"):
        frame(folder, 1)


@pytest.mark.parametrize("damage", [lambda data: b"no picture", lambda data: data[: len(data) // 2]])
def test_a_picture_that_cannot_be_read_is_named(tmp_path, damage):
    save(tmp_path / "0.png")
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (40, 60, 3), np.uint8)).save(tmp_path / "1.png")
    (tmp_path / "1.png").write_bytes(damage((tmp_path / "1.png").read_bytes()))
    with pytest.raises(VideoError, match=r"1.png cannot be read as a picture"):
        frame(ImageFolder(tmp_path), 1)


def test_a_folder_without_pictures_is_refused(tmp_path):
    with pytest.raises(VideoError, match="holds no pictures"):
        ImageFolder(tmp_path)


def test_a_folder_of_sequences_names_one(tmp_path):
    save(tmp_path / "bear" / "00000.jpg")
    with pytest.raises(VideoError, match=r"holds sequences.*bear"):
        ImageFolder(tmp_path)


@pytest.mark.parametrize("name", ["walk.gif", "walk.apng", "IMG_1.HEIC", "raw.dng"])
def test_a_folder_of_pictures_that_are_not_read_names_them(tmp_path, name):
    (tmp_path / name).write_bytes(b"GIF89a")
    with pytest.raises(VideoError, match=rf"holds no pictures that are read in a folder .*but {name}: save"):
        ImageFolder(tmp_path)
