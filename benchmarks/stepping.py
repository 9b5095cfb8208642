"""How quickly one looks through a long video: opening, stepping either way, dragging along the timeline.

    QT_QPA_PLATFORM=offscreen python benchmarks/stepping.py [--video FILE] [--suffix mkv]

Without a file, an hour of 1080p in groups of 250 pictures is made first, in a temporary folder. A step is
measured from the key to the painted frame, at the rate at which a held key repeats; a drag from each move of
the mouse to the first new picture, and from its end to the very frame.
"""

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from skn_annotator.app.session import Session
from skn_annotator.gui.main_window import MainWindow

STEPS = 400
REPEAT = 1 / 30  # of a held key, in seconds
JUMPS = (0.072, 0.648, 0.308, 0.472, 0.114)  # to frames in the middle of a group of pictures
X264 = "-c:v libx264 -preset veryfast -b:v 4M -g 250 -keyint_min 250 -sc_threshold 0 -bf 3 -pix_fmt yuv420p"
MPEG4 = "-c:v mpeg4 -b:v 8M -g 250 -pix_fmt yuv420p"


def make_video(folder: Path, suffix: str, minutes: int) -> Path:
    """One minute of a test picture at 30 frames per second, over and over; AVI as MPEG-4, else H.264."""
    minute, video = folder / f"minute.{suffix}", folder / f"hour.{suffix}"
    codec = MPEG4 if suffix == "avi" else X264
    for arguments in (
        f"-f lavfi -i testsrc2=s=1920x1080:r=30 -t 60 {codec} {minute}",
        f"-stream_loop {minutes - 1} -i {minute} -c copy {video}",
    ):
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *arguments.split()]
        subprocess.run(command, check=True)
    minute.unlink()
    return video


class Looker:
    """Somebody at the keyboard and the mouse, with a stop-watch."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        self._app, self._window, self._session = app, window, window.session

    def until(self, done: Callable[[], bool]) -> float:
        """Seconds until `done`, and painted."""
        start = time.perf_counter()
        while not done():
            self._app.processEvents()
            time.sleep(0.0002)
        QApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
        return time.perf_counter() - start

    def open(self, video: Path) -> tuple[float, float]:
        """Seconds from opening to the first picture, and until all frames are counted and it can be used."""
        session, start = self._session, time.perf_counter()
        self._window.open(video)
        self.until(lambda: session.project.glimpse is not None or session.viewer.frame is not None)
        seen = time.perf_counter() - start
        self.until(lambda: session.viewer.frame is not None)
        return seen, time.perf_counter() - start

    def steps(self, key: Qt.Key, count: int) -> list[float]:
        """Seconds of each step while a key is held."""
        times = []
        due = time.perf_counter()
        for _ in range(count):
            self._until_time(due)
            start = time.perf_counter()
            QTest.keyClick(self._window.canvas, key)
            self.until(lambda: self._session.viewer.shown == self._session.viewer.position)
            times.append(time.perf_counter() - start)
            due = max(due + REPEAT, time.perf_counter())
        return times

    def _until_time(self, due: float) -> None:
        """Until the clock shows `due`."""
        self.until(lambda: time.perf_counter() >= due)

    def _until_another(self, shown: int | None, due: float) -> None:
        """Until another frame than `shown` is there, or the clock shows `due`."""
        self.until(lambda: self._session.viewer.shown != shown or time.perf_counter() > due)

    def jump(self, t: int) -> float:
        """Seconds until frame `t` is there."""
        start = time.perf_counter()
        self._session.viewer.seek(t)
        self.until(lambda: self._session.viewer.shown == t)
        return time.perf_counter() - start

    def drag(self, moves: int = 120) -> tuple[list[float], float]:
        """Seconds from each move to the next new picture, a third of a second at most; and to the end."""
        timeline = self._window.timeline
        xs = np.linspace(0.2 * timeline.width(), 0.8 * timeline.width(), moves).astype(int)
        QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=QPoint(int(xs[0]), 40))
        times = []
        for x in xs[1:]:
            before, start = self._session.viewer.shown, time.perf_counter()
            QTest.mouseMove(timeline, QPoint(int(x), 40))
            self._until_another(before, start + 1 / 3)
            times.append(time.perf_counter() - start)
        QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(int(xs[-1]), 40))
        return times, self.until(lambda: self._session.viewer.shown == self._session.viewer.position)


def report(name: str, times: list[float]) -> None:
    """One row of the table, in milliseconds."""
    middle, late = (1e3 * t for t in np.percentile(times, (50, 95)))
    print(f"{name:24s} {middle:8.1f} {late:8.1f} {1e3 * max(times):8.1f}", flush=True)


def measure(looker: Looker, session: Session, video: Path) -> None:
    """Print the table of one video."""
    seen, ready = looker.open(video)
    print(f"{video.name}: first picture after {seen:.2f} s, ready after {ready:.2f} s", flush=True)
    length = session.document.annotation.length
    print(f"{length} frames                p50      p95    worst   ms", flush=True)
    steps = min(STEPS, length // 2)
    looker.jump(min(length // 2 + 130, length - steps - 1))
    report("forward", looker.steps(Qt.Key.Key_Right, steps))
    report("back", looker.steps(Qt.Key.Key_Left, steps))
    looker.jump(min(length // 3 + 240, length - 51))
    report("back after a jump", looker.steps(Qt.Key.Key_Left, steps))
    report("a jump to any frame", [looker.jump(int(share * length)) for share in JUMPS])
    moves, rest = looker.drag()
    report("drag, first picture", moves)
    print(f"drag, the very frame {1e3 * rest:11.1f}", flush=True)


def main() -> None:
    """Make a video if there is none, and look through it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--video", type=Path, help="any video, a long one at best; it is not changed")
    parser.add_argument("--suffix", default="mp4", help="of the video that is made: mp4, mkv, avi")
    options = parser.parse_args()
    if options.video is not None and not options.video.is_file():
        parser.error(f"{options.video} does not exist")
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = folder
        video = options.video or make_video(Path(folder), options.suffix, 60)
        session = Session()
        window = MainWindow(session)
        window.resize(1440, 900)
        window.show()
        measure(Looker(app, window), session, video)
        session.project.discard()
        window.close()


if __name__ == "__main__":
    main()
