"""What each action of the table does: a name -> a verb of the session, the canvas or the window."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from skn_annotator.app.painter import Painter
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.assistant import Combination
from skn_annotator.app.tasks.remap import Scope
from skn_annotator.gui.actions import COMBINATIONS, PASSES
from skn_annotator.gui.canvas import TOOLS, Canvas, Toolbox
from skn_annotator.gui.lab import LabDoor
from skn_annotator.gui.look import Display, Mode, Palette, Scheme
from skn_annotator.gui.masks_to_import import MasksToImport
from skn_annotator.gui.preferences import Preferences
from skn_annotator.gui.side import ObjectList
from skn_annotator.gui.timeline import Timeline
from skn_annotator.gui.workspace import Panel

Command = Callable[[], None]
_BRUSH_STEP = 1.15


class Window(Protocol):
    """What only the window can do: dialogs, and closing."""

    def ask_video(self) -> None:
        """Ask for a video and open it."""

    def ask_folder(self) -> None:
        """Ask for a folder of frames and open it."""

    def open_demo(self) -> None:
        """Open the bundled clip."""

    def ask_export(self) -> None:
        """Ask what to export, and where."""

    def ask_clean_up(self) -> None:
        """Ask what to clean up."""

    def close_sequence(self) -> None:
        """Save, close the sequence, and show the start page."""

    def show_shortcuts(self) -> None:
        """Open the shortcut sheet."""

    def show_about(self) -> None:
        """Show what this program is."""

    def toggle_panel(self, panel: Panel) -> None:
        """Hide or show a panel."""

    def go_round(self, way: int) -> None:
        """Move the keyboard's focus to the next part of the window, or the one before."""

    def ask_frame(self) -> None:
        """Let the number of a frame be typed, to go there."""

    def arrange_panels(self) -> None:
        """Put every panel back into its default place."""

    def show_preferences(self) -> None:
        """Open the preferences."""

    def close(self) -> bool:
        """Close the window."""
        ...


def make_commands(
    window: Window,
    session: Session,
    *,
    canvas: Canvas,
    toolbox: Toolbox,
    display: Display,
    objects: ObjectList,
    timeline: Timeline,
    lab: LabDoor,
    preferences: Preferences,
    imports: MasksToImport,
) -> dict[str, Command]:
    """The command of every action."""
    return (
        _window_commands(window, preferences)
        | {"lab": lab.toggle}
        | {"import": imports.ask_folder, "import_file": imports.ask_file}
        | _in_turn(session, _dialog_commands(window))
        | _edit_commands(session, canvas, toolbox)
        | _view_commands(canvas, display)
        | _look_commands(session, timeline)
        | _after_waiting(session, _object_commands(session, objects))
        | _after_waiting(session, _clipboard_commands(session))
        | _pass_commands(session, toolbox)
    )


def _window_commands(window: Window, preferences: Preferences) -> dict[str, Command]:
    themes = {scheme.value: partial(preferences.set, theme=scheme.value) for scheme in Scheme}
    palettes = {palette.value: partial(preferences.set, palette=palette.value) for palette in Palette}
    panels = {f"panel_{panel.value}": partial(window.toggle_panel, panel) for panel in Panel}
    return (themes | palettes | panels) | {
        "arrange_panels": window.arrange_panels,
        "go_to": window.ask_frame,
        "next_place": partial(window.go_round, 1),
        "previous_place": partial(window.go_round, -1),
        "open": window.ask_video,
        "open_folder": window.ask_folder,
        "demo": window.open_demo,
        "close": window.close_sequence,
        "quit": lambda: _drop(window.close()),
        "preferences": window.show_preferences,
        "shortcuts": window.show_shortcuts,
        "about": window.show_about,
    }


def _dialog_commands(window: Window) -> dict[str, Command]:
    """Those that begin with what there is of masks."""
    return {"export": window.ask_export, "clean_up": window.ask_clean_up}


def _in_turn(session: Session, commands: dict[str, Command]) -> dict[str, Command]:
    """Commands that wait while an answer is on its way."""
    return {name: partial(session.verbs.run, command) for name, command in commands.items()}


def _after_waiting(session: Session, commands: dict[str, Command]) -> dict[str, Command]:
    """Commands that begin when those that wait have been carried out, but wait for nothing themselves: they
    look at what is active, or at what was done last."""

    def begin(command: Command) -> None:
        if session.verbs.is_waiting:
            session.verbs.run(command)
        else:
            command()

    return {name: partial(begin, command) for name, command in commands.items()}


def _edit_commands(session: Session, canvas: Canvas, toolbox: Toolbox) -> dict[str, Command]:
    def undo() -> None:
        if toolbox.tool.back_name:
            toolbox.tool.step_back()
        else:
            session.undo()

    def redo() -> None:
        if toolbox.tool.forward_name:
            toolbox.tool.step_forward()
        elif session.redo_name is not None:
            session.document.redo()

    def take_select() -> None:
        session.viewer.playback.stop()  # as K does in every player
        choose("select")

    def choose(tool: str) -> None:
        canvas.gestures.then(partial(toolbox.choose, tool))

    def resize(factor: float) -> None:
        canvas.gestures.then(partial(toolbox.resize, factor))

    return {name: partial(choose, name) for name in TOOLS} | {
        **_after_waiting(session, {"undo": undo, "redo": redo}),
        "select": take_select,
        "smaller": partial(resize, 1 / _BRUSH_STEP),
        "larger": partial(resize, _BRUSH_STEP),
        "toggle_reference": lambda: session.document.toggle_reference(session.viewer.position),
        "clear_frame": lambda: session.document.clear_frame(session.viewer.position),
    }


def _view_commands(canvas: Canvas, display: Display) -> dict[str, Command]:
    modes = {mode.value: partial(display.set, masks=True, mode=mode) for mode in Mode}
    return modes | {
        "fit": canvas.fit,
        "actual": lambda: canvas.zoom_to(1.0),
        "zoom_in": lambda: canvas.zoom_by(1),
        "zoom_out": lambda: canvas.zoom_by(-1),
        "masks": lambda: display.set(masks=not display.look.masks),
        "kernel": lambda: display.set(kernel=not display.look.kernel),
        "points": lambda: display.set(points=not display.look.points),
        "before": lambda: display.set(before=not display.look.before),
    }


def _look_commands(session: Session, timeline: Timeline) -> dict[str, Command]:
    return {
        "play": session.viewer.toggle_play,
        "play_forward": lambda: session.viewer.play_on(1),
        "play_backward": lambda: session.viewer.play_on(-1),
        "stop_playing": session.viewer.playback.stop,
        "loop": session.viewer.toggle_loop,
        "first": lambda: session.viewer.seek(0),
        "last": lambda: session.viewer.seek(session.document.annotation.length - 1),
        "previous": lambda: session.viewer.step(-1),
        "next": lambda: session.viewer.step(1),
        "back_ten": lambda: session.viewer.step(-10),
        "on_ten": lambda: session.viewer.step(10),
        "previous_reference": lambda: session.viewer.seek_reference(-1),
        "next_reference": lambda: session.viewer.seek_reference(1),
        "check_next": session.viewer.seek_to_check,
        "previous_changed": lambda: session.viewer.seek_changed(-1),
        "next_changed": lambda: session.viewer.seek_changed(1),
        "range_start": session.viewer.start_range,
        "range_end": session.viewer.end_range,
        "range_clear": session.viewer.clear_range,
        "timeline_in": lambda: timeline.zoom(1),
        "timeline_out": lambda: timeline.zoom(-1),
        "timeline_fit": timeline.fit,
        "legend": timeline.explain,
    }


def _object_commands(session: Session, objects: ObjectList) -> dict[str, Command]:
    def on_active(act: Callable[[int], None]) -> Command:
        return lambda: None if session.document.active is None else act(session.document.active)

    commands: dict[str, Command] = {
        "add_object": session.document.add_object,
        "fill_holes": session.painter.fill_holes,
        "grow": session.painter.grow,
        "shrink": session.painter.shrink,
        "smooth": session.painter.smooth,
        "copy_next": lambda: session.painter.copy_mask(1),
        "copy_previous": lambda: session.painter.copy_mask(-1),
        "interpolate": on_active(
            lambda chosen: session.tasks.outlines.interpolate(
                session.viewer.position, session.painter.protected(chosen)
            )
        ),
        "protect": session.painter.toggle_protect,
        **{name: partial(_combine, session.painter, how) for name, how in COMBINATIONS.items()},
        "rename": on_active(objects.rename),
        "recolor": on_active(lambda chosen: objects.row(chosen).choose_color()),
        "hide": session.document.toggle_visible,
        "solo": on_active(session.document.toggle_solo),
        "lock": session.document.toggle_locked,
        "move_up": on_active(lambda chosen: session.document.shift_object(chosen, -1)),
        "move_down": on_active(lambda chosen: session.document.shift_object(chosen, 1)),
        "merge": on_active(lambda chosen: objects.row(chosen).choose_merge()),
        "exchange": on_active(lambda chosen: objects.row(chosen).choose_exchange()),
        "absent_here": on_active(
            lambda chosen: session.document.declare_absent(chosen, session.viewer.position)
        ),
        "delete_onward": on_active(lambda chosen: session.tasks.remaps.delete_object(chosen, Scope.ONWARD)),
        "delete_everywhere": on_active(
            lambda chosen: session.tasks.remaps.delete_object(chosen, Scope.EVERYWHERE)
        ),
    }
    for number in range(1, 10):
        commands[f"choose_{number}"] = partial(session.document.choose, number)
    return commands


def _clipboard_commands(session: Session) -> dict[str, Command]:
    clipboard, document, viewer = session.tasks.clipboard, session.document, session.viewer

    def copy_active() -> None:
        if document.active is not None:
            clipboard.copy(viewer.position, [document.active])

    def paste_into_range() -> None:
        if viewer.chosen_range is not None:
            first, last = viewer.chosen_range
            clipboard.paste(range(first, last + 1))

    return {
        "copy": copy_active,
        "copy_all": lambda: clipboard.copy(viewer.position, [o.id for o in document.annotation.objects]),
        "paste": lambda: clipboard.paste([viewer.position]),
        "paste_range": paste_into_range,
    }


def _pass_commands(session: Session, toolbox: Toolbox) -> dict[str, Command]:
    def stop() -> None:
        if toolbox.tool.busy:
            toolbox.tool.cancel()
        else:
            session.tasks.stop()

    return {name: partial(session.tasks.propagate, direction) for name, direction in PASSES.items()} | {
        "only_active": session.tasks.toggle_only_active,
        "pause": session.tasks.passes.toggle_pause,
        "stop": stop,
        "follow": session.tasks.toggle_follow,
    }


def _combine(painter: Painter, how: Combination) -> None:
    """Combine outlines, boxes and clicks in the way `how`; once more: add them again."""
    painter.combine(Combination.ADD if painter.combining is how else how)


def _drop(_: object) -> None:
    """Discard the result of a verb."""
