"""NumberBox: a spin box that takes a number beyond its bounds for the bound.

Qt's own refuses the digit that goes beyond: of 300 typed where 289 is the most, it keeps 30.
"""

import re

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox

_WHOLE = re.compile(r"[-+]?\d{1,9}")


class NumberBox(QSpinBox):
    """Any whole number can be typed; Enter and leaving take the nearest that is allowed."""

    def validate(self, text: str, position: int) -> object:
        """As Qt's, but for numbers beyond the bounds, which are not finished."""
        found = super().validate(text, position)
        is_beyond = found[0] is QValidator.State.Invalid and self._typed(text) is not None
        return (QValidator.State.Intermediate, *found[1:]) if is_beyond else found

    def fixup(self, text: str) -> str:
        """The text of the nearest number that is allowed."""
        number = self._typed(text)
        if number is None:
            return super().fixup(text)
        nearest = min(max(number, self.minimum()), self.maximum())
        return self.prefix() + self.textFromValue(nearest) + self.suffix()

    def _typed(self, text: str) -> int | None:
        digits = text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip()
        return int(digits) if _WHOLE.fullmatch(digits) else None
