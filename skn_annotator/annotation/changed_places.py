"""Objects that changed places in a pass: what the user says of one tells where the other one is.

Of look-alikes a pass may take one for the other. Who then gives one of them its true mask, in place of the
one that the pass made, takes the other's pixels and leaves its own: what is left is the other one, unless the
pass took mere ground for an object there. Where three changed places round, it is the third one; who corrects
either of these two then mends both.

Who adds its true mask to the wrong one has said nothing of that: it is asked then.
"""

from collections.abc import Collection, Mapping

import numpy as np

from skn_annotator.annotation.masks import object_ids
from skn_annotator.arrays import Mask, Pixels

_MOST = 0.5
"""More than this share of a mask has to be taken, or left, for it to be another object's."""
_ALL = 0.9
"""As `_MOST`, taken where one of the two is decided: who covers a part of it does not take it back; and taken
and kept by what was added to: a part of the other one may be wrong, and the rest right."""
_AS_LARGE = 0.5
"""Of two objects that are taken for one another the smaller has this share of the larger one's pixels."""
_SURE = 0.2
"""What is left is an object only where the pass was this sure of it, 0-1 (docs/measured.md)."""


def changed_places(
    old: Mask, new: Mask, object_id: int, carried: Mapping[int, float], decided: Collection[int] = ()
) -> int | None:
    """The object that was taken for `object_id`, and this one for it, in `old`, if `new` says so; else None.

    Both are id maps (H, W) of one frame: as it was, and with the object's mask as the user gave it.
    `carried`: the objects that nobody but the pass decided there, and how sure it was of each. `decided`:
    those that the user did, never both of the two. Of several, the one that lost most pixels.
    """
    if object_id not in decided and carried.get(object_id, 0.0) < _SURE:
        return None
    known = carried.keys() if object_id in decided else {*carried, *decided}
    others = known - {object_id}
    if not others:
        return None
    before, after = old == object_id, new == object_id
    size, left = _count(before), _count(before & ~after)
    if left <= _MOST * size:
        return None
    other, taken = _most_taken(old, after, others, size)
    share = _ALL if {object_id, other} & set(decided) else _MOST
    return other if taken > share else None


def may_have_changed_places(old: Mask, new: Mask, object_id: int, carried: Mapping[int, float]) -> int | None:
    """The object that was taken for `object_id`, and this one for it, if the user added the true mask to that
    in `old`; None: there is none. Parameters as those of `changed_places`.

    That is likely where `object_id` covers all of a look-alike in `new` and kept all that it had. Where it
    lost a part of that, it seldom is (docs/measured.md): that is a mask in the middle of a correction.
    """
    others = carried.keys() - {object_id}
    if carried.get(object_id, 0.0) < _SURE or not others:
        return None
    before, after = old == object_id, new == object_id
    size, kept = _count(before), _count(before & after)
    if kept < _ALL * size or _count(after) - kept < _ALL * _AS_LARGE * size:
        return None
    other, taken = _most_taken(old, after, others, size)
    return other if taken > _ALL else None


def _count(pixels: Pixels) -> int:
    return int(np.count_nonzero(pixels))


def _most_taken(old: Mask, after: Pixels, others: Collection[int], size: int) -> tuple[int | None, float]:
    """The object of which most pixels are `after` the change another one's, and their share of it; None and
    0 if it is no look-alike by its size, to one of `size` pixels."""
    lost = {i: _count(after & (old == i)) for i in sorted({*others} & {*object_ids(old)})}
    other = max(lost, key=lost.__getitem__, default=None)
    if other is None:
        return None, 0.0
    area = _count(old == other)
    is_as_large = min(size, area) >= _AS_LARGE * max(size, area)
    return (other, lost[other] / area) if is_as_large else (None, 0.0)


def with_both(old: Mask, new: Mask, object_id: int, other: int) -> Mask:
    """`new`, with the object `other` exactly where `object_id` was in `old` and is no more."""
    left = (old == object_id) & (new == 0)
    mask: Mask = np.where(left, np.uint8(other), np.where(new == other, np.uint8(0), new))
    return mask
