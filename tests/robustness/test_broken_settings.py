"""Broken settings: what can be used is, the rest is named, and the window opens with it."""

import json
from dataclasses import asdict

from confined import try_all
from damage import broken_bytes, broken_json, put
from PySide6.QtCore import QCoreApplication, QEvent

from skn_annotator.app.session import Session
from skn_annotator.gui.main_window import MainWindow
from skn_annotator.gui.preferences import unusable_text
from skn_annotator.settings import Settings, read_settings, save_settings, settings_file

WHOLE = asdict(
    Settings(
        recent=("/a/b.mp4", "/c/d"),
        geometry="AdnQywADAAAAAAAAAAAAAAAABZ8AAAOD",
        layout="AAAA/wAAAAD9AAAAAA==",
        shortcuts={"brush": "B", "play": "Space"},
    )
)
WINDOWS = 25
"""One window for so many settings: it takes much longer than reading them."""


def attempt(qapp, rng, folder):
    data = broken_json(rng, WHOLE) if rng.random() < 0.8 else broken_bytes(rng, json.dumps(WHOLE).encode())
    how = put(rng, settings_file(), data)
    settings, unusable = read_settings()
    for name, value in asdict(settings).items():
        assert isinstance(value, type(getattr(Settings(), name))), name
    assert settings == Settings() or "*" not in unusable
    assert unusable_text(unusable)
    if how == "data" and rng.randrange(WINDOWS) == 0:
        _open_window(settings)
    if how in ("data", "missing"):
        save_settings(settings)
        assert read_settings() == (settings, ())
    return how


def _open_window(settings):
    session = Session()
    window = MainWindow(session, settings)
    window.show()
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()
    window.close()
    session.shut_down()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_broken_settings_cost_no_more_than_themselves(qapp, homeless, seeds, tmp_path, report):
    report(try_all(lambda *inputs: attempt(qapp, *inputs), seeds(40), tmp_path / "tried"))
