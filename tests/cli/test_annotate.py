"""skn-annotate: its words, and what it says where no window can open."""

import re
from pathlib import Path

import pytest

from skn_annotator.cli import annotate
from skn_annotator.cli.desktop import GUI_LIBRARIES, XCB_LIBRARIES, check_desktop, stays_connected
from skn_annotator.errors import SknError
from skn_annotator.settings import Settings, save_settings


def refused(**options):
    with pytest.raises(SknError) as refusal:
        check_desktop(**options)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


@pytest.fixture(autouse=True)
def on_linux(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")


def test_without_a_display_it_says_so():
    assert "no display" in refused(environment={}, loads=lambda _: True)


def test_missing_libraries_are_named_with_their_packages():
    missing = {"libxcb-cursor.so.0", "libEGL.so.1"}
    said = refused(environment={"DISPLAY": ":0"}, loads=lambda name: name not in missing)
    assert "apt install libegl1 libxcb-cursor0" in said
    assert "libxcb-image" not in said


def test_the_libraries_that_a_bare_debian_lacks_are_known():
    bare = (
        "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxkbcommon-x11-0 "
        "libegl1"
    )
    assert set(bare.split()) <= set(XCB_LIBRARIES.values())


@pytest.mark.parametrize("platform", ["offscreen", "xcb"])
def test_all_that_qt_is_linked_to_is_looked_for(platform):
    """Without one of these the import of QtGui ends in a traceback, whatever shows its windows."""
    environment = {"DISPLAY": ":0", "QT_QPA_PLATFORM": platform}
    said = refused(environment=environment, loads=lambda _: False)
    for package in ("libdbus-1-3", "libfontconfig1", "libglib2.0-0", "libx11-6", "libxkbcommon0"):
        assert f" {package}" in said


def test_the_readme_installs_what_is_looked_for():
    """By name, or as what a package that it names depends on."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^sudo apt-get install (.*)", readme, re.MULTILINE)
    pulled = {"libx11-6", "libx11-xcb1", "libxkbcommon0", "libxcb-randr0", "libxcb-sync1", "libxcb-xfixes0"}
    assert set(XCB_LIBRARIES.values()) <= {*line.split(), *pulled, "libxcb-xkb1"}


class XServer:
    """One that refuses so many connections, as `xcb` has it."""

    def __init__(self, refuses):
        self.refuses, self.open = refuses, []

    def xcb_connect(self, display, screen):
        self.refuses -= 1
        self.open.append(self.refuses < 0)
        return len(self.open)

    def xcb_connection_has_error(self, connection):
        return not self.open[connection - 1]

    def xcb_disconnect(self, connection):
        self.open[connection - 1] = None


def test_a_server_that_begins_anew_is_asked_again_and_kept_from_that():
    server = XServer(refuses=2)
    assert stays_connected(server, pause=0)
    assert server.open == [None, None, True], "with no client left it would begin anew, and refuse Qt"
    server = XServer(refuses=100)
    assert not stays_connected(server, pause=0)
    assert set(server.open) == {None}


def test_a_display_that_does_not_answer_is_named():
    said = refused(environment={"DISPLAY": ":42"}, loads=lambda _: True, connects=lambda: False)
    assert "':42'" in said


@pytest.mark.parametrize(
    "environment",
    [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}, {"QT_QPA_PLATFORM": "offscreen"}],
)
def test_with_all_that_a_window_needs_it_is_silent(environment):
    check_desktop(environment, loads=lambda _: True, connects=lambda: True)


def test_without_x11_only_what_qt_itself_links_is_looked_for():
    asked = []
    check_desktop({"QT_QPA_PLATFORM": "offscreen"}, loads=lambda name: asked.append(name) or True)
    assert asked == list(GUI_LIBRARIES)


def test_other_systems_bring_everything(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    check_desktop(environment={}, loads=lambda _: False, connects=lambda: False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.mp4"], "nothing.mp4 does not exist"),
        (["--weights", "nothing.safetensors"], "nothing.safetensors does not exist"),
    ],
)
def test_wrong_arguments_are_one_line_and_status_1(capsys, arguments, said):
    assert annotate.main(arguments) == 1
    error = capsys.readouterr().err
    assert error.startswith("skn-annotate: ")
    assert said in error
    assert error.count("\n") == 1


def test_no_display_is_one_line_and_status_1(capsys, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert annotate.main([]) == 1
    error = capsys.readouterr().err
    assert "no display" in error
    assert error.count("\n") == 1


def test_the_arguments_reach_the_window(monkeypatch, tmp_path):
    source = tmp_path / "frames"
    source.mkdir()
    weights = tmp_path / "w.safetensors"
    weights.write_text("")
    seen = []
    monkeypatch.setattr("skn_annotator.cli.annotate.check_desktop", lambda: None)
    monkeypatch.setattr("skn_annotator.gui.program.run_window", lambda *args: seen.append(args) or 0)
    arguments = [str(source), "--weights", str(weights), "--device", "cpu", "--size", "240", "--anyway"]
    assert annotate.main(arguments) == 0
    tracker, path, demo, anyway = seen[0]
    assert (tracker.weights, tracker.device, tracker.size) == (weights, "cpu", 240)
    assert (path, demo, anyway) == (source, False, True)


@pytest.mark.parametrize("named", [None, "w.safetensors"])
def test_the_weights_are_those_preferred_unless_the_command_names_others(
    homeless, monkeypatch, tmp_path, named
):
    monkeypatch.chdir(tmp_path)
    save_settings(Settings(weights=str(tmp_path / "preferred.safetensors")))
    (tmp_path / "w.safetensors").write_text("")
    seen = []
    monkeypatch.setattr("skn_annotator.cli.annotate.check_desktop", lambda: None)
    monkeypatch.setattr("skn_annotator.gui.program.run_window", lambda *args: seen.append(args) or 0)
    assert annotate.main([] if named is None else ["--weights", named]) == 0
    assert seen[0][0].weights.name == (named or "preferred.safetensors")
