"""Annotate a clip as a person does, with a real mouse and real keys, and count what it took.

    xvfb-run -s "-screen 0 1440x900x24" python benchmarks/annotating.py CLIP SCRIPT [--shots FOLDER]

SCRIPT has one step a line, all coordinates in pixels of the frame; `-` reads the steps as they are typed:

    key NAME [TIMES]      a key as xdotool calls it: s, Return, Right, shift+Right
    type TEXT             letters, one after the other
    drag X,Y X,Y ...      the left button goes down at the first point and up at the last
    erase X,Y X,Y ...     the same with the right one
    click X,Y ...         one click after the other
    frame N               a click on the timeline at frame N (the first is 1), the arrows for what is left
    pass KEY [LAST]       start a pass and let it end, or stop it with Escape once it showed frame LAST
    watch                 play the whole video once
    shot NAME             a picture of the screen
    export FOLDER         (not counted) the masks as a DAVIS folder

Events go through the X server (xdotool): the window gets what it gets from a hand. Needs xdotool and, for the
pictures, ImageMagick. The project goes into a temporary folder: the clip's own project is not touched.
No window manager runs under xvfb-run, so that nobody gives a new window the keyboard: it is asked for first.

Printed at the end: drags and clicks on the frame, keys, clicks on the timeline, reference frames, the seconds
that passes and playing took, and those that a practised person takes for the rest by the keystroke-level
model (Card, Moran and Newell 1980: a key 0.28 s, pointing 1.1 s, pressing or releasing a button 0.1 s,
thinking 1.35 s before each step). The model's seconds are an estimate, the others are measured.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from skn_annotator.annotation.formats import FORMATS
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.pass_work import NetworkTracker
from skn_annotator.gui.look.theme import Scheme, apply_theme
from skn_annotator.gui.main_window import MainWindow
from skn_annotator.settings import Settings

Point = tuple[float, float]
KEY, POINT, BUTTON, THINK = 0.28, 1.1, 0.1, 1.35  # seconds, keystroke-level model
STEP = 12  # pixels of the screen between two moves of a drag


class Asker(QObject):
    """Questions to the GUI thread, from another one."""

    _asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._asked.connect(lambda question: question())

    def __call__(self, question: Callable[[], Any]) -> Any:
        answer: Future[Any] = Future()

        def ask() -> None:
            try:
                answer.set_result(question())
            except Exception as error:
                answer.set_exception(error)

        self._asked.emit(ask)
        return answer.result(60)


def xdotool(*words: object) -> None:
    """One chain of xdotool's commands."""
    subprocess.run(["xdotool", *map(str, words)], check=True)


class Person:
    """Does the steps, one after the other, and counts them."""

    def __init__(self, window: MainWindow, ask: Asker, shots: Path) -> None:
        self._window, self._session, self._ask, self._shots = window, window.session, ask, shots
        self.count: Counter[str] = Counter()
        self.waited = self.watched = self.estimated = 0.0
        self._pass_began = threading.Event()
        self._session.tasks.pass_changed.connect(self._pass_began.set)

    def sit_down(self) -> None:
        """Wait until keys go to the window; in one that is not active, shortcuts do nothing."""
        self._ask(self._window.activateWindow)
        end = time.monotonic() + 10
        while not self._ask(self._window.isActiveWindow):
            if time.monotonic() > end:
                raise TimeoutError("the window did not get the keyboard's focus within 10 s")
            time.sleep(0.02)

    def do(self, line: str) -> None:
        """One line of a script."""
        verb, *words = line.split("#")[0].split() or [""]
        if verb:
            getattr(self, f"_{verb}")(*words)
            self._settle()

    def _key(self, name: str, times: str = "1") -> None:
        self._press(name, int(times))
        self.estimated += THINK

    def _type(self, *words: str) -> None:
        text = " ".join(words)
        xdotool("type", text)
        self.count["keys"] += len(text)
        self.estimated += THINK + KEY * len(text)

    def _press(self, name: str, times: int) -> None:
        for _ in range(times):
            xdotool("key", name)
            self._settle()
        self.count["keys"] += times
        self.estimated += times * KEY * len(name.split("+"))

    def _drag(self, *points: str, button: int = 1) -> None:
        path = self._on_screen(points)
        xdotool("mousemove", *path[0], "mousedown", button)
        for (x0, y0), (x1, y1) in pairwise(path):
            steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0)) / STEP))
            for i in range(1, steps + 1):
                xdotool("mousemove", round(x0 + (x1 - x0) * i / steps), round(y0 + (y1 - y0) * i / steps))
        xdotool("mouseup", button)
        self.count["drags"] += 1
        self.estimated += THINK + len(path) * POINT + 2 * BUTTON

    def _erase(self, *points: str) -> None:
        self._drag(*points, button=3)

    def _click(self, *points: str) -> None:
        for at in self._on_screen(points):
            xdotool("mousemove", *at, "click", 1)
            self.count["clicks"] += 1
            self.estimated += POINT + 2 * BUTTON
        self.estimated += THINK

    def _frame(self, number: str) -> None:
        wanted, timeline = int(number) - 1, self._window.timeline
        at = self._ask(lambda: QPoint(round(timeline.x_of(wanted)), timeline.height() // 2))
        xdotool("mousemove", *self._global(timeline, at), "click", 1)
        self.count["timeline"] += 1
        self.estimated += THINK + POINT + 2 * BUTTON
        self._settle()
        missing = wanted - self._ask(lambda: self._session.viewer.position)
        self._press("Right" if missing > 0 else "Left", abs(missing))

    def _pass(self, key: str, last: str = "") -> None:
        start = time.perf_counter()
        self._pass_began.clear()
        self._press(key, 1)
        if not self._pass_began.wait(10):
            raise TimeoutError("no pass began within 10 s")
        self.count["passes"] += 1
        while self._ask(lambda: self._session.tasks.passes.current is not None and not self._reached(last)):
            time.sleep(0.02)
        if last:
            xdotool("key", "Escape")
            self.count["keys"] += 1
        self.waited += time.perf_counter() - start

    def _reached(self, last: str) -> bool:
        running = self._session.tasks.passes.current
        return bool(last) and running is not None and running.delivered(int(last) - 1)

    def _watch(self) -> None:
        start = time.perf_counter()
        self._press("Home", 1)
        self._press("l", 1)
        while self._ask(lambda: self._session.viewer.playback.playing):
            time.sleep(0.05)
        self.watched += time.perf_counter() - start

    def _shot(self, name: str) -> None:
        self._shots.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-window", "root", str(self._shots / f"{name}.png")], check=True)

    def _export(self, folder: str) -> None:
        ended: Future[Exception | None] = Future()
        export = self._ask(lambda: self._session.tasks.export_of(FORMATS[0], Path(folder), 0.5))
        self._ask(lambda: self._session.tasks.export(export, lambda _: None, ended.set_result))
        error = ended.result(120)
        if error is not None:
            raise error

    def _on_screen(self, points: Iterable[str]) -> list[Point]:
        canvas = self._window.canvas
        places = [point.split(",") for point in points]
        at = [(float(x), float(y)) for x, y in places]
        spots = self._ask(lambda: [QPointF(*canvas.view.to_widget(place)).toPoint() for place in at])
        return [self._global(canvas, spot) for spot in spots]

    def _global(self, widget: QWidget, at: QPoint) -> Point:
        spot, ratio = self._ask(lambda: (widget.mapToGlobal(at), widget.devicePixelRatioF()))
        return round(spot.x() * ratio), round(spot.y() * ratio)

    def _settle(self) -> None:
        """Until the window has answered: events handled, the frame shown, the selection found."""
        session = self._session
        for _ in range(3):  # what the X server was sent reaches Qt within a few milliseconds
            time.sleep(0.01)
            self._ask(lambda: None)
        while not self._ask(lambda: session.tasks.passes.current is not None or self._is_quiet()):
            time.sleep(0.01)

    def _is_quiet(self) -> bool:
        session = self._session
        return session.viewer.shown == session.viewer.position and not session.painter.selection.is_busy

    def report(self) -> str:
        """What it took."""
        references = self._ask(lambda: len(self._session.document.annotation.references))
        frames = self._ask(lambda: self._session.document.annotation.length)
        count = self.count
        return (
            f"{frames} frames: {references} reference frames; {count['drags']} drags and {count['clicks']} "
            f"clicks on the frame, {count['keys']} keys, {count['timeline']} clicks on the timeline, "
            f"{count['passes']} passes; {self.waited:.0f} s for the passes, {self.watched:.0f} s watching, "
            f"{self.estimated:.0f} s for the hand (keystroke-level model)"
        )


def perform(person: Person, lines: Iterable[str], leave: Callable[[], None]) -> None:
    """All steps; a step that fails is named."""
    try:
        person.sit_down()
        for line in lines:
            try:
                person.do(line)
            except Exception as error:
                print(f"{line.strip()}: {error!r}", flush=True)
            else:
                print(f"{line.strip()}", flush=True)
        print(person.report(), flush=True)
    finally:
        leave()


def main() -> None:
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("clip", type=Path)
    parser.add_argument("script", type=Path)
    parser.add_argument("--shots", type=Path, default=Path("shots"), help="folder for the pictures")
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--theme", choices=[scheme.value for scheme in Scheme], default="dark")
    parser.add_argument("--size", default="1440x870", help="of the window")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb")
    app = QApplication([])
    apply_theme(app, Scheme(arguments.theme))
    with tempfile.TemporaryDirectory() as folder:
        session = Session(NetworkTracker(arguments.weights))
        window = MainWindow(session, Settings())
        window.resize(*map(int, arguments.size.split("x")))
        window.move(0, 0)
        window.show()
        ask = Asker()
        person = Person(window, ask, arguments.shots)
        lines = sys.stdin if str(arguments.script) == "-" else arguments.script.read_text().splitlines()
        work = threading.Thread(target=perform, args=(person, lines, lambda: ask(window.close)), daemon=True)
        session.project.opened.connect(work.start, Qt.ConnectionType.SingleShotConnection)
        session.project.open(arguments.clip.resolve(), place=Path(folder) / "clip.skn")
        app.exec()


if __name__ == "__main__":
    main()
