"""The clip's bright square, pixels 8-24 by 16-32: a box round it, its area, and that of what was selected."""

BOX = ((4.5, 12.5), (28.5, 36.5))
AREA = 256


def area(window, t=0):
    """How many pixels object 1 has on frame `t`."""
    mask = window.session.document.mask(t)
    return 0 if mask is None else int((mask == 1).sum())


def wait_for(qtbot, window, pixels):
    """Wait until object 1 has so many pixels, and the task that found them has ended: till then keys wait."""
    selection = window.session.painter.selection
    qtbot.waitUntil(lambda: not selection.is_busy and area(window) == pixels)
