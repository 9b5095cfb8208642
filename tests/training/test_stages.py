"""The stage files that ship: they can be read, and those of the paper say what the paper says."""

import pytest

from skn_annotator.model.network import PRESETS
from skn_annotator.resources import resource
from skn_annotator.training.config import TrainConfig
from skn_annotator.training.stage_files import read_stage

FILES = sorted(resource("training").glob("*.toml"))
PAPER = [resource(f"training/paper_{name}.toml") for name in ("1_stills", "2_bl30k", "3_video")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_stage_can_be_read(path):
    stage = read_stage(path)
    assert stage.warmup < stage.steps
    if isinstance(stage, TrainConfig):
        assert stage.network in PRESETS
        assert stage.gap_steps <= stage.steps


def test_the_papers_stages_train_the_papers_network_on_the_papers_data():
    stages = [read_stage(path) for path in PAPER]
    assert {stage.network for stage in stages} == {"resnest101"}
    assert {stage.clip.length for stage in stages} == {3}
    assert [{source.kind for source in stage.data} for stage in stages] == [
        {"coco", "stills"},
        {"bl30k"},
        {"youtube_vos", "davis"},
    ]
    years = {source.subset for source in stages[2].data if source.kind == "davis"}
    assert years == {"2017/train", "480p/train"}


def test_adversarial_noise_belongs_to_the_last_stage_alone():
    probabilities = [read_stage(path).adversarial.probability for path in PAPER]
    assert probabilities[:2] == [0, 0]
    assert probabilities[2] > 0


def test_the_last_stage_crops_from_a_shortest_edge_of_480():
    clip = read_stage(PAPER[2]).clip
    assert (clip.short_side, clip.crop) == (480, 384)  # 380 in the paper, which is no multiple of 16


def test_gaps_count_frames_whether_all_are_annotated_or_every_fifth():
    stage = read_stage(PAPER[2])
    frames = {
        source.kind: source.largest_gap * (5 if source.kind == "youtube_vos" else 1) for source in stage.data
    }
    assert frames == {"youtube_vos": 25, "davis": 25}
