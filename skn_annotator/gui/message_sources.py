"""Where the messages of `MessageBar` come from, and what may make one outdated.

Each notice says itself how long it holds (`Notice.holds`). It is asked after everything that may change the
answer, and that is listed here and nowhere else.
"""

from skn_annotator.app.session import Session
from skn_annotator.gui.canvas import Toolbox
from skn_annotator.gui.message_bar import MessageBar
from skn_annotator.gui.preferences import Preferences


def connect_messages(bar: MessageBar, session: Session, toolbox: Toolbox, preferences: Preferences) -> None:
    """Show what the session tells in `bar`, as long as it holds."""
    session.noticed.connect(bar.show_notice)
    for signal in (
        session.project.opening_changed,
        session.project.saving_changed,
        session.document.objects_changed,
        session.document.history_changed,
        session.document.frames_changed,
        session.viewer.position_changed,
        session.tasks.pass_changed,
        session.tasks.remaps.changed,
        session.tasks.weights.changed,
        toolbox.shape_changed,
        preferences.changed,
    ):
        signal.connect(bar.drop_outdated)
