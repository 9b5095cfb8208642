"""The style sheet of every widget that the program uses; ``@name`` stands for a colour of the theme."""

SHEET = """
* { outline: 0; }
QMainWindow, QDialog { background: @surface; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { background: @sheet; color: @text; border: 1px solid @pressed; padding: 4px 8px; }

QMenuBar { background: @surface; padding: 2px 8px; }
QMenuBar::item { padding: 5px 10px; border-radius: 4px; color: @text; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @sheet; border: 1px solid @pressed; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @hover; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @pressed; margin: 6px 8px; }
QMenu::icon { padding-left: 8px; }

QPushButton { background: @raised; color: @text; border: 0; border-radius: 5px; padding: 6px 14px;
    min-height: 20px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @pressed; }
QPushButton:disabled { background: @raised; color: @faint; }
QPushButton:focus { border: 1px solid @accent; padding: 5px 13px; }
QPushButton[primary="true"]:focus { border: 1px solid @text; }
QPushButton[primary="true"] { background: @accent; color: @on_accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: @accent_hover; }
QPushButton[primary="true"]:disabled { background: @raised; color: @faint; }

QToolButton { background: transparent; border: 0; border-radius: 5px; padding: 5px; color: @text; }
QToolButton:hover { background: @hover; }
QToolButton:pressed { background: @pressed; }
QToolButton:checked { background: @accent_soft; }
QToolButton:disabled { color: @faint; }
QToolButton:focus { border: 1px solid @accent; padding: 4px; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QSpinBox { background: @well; border: 1px solid @pressed; border-radius: 5px; padding: 5px 8px;
    selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit:focus, QSpinBox:focus { border-color: @accent; }
QSpinBox[plain="true"]::up-button, QSpinBox[plain="true"]::down-button { width: 0; border: 0; }

QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled { color: @faint; background: @surface; }
QRadioButton:disabled, QCheckBox:disabled { color: @faint; }

QComboBox { background: @well; border: 1px solid @pressed; border-radius: 5px; padding: 5px 8px;
    min-height: 20px; }
QComboBox:hover { border-color: @faint; }
QComboBox:focus, QComboBox:on { border-color: @accent; }
QComboBox::drop-down { border: 0; width: 26px; }
QComboBox::down-arrow { image: url("@icons/chevron-down.svg"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @sheet; border: 1px solid @pressed; padding: 4px;
    selection-background-color: @hover; selection-color: @text; }
QPushButton#Choice { background: @well; border: 1px solid @pressed; padding: 5px 26px 5px 8px; }
QPushButton#Choice:hover { border-color: @faint; }
QPushButton#Choice:focus { border-color: @accent; }
QPushButton#Choice:disabled { background: @surface; }
QPushButton#Choice::menu-indicator { image: url("@icons/chevron-down.svg"); width: 14px; height: 14px;
    subcontrol-position: right center; right: 3px; }
QTreeWidget { background: @well; border: 1px solid @pressed; border-radius: 5px; padding: 4px; }
QTreeWidget:focus { border-color: @accent; }
QTreeWidget::item { padding: 3px 4px; }
QTreeWidget::item:selected { background: @accent_soft; color: @text; }

QSlider { min-height: 20px; background: transparent; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @pressed; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @faint; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -4px 0; border-radius: 6px;
    background: @text; }
QSlider::handle:horizontal:focus { background: @accent; }
QSlider::handle:horizontal:hover { background: @accent_hover; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @pressed; border-radius: 3px; min-height: 24px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: @faint; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: @pressed; border-radius: 3px; min-width: 24px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QFrame#Card { background: @raised; border: 1px solid @pressed; border-radius: 6px; }
QScrollArea { background: transparent; border: 0; }

QProgressBar { background: @pressed; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QRadioButton { spacing: 10px; padding: 2px 0; background: transparent; }
QRadioButton::indicator { width: 14px; height: 14px; border-radius: 8px; background: @well;
    border: 1px solid @faint; }
QRadioButton::indicator:hover { border-color: @accent_hover; }
QRadioButton::indicator:checked { width: 6px; height: 6px; background: @on_accent;
    border: 5px solid @accent; }
QMainWindow::separator { background: @surface; width: 3px; height: 3px; }
QMainWindow::separator:hover { background: @accent; }

QToolButton[filled="true"] { background: @raised; padding: 5px 12px 5px 8px; }
QToolButton[filled="true"]:hover { background: @hover; }
QToolButton[filled="true"]:pressed { background: @pressed; }
QToolButton[filled="true"]:focus { padding: 4px 11px 4px 7px; }
QToolButton[primary="true"] { background: @accent_soft; }
QToolButton[primary="true"]:hover { background: @accent; color: @on_accent; }

QToolButton[tab="true"] { background: transparent; color: @dim; font-weight: 600; border-radius: 0;
    border-bottom: 2px solid transparent; padding: 2px 0 4px 0; }
QToolButton[tab="true"]:focus { color: @accent; border: 0; border-bottom: 2px solid @accent;
    padding: 2px 0 4px 0; }
QToolButton[tab="true"]:hover { color: @text; }
QToolButton[tab="true"]:checked { color: @text; border-bottom: 2px solid @accent; }

#DropMark { background: @accent; }
#ObjectRow { border-radius: 5px; }
#ObjectRow:hover { background: @raised; }
#ObjectRow[active="true"] { background: @accent_soft; }
#ObjectRow QLabel:disabled { color: @faint; }
#ObjectRow QLineEdit { padding: 2px 6px; }
#RecentRow { background: transparent; text-align: left; }
#RecentRow:hover { background: @raised; }
#StartPage { background: @well; }
#MessageBar { background: @sheet; border: 1px solid @pressed; border-radius: 8px; }
#MessageBar QPushButton { background: @accent_soft; }
#MessageBar QPushButton:hover { background: @accent; color: @on_accent; }
#BeforeFlag { background: @accent; color: @on_accent; border-radius: 5px; padding: 5px 10px;
    font-weight: 600; }
#Recorder { color: @dim; border: 1px solid transparent; border-radius: 5px; }
#Recorder[asks="true"] { color: @text; }
#Recorder[recording="true"] { color: @text; border: 1px solid @accent; background: @accent_soft; }
#Separator { background: @line; }
#Key { color: @dim; }

#FrameField { background: transparent; border: 1px solid transparent; padding: 3px 4px; }
#FrameField::up-button, #FrameField::down-button { width: 0; border: 0; subcontrol-origin: border; }
#FrameField:hover { background: @well; border-color: @pressed; }
#FrameField:focus { background: @well; border-color: @accent; }

#StatusLine { background: @surface; }
#StatusLine QLabel { color: @dim; }
#StatusLine QToolButton { color: @dim; padding: 2px 6px; }
#StatusLine QToolButton:checked { color: @text; }
#StatusLine QToolButton:disabled { color: @faint; }
#StatusLine QToolButton:focus { padding: 1px 5px; }
#SideBar, #ToolBar, #Transport { background: @surface; }
#Heading { color: @dim; font-weight: 600; }
#Hint { color: @dim; }
#Hint:disabled { color: @faint; }
#Title { font-size: 20pt; font-weight: 300; color: @text; }
#Document { color: @dim; padding: 5px 16px 0 0; }
#Document[failed="true"] { color: @error; }
"""
