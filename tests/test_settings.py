"""Preferences survive, and a damaged file costs nothing but itself."""

import json

import pytest

from skn_annotator.settings import Settings, load_settings, save_settings


def test_what_is_saved_is_loaded(tmp_path):
    settings = Settings(size=360, opacity=0.3, recent=("/a/b.mp4",), follow=False)
    save_settings(settings, tmp_path / "deep" / "settings.json")
    assert load_settings(tmp_path / "deep" / "settings.json") == settings


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"'])
def test_a_damaged_file_means_defaults(tmp_path, text):
    (tmp_path / "settings.json").write_text(text)
    assert load_settings(tmp_path / "settings.json") == Settings()
    assert load_settings(tmp_path / "missing.json") == Settings()


def test_what_is_unknown_or_of_another_type_is_left_out(tmp_path):
    stored = {"size": "big", "opacity": 1, "recent": ["/a", 3], "from_the_future": 1}
    (tmp_path / "settings.json").write_text(json.dumps(stored))
    assert load_settings(tmp_path / "settings.json") == Settings(opacity=1.0, recent=("/a",))


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
