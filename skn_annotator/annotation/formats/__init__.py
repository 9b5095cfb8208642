"""The formats that masks are exported to and read from, in the order in which the window offers them."""

from skn_annotator.annotation.formats.base import AnnotatedSequence, Format, FoundMasks, Progress
from skn_annotator.annotation.formats.binary import BinaryFormat
from skn_annotator.annotation.formats.coco import CocoFormat
from skn_annotator.annotation.formats.davis import DavisFormat
from skn_annotator.annotation.formats.overlay_video import OverlayFormat
from skn_annotator.annotation.formats.youtube_vos import YouTubeVosFormat

FORMATS: tuple[Format, ...] = (
    DavisFormat(),
    YouTubeVosFormat(),
    CocoFormat(),
    OverlayFormat(),
    BinaryFormat(),
)

__all__ = ["FORMATS", "AnnotatedSequence", "Format", "FoundMasks", "Progress"]
