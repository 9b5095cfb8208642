"""What undo and redo call the edits that `annotation.edits` names, in the language of the window."""

from skn_annotator.app.language import tr, translatable

NAMES = (
    translatable("Add object"),
    translatable("Brush"),
    translatable("Clean up"),
    translatable("Clear frame"),
    translatable("Colour object"),
    translatable("Delete object"),
    translatable("Exchange objects"),
    translatable("Hide object"),
    translatable("Import masks"),
    translatable("Interpolate outlines"),
    translatable("Lock object"),
    translatable("Set reference frame"),
    translatable("Merge objects"),
    translatable("Move object"),
    translatable("Object absent here"),
    translatable("Paste masks"),
    translatable("Rename object"),
    translatable("Show all objects"),
    translatable("Show object"),
    translatable("Show one object"),
    translatable("Unlock object"),
    translatable("Unset reference frame"),
)


def edit_name(name: str) -> str:
    """An edit's name in the language of the window; names that the session gave are in it already."""
    return tr(name) if name in NAMES else name
