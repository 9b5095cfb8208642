"""RenderChoices: what can be chosen for exports that draw: frames, objects, size, edges, codec, colour."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QWidget,
)

from skn_annotator.annotation.formats import Format
from skn_annotator.annotation.formats.render_options import Choice, Quality, RenderOptions
from skn_annotator.annotation.mattes import Edge, EdgeKind
from skn_annotator.app.language import tr, translatable
from skn_annotator.app.session import Session
from skn_annotator.arrays import Color
from skn_annotator.gui.look import MenuField, TickMenu, caption, choice_field, number_field, row

EDGES = (
    (EdgeKind.SOFT, translatable("Soft, along the edges in the picture")),
    (EdgeKind.NETWORK, translatable("Soft, as the network sees them (slower)")),
    (EdgeKind.HARD, translatable("Hard, as the masks are")),
)
QUALITIES = (
    (Quality.HIGH, translatable("High quality")),
    (Quality.MEDIUM, translatable("Medium quality")),
    (Quality.SMALL, translatable("Small file")),
)
BACKDROPS = (
    ((0, 177, 64), translatable("Green")),
    ((0, 71, 187), translatable("Blue")),
    ((0, 0, 0), translatable("Black")),
    ((255, 255, 255), translatable("White")),
    ((128, 128, 128), translatable("Gray")),
)
_HEIGHTS = (2160, 1440, 1080, 720, 480, 360, 240)
_NUMBER_WIDTH, _MENU_WIDTH = 72, 160
_MOST_PIXELS = 200


class RenderChoices(QWidget):
    """Rows of fields, of which a format shows those that it has a use for."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        annotation = session.document.annotation
        first, last = session.viewer.chosen_range or (0, annotation.length - 1)
        self.first = number_field(1, annotation.length, first + 1, width=_NUMBER_WIDTH)
        self.last = number_field(1, annotation.length, last + 1, width=_NUMBER_WIDTH)
        self.objects = MenuField()
        self._menu = TickMenu(self.objects)
        self._menu.setMinimumWidth(_MENU_WIDTH)
        self.objects.setMenu(self._menu)
        for each in annotation.objects:
            action = self._menu.add(each.name, each.id, each.visible)
            action.toggled.connect(lambda _: self._on_change())
        height, width = annotation.size
        lower = [h for h in _HEIGHTS if h < height]
        sizes: list[tuple[int | None, str]] = [(None, f"{width} \N{MULTIPLICATION SIGN} {height}")]
        sizes += [(h, f"{round(width * h / height)} \N{MULTIPLICATION SIGN} {h}") for h in lower]
        self.size_ = choice_field(sizes)
        self.edges = choice_field(EDGES)
        self.grow = number_field(-_MOST_PIXELS, _MOST_PIXELS, 0, "px", _NUMBER_WIDTH)
        self.feather = number_field(0, _MOST_PIXELS, 0, "px", _NUMBER_WIDTH)
        self.codec = QComboBox()
        self.codec.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.quality = choice_field(QUALITIES)
        self.backdrop = choice_field(BACKDROPS)
        for n, (color, _) in enumerate(BACKDROPS):
            self.backdrop.setItemIcon(n, _square(color))
        self._rows: list[tuple[Choice, tuple[QWidget, ...]]] = []
        self._build()
        self._connect()
        self._on_change()

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        dash, grow, feather = caption("\N{EN DASH}"), caption(tr("Grow")), caption(tr("Feather"))
        for choice, text, parts in (
            (Choice.FRAMES, tr("Frames"), (self.first, dash, self.last)),
            (Choice.OBJECTS, tr("Objects"), (self.objects,)),
            (Choice.HEIGHT, tr("Size"), (self.size_,)),
            (Choice.EDGE, tr("Edges"), (self.edges,)),
            (Choice.EDGE, "", (grow, self.grow, feather, self.feather)),
            (Choice.BACKDROP, tr("Background"), (self.backdrop,)),
            (Choice.QUALITY, tr("Codec"), (self.codec, self.quality)),
        ):
            name, line = caption(text), len(self._rows)
            for part in parts:
                part.setAccessibleName(part.accessibleName() or text)
            grid.addWidget(name, line, 0)
            grid.addLayout(row(*parts, None), line, 1)
            self._rows.append((choice, (name, *parts)))
        grid.setRowStretch(len(self._rows), 1)  # rows that a format hides leave the others where they are
        grid.setColumnMinimumWidth(0, max(parts[0].sizeHint().width() for _, parts in self._rows))
        self.last.setAccessibleName(tr("Last frame"))
        self.grow.setAccessibleName(tr("Grow"))
        self.feather.setAccessibleName(tr("Feather"))
        self.quality.setAccessibleName(tr("Quality"))

    def _connect(self) -> None:
        for number in (self.first, self.last, self.grow, self.feather):
            number.valueChanged.connect(lambda _: self.changed.emit())
        for box in self._lists.values():
            box.activated.connect(lambda _: self.changed.emit())

    def show_for(self, format_: Format) -> None:
        """Show what can be chosen for the format."""
        for choice, parts in self._rows:
            for part in parts:
                part.setVisible(choice in format_.choices)
        self.codec.clear()
        for codec in format_.codecs:
            self.codec.addItem(codec.name, codec.key)

    @property
    def options(self) -> RenderOptions:
        """What is chosen now."""
        return RenderOptions(
            (self.first.value() - 1, self.last.value() - 1),
            frozenset(self._menu.ticked()),
            self.size_.currentData(),
            Edge(self.edges.currentData(), self.grow.value(), self.feather.value()),
            self.codec.currentData() or "",
            self.quality.currentData(),
            self.backdrop.currentData(),
        )

    @property
    def chosen(self) -> dict[str, int]:
        """What is chosen but frames and objects, as `choose` takes it: numbers, and places in lists."""
        lists = {name: box.currentIndex() for name, box in self._lists.items()}
        return lists | {"grow": self.grow.value(), "feather": self.feather.value()}

    def choose(self, chosen: Mapping[str, object]) -> None:
        """Choose what was `chosen` before; what is not to be had is passed over."""
        for name, value in chosen.items():
            box = self._lists.get(name)
            if box is not None and isinstance(value, int) and 0 <= value < box.count():
                box.setCurrentIndex(value)
        for name, number in (("grow", self.grow), ("feather", self.feather)):
            value = chosen.get(name)
            if isinstance(value, int) and abs(value) <= _MOST_PIXELS:
                number.setValue(value)
        self.changed.emit()

    @property
    def _lists(self) -> dict[str, QComboBox]:
        return {
            "size": self.size_,
            "edges": self.edges,
            "codec": self.codec,
            "quality": self.quality,
            "backdrop": self.backdrop,
        }

    def _on_change(self) -> None:
        chosen, every = [*self._menu.ticked().values()], len(self._menu.actions())
        few = ", ".join(chosen) if 0 < len(chosen) <= 2 else ""
        one, more = tr("{n} of 1 object"), tr("{n} of {all} objects")
        text = (one if every == 1 else more).format(n=len(chosen), all=every)
        self.objects.setText(few.replace("&", "&&") or text)
        self.changed.emit()


def _square(color: Color) -> QIcon:
    picture = QPixmap(14, 14)
    picture.fill(QColor(*color))
    return QIcon(picture)
