"""Clips: sizes, ids, determinism, and that masks move with their objects."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from skn_annotator.errors import FormatError
from skn_annotator.training.clips import ClipConfig, ClipMaker
from skn_annotator.training.datasets.folders import Sequences, Stills
from skn_annotator.training.datasets.pictures import DamagedFileError
from skn_annotator.training.motion import similarity, warp, without_mirror_images

CONFIG = ClipConfig(crop=64, length=4)


@pytest.fixture
def maker(data_root):
    return ClipMaker([Stills(data_root / "stills"), Sequences(data_root / "video")], [1, 1], CONFIG)


def test_shapes_ids_and_types(maker):
    for seed in range(30):
        clip = maker.make(np.random.default_rng(seed))
        assert clip.frames.shape == (4, 64, 64, 3)
        assert clip.masks.shape == (4, 64, 64)
        assert clip.frames.dtype == clip.masks.dtype == np.uint8
        assert set(np.unique(clip.masks)) <= {0, 1, 2}
        assert clip.masks[0].any()


def test_one_seed_one_clip(maker):
    one, other = (maker.make(np.random.default_rng(5)) for _ in range(2))
    assert (one.frames == other.frames).all()
    assert (one.masks == other.masks).all()


def test_frames_of_a_still_differ(data_root):
    maker = ClipMaker([Stills(data_root / "stills")], [1], replace(CONFIG, paste=0))
    clip = maker.make(np.random.default_rng(0))
    assert (clip.masks[0] != clip.masks[3]).any()


def test_masks_stay_on_their_objects(data_root):
    """Without pasting, the green thing of the sequence is where the mask is, on every frame."""
    maker = ClipMaker([Sequences(data_root / "video")], [1], replace(CONFIG, paste=0))
    for seed in range(5):
        clip = maker.make(np.random.default_rng(seed))
        for frame, mask in zip(clip.frames.astype(int), clip.masks, strict=True):
            excess = frame[..., 1] - frame[..., [0, 2]].mean(-1)
            assert excess[mask == 1].mean() > excess[mask == 0].mean() + 40


def test_pasted_sprites_add_objects(data_root):
    maker = ClipMaker([Sequences(data_root / "video")], [1], replace(CONFIG, paste=1, distractor=0, twin=1))
    found = [set(np.unique(maker.make(np.random.default_rng(seed)).masks)) for seed in range(10)]
    assert sum(2 in ids for ids in found) > 5


def test_an_empty_folder_says_what_is_expected(tmp_path):
    with pytest.raises(FormatError, match="images/NAME"):
        Stills(tmp_path)


def test_a_mask_without_its_picture_is_named(data_root):
    (data_root / "stills/images/1.jpg").unlink()
    with pytest.raises(FormatError, match=r"1\.png has no picture"):
        Stills(data_root / "stills")


# Of the version before there were data sets other than stills and sequences: per seed the mean of each frame,
# and the pixels of object 1 and 2 in the first and the last (of clip 3 an object that came later is gone).
RECORDED = [
    ([82.0, 75.2, 83.1, 73.7], [620, 0, 661, 0]),
    ([59.4, 56.5, 51.4, 54.9], [855, 0, 721, 0]),
    ([92.0, 92.6, 84.1, 79.8], [708, 319, 455, 385]),
    ([79.4, 93.6, 85.1, 89.0], [779, 0, 681, 0]),
    ([59.5, 62.2, 50.8, 47.9], [1861, 0, 581, 0]),
    ([65.3, 64.8, 61.6, 61.7], [723, 150, 765, 101]),
]


@pytest.mark.parametrize("seed", range(6))
def test_a_seed_gives_the_clip_that_it_always_gave(maker, seed):
    """A run must go on with its clips after an update. At step `seed` the largest gap was 1 + `seed`."""
    maker.largest_gaps = [1 + seed, 1 + seed]
    clip = maker.make(np.random.default_rng((0, seed)))
    means, counts = RECORDED[seed]
    assert clip.frames.reshape(4, -1, 3).mean((1, 2)) == pytest.approx(means, abs=0.5)
    found = [np.count_nonzero(clip.masks[t] == i) for t in (0, 3) for i in (1, 2)]
    assert found == pytest.approx(counts, abs=3)


class Recorder(Sequences):
    """Sequences that remember what was read."""

    def open(self):
        super().open()
        self.reads = []

    def read(self, index, frame):
        self.reads.append(frame)
        return super().read(index, frame)


def gaps(data, progress, largest):
    data.reads.clear()
    maker = ClipMaker([data], [1], replace(CONFIG, length=3, paste=0), [largest])
    for seed in range(20):
        maker.make(np.random.default_rng(seed), progress)
    return {int(gap) for t in np.reshape(data.reads, (-1, 3)) for gap in np.diff(t)}


def test_gaps_grow_with_progress_up_to_the_data_sets_own(data_root):
    data = Recorder(data_root / "video")
    assert gaps(data, 0.0, 3) == {1}
    assert gaps(data, 1.0, 3) == {1, 2, 3}
    assert gaps(data, 1.0, 1) == {1}


def test_hidden_patches_hide_the_object_too_and_spare_the_first_frame(data_root):
    data = [Stills(data_root / "stills")]
    plain, hidden = (
        ClipMaker(data, [1], replace(CONFIG, paste=0, hide=hide)).make(np.random.default_rng(3))
        for hide in (0, 1)
    )
    assert (hidden.frames[0] == plain.frames[0]).all()
    assert (hidden.masks[0] == plain.masks[0]).all()
    mean = plain.frames.mean((0, 1, 2)).astype(np.uint8)
    for t in range(1, 4):
        changed = (hidden.frames[t] != plain.frames[t]).any(-1)
        assert 0.05 < changed.mean() < 0.5
        assert (hidden.frames[t][changed] == mean).all()
        assert not hidden.masks[t][changed].any()
        assert (hidden.masks[t][~changed] == plain.masks[t][~changed]).all()


STILL = replace(CONFIG.motion, rotation=0, shear=0, zoom=0, shift=0, bend=0)


def test_an_occluder_covers_the_object_from_the_second_frame_on(data_root):
    """Where nothing moves, all frames but the first have the same mask, a part of the first's."""
    data = [Stills(data_root / "stills")]
    maker = ClipMaker(data, [1], replace(CONFIG, paste=0, occluder=1, motion=STILL))
    for seed in range(12):
        first, second, *later = maker.make(np.random.default_rng(seed)).masks
        assert ((second == first) | (second == 0)).all()
        assert np.count_nonzero(second) < np.count_nonzero(first)
        assert all((mask == second).all() for mask in later)


def test_a_fixed_short_side_gives_a_fixed_scale(data_root):
    """The square's 40 rows of the 90 become 40 of 90 pixels on the crop."""
    maker = ClipMaker(
        [Sequences(data_root / "video")], [1], replace(CONFIG, paste=0, short_side=90, motion=STILL)
    )
    for seed in range(5):
        mask = maker.make(np.random.default_rng(seed)).masks[0] == 1
        assert mask.any(1).sum() in (40, 39, 41) or mask[[0, -1]].any()


def test_a_damaged_file_is_replaced_by_the_next_and_told(data_root):
    maker = ClipMaker([Stills(data_root / "stills")], [1], CONFIG)
    whole = [maker.make(np.random.default_rng(seed)) for seed in range(10)]
    assert not any(clip.damaged for clip in whole)
    broken = data_root / "stills/images/1.jpg"
    broken.write_bytes(broken.read_bytes()[:500])
    clips = [maker.make(np.random.default_rng(seed)) for seed in range(10)]
    again = [maker.make(np.random.default_rng(seed)) for seed in range(10)]
    assert {sentence for clip in clips for sentence in clip.damaged} == {
        f"{broken} is damaged or no picture: replace it, or remove it with its mask"
    }
    spared = [not clip.damaged for clip in clips]
    assert 0 < sum(spared) < 10
    for old, new, repeated in zip(whole, clips, again, strict=True):
        assert (new.frames == repeated.frames).all()
        assert new.damaged or (new.frames == old.frames).all()


def test_when_everything_is_damaged_training_ends(data_root):
    for path in (data_root / "stills/images").iterdir():
        path.write_bytes(b"gone")
    with pytest.raises(
        FormatError, match=r"stills: 20 files in a row cannot be used, such as: .*jpg is damaged"
    ):
        ClipMaker([Stills(data_root / "stills")], [1], CONFIG).make(np.random.default_rng(0))


def test_all_ids_of_a_picture_may_be_one_object(data_root):
    """The stills show a red and a blue thing: together they are object 1, or each is one of its own."""
    for share in (0.0, 1.0):
        config = replace(CONFIG, paste=0, motion=CONFIG.motion.scaled(0))
        maker = ClipMaker([Stills(data_root / "stills")], [1], config, wholes=[share])
        clips = [maker.make(np.random.default_rng(seed)) for seed in range(12)]
        colors = [clip.frames[0][clip.masks[0] == 1].astype(int) for clip in clips]
        both = [(c[:, 0] > c[:, 2] + 60).any() and (c[:, 2] > c[:, 0] + 60).any() for c in colors]
        assert sum(both) == 0 if share == 0 else sum(both) > 6


def test_no_object_comes_in_after_the_first_frame(data_root):
    """A network cannot know which of the things that appear later are to be followed."""
    config = replace(CONFIG, crossing=0.7, paste=1, distractor=0, motion=CONFIG.motion.scaled(4))
    maker = ClipMaker([Stills(data_root / "stills"), Sequences(data_root / "video")], [1, 1], config)
    for seed in range(60):
        masks = maker.make(np.random.default_rng(seed)).masks
        assert set(np.unique(masks)) <= {0, *np.unique(masks[0])}


FULL = replace(
    CONFIG,
    objects=5,
    length=6,
    paste=1,
    sprites=4,
    distractor=0.2,
    crossing=0.3,
    passing=0.3,
    sizes=(8, 60),
    regions=0.5,
    seamless=True,
)


def test_clips_of_up_to_five_objects_are_numbered_without_gaps(data_root):
    maker = ClipMaker([Stills(data_root / "stills"), Sequences(data_root / "video")], [1, 1], FULL)
    counts = []
    for seed in range(40):
        clip = maker.make(np.random.default_rng(seed))
        ids = [int(i) for i in np.unique(clip.masks[0]) if i]
        assert ids == list(range(1, len(ids) + 1))
        assert set(np.unique(clip.masks)) <= {0, *ids}
        assert clip.frames.shape == (6, 64, 64, 3)
        assert clip.regions.shape == (6, 3)
        counts.append(len(ids))
    assert max(counts) >= 4
    assert min(counts) == 1


def test_an_object_is_brought_to_a_wanted_size_as_far_as_its_picture_allows(data_root):
    """The square of 40 pixels in pictures of 90: from 29 (the picture fills the crop) to 58 of 64."""
    config = replace(CONFIG, paste=0, sizes=(8, 400), motion=STILL)
    maker = ClipMaker([Sequences(data_root / "video")], [1], config)
    sides = []
    for seed in range(30):
        mask = maker.make(np.random.default_rng(seed)).masks[0] == 1
        if not (mask[[0, -1]].any() or mask[:, [0, -1]].any()):
            sides.append(np.sqrt(mask.sum()))
    assert 23 < min(sides) < 30
    assert max(sides) > 38


def test_regions_follow_the_object(data_root):
    config = replace(CONFIG, paste=0, regions=1.0, length=6, motion=CONFIG.motion.scaled(0))
    maker = ClipMaker([Sequences(data_root / "video")], [1], config)
    for seed in range(10):
        clip = maker.make(np.random.default_rng(seed))
        assert len(np.unique(clip.regions[:, 0])) > 1
        assert all((mask == 1).any() for mask in clip.masks)


def test_what_passes_over_an_object_leaves_it_again(data_root):
    config = replace(CONFIG, paste=0, passing=1.0, length=8, motion=STILL, sizes=(20, 30))
    maker = ClipMaker([Stills(data_root / "stills")], [1], config, wholes=[1.0])
    came_back = 0
    for seed in range(20):
        areas = [np.count_nonzero(mask) for mask in maker.make(np.random.default_rng(seed)).masks]
        came_back += min(areas) < 0.8 * areas[0] and areas[-1] > 0.95 * areas[0]
    assert came_back > 5


def test_a_set_may_be_for_sprites_alone(data_root):
    video = Recorder(data_root / "video")
    stills = Stills(data_root / "stills")
    maker = ClipMaker([stills, video], [1, 0], replace(CONFIG, paste=0), sprite_weights=[0, 1])
    for seed in range(5):
        maker.make(np.random.default_rng(seed))
    assert not video.reads
    maker.config = replace(maker.config, paste=1.0, twin=0.0)
    maker.make(np.random.default_rng(0))
    assert video.reads


def test_stills_have_soft_edges_where_they_are_given(data_root):
    assert Stills(data_root / "stills").read(1, 0).alpha is None
    (data_root / "stills/alpha").mkdir()
    edge = np.zeros((90, 120), np.uint8)
    edge[20:60, 30:70] = 77
    Image.fromarray(edge).save(data_root / "stills/alpha/1.png")
    stills = Stills(data_root / "stills")
    assert (stills.read(1, 0).alpha == edge).all()
    assert stills.read(0, 0).alpha is None
    Image.fromarray(edge[:50]).save(data_root / "stills/alpha/1.png")
    with pytest.raises(DamagedFileError, match=r"alpha/1\.png"):
        stills.read(1, 0)


def test_mirror_images_beyond_the_picture_are_not_asked_for():
    """The object lies at the picture's left; to the left of that there is its mirror image, apart from it."""
    picture = np.zeros((40, 60), np.uint8)
    picture[12:22, 4:12] = 3
    picture[25:35, 0:8] = 5  # this one touches its own mirror image
    matrix = similarity((0, 0), (30, 10), 1.0)
    drawn = warp(picture, matrix, 50, nearest=True)
    kept = without_mirror_images(drawn, matrix, picture.shape)
    assert np.count_nonzero(drawn == 3) == 2 * 80
    assert np.count_nonzero(kept == 3) == 80
    assert (kept[22:32, 34:42] == 3).all()
    assert (kept == 5).sum() == (drawn == 5).sum() > 80
    inside = similarity((0, 0), (-5, -3), 2.0)
    assert (
        without_mirror_images(warp(picture, inside, 48, nearest=True), inside, picture.shape)
        == warp(picture, inside, 48, nearest=True)
    ).all()
