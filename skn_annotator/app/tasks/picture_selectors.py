"""PictureSelectors: the network of clicks on the picture that was asked for last.

What loads torch is imported when it is used first, so the window opens without it.
"""

from typing import TYPE_CHECKING, Protocol

import numpy as np

from skn_annotator.app.tasks.torch_import import load_torch
from skn_annotator.arrays import Frame, Pixels
from skn_annotator.hardware import network_threads
from skn_annotator.inference.prompts import Prompt

if TYPE_CHECKING:
    from skn_annotator.inference.selector import Selector
    from skn_annotator.model.click_network import ClickNetwork


class SelectsOnPictures(Protocol):
    """What finds an object on a picture. Only one thread at a time calls it."""

    def load(self) -> None:
        """Load the network, if it is not loaded. Raises WeightsError."""
        ...

    def prepare(self, frame: Frame) -> None:
        """Compute what the first prompt on `frame`, (H, W, 3), will need."""

    def select(self, frame: Frame, prompt: Prompt) -> tuple[Pixels, float]:
        """The object, bool (H, W), and how sure that is, 0.5-1; 0 if nothing was found."""
        ...


class PictureSelectors:
    """The bundled network. It is read once and kept, with the features of the last picture and the last
    answer: a click where the preview was asks the same once more."""

    def __init__(self, device: str = "auto", threads: int = 0) -> None:
        """`threads`: 0 is as many as `hardware.network_threads` says."""
        self.device = device
        self.threads = threads
        self._network: ClickNetwork | None = None
        self._loaded_for = ""
        self._frame: Frame | None = None
        self._selector: Selector | None = None
        self._prompt: Prompt | None = None
        self._answer: tuple[Pixels, float] | None = None

    def load(self) -> None:
        """Import torch and read the network, if that was not done for this device. Raises WeightsError."""
        self._loaded()

    def prepare(self, frame: Frame) -> None:
        """Load the network, and compute what the first prompt on `frame` will need. Raises WeightsError."""
        self._on(frame).prepare()

    def select(self, frame: Frame, prompt: Prompt) -> tuple[Pixels, float]:
        """The object, and how sure that is. Raises WeightsError."""
        selector = self._on(frame)
        if self._answer is None or self._prompt is None or not _same(prompt, self._prompt):
            found = selector.select(prompt)
            self._prompt, self._answer = prompt, (found.mask, found.confidence)
        return self._answer

    def _loaded(self) -> "ClickNetwork":
        load_torch()
        import torch

        # Each task has a thread of its own, which must hear it.
        torch.set_num_threads(network_threads(self.threads))
        if self._network is None or self._loaded_for != self.device:
            from skn_annotator.model.checkpoints import load_click_network

            self._network, self._loaded_for = load_click_network(device=self.device), self.device
            self._selector = None
        return self._network

    def _on(self, frame: Frame) -> "Selector":
        network = self._loaded()
        if self._selector is None or self._frame is not frame:
            from skn_annotator.inference.selector import Selector

            self._frame, self._selector = frame, Selector(network, frame)
            self._prompt = self._answer = None
        return self._selector


def _same(a: Prompt, b: Prompt) -> bool:
    if (tuple(a.clicks), a.box) != (tuple(b.clicks), b.box):
        return False
    if a.mask is None or b.mask is None:
        return a.mask is b.mask
    return np.array_equal(a.mask, b.mask)
