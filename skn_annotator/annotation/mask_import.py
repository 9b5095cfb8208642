"""Masks from files, before they are imported: read once, looked at, and fitted to the project's objects.

`sequences_at` and `find_numbered` find masks in any format that is read, also for more frames than there are
and by other numbers than theirs; `reading` reads them; `import_change` makes a change of them.
"""

import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from skn_annotator.annotation.annotation import OBJECT_NAME, AnnotatedObject, Annotation
from skn_annotator.annotation.formats import FORMATS, FoundMasks, Progress, WantedMasks, find_masks
from skn_annotator.annotation.formats.binary import BinaryFormat
from skn_annotator.annotation.mask_folder import ignored_note, masks_in
from skn_annotator.annotation.masks import encode_mask, object_ids, size_of
from skn_annotator.annotation.placed_masks import PlacedMasks
from skn_annotator.annotation.white_ground import check_ground
from skn_annotator.arrays import Size
from skn_annotator.errors import Message, SknError
from skn_annotator.palette import VOID, display_color

NEW = 0
"""In a choice: the object is added."""
_BEYOND = 10_000
"""So many frames after the last one are looked for too: the masks may be of a longer cut of the video."""
_SHAPE_TOLERANCE = 0.01
_NUMBER = re.compile(r"(.*?)(\d+)")


@dataclass(frozen=True)
class ReadMasks:
    """Masks that were read, each under the number of the frame that it is named for."""

    masks: Mapping[int, bytes]
    """Number -> palette PNG with the ids of the files."""
    ids: Mapping[int, frozenset[int]]
    """Number -> the objects that the mask shows."""
    names: Mapping[int, str] = field(default_factory=dict)
    """Object id -> name, as far as the files have names."""
    is_one_file: bool = False
    """Whether it is one mask that is named for no frame, under the number 0."""
    notes: tuple[Message, ...] = ()

    @property
    def objects(self) -> tuple[int, ...]:
        """All objects in the masks, ascending."""
        return tuple(sorted(frozenset[int]().union(*self.ids.values())))

    def count(self, object_id: int) -> int:
        """On how many masks the object is."""
        return sum(object_id in ids for ids in self.ids.values())


@dataclass(frozen=True)
class ImportChoice:
    """How masks are imported.

    `targets`: id in the files -> object of the project, or `NEW`; what is not in it is left out. `shift`: how
    many frames later than named. `frames`: the first and last frame that get masks; None: all that exist.
    """

    targets: Mapping[int, int]
    as_references: bool = True
    shift: int = 0
    frames: tuple[int, int] | None = None


def sequences_at(place: Path) -> tuple[str, ...]:
    """The names of the sequences in the data set at `place`; empty if its masks have none."""
    if not place.is_dir() or masks_in(place).masks or BinaryFormat().holds(place, ""):
        return ()
    return tuple(dict.fromkeys(name for each in FORMATS for name in each.sequences(place)))


def find_numbered(place: Path, wanted: WantedMasks) -> FoundMasks:
    """`formats.find_masks`, also of masks beyond the last frame, and of a folder with names of its own.

    These are numbered as they are called, from 0 on, or in order. One PNG has the number 0. Masks that are
    smaller or larger than the frames and have their shape, as DAVIS has them at 480p, are scaled. Raises
    FormatError as `find_masks` does.
    """
    found = _found(place, wanted)
    size = found.size or (size_of(found.files[0]) if found.files else None)
    if size is None or size in (wanted.size, wanted.stored) or not _same_shape(size, wanted.size):
        return found
    shown, frames = (f"{width} x {height}" for height, width in (size, wanted.size))
    note = Message(
        "The masks are {size}; they are scaled to the frames' {frames}.", size=shown, frames=frames
    )
    found = _found(place, replace(wanted, stored=size))
    return replace(found, notes=(note, *found.notes))


def _same_shape(size: Size, frames: Size) -> bool:
    """Whether one (H, W) is the other one made smaller, but for rounding."""
    height, width = size
    return abs(width * frames[0] - height * frames[1]) <= _SHAPE_TOLERANCE * width * frames[0]


def _found(place: Path, wanted: WantedMasks) -> FoundMasks:
    if place.is_file() and place.suffix.lower() != ".json":
        check_ground((place,), wanted.cut_mattes)
        return FoundMasks({0: partial(wanted.read, place)}, files=(place,))
    own = _own_names(place)
    stems = own if own and not set(own) & set(wanted.stems) else _continued(wanted.stems)
    return find_masks(place, replace(wanted, stems=stems))


def reading(found: FoundMasks, is_one_file: bool = False) -> Generator[Progress | ReadMasks, None, None]:
    """Read the masks one by one, yielding progress, at last a `ReadMasks` with all. Raises FormatError."""
    masks, ids = {}, {}
    for done, (t, read) in enumerate(sorted(found.masks.items()), 1):
        mask = read()
        masks[t], ids[t] = encode_mask(mask), frozenset(object_ids(mask))
        yield Progress(done, len(found.masks))
    notes = found.notes + ignored_note(found.ignored)
    yield ReadMasks(masks, ids, found.names, is_one_file, notes)


def default_targets(annotation: Annotation, read: ReadMasks) -> dict[int, int]:
    """For each object in the files the one of the same name, else of the same id, else a new one.

    An object of the same id that is called otherwise, by the user and in the files, is another one.
    """
    ids = {o.id for o in annotation.objects}
    by_name = {_alike(o.name): o.id for o in reversed(annotation.objects)}
    targets = {}
    for i in read.objects:
        named = by_name.get(_alike(read.names.get(i, "")))
        same_id = i in ids and (i not in read.names or _is_unused(annotation, i))
        targets[i] = named or (i if same_id else NEW)
    return targets


def _alike(name: str) -> str:
    """Names that are the same as folders are."""
    return name.casefold().replace("_", " ")


def import_change(
    annotation: Annotation, read: ReadMasks, choice: ImportChoice, called: str = OBJECT_NAME
) -> PlacedMasks:
    """The change that imports the masks as chosen; `called`: the names of new objects, with "{id}".

    Raises SknError if the masks show nothing, none comes to lie on a frame, no object is chosen, or there is
    no id left.
    """
    if not read.objects:
        raise SknError("The masks show no object: there is nothing to import")
    first, last = choice.frames or (0, annotation.length - 1)
    first, last = max(first, 0), min(last, annotation.length - 1)
    given = {t + choice.shift: data for t, data in read.masks.items() if first <= t + choice.shift <= last}
    if not given:
        raise SknError("No mask comes to lie on these frames: choose others, or another first frame")
    if not choice.targets:
        raise SknError("All objects are left out: choose what at least one of them becomes")
    ids, objects = _objects(annotation, read, choice.targets, called)
    change = PlacedMasks("Import masks", given, ids, choice.as_references, objects)
    return change.fitted_to(annotation)


def _objects(
    annotation: Annotation, read: ReadMasks, targets: Mapping[int, int], called: str
) -> tuple[dict[int, int], tuple[AnnotatedObject, ...]]:
    """Id in the files -> object; and the objects that are new, or get their first name."""
    known = {o.id: o for o in annotation.objects}
    taken, ids, changed = set(known) | set(targets.values()), {}, []
    for i, target in sorted(targets.items()):
        ids[i] = target or _free_id(i, taken)
        taken.add(ids[i])
        name = read.names.get(i)
        if target == NEW:
            changed.append(AnnotatedObject(ids[i], name or called.format(id=ids[i]), display_color(ids[i])))
        elif name and name != known[target].name and _is_unused(annotation, target):
            changed.append(replace(known[target], name=name))
    return ids, tuple(changed)


def _free_id(wanted: int, taken: set[int]) -> int:
    free: list[int] = [i for i in (wanted, *range(1, VOID)) if i not in taken]
    if not free:
        raise SknError("A mask can hold {n} objects: delete or merge some to add another", n=VOID - 1)
    return free[0]


def _is_unused(annotation: Annotation, object_id: int) -> bool:
    """Whether the object was never painted, nor decided: the one that an empty project begins with."""
    decided = any(object_id in ids for ids in annotation.references.values())
    return not decided and not annotation.present(object_id)


def _own_names(place: Path) -> list[str]:
    """What the masks in the folder `place` are called, with the names between, where these count on."""
    names = list(masks_in(place).masks) if place.is_dir() else []
    matches = [_NUMBER.fullmatch(name) for name in names]
    numbers = [(m[1], int(m[2]), len(m[2])) for m in matches if m]
    if not numbers or len(numbers) < len(names) or len({(head, width) for head, _, width in numbers}) > 1:
        return names
    head, start, width = numbers[0]
    last = min(numbers[-1][1], start + _BEYOND)
    return [f"{head}{n:0{width}d}" for n in range(start, last + 1)]


def _continued(stems: Sequence[str]) -> list[str]:
    """`stems`, and what further frames would be called."""
    match = _NUMBER.fullmatch(stems[-1])
    if match is None:
        return list(stems)
    head, last, width = match[1], int(match[2]), len(match[2])
    further = (f"{head}{last + n:0{width}d}" for n in range(1, _BEYOND + 1))
    known = set(stems)
    return [*stems, *(stem for stem in further if stem not in known)]
