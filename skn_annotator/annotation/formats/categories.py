"""What the objects of a sequence are called in data sets that have categories: YouTube-VOS and COCO."""

from collections.abc import Mapping, Sequence

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.errors import FormatError
from skn_annotator.palette import VOID


def categories(
    name: str, objects: Sequence[AnnotatedObject], ids: Mapping[int, frozenset[int]]
) -> dict[int, str]:
    """Object id -> category, ascending, for the objects that some mask of the sequence `name` shows.

    A category is the object's name. `ids` are the objects on each frame that has a mask. Raises FormatError
    if there are none.
    """
    found = sorted(frozenset[int]().union(*ids.values()) - {0, VOID})
    if not found:
        raise FormatError(
            "No mask of {name} shows an object: paint one and propagate it before the export", name=name
        )
    names = {each.id: each.name for each in objects}
    return {object_id: names.get(object_id) or f"object {object_id}" for object_id in found}
