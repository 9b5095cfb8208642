"""Where an object's mask touches another one's: frames on which it is hard to say which is which."""

from functools import lru_cache

import cv2
import numpy as np

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.masks import decode_mask, object_ids
from skn_annotator.palette import VOID

_NEAR = 4
"""Objects with no more pixels than that between them touch."""


def touches_another(annotation: Annotation, object_id: int, t: int) -> bool:
    """Whether pixels of another object are beside the object's on frame `t`; False if it has none there."""
    data = annotation.mask_bytes(t)
    return data is not None and object_id in _touching(data)


@lru_cache(maxsize=2048)
def _touching(data: bytes) -> frozenset[int]:
    """The objects that touch another one, of a mask's palette PNG."""
    mask = decode_mask(data)
    ids = object_ids(mask)
    if len(ids) < 2:
        return frozenset()
    taken = (mask > 0) & (mask != VOID)
    around = np.ones((2 * _NEAR + 1, 2 * _NEAR + 1), np.uint8)
    own = {i: mask == i for i in ids}
    near = {i: cv2.dilate(own[i].astype(np.uint8), around) > 0 for i in ids}
    return frozenset(i for i in ids if bool((near[i] & taken & ~own[i]).any()))
