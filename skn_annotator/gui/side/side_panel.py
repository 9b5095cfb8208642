"""SidePanel: the list of objects above; brush and display below."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from skn_annotator.annotation.annotation import AnnotatedObject, Annotation
from skn_annotator.app.language import tr, translatable
from skn_annotator.app.numbers import percent
from skn_annotator.app.session import Session
from skn_annotator.gui.actions import Actions
from skn_annotator.gui.canvas import LARGEST_BRUSH, SMALLEST_BRUSH, Toolbox
from skn_annotator.gui.look import Display, action_button, caption, set_texts
from skn_annotator.gui.side.object_list import ObjectList

_STEPS = 100
_LEAST_HEIGHT = 120
_GUIDE_HEIGHT = 80
_GUIDED = 4
"""With more objects than these, the guide is hidden: the list needs the room."""


class SidePanel(QWidget):
    """Objects, brush, and how strongly the masks are drawn."""

    def __init__(self, session: Session, toolbox: Toolbox, display: Display) -> None:
        super().__init__()
        self.setObjectName("SideBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(240)
        self._session, self._toolbox, self._display = session, toolbox, display
        self.objects = ObjectList(session)
        self._brush = _slider()
        self._brush_size = _figure()
        self._opacity = _slider()
        self._opacity_figure = _figure()
        self._guide = caption(role="Hint", wrap=True)
        self._guide.setContentsMargins(16, 8, 16, 16)

    def add_actions(self, actions: Actions) -> None:
        """Build the panel with the buttons of `actions`; not in `__init__`, for the actions need its list."""
        self._build(actions)
        self._connect()

    def _build(self, actions: Actions) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 10, 4)
        head.addWidget(set_texts(caption(role="Heading"), text=translatable("Objects")), 1)
        head.addWidget(action_button(actions["add_object"]))
        column.addLayout(head)
        column.addWidget(self.objects, 1)
        column.addWidget(self._guide)
        column.addWidget(_rule())
        column.addLayout(self._sliders())

    def _sliders(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(16, 8, 16, 8)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(12)
        rows = (
            (translatable("Brush"), self._brush, self._brush_size),
            (translatable("Masks"), self._opacity, self._opacity_figure),
        )
        for row, (text, slider, figure) in enumerate(rows):
            grid.addWidget(set_texts(caption(), text=text), row, 0)
            grid.addWidget(slider, row, 1)
            set_texts(slider, accessibleName=text)
            grid.addWidget(figure, row, 2)
        grid.setColumnStretch(1, 1)
        return grid

    def _connect(self) -> None:
        self._brush.valueChanged.connect(lambda value: self._toolbox.set_radius(_radius_of(value)))
        self._opacity.valueChanged.connect(lambda value: self._display.set(opacity=value / _STEPS))
        self._toolbox.size_changed.connect(self._show_brush)
        self._display.changed.connect(self._show_look)
        session = self._session
        for signal in (
            session.document.objects_changed,
            session.document.frames_changed,
            session.viewer.position_changed,
            session.project.opened,
        ):
            signal.connect(self._show_guide)
        self._show_brush()
        self._show_look()
        self._show_guide()

    def _show_brush(self) -> None:
        self._brush.blockSignals(True)
        self._brush.setValue(_value_of(self._toolbox.radius))
        self._brush.blockSignals(False)
        self._brush_size.setText(tr("{n:.0f} px").format(n=2 * self._toolbox.radius))

    def _show_look(self) -> None:
        self._opacity.setValue(round(_STEPS * self._display.look.opacity))
        self._opacity_figure.setText(percent(self._display.look.opacity))

    def _show_guide(self) -> None:
        session = self._session
        self._guide.setText(
            next_step(session.document.annotation, session.document.active_object, session.viewer.position)
        )
        self._fit_guide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_guide()

    def in_scroll_area(self) -> QScrollArea:
        """The panel in an area that scrolls it where a window is too low for all of it."""
        area = QScrollArea()
        area.setObjectName("SideArea")
        area.setWidget(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumSize(self.minimumWidth(), _LEAST_HEIGHT)
        return area

    def _fit_guide(self) -> None:
        """Show the guide for beginners if it takes no room from the rows of objects."""
        annotation = self._session.document.annotation
        few = len(annotation.objects) <= _GUIDED or bool(left_out(annotation, self._session.viewer.position))
        rest = self.layout().sizeHint().height() - (self._guide.isVisible() and self._guide.height())
        self._guide.setVisible(few and rest + _GUIDE_HEIGHT <= self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_guide()


def left_out(annotation: Annotation, t: int) -> tuple[AnnotatedObject, ...]:
    """The objects that are decided to be absent on frame `t`, but were painted on other frames."""
    absent = annotation.decided(t) - annotation.ids_at(t)
    known = frozenset().union(*(annotation.ids_at(r) & ids for r, ids in annotation.references.items()))
    return tuple(o for o in annotation.objects if o.id in absent & known)


def next_step(annotation: Annotation, active: AnnotatedObject | None, t: int) -> str:
    """The guide for beginners: what to do next on frame `t`."""
    if active is None:
        return tr("Add an object with N, then paint it on a frame.")
    absent = left_out(annotation, t)
    if absent:
        names = ", ".join(o.name for o in absent)
        return tr("Absent on this frame: {names}. Paint here what can be seen of them.").format(names=names)
    if not annotation.references:
        return tr(
            "Paint {name} on this frame. N adds another object. Then press Ctrl+Enter to propagate."
        ).format(name=active.name)
    if len(annotation.frames()) == len(annotation.references) < annotation.length:
        return tr("Press Ctrl+Enter to carry the masks forward, or use the buttons below the frame.")
    return tr(
        "Where a mask is wrong, paint it: no pass changes that object there any more. "
        "Then propagate from there."
    )


def _radius_of(value: int) -> float:
    """Brush radius of a slider position; equal steps multiply it equally."""
    return SMALLEST_BRUSH * (LARGEST_BRUSH / 2 / SMALLEST_BRUSH) ** (value / _STEPS)


def _value_of(radius: float) -> int:
    low, high = 0, _STEPS
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if _radius_of(middle) < radius else (low, middle)
    return low


def _slider() -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, _STEPS)
    slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return slider


def _figure() -> QLabel:
    figure = caption(role="Hint")
    figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    figure.setFixedWidth(figure.fontMetrics().horizontalAdvance("500 px "))
    return figure


def _rule() -> QFrame:
    line = QFrame()
    line.setObjectName("Separator")
    line.setFixedHeight(1)
    return line
