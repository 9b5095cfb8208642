"""demo_hint: what can be seen in the bundled clip, step by step."""

from skn_annotator.app.language import tr, translatable
from skn_annotator.app.notice import Notice
from skn_annotator.app.session import Session

_STORY = translatable(
    "Two red balls that look alike are painted here: Ctrl+Enter carries the masks on. A small blue one comes "
    "out from behind one of them and is taken for a part of it. Press C, which leads there, and K; hold Ctrl "
    "and drag a box round that red ball alone. Enter keeps it, Shift+Enter carries it on both ways."
)


def demo_hint(session: Session) -> Notice:
    """Shown when the demo is opened; it goes when its last step is done."""
    return Notice(tr(_STORY), stays=True, holds=lambda: not _is_over(session))


def _is_over(session: Session) -> bool:
    """True if a frame was corrected, and what that made stale was carried anew."""
    return any(t > 0 for t in session.document.annotation.references) and not session.tasks.stale()
