"""The folder of a training run.

``state.pt`` is what the run goes on from, ``weights.safetensors`` what the program loads, ``log.csv`` its
figures.
"""

import csv
import os
from pathlib import Path

import torch

from skn_annotator.errors import SknError
from skn_annotator.model.checkpoints import save_checkpoint
from skn_annotator.model.network import SKN


class RunFolder:
    """Saves and restores a run. Files are written aside and swapped in, so that none is ever half."""

    def __init__(self, path: Path) -> None:
        """Make the folder. Raises SknError if that cannot be done."""
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SknError(f"the run folder {path} cannot be made: {error.strerror}") from error

    def save(self, step: int, network: SKN, average: SKN, optimizer: torch.optim.Optimizer) -> None:
        """Write the state after `step` steps. On a full disk the last good one survives; raises SknError."""
        state = {
            "step": step,
            "network": network.state_dict(),
            "average": average.state_dict(),
            "optimizer": optimizer.state_dict(),
        }
        temporary = self.path / "state.pt.tmp"
        try:
            torch.save(state, temporary)
            os.replace(temporary, self.path / "state.pt")  # noqa: PTH105
            weights = average.state_dict()
            save_checkpoint(self.path / "weights.safetensors", network.config, weights, {"step": str(step)})
        except (OSError, RuntimeError) as error:
            temporary.unlink(missing_ok=True)
            raise SknError(
                f"{self.path}: the checkpoint of step {step} cannot be saved ({error}); the one before it is "
                "whole: make room and start again"
            ) from error

    def resume(
        self, network: SKN, average: SKN, optimizer: torch.optim.Optimizer, device: torch.device
    ) -> int:
        """Load the last state if there is one, and cut the log there; the step to go on with."""
        path = self.path / "state.pt"
        step = 0
        if path.exists():
            try:
                state = torch.load(path, map_location=device, weights_only=True)
                network.load_state_dict(state["network"])
                average.load_state_dict(state["average"])
                optimizer.load_state_dict(state["optimizer"])
            except (RuntimeError, KeyError, ValueError, EOFError) as error:
                raise SknError(
                    f"{path} is damaged or of another network ({error}); remove it to start this stage again"
                ) from error
            step = int(state["step"])
        self._cut_log(step)
        return step

    def log(self, row: dict[str, float]) -> None:
        """Append a row of figures to ``log.csv``."""
        path = self.path / "log.csv"
        new = not path.exists()
        with path.open("a", newline="") as file:
            writer = csv.writer(file)
            if new:
                writer.writerow(row)
            writer.writerow([f"{value:.6g}" for value in row.values()])

    def _cut_log(self, start: int) -> None:
        """Drop the rows of steps that will be done again."""
        path = self.path / "log.csv"
        if path.exists():
            header, *rows = path.read_text().splitlines()
            kept = [row for row in rows if int(row.partition(",")[0]) < start]
            path.write_text("\n".join([header, *kept]) + "\n")
