"""What a run tells while it goes on: CSV files, TensorBoard, and a warning for each file that it cannot use.

Under ``torchrun`` the first process writes; each warns of its own files.
"""

import logging
from collections.abc import Mapping, Sequence

from torch import Tensor

from skn_annotator.model.network import SKN
from skn_annotator.training.board import Board
from skn_annotator.training.clip_network import Followed
from skn_annotator.training.run_folder import RunFolder
from skn_annotator.training.validation import Sample, ValidationScores

_log = logging.getLogger(__name__)


class Journal:
    """The journal of the run in `folder` from step `start` on."""

    def __init__(self, folder: RunFolder, start: int, rank: int) -> None:
        self._folder = folder
        self._board = Board(folder.path, start) if rank == 0 else None
        self._named: set[str] = set()

    def step(self, row: dict[str, float], damaged: Sequence[str]) -> None:
        """The figures of one step, ``step`` first, and sentences about the files that were left out."""
        for sentence in damaged:
            if sentence not in self._named:
                self._named.add(sentence)
                _log.warning("left out: %s", sentence)
        if self._board is not None:
            self._folder.log(row)
            self._board.figures(int(row["step"]), "training", {n: v for n, v in row.items() if n != "step"})

    def clip(self, step: int, frames: Tensor, masks: Tensor, followed: Followed) -> None:
        """A clip to look at, the first of those that were `followed`; frames and masks are the batch's."""
        if self._board is not None:
            place = int(followed.clips[0])
            logits = [frame[0].detach() for frame in followed.logits]
            self._board.clip(step, frames[place], masks[place], logits)

    def validated(
        self, done: int, average: SKN, scores: ValidationScores, samples: Mapping[str, Sample]
    ) -> float:
        """The scores of the weights `average` after `done` steps; the best are kept. Returns their J&F."""
        if self._board is not None:
            self._folder.keep_best({"step": done, **scores.row}, average)
            self._board.figures(done, "validation", scores.row)
            self._board.samples(done, samples)
        return scores.row["jf"]

    def close(self) -> None:
        """Write what is still in memory."""
        if self._board is not None:
            self._board.close()
