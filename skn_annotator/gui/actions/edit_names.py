"""What undo and redo call the edits that `annotation.edits` names, in the language of the window."""

from skn_annotator.app.language import mark, tr

NAMES = (
    mark("Add object"),
    mark("Brush"),
    mark("Clear frame"),
    mark("Colour object"),
    mark("Delete object"),
    mark("Exchange objects"),
    mark("Hide object"),
    mark("Import masks"),
    mark("Lock object"),
    mark("Mark reference"),
    mark("Merge objects"),
    mark("Move object"),
    mark("Rename object"),
    mark("Show all objects"),
    mark("Show object"),
    mark("Show one object"),
    mark("Unlock object"),
    mark("Unmark reference"),
)


def edit_name(name: str) -> str:
    """An edit's name as the window says it; what was named by the session is in its language already."""
    return tr(name) if name in NAMES else name
