"""A run goes on from the weights that it saved, without its folder."""

import pytest
import torch

from skn_annotator.cli.train import main
from skn_annotator.errors import WeightsError
from skn_annotator.model.checkpoints import load_network, save_checkpoint
from skn_annotator.training.optimization import make_optimizer, prepare_for_training, start_network
from skn_annotator.training.packed_state import pack, unpack
from skn_annotator.training.stage_files import read_stage
from skn_annotator.training.train import train


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


def begun(config):
    network, average = start_network(config, None, None), start_network(config, None, None)
    prepare_for_training(network)
    return network, average, make_optimizer(network, config)


def stepped(config):
    """A network after three steps of some gradient."""
    network, average, optimizer = begun(config)
    for seed in range(3):
        torch.manual_seed(seed)
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                parameter.grad = torch.randn_like(parameter) * torch.rand(len(parameter)).view(
                    -1, *[1] * (parameter.dim() - 1)
                )
        optimizer.step()
    average.load_state_dict(network.state_dict())
    return network, average, optimizer


def test_weights_steps_and_second_moments_come_back(stage_file, tmp_path):
    config = read_stage(stage_file)
    network, average, optimizer = stepped(config)
    pack(tmp_path / "w.safetensors", 1234, network, average, optimizer)
    other, mean, moments = begun(config)
    assert unpack(tmp_path / "w.safetensors", other, mean, moments) == 1234
    for name, value in average.state_dict().items():
        assert torch.equal(other.state_dict()[name], value.half().float())
        assert torch.equal(mean.state_dict()[name], value.half().float())
    own, found = dict(network.named_parameters()), dict(other.named_parameters())
    for name, parameter in own.items():
        if not parameter.requires_grad:
            assert found[name] not in moments.state
            continue
        before = optimizer.state[parameter]["exp_avg_sq"]
        state = moments.state[found[name]]
        assert state["exp_avg_sq"].shape == before.shape
        torch.testing.assert_close(state["exp_avg_sq"].mean(), before.mean(), rtol=1e-3, atol=0)
        if before.dim() == 1:
            torch.testing.assert_close(state["exp_avg_sq"], before, rtol=1e-3, atol=1e-12)
    moments.step()  # what came back is what AdamW expects


def test_the_program_loads_it_as_any_checkpoint_and_it_is_hardly_larger(stage_file, tmp_path):
    network, average, optimizer = stepped(read_stage(stage_file))
    pack(tmp_path / "packed.safetensors", 3, network, average, optimizer)
    save_checkpoint(tmp_path / "plain.safetensors", average.config, average.state_dict())
    assert load_network(tmp_path / "packed.safetensors", "cpu").config == average.config
    packed, plain = (tmp_path / f"{name}.safetensors" for name in ("packed", "plain"))
    assert packed.stat().st_size < 1.06 * plain.stat().st_size


def test_a_run_goes_on_from_the_weights_alone(data_root, stage_file, tmp_path):
    options = [str(stage_file), "--data", str(data_root), "--device", "cpu", "--workers", "0"]
    rows = train(read_stage(stage_file), data_root, tmp_path / "one", workers=0)
    for _ in range(3):  # saved after the third
        next(rows)
    rows.close()
    kept = tmp_path / "kept.safetensors"
    kept.write_bytes((tmp_path / "one/weights.safetensors").read_bytes())
    assert main([*options, "--run", str(tmp_path / "two"), "--resume", str(kept)]) == 0
    steps = [line.split(",")[0] for line in (tmp_path / "two/log.csv").read_text().splitlines()[1:]]
    assert steps == ["3", "4", "5"]


def test_a_checkpoint_without_a_state_is_refused(stage_file, tmp_path):
    network, average, optimizer = begun(read_stage(stage_file))
    save_checkpoint(tmp_path / "w.safetensors", average.config, average.state_dict())
    with pytest.raises(WeightsError, match=r"w\.safetensors.*--init"):
        unpack(tmp_path / "w.safetensors", network, average, optimizer)


def test_a_run_of_some_minutes_ends_with_its_last_step_saved(data_root, stage_file, tmp_path):
    options = [str(stage_file), "--data", str(data_root), "--device", "cpu", "--workers", "0"]
    assert main([*options, "--run", str(tmp_path / "run"), "--minutes", "0"]) == 0
    rows = (tmp_path / "run/log.csv").read_text().splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == ["0", "1", "2"]  # saved after every third
    assert (tmp_path / "run/weights.safetensors").exists()
