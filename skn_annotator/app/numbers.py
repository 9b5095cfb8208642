"""Numbers as the language of the window writes them: "31,640" and "7.9", in German "31.640" and "7,9"."""

from skn_annotator.app.language import current_language

NO_BREAK = "\N{NO-BREAK SPACE}"
"""Between a number and its unit, which are not to stand on two lines."""


def number(value: float, decimals: int = 0) -> str:
    """`value` with so many decimals, its thousands parted."""
    from PySide6.QtCore import QLocale

    return QLocale(current_language()).toString(float(value), "f", decimals)


def figures(value: float, digits: int) -> str:
    """`value` to so many significant digits; the very large and the very small with a power of ten."""
    from PySide6.QtCore import QLocale

    locale = QLocale(current_language())
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(float(value), "g", digits)


def percent(share: float) -> str:
    """A share, 0-1, as in "67 %"."""
    return f"{100 * share:.0f}{NO_BREAK}%"
