"""What the program remembers between two runs, for the user rather than for a project: a frozen `Settings`
<-> JSON.

The file lies in the user's configuration folder. A damaged or newer file is no reason to stop: what cannot be
read is its default.
"""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

_APP = "skn-annotator"
_RECENT = 8


@dataclass(frozen=True)
class Settings:
    """Every preference, with its default."""

    size: int = 480  # short side of the frames inside the network
    device: str = "auto"
    theme: str = "dark"  # or "light", or "system"
    palette: str = "vivid"  # or "safe": what objects are drawn in
    language: str = ""  # as `app.language` calls it; "" is the system's
    opacity: float = 0.5  # of the masks' fill
    view_mode: str = "overlay"  # how frame and masks are put together
    brush_radius: float = 12.0
    follow: bool = True  # the canvas follows a running pass
    protect_others: bool = False  # painting leaves all other objects alone
    recent: tuple[str, ...] = ()  # latest first
    geometry: str = ""  # the window's, as Qt saves it, base64
    layout: str = ""  # of the panels, as Qt saves it, base64
    shortcuts: Mapping[str, str] = field(default_factory=dict)  # of actions, where not the usual

    def with_recent(self, path: Path) -> "Settings":
        """`path` goes to the front of the recent list."""
        latest = str(path)
        return replace(self, recent=(latest, *(r for r in self.recent if r != latest))[:_RECENT])


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
    try:
        stored = json.loads((path or settings_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return Settings(**_usable(stored)) if isinstance(stored, dict) else Settings()


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write `settings`; a folder that cannot be written costs only the memory of preferences."""
    path = path or settings_file()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".tmp")
        temporary.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
        temporary.replace(path)


def _usable(stored: dict[str, Any]) -> dict[str, Any]:
    defaults = Settings()
    usable = {}
    for each in fields(Settings):
        value = stored.get(each.name)
        default = getattr(defaults, each.name)
        if isinstance(value, list) and isinstance(default, tuple):
            value = tuple(item for item in value if isinstance(item, str))
        if isinstance(value, dict):
            value = {name: said for name, said in value.items() if isinstance(said, str)}
        if isinstance(default, float) and isinstance(value, int):
            value = float(value)
        if type(value) is type(default):
            usable[each.name] = value
    return usable
