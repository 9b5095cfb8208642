"""The only way to the files that ship with the program: icons, the demo clip, the bundled checkpoint."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# An installed wheel carries the folder inside the package; a source tree has it at the top level.
_ROOTS = (_PACKAGE / "_resources", _PACKAGE.parent / "resources")


def resource(name: str) -> Path:
    """The path of a bundled file or folder, such as ``"icons/brush.svg"``.

    Raises FileNotFoundError if the installation lacks it: that one is broken, and no user can mend it.
    """
    for root in _ROOTS:
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} is missing from this installation of SKN Annotator; install it again")


def default_weights() -> Path:
    """The bundled checkpoint."""
    return resource("weights/skn_lite0.safetensors")


def click_weights() -> Path:
    """The bundled checkpoint of the network of clicks."""
    return resource("weights/skn_clicks.safetensors")


def demo_clip() -> Path:
    """The bundled clip of look-alike objects that cross."""
    return resource("demo/twins.mp4")


def demo_mask() -> Path:
    """The palette PNG of the demo clip's first frame."""
    return resource("demo/twins_00000.png")
