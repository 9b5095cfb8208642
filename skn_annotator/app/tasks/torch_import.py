"""load_torch: the first import of torch, while the window goes on.

An import holds the interpreter's lock, without which the window answers nothing, wherever it is in C. Two
parts of this one are long: the dynamic loader brings in libraries of hundreds of megabytes, and the garbage
collector walks over all objects of torch's modules several times. A call of the loader through ctypes lets
go of the lock, and the collector can wait.
"""

import contextlib
import ctypes
import gc
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

_LIBRARIES = (("libtorch_global_deps.so", ctypes.RTLD_GLOBAL), ("libtorch.so", ctypes.RTLD_LOCAL))
"""As torch loads them itself, in this order. None of them calls Python, which needs the lock."""


def load_torch() -> None:
    """Import torch, if nobody has; for a thread that is not the GUI's."""
    if "torch" in sys.modules:
        return
    with _no_collection():
        load_libraries(_library_folder())
        import torch  # noqa: F401


def load_libraries(folder: Path | None) -> list[str]:
    """Load torch's libraries from `folder` without the interpreter's lock; the names of those that were.

    Where a file is not there (as on Windows and macOS) or is refused, nothing is lost: the import loads it
    in its own way, and reports what is wrong with it.
    """
    if folder is None or not all((folder / name).is_file() for name, _ in _LIBRARIES):
        return []
    loader = ctypes.CDLL(None).dlopen
    loader.argtypes, loader.restype = [ctypes.c_char_p, ctypes.c_int], ctypes.c_void_p
    return [name for name, mode in _LIBRARIES if loader(os.fsencode(folder / name), os.RTLD_NOW | mode)]


def _library_folder() -> Path | None:
    spec = find_spec("torch")
    return None if spec is None or spec.origin is None else Path(spec.origin).parent / "lib"


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Let the garbage collector rest, and what is made meanwhile count as old: it is there to stay, and would
    all be looked at as soon as the collector may."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # nothing stays frozen: this moves all objects to the oldest generation, unseen
        gc.unfreeze()
        gc.enable()
