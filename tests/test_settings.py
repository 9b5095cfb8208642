"""Preferences survive, and a damaged file costs nothing but itself."""

import json
import os
from dataclasses import fields
from pathlib import Path

import pytest

from skn_annotator.app.language import LANGUAGES
from skn_annotator.gui.look.display import Mode
from skn_annotator.gui.look.object_colors import Palette
from skn_annotator.gui.look.theme import Scheme
from skn_annotator.settings import Settings, load_settings, read_settings, save_settings


def test_what_is_saved_is_loaded(tmp_path):
    settings = Settings(size=360, opacity=0.3, recent=("/a/b.mp4",), follow=False)
    save_settings(settings, tmp_path / "deep" / "settings.json")
    assert load_settings(tmp_path / "deep" / "settings.json") == settings


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"'])
def test_a_damaged_file_means_defaults(tmp_path, text):
    (tmp_path / "settings.json").write_text(text)
    assert read_settings(tmp_path / "settings.json") == (Settings(), ("*",))
    assert read_settings(tmp_path / "missing.json") == (Settings(), ())


def test_what_is_unknown_or_of_another_type_is_left_out(tmp_path):
    stored = {"size": "big", "opacity": 1, "recent": ["/a", 3], "from_the_future": 1}
    (tmp_path / "settings.json").write_text(json.dumps(stored))
    usable = Settings(opacity=1.0, recent=("/a",))
    assert load_settings(tmp_path / "settings.json") == usable
    assert read_settings(tmp_path / "settings.json") == (usable, ("size",))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("palette", ""),
        ("language", "tlh"),
        ("view_mode", "x-ray"),
        ("device", "abacus"),
        ("size", 1),
        ("threads", -1),
        ("threads", True),
        ("threads", 2.5),
        ("frame_memory", 0),
        ("undo_memory", 1 << 40),
        ("opacity", 1.5),
        ("opacity", float("nan")),
        ("brush_radius", None),
        ("shortcuts", ["B"]),
        ("geometry", 3),
    ],
)
def test_a_value_that_cannot_be_is_the_default_and_is_named(tmp_path, name, value):
    (tmp_path / "settings.json").write_text(json.dumps({"follow": False, name: value}))
    assert read_settings(tmp_path / "settings.json") == (Settings(follow=False), (name,))


def test_the_choices_are_those_that_the_program_has():
    choices = {each.name: set(each.metadata.get("choices", ())) for each in fields(Settings)}
    assert choices["theme"] == {scheme.value for scheme in Scheme}
    assert choices["palette"] == {palette.value for palette in Palette}
    assert choices["view_mode"] == {mode.value for mode in Mode}
    assert choices["language"] == {"", *LANGUAGES}


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "file").write_text("")
    save_settings(Settings(), tmp_path / "file" / "settings.json")
    assert (tmp_path / "file").read_text() == ""


def test_the_latest_is_first_and_the_list_is_short(tmp_path):
    settings = Settings()
    for n in range(12):
        settings = settings.with_recent(tmp_path / f"{n}.mp4")
    settings = settings.with_recent(tmp_path / "9.mp4")
    assert [path.rsplit("/")[-1] for path in settings.recent[:3]] == ["9.mp4", "11.mp4", "10.mp4"]
    assert len(settings.recent) == 8


def test_where_case_and_slashes_do_not_matter_a_path_is_listed_once(monkeypatch):
    import ntpath

    monkeypatch.setattr("os.path.normcase", ntpath.normcase)
    settings = Settings(recent=("C:/Clips/A.mp4", "//server/share/b.mp4"))
    assert settings.with_recent(Path("c:/clips/a.mp4")).recent == ("c:/clips/a.mp4", "//server/share/b.mp4")


@pytest.mark.parametrize("number", ["1" + "0" * 400, "1e400", "-1e400", "NaN", "true", '"1"', "[1]", "{}"])
def test_a_number_that_none_can_be_is_the_default(tmp_path, number):
    (tmp_path / "settings.json").write_text(f'{{"opacity": {number}, "size": {number}, "theme": "light"}}')
    settings, unusable = read_settings(tmp_path / "settings.json")
    assert settings == Settings(theme="light")
    assert unusable == ("size", "opacity")


def test_settings_that_are_no_file_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "settings.json")
    assert read_settings(tmp_path / "settings.json") == (Settings(), ("*",))


def test_settings_are_not_written_through_a_link(tmp_path):
    (tmp_path / "outside").write_text("precious")
    (tmp_path / "settings.tmp").symlink_to(tmp_path / "outside")
    save_settings(Settings(theme="light"), tmp_path / "settings.json")
    assert (tmp_path / "outside").read_text() == "precious"
    assert load_settings(tmp_path / "settings.json").theme == "light"
