"""What the objects of a sequence are called in data sets that have categories: YouTube-VOS and COCO."""

from skn_annotator.annotation.formats.base import AnnotatedSequence
from skn_annotator.errors import FormatError
from skn_annotator.palette import VOID


def categories(sequence: AnnotatedSequence) -> dict[int, str]:
    """Object id -> category, ascending, for the objects that some mask of `sequence` shows.

    A category is the object's name. Raises FormatError if there are none.
    """
    found = sorted(frozenset[int]().union(*sequence.ids.values()) - {0, VOID})
    if not found:
        raise FormatError(
            "No mask of {name} shows an object: paint one and propagate it before the export",
            name=sequence.name,
        )
    names = {each.id: each.name for each in sequence.annotation.objects}
    return {object_id: names.get(object_id) or f"object {object_id}" for object_id in found}
