"""The folder of a training run.

``state.pt`` is what the run goes on from, ``weights.safetensors`` what the program loads and what it goes on
from elsewhere (`packed_state`), ``log.csv`` its figures. With validation there are ``validation.csv`` and
``best.safetensors``, the weights of its best row.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch

from skn_annotator.errors import SknError
from skn_annotator.files import cannot_write, replace_files, replacing, writing
from skn_annotator.model.checkpoints import Network, save_checkpoint
from skn_annotator.model.weights import load_pickled
from skn_annotator.training.packed_state import pack, unpack

_DAMAGE = (RuntimeError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError)
"""What networks and optimizers raise at a state that is not theirs."""
_LONGEST = 200
"""Letters of a reason."""


class RunFolder:
    """Saves and restores a run. Files are written aside and swapped in, so that none is ever half."""

    def __init__(self, path: Path) -> None:
        """Make the folder. Raises SknError if that cannot be done."""
        self.path = path
        with writing(path):
            path.mkdir(parents=True, exist_ok=True)

    def save(self, step: int, network: Network, average: Network, optimizer: torch.optim.Optimizer) -> None:
        """Write the state after `step` steps. On a full disk the last good one survives; raises SknError."""
        state = {
            "step": step,
            "network": network.state_dict(),
            "average": average.state_dict(),
            "optimizer": optimizer.state_dict(),
        }
        with _room_needed(self.path, step):
            with replacing(self.path / "state.pt") as file:
                torch.save(state, file)
            pack(self.path / "weights.safetensors", step, network, average, optimizer)

    def keep_best(self, row: dict[str, float], average: Network) -> None:
        """Append a row of validation, with ``step`` and ``jf``; the weights are kept if it is the best yet.

        Raises SknError as `save` does.
        """
        earlier = [float(old["jf"]) for old in self._rows("validation.csv")]
        if row["jf"] > max(earlier, default=-1.0):
            step = int(row["step"])
            with _room_needed(self.path, step):
                notes = {"step": str(step), "jf": f"{row['jf']:.4f}"}
                save_checkpoint(self.path / "best.safetensors", average.config, average.state_dict(), notes)
        self._append("validation.csv", row)

    def resume(
        self,
        network: Network,
        average: Network,
        optimizer: torch.optim.Optimizer,
        device: torch.device,
        packed: Path | None = None,
    ) -> int:
        """Load the last state, or in a new folder the `packed` one, and cut the log there; the steps done."""
        step = self._load(network, average, optimizer, device)
        if packed is not None and not step:
            step = unpack(packed, network, average, optimizer)
        self._cut("log.csv", step)  # its steps are counted from 0 ...
        self._cut("validation.csv", step + 1)  # ... these are the numbers of steps done
        return step

    def _load(
        self, network: Network, average: Network, optimizer: torch.optim.Optimizer, device: torch.device
    ) -> int:
        """Load the last state, changing nothing in the folder; the number of steps done, 0 if there is
        none."""
        path = self.path / "state.pt"
        if not path.exists():
            return 0
        try:
            state = load_pickled(path, device)
            network.load_state_dict(state["network"])
            average.load_state_dict(state["average"])
            optimizer.load_state_dict(state["optimizer"])
            return int(state["step"])
        except (SknError, *_DAMAGE) as error:
            reason = " ".join(str(error).split())[:_LONGEST]
            raise SknError(
                f"{path} is damaged or of another network ({reason}); remove it to start this stage again"
            ) from error

    def log(self, row: dict[str, float]) -> None:
        """Append a row of figures to ``log.csv``."""
        self._append("log.csv", row)

    def _append(self, name: str, row: dict[str, float]) -> None:
        """Append to the columns that the file has: a newer version goes on with an older one's run."""
        path = self.path / name
        new = not path.exists()
        columns = list(row) if new else self._columns(path)
        with writing(path), path.open("a", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            if new:
                writer.writeheader()
            writer.writerow({column: f"{value:.6g}" for column, value in row.items()})

    def _columns(self, path: Path) -> list[str]:
        with path.open(newline="") as file:
            return next(csv.reader(file))

    def _rows(self, name: str) -> list[dict[str, str]]:
        path = self.path / name
        if not path.exists():
            return []
        with path.open(newline="") as file:
            return list(csv.DictReader(file))

    def _cut(self, name: str, start: int) -> None:
        """Drop the rows of steps that will be done again."""
        path = self.path / name
        if path.exists():
            header, *rows = path.read_text().splitlines()
            kept = [row for row in rows if int(row.partition(",")[0]) < start]
            replace_files({path: ("\n".join([header, *kept]) + "\n").encode()})


@contextmanager
def _room_needed(folder: Path, step: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SknError(
            f"{cannot_write(folder, error)}. The checkpoint of step {step} cannot be saved; the one before "
            "it is whole: start again then"
        ) from error
    except RuntimeError as error:
        raise SknError(
            f"{folder}: the checkpoint of step {step} cannot be saved ({error}); the one before it is "
            "whole: make room and start again"
        ) from error
