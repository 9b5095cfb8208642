"""``skn-propagate PROJECT``: a pass over a project, without a window, saved into it as it goes.

It is the window's pass over the whole video: from all references, locked objects left alone. Undo does not
reach over a saved project, so what a pass replaces is gone, as after closing the window.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from skn_annotator.cli import INTERRUPTED
from skn_annotator.cli.lost_objects import lost_objects, report_lost
from skn_annotator.cli.opened_project import open_project
from skn_annotator.cli.report_file import check_report, result_of_project, write_report
from skn_annotator.counts import counted
from skn_annotator.errors import SknError

if TYPE_CHECKING:
    from skn_annotator.annotation.output import OutputRule
    from skn_annotator.app.project.opening import Opened
    from skn_annotator.app.tasks.kept_of_masks import KeptOfPasses
    from skn_annotator.app.tasks.pass_work import Arrived, PassRequest, Stage, Tracks
    from skn_annotator.inference.plans import Plan

_OF_A_VIDEO = ("masks", "box", "point", "output", "name", "overlay", "fps", "cut-mattes")
"""Options that a project does not take."""
SAVE_EVERY = 5.0
"""Seconds between two saves: what a kill may cost."""


def propagate_project(arguments: argparse.Namespace, make_tracker: "Callable[[], Tracks]") -> int:
    """Go over the project `arguments.source`; returns the exit status. Ctrl-C keeps what arrived."""
    given = [name for name in _OF_A_VIDEO if vars(arguments)[name.replace("-", "_")] not in (None, [], False)]
    if given:
        raise SknError(
            f"{arguments.source} is a project: its references are in it and its masks are saved in it; leave "
            f"{', '.join(f'--{name}' for name in given)} out, and write masks or a video for others with "
            "skn-export"
        )
    from skn_annotator.annotation.output import OutputRule

    opened = open_project(arguments.source, "skn-propagate", arguments.anyway)
    rule = OutputRule(opened.sequence.path, (opened.store.folder,), arguments.overwrite)
    if arguments.report is not None:
        check_report(arguments.report, rule)
    saving = _Saving(opened)
    request = _request(opened, saving.notes, arguments.step)
    start = time.monotonic()
    total, done, interrupted = request.plan.total, 0, False
    try:
        for done in _run(request, _Factory(make_tracker, arguments.threads), saving):  # noqa: B007
            pass
    except KeyboardInterrupt:
        interrupted = True
    finally:
        saving.save()
    folder = opened.store.folder
    if interrupted:
        print(f"skn-propagate: stopped; {folder} keeps {done} of {counted(total, 'step')}", file=sys.stderr)
        return INTERRUPTED
    print(f"{folder}: {counted(done, 'step')}, {done / (time.monotonic() - start):.2f} frames/s")
    return _report(arguments, opened, rule)


def _report(arguments: argparse.Namespace, opened: "Opened", rule: "OutputRule") -> int:
    """Write the page that was asked for, and name lost objects; returns the exit status."""
    from skn_annotator.annotation.masks import object_areas
    from skn_annotator.video.frames import open_frames

    annotation = opened.annotation
    masks = {t: annotation.mask(t) for t in annotation.frames()}
    areas = {t: object_areas(mask) for t, mask in masks.items() if mask is not None}
    wanted = sorted({*range(0, annotation.length, arguments.step), *annotation.references})
    lost = lost_objects(areas, annotation.references, wanted)
    with closing(open_frames(opened.sequence.path)) as frames:
        if arguments.report is not None:
            write_report(arguments.report, result_of_project(frames, annotation), rule)
        return report_lost(lost, frames, arguments)


def _request(opened: "Opened", notes: "KeptOfPasses", step: int) -> "PassRequest":
    from skn_annotator.app.tasks.planned_pass import planned_pass, request_for
    from skn_annotator.inference.directions import Direction

    annotation = opened.annotation
    every = annotation.length - 1
    planned: Plan
    if step == 1:
        planned = planned_pass(annotation, 0, Direction.EVERYWHERE)
    else:
        planned = planned_pass(annotation, 0, Direction.RANGE, (0, every), step)
    protected = frozenset(o.id for o in annotation.objects if o.locked)
    sequence = opened.sequence
    return request_for(annotation, sequence.path, notes.known_by(planned), protected, sequence.opened)


class _Factory:
    """What a pass takes its tracker from."""

    def __init__(self, make_tracker: "Callable[[], Tracks]", threads: int) -> None:
        self.threads = threads
        self._make = make_tracker

    def __call__(self) -> "Tracks":
        return self._make()


class _Saving:
    """Applies what arrives to the annotation, and saves it every few seconds, with what the pass noted."""

    def __init__(self, opened: "Opened") -> None:
        from skn_annotator.app.tasks.kept_of_masks import KeptOfPasses

        self.notes = KeptOfPasses(lambda: opened.annotation)
        self.notes.restore(opened.view)
        self._opened = opened
        self._changed: set[int] = set()
        self._saved = time.monotonic()

    def add(self, arrived: "Arrived") -> None:
        from skn_annotator.annotation.edits import propagated

        step, carried = arrived
        if carried is not None:
            annotation = self._opened.annotation
            annotation.apply(propagated(annotation, carried, "Propagate"))
            self.notes.put(step, carried.mask)
            self._changed.add(step.t)
        if time.monotonic() - self._saved > SAVE_EVERY:
            self.save()

    def save(self) -> None:
        changed, self._changed = frozenset(self._changed), set()
        if changed:
            view = {**self._opened.view, **self.notes.to_save()}
            for note in self._opened.store.save(self._opened.annotation, changed, view):
                print(f"skn-propagate: {note}", file=sys.stderr)
        self._saved = time.monotonic()


def _run(request: "PassRequest", factory: _Factory, saving: _Saving) -> Iterator[int]:
    """Yields how many steps were taken."""
    from tqdm import tqdm

    from skn_annotator.app.tasks import pass_work

    items: Iterator[Stage | Arrived] = pass_work.propagate(request, factory)
    arrived = (item for item in items if isinstance(item, tuple))
    bar = tqdm(arrived, total=request.plan.total, unit="frame", desc=request.path.name, disable=None)
    for done, item in enumerate(bar, 1):
        saving.add(item)
        yield done
