"""The formats that masks are exported to and read from, in the order in which the window offers them."""

from pathlib import Path

from skn_annotator.annotation.formats.base import AnnotatedSequence, Format, FoundMasks, Progress, WantedMasks
from skn_annotator.annotation.formats.binary import BinaryFormat
from skn_annotator.annotation.formats.coco import CocoFormat
from skn_annotator.annotation.formats.cut_outs import AlphaPicturesFormat, AlphaVideoFormat, BackdropFormat
from skn_annotator.annotation.formats.davis import DavisFormat
from skn_annotator.annotation.formats.overlay_video import OverlayFormat
from skn_annotator.annotation.formats.youtube_vos import YouTubeVosFormat
from skn_annotator.annotation.mask_folder import masks_in
from skn_annotator.annotation.white_ground import check_ground
from skn_annotator.errors import FormatError

FORMATS: tuple[Format, ...] = (
    DavisFormat(),
    YouTubeVosFormat(),
    CocoFormat(),
    OverlayFormat(),
    AlphaPicturesFormat(),
    AlphaVideoFormat(),
    BackdropFormat(),
    BinaryFormat(),
)


def find_masks(place: Path, wanted: WantedMasks) -> FoundMasks:
    """The masks at `place`, in whichever format they are.

    Raises FormatError if no format knows the place, or black and white seem exchanged (`white_ground`).
    """
    for each in FORMATS:
        if each.holds(place, wanted.name):
            found = each.read(place, wanted)
            check_ground(found.files, wanted.cut_mattes)
            return found
    ignored = masks_in(place).ignored
    raise FormatError(
        "{path} holds no PNG and no data set with masks of {name}: give a mask, or a folder of masks named "
        "like frames{others}",
        path=place,
        name=wanted.name,
        others=f" (passed over: {', '.join(path.name for path in ignored[:3])})" if ignored else "",
    )


__all__ = ["FORMATS", "AnnotatedSequence", "Format", "FoundMasks", "Progress", "WantedMasks", "find_masks"]
