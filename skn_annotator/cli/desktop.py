"""Whether a window can open here: a display, and the system libraries of Qt's X11 plugin.

Qt ends the process with a page of diagnostics where one of them is missing; this says in one line what to
install. Only Linux is looked at: on other systems the libraries come with PySide6.
"""

import ctypes
import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from skn_annotator.errors import SknError

GUI_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What QtGui itself is linked to, without a display, too: soname -> Debian's package, as PySide6 6.7 to 6.11
need them."""
XCB_LIBRARIES = {
    **GUI_LIBRARIES,
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What its X11 plugin needs."""

_ATTEMPTS = 5
"""To connect to the X server."""
_WITHOUT_X11 = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def check_desktop(
    environment: Mapping[str, str] = os.environ,
    loads: Callable[[str], bool] | None = None,
    connects: Callable[[], bool] | None = None,
) -> None:
    """Return where a window can open; raise SknError, one line with the remedy, where it cannot.

    `loads` tells whether a shared library is there, `connects` whether the X server answers; both default to
    trying.
    """
    if not sys.platform.startswith("linux"):
        return
    platform = environment.get("QT_QPA_PLATFORM", "")
    headless = platform.startswith(_WITHOUT_X11)
    wayland = bool(environment.get("WAYLAND_DISPLAY")) and platform in ("", "wayland")
    if not (headless or wayland or environment.get("DISPLAY")):
        raise SknError("no display: start it in a desktop session or set DISPLAY; skn-propagate needs none")
    _check_libraries(loads or _loads, everything=not (headless or wayland))
    if not (headless or wayland) and not (connects or _connects)():
        raise SknError(
            f"the display {environment['DISPLAY']!r} does not answer: check DISPLAY, or connect with ssh -X"
        )


def _check_libraries(loads: Callable[[str], bool], everything: bool) -> None:
    needed = XCB_LIBRARIES if everything else GUI_LIBRARIES
    missing = {name: package for name, package in needed.items() if not loads(name)}
    if missing:
        raise SknError(
            f"the window needs {', '.join(missing)}: install them, on Debian and Ubuntu with "
            f"apt install {' '.join(missing.values())}"
        )


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _connects() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    return stays_connected(xcb)


def stays_connected(xcb: Any, pause: float = 0.2) -> bool:
    """Whether the X server answers the library `xcb`. The connection stays open until the process ends: a
    server without a window manager (Xvfb) begins anew whenever its last client leaves, and refuses those who
    come meanwhile: Qt, whose plugin would end the process, or this one, which tries again after `pause`, s.
    """
    for attempt in range(_ATTEMPTS):
        time.sleep(pause if attempt else 0)
        connection = xcb.xcb_connect(None, None)
        if not xcb.xcb_connection_has_error(connection):
            return True
        xcb.xcb_disconnect(connection)
    return False
