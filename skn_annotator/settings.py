"""What the program remembers between two runs, for the user rather than for a project: a frozen `Settings`
<-> JSON.

The file lies in the user's configuration folder. A damaged file, or one of another version, is no reason to
stop: what cannot be used is its default, and `read_settings` names it.
"""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

from skn_annotator.files import read_file, replace_files

_APP = "skn-annotator"
_RECENT = 8
_MOST_WHOLE = 1 << 53
"""A whole number as large is no setting, and one far larger no float."""
DEFAULT_FRAME_MEMORY, DEFAULT_UNDO_MEMORY = 512, 256  # MiB


def _one_of(default: str, *others: str) -> Any:
    return field(default=default, metadata={"choices": (default, *others)})


def _between(least: float, default: float, most: float) -> Any:
    return field(default=default, metadata={"least": least, "most": most})


@dataclass(frozen=True)
class Settings:
    """Every preference, with its default and what else it can be."""

    size: int = _between(64, 480, 4320)  # short side of the frames inside the network
    weights: str = ""  # a checkpoint's path; "" is the bundled one
    device: str = _one_of("auto", "cpu")
    threads: int = _between(0, 0, 1024)  # for the network; 0 as `hardware` says
    folder_fps: float = _between(0.1, 24.0, 1000.0)  # how fast a folder of pictures is played
    frame_memory: int = _between(64, DEFAULT_FRAME_MEMORY, 1 << 20)  # MiB of frames around the shown one
    undo_memory: int = _between(16, DEFAULT_UNDO_MEMORY, 1 << 20)  # MiB of masks to bring back
    theme: str = _one_of("dark", "light", "system")
    palette: str = _one_of("vivid", "safe")  # what objects are drawn in
    language: str = _one_of("", "en", "de")  # "" is the system's
    opacity: float = _between(0.0, 0.5, 1.0)  # of the masks' fill
    view_mode: str = _one_of("overlay", "outline", "mask", "cut_out", "side_by_side")
    brush_radius: float = _between(1.0, 12.0, 500.0)
    follow: bool = True  # the canvas follows a running pass
    protect_others: bool = False  # painting leaves all other objects alone
    right_erases: bool = True  # the right button, while a tool paints; else it opens a menu
    scale: float = _between(0.5, 1.0, 4.0)  # of the whole window, from the next start on
    recent: tuple[str, ...] = ()  # latest first
    geometry: str = ""  # the window's, as Qt saves it, base64
    layout: str = ""  # of the panels, as Qt saves it, base64
    shortcuts: Mapping[str, str] = field(default_factory=dict)  # of actions, where not the default

    def with_recent(self, path: Path) -> "Settings":
        """`path` goes to the front of the recent list."""
        latest = str(path)
        others = (r for r in self.recent if os.path.normcase(r) != os.path.normcase(latest))
        return replace(self, recent=(latest, *others)[:_RECENT])


def settings_file() -> Path:
    """Where the settings lie."""
    return platformdirs.user_config_path(_APP, appauthor=False) / "settings.json"


def projects_folder() -> Path:
    """Where projects go whose video lies in a folder that cannot be written."""
    return platformdirs.user_data_path(_APP, appauthor=False) / "projects"


def counts_folder() -> Path:
    """Where it is kept which frames a long video has, once they were counted."""
    return platformdirs.user_cache_path(_APP, appauthor=False) / "frames"


def log_file() -> Path:
    """Where unexpected errors are written down."""
    return platformdirs.user_log_path(_APP, appauthor=False) / "errors.log"


def load_settings(path: Path | None = None) -> Settings:
    """The settings in `path` (None: the user's); defaults where the file says nothing usable."""
    return read_settings(path)[0]


def read_settings(path: Path | None = None) -> tuple[Settings, tuple[str, ...]]:
    """`load_settings`, and what could not be used: the names of preferences, or "*" for the whole file."""
    try:
        stored = json.loads(read_file(path or settings_file()).decode("utf-8"))
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, ValueError, RecursionError):
        return Settings(), ("*",)
    if not isinstance(stored, dict):
        return Settings(), ("*",)
    usable = _usable(stored)
    unusable = (each.name for each in fields(Settings) if each.name in stored and each.name not in usable)
    return Settings(**usable), tuple(unusable)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write `settings`; a folder that cannot be written costs only the memory of preferences."""
    path = path or settings_file()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_files({path: json.dumps(asdict(settings), indent=1).encode("utf-8")})


def _usable(stored: dict[str, Any]) -> dict[str, Any]:
    """What of `stored` is a preference of the right kind and one of its choices, or within its bounds."""
    defaults = Settings()
    usable = {}
    for each in fields(Settings):
        value = stored.get(each.name)
        default = getattr(defaults, each.name)
        if isinstance(value, list) and isinstance(default, tuple):
            value = tuple(item for item in value if isinstance(item, str))
        if isinstance(value, dict):
            value = {name: key for name, key in value.items() if isinstance(key, str)}
        if isinstance(default, float) and type(value) is int and abs(value) < _MOST_WHOLE:
            value = float(value)
        if type(value) is type(default) and _allowed(value, each.metadata):
            usable[each.name] = value
    return usable


def _allowed(value: Any, rule: Mapping[str, Any]) -> bool:
    if "choices" in rule:
        return value in rule["choices"]
    return "least" not in rule or bool(rule["least"] <= value <= rule["most"])
