"""A sequence to export, made of masks by frame, and what of it is on the disk."""

from pathlib import Path

import numpy as np

from skn_annotator.annotation.annotation import AnnotatedObject, Annotation, Edit
from skn_annotator.annotation.edits import import_masks
from skn_annotator.annotation.formats import AnnotatedSequence

SOURCE = Path("/nowhere/cups.mp4")


def sequence_of(masks, objects=(), length=None, name="cups", stems=None, **settings):
    """`masks`: frame -> id map; `objects`: those with a name or a colour of their own."""
    length = length or max(masks) + 1
    size = next(iter(masks.values())).shape
    annotation = Annotation(size, length)
    annotation.apply(import_masks(annotation, masks))
    known = {each.id: each for each in objects}
    objects = tuple(known.get(each.id, each) for each in annotation.objects)
    if objects != annotation.objects:
        annotation.apply(Edit("Name", objects=(annotation.objects, objects)))
    ids = {t: annotation.ids_at(t) for t in annotation.frames()}
    stems = stems or [f"{t:05d}" for t in range(length)]
    return AnnotatedSequence(name, stems, 12.5, annotation, ids, SOURCE, **settings)


def picture(sequence):
    """Frames of the sequence's size, each of one colour."""
    return lambda t: np.full((*sequence.size, 3), (10 * t, 100, 200), np.uint8)


def export(format_, place, sequence, frames=None):
    """The progress of a whole export."""
    return list(format_.write(place, sequence, frames or picture(sequence)))


def files_in(root):
    """Path -> content of every file, hidden ones too."""
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def cup(object_id, name="cup"):
    return AnnotatedObject(object_id, name, (1, 2, object_id))
