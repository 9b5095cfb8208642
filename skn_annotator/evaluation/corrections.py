"""What a simulated annotator makes of an object on one frame: the true mask, or what clicks find."""

from collections.abc import Callable
from dataclasses import dataclass

from skn_annotator.arrays import Frame, Pixels
from skn_annotator.evaluation.metrics import jaccard
from skn_annotator.inference.prompts import Click, Prompt
from skn_annotator.inference.selector import Selector
from skn_annotator.inference.simulated_clicks import next_click
from skn_annotator.model.click_network import ClickNetwork

GOOD_ENOUGH = 0.9
"""The IoU at which a patient user makes no more clicks."""
MOST_CLICKS = 20


@dataclass(frozen=True)
class CorrectedMask:
    """The object's pixels, bool (H, W), and how many clicks they took; 0: none were made."""

    pixels: Pixels
    clicks: int = 0


Correct = Callable[[Frame, Pixels, Pixels], CorrectedMask]
"""(picture, the mask so far, the true one) -> the mask that the annotator leaves."""


def true_mask(picture: Frame, found: Pixels, truth: Pixels) -> CorrectedMask:
    """The true mask of a frame: what an annotator without mistakes paints."""
    return CorrectedMask(truth)


def by_clicks(network: ClickNetwork) -> Correct:
    """Clicks on the largest error until the IoU is `GOOD_ENOUGH`, `MOST_CLICKS` at most; the best is kept.

    An object that is not there needs one: the annotator says that it is absent.
    """

    def correct(picture: Frame, found: Pixels, truth: Pixels) -> CorrectedMask:
        if not truth.any():
            return CorrectedMask(truth, 1)
        selector = Selector(network, picture)
        clicks: list[Click] = []
        mask = best = found
        while len(clicks) < MOST_CLICKS and jaccard(truth, mask) < GOOD_ENOUGH:
            click = next_click(mask, truth)
            if click is None:
                break
            clicks.append(click)
            mask = selector.select(Prompt(clicks, mask=mask)).mask
            best = max(best, mask, key=lambda each: jaccard(truth, each))
        return CorrectedMask(best, len(clicks))

    return correct
