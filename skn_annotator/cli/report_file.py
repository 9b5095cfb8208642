"""Where ``--report`` writes its page, and what that is made from."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from skn_annotator.errors import FormatError, ProjectError
from skn_annotator.files import check_writable

if TYPE_CHECKING:
    from skn_annotator.annotation.annotation import Annotation
    from skn_annotator.annotation.output import OutputRule
    from skn_annotator.arrays import Mask
    from skn_annotator.evaluation.report import PassResult
    from skn_annotator.video.frames import FrameSource


def check_report(path: Path, rule: "OutputRule") -> None:
    """Before the long work, not after it: whether a page can be written to `path`."""
    if path.suffix.lower() not in (".html", ".htm"):
        raise FormatError(f"{path} does not end in .html, as a report is a page: call it so")
    if not path.absolute().parent.is_dir():
        raise ProjectError(f"{path.parent} is not a folder: give --report a file in one")
    rule.check([path])
    check_writable(path.absolute().parent)


def write_report(path: Path, result: "PassResult", rule: "OutputRule") -> None:
    """Write the page, in one piece, and say so."""
    from skn_annotator.annotation.stamp import Stamp
    from skn_annotator.evaluation.report import make_report
    from skn_annotator.evaluation.report_page import report_page
    from skn_annotator.files import replace_files, writing

    page = report_page(make_report(result), Stamp(rule.source))
    rule.check([path])
    with writing(path):
        replace_files({path: page})
    print(f"{path}: report")


def result_of_masks(
    frames: "FrameSource",
    masks: "Mapping[int, Mask]",
    confidence: Mapping[int, Mapping[int, float]],
    read: "Callable[[int], Mask]",
) -> "PassResult":
    """What a pass from `masks` found, whose masks `read` reads again."""
    from skn_annotator.annotation.annotation import OBJECT_NAME, AnnotatedObject
    from skn_annotator.annotation.masks import object_ids
    from skn_annotator.evaluation.report import PassResult
    from skn_annotator.palette import display_color

    ids = sorted({i for mask in masks.values() for i in object_ids(mask)})
    objects = [AnnotatedObject(i, OBJECT_NAME.format(id=i), display_color(i)) for i in ids]
    given = frozenset(masks)
    carried = {t: sure for t, sure in confidence.items() if t not in given}
    return PassResult(
        frames.name, len(frames), frames.size, objects, carried, given, frames.__getitem__, read
    )


def result_of_project(frames: "FrameSource", annotation: "Annotation") -> "PassResult":
    """What a project holds, whatever pass made it."""
    from skn_annotator.evaluation.report import PassResult

    sure = {t: found for t in annotation.frames() if (found := annotation.confidence(t)) is not None}
    references = frozenset(annotation.references)
    return PassResult(
        frames.name,
        len(frames),
        frames.size,
        annotation.objects,
        sure,
        references,
        frames.__getitem__,
        annotation.mask,
    )
