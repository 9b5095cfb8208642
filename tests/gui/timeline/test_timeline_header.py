"""What stands at the left of the ruler has room there in every language."""

import pytest
from PySide6.QtWidgets import QToolButton

from skn_annotator.app.language import LANGUAGES, tr, use_language


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_caption_of_the_memory_does_not_touch_the_button_beside_it(qapp, window, language):
    use_language(qapp, language)
    try:
        end = 32 + window.timeline.fontMetrics().horizontalAdvance(tr("memory"))
    finally:
        use_language(qapp, "en")
    button = window.timeline.findChild(QToolButton)
    symbol = button.geometry().center().x() - button.iconSize().width() / 2
    assert end + 4 <= symbol
