"""Where a command writes masks, DIR/NAME/STEM.png, and what there is not replaced (`annotation.output`)."""

import sys
from collections.abc import Collection, Set
from pathlib import Path
from typing import TYPE_CHECKING

from skn_annotator.counts import counted
from skn_annotator.files import check_writable, replace_files, writing

if TYPE_CHECKING:
    from skn_annotator.annotation.output import OutputRule
    from skn_annotator.arrays import Mask
    from skn_annotator.video.frames import FrameSource


class ResultFolder:
    """The folder below `root` for the masks of `frames`."""

    def __init__(
        self,
        root: Path,
        frames: "FrameSource",
        wanted: Collection[int],
        rule: "OutputRule",
        name: str | None = None,
    ) -> None:
        """`wanted`: the frames to come. `name`: of the folder; None is the frames', or near it.

        Raises ProjectError if one of the masks there is not to be replaced by `rule`, or the folder is
        somebody else's: it holds pictures, and none is of this source.
        """
        from skn_annotator.annotation.mask_folder import masks_in
        from skn_annotator.annotation.stamp import Stamp

        self._frames, self._stamp = frames, Stamp(frames.path)
        self.areas: dict[int, dict[int, int]] = {}  # frame that was written -> object -> pixels
        self.path = _folder_for(root, frames, rule) if name is None else root / name
        there = masks_in(self.path)
        pictures = (*there.masks.values(), *there.ignored)
        is_ours = any(self._stamp.is_on(path) for path in pictures)
        written = [self.path_of(t) for t in wanted]
        rule.check(dict.fromkeys(written if is_ours else [*pictures, *written]))

    def make(self) -> None:
        """Make the folder; raises ProjectError if it cannot be written."""
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        check_writable(self.path)

    def path_of(self, t: int) -> Path:
        """The mask of frame `t`."""
        return self.path / f"{self._frames.stems[t]}.png"

    def write(self, t: int, mask: "Mask") -> None:
        """Write the mask of frame `t` in one piece: whoever reads it, and whenever, finds a whole file."""
        from skn_annotator.annotation.masks import encode_mask, object_areas

        path = self.path_of(t)
        with writing(path):
            replace_files({path: self._stamp.on_png(encode_mask(mask))}, durable=False)
        self.areas[t] = object_areas(mask)

    def read(self, t: int) -> "Mask":
        """The mask of frame `t`, which was written."""
        from skn_annotator.annotation.masks import read_mask

        return read_mask(self.path_of(t), self._frames.size)

    def left_over(self) -> str:
        """A sentence about masks of an earlier run that this one did not replace; empty if there are none."""
        from skn_annotator.annotation.mask_folder import masks_in

        written = {self._frames.stems[t] for t in self.areas}
        left = [path.name for stem, path in masks_in(self.path).masks.items() if stem not in written]
        names = ", ".join(left[:3]) + (", ..." if len(left) > 3 else "")
        return (
            f"{self.path} still holds {counted(len(left), 'mask')} of an earlier run: {names}" if left else ""
        )


def _folder_for(root: Path, frames: "FrameSource", rule: "OutputRule") -> Path:
    """`root` / NAME; where that holds the masks of clip.mp4 and these are of clip.mov, `root` / clip.mov."""
    folder: Path = root / frames.name
    names = (frames.path.resolve().name, *(f"{frames.name}-{n}" for n in range(2, 100)))
    for name in () if rule.overwrite else names:
        if not _is_of_another(folder, frames.path):
            break
        print(
            f"skn-propagate: {folder} holds the masks of another source: these go to {root / name}",
            file=sys.stderr,
        )
        folder = root / name
    return folder


def _is_of_another(folder: Path, source: Path) -> bool:
    from skn_annotator.annotation.mask_folder import masks_in
    from skn_annotator.annotation.stamp import Stamp, read_stamp

    keys: Set[str | None] = {read_stamp(path) for path in masks_in(folder).masks.values()} - {None}
    return bool(keys) and Stamp(source).key not in keys
