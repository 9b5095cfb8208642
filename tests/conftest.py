"""What tests of the window share: a small clip, a session on it, and no trace in the user's folders."""

from functools import partial

import numpy as np
import pytest
from fakes import Fakes, FakeSelectors, FakeTracker
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from steps import paint

from skn_annotator.inference.directions import Direction

SIZE = (48, 64)
LENGTH = 12
PATIENCE = 60_000  # ms: pytest-qt's 5 s are too few on a busy machine, and a wait that succeeds costs nothing


@pytest.fixture
def qtbot(qtbot):
    """pytest-qt's, waiting `PATIENCE` where a test does not say how long."""
    for name in ("waitUntil", "waitSignal", "waitSignals", "waitExposed"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=PATIENCE))
    return qtbot


@pytest.fixture
def clip(tmp_path):
    """A folder of `LENGTH` frames, 48 x 64: a bright square on a dark ground that moves to the right."""
    folder = tmp_path / "clip"
    folder.mkdir()
    for t in range(LENGTH):
        frame = np.full((*SIZE, 3), 40, np.uint8)
        frame[16:32, 8 + t : 24 + t] = (200, 180, 90)
        Image.fromarray(frame).save(folder / f"{t:05d}.png")
    return folder


@pytest.fixture
def homeless(tmp_path, monkeypatch):
    """Settings, data and logs go to a temporary folder."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


@pytest.fixture
def owner(qapp):
    """The parent of a test's QObjects: they die with it, in the GUI thread. Python might collect them in the
    worker of a later test."""
    owner = QObject()
    yield owner
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def tracker():
    """A tracker that never waits."""
    return FakeTracker()


@pytest.fixture
def fakes():
    """The fakes that sessions of the test were given."""
    return Fakes()


@pytest.fixture
def make_session(qtbot, homeless, fakes):
    """Opens sessions, and ends their threads with the test."""
    from skn_annotator.app.session import Session

    sessions = []

    def make(tracker, path=None, selectors=None, **options):
        selectors = selectors or FakeSelectors()
        session = Session(tracker, selectors=selectors)
        sessions.append(session)
        fakes.add(tracker, selectors)
        if path is not None:
            with qtbot.waitSignal(session.viewer.frame_shown):
                session.project.open(path, **options)
        return session

    yield make
    fakes.go_on()
    for session in sessions:
        session.shut_down()
        session.deleteLater()  # here, and not where the next test's threads make Python collect it
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def session(make_session, tracker, clip):
    """A session on the clip, its first frame shown."""
    return make_session(tracker, clip)


@pytest.fixture
def start_pass(qtbot, make_session, clip):
    """Starts a forward pass on a painted clip and lets it take so many steps, the start included; the tracker
    takes more when it is allowed to."""

    def start(steps):
        gated = FakeTracker(steps=0)
        session = make_session(gated, clip)
        paint(session)
        session.tasks.propagate(Direction.FORWARD)
        gated.allow(steps)
        qtbot.waitUntil(lambda: session.tasks.passes.current.latest == steps - 1)
        return session, gated

    return start
