"""What a user does and hears, in a line each."""

from skn_annotator.inference.directions import Direction


def paint(session, xy=(16.0, 24.0), to=None, radius=4.0, erases=False):
    """One stroke on the shown frame, from `xy` to `to`."""
    assert session.painter.begin_stroke(radius, erases)
    session.painter.stroke_to(xy)
    if to is not None:
        session.painter.stroke_to(to)
    session.document.end_draft()


def go(qtbot, session, t):
    """Go to frame `t`, and wait for its picture."""
    session.viewer.seek(t)
    qtbot.waitUntil(lambda: session.viewer.shown == t)


def propagate(qtbot, session, direction=Direction.FORWARD):
    """Run a pass to its end."""
    session.tasks.propagate(direction)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)


def hear(session):
    """The texts of the notices from now on."""
    heard = []
    session.noticed.connect(lambda notice: heard.append(notice.text))
    return heard


def hear_shown(session):
    """The frames that are shown from now on."""
    shown = []
    session.viewer.frame_shown.connect(shown.append)
    return shown
