"""Which objects a mask shows, and masks with some of them only. Pure numpy."""

from collections.abc import Collection

import numpy as np

from skn_annotator.arrays import Mask
from skn_annotator.palette import VOID


def values_in(mask: Mask) -> frozenset[int]:
    """All values of the mask (H, W), background and void among them."""
    return frozenset(np.flatnonzero(np.bincount(mask.ravel(), minlength=256)).tolist())


def ids_in(mask: Mask) -> frozenset[int]:
    """The objects that the mask (H, W) shows."""
    return values_in(mask) - {0, VOID}


def only(mask: Mask, ids: Collection[int]) -> Mask:
    """The mask (H, W) without all values but `ids`."""
    chosen = np.zeros(256, np.uint8)
    chosen[list(ids)] = list(ids)
    kept: Mask = chosen[mask]
    return kept


def with_objects(mask: Mask, source: Mask, ids: Collection[int]) -> Mask:
    """The mask (H, W) with the objects `ids` exactly where `source` has them."""
    if not ids:
        return mask
    chosen = np.zeros(256, bool)
    chosen[list(ids)] = True
    return np.where(chosen[source], source, np.where(chosen[mask], np.uint8(0), mask))
