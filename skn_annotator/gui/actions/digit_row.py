"""The row of digits where it gives something else unless shift is held: French, Czech, Lithuanian keyboards.

Qt finds a shortcut by the character of a key. There the keys of 1 to 9 give & é " and so on, so that they are
known by their place: by the scan code, which a layout does not change.
"""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_FIRST_XKB, _FIRST_WINDOWS = 10, 2
"""The codes of the key 1; those of the others follow. X11 and Wayland: evdev's code and 8 more."""
_MAC = (18, 19, 20, 21, 23, 22, 26, 28, 25)
"""kVK_ANSI_1 to kVK_ANSI_9, which do not."""


def digit_of(event: QKeyEvent) -> int | None:
    """The digit, 1 to 9, that stands on a key of the row which gave another character; None otherwise.

    With shift, or any other key, it is none: there these layouts give the digit itself.
    """
    is_digit = Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
    if is_digit or event.modifiers() != Qt.KeyboardModifier.NoModifier:
        return None
    if sys.platform == "darwin":
        key = event.nativeVirtualKey()
        return _MAC.index(key) + 1 if key in _MAC else None
    first = _FIRST_WINDOWS if sys.platform == "win32" else _FIRST_XKB
    place = event.nativeScanCode() - first
    return place + 1 if 0 <= place < len(_MAC) else None
