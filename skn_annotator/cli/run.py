"""What the commands share: `--version`, one line on stderr instead of a traceback, the exit status.

A command is a module with ``main(argv=None) -> int``: it makes its parser with `command_parser` and hands its
work to `run`. Heavy imports stand inside the work, so that ``--help`` answers at once.
"""

import _thread
import argparse
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from importlib.machinery import ExtensionFileLoader
from types import FrameType

from skn_annotator import __version__
from skn_annotator.cli import INTERRUPTED
from skn_annotator.errors import SknError

FAILED = 1
"""Exit status after an `SknError`; argparse's own, for a wrong command line, is 2."""
_LATER = 0.02
"""Seconds until Ctrl-C is tried again."""


class _HelpFormatter(argparse.ArgumentDefaultsHelpFormatter, argparse.RawDescriptionHelpFormatter):
    """Keeps the description's own lines and names each option's default, where that is one word."""

    def _get_help_string(self, action: argparse.Action) -> str | None:
        if isinstance(action.default, tuple):  # how Python writes it is nothing to type: the help names it
            return action.help
        return super()._get_help_string(action) if action.default else action.help


def command_parser(name: str, description: str, examples: str = "") -> argparse.ArgumentParser:
    """A parser with ``--version``; `description` and `examples` are printed as they are broken into lines."""
    parser = argparse.ArgumentParser(
        prog=name, description=description, epilog=examples, formatter_class=_HelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def run(
    parser: argparse.ArgumentParser,
    command: Callable[[argparse.Namespace], int],
    argv: Sequence[str] | None = None,
) -> int:
    """The exit status of `command`, called with what `argv` (default: the process's arguments) says.

    An `SknError` becomes one line on stderr and status 1, Ctrl-C status 130, even if it led to another error,
    as it may in the middle of an import. A reader that closes the pipe early (``skn-evaluate ... | head``)
    ends it quietly. Anything else is a bug and keeps its traceback.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # a path may hold what the console, or a pipe, cannot say
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with _Interruptible():
            status = command(_parsed(parser, sys.argv[1:] if argv is None else argv))
        if sys.stdout is not None:  # a program without a console has none on Windows
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except SknError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print(f"{parser.prog}: interrupted", file=sys.stderr)
        return INTERRUPTED
    return status


def _parsed(parser: argparse.ArgumentParser, argv: Sequence[str]) -> argparse.Namespace:
    if "--" in argv:  # what follows are names, even of files like "-x.mp4"; intermixed they would be lost
        return parser.parse_args(argv)
    # or an optional argument would have to follow the one before it, without an option between
    return parser.parse_intermixed_args(argv)


class _Interruptible(AbstractContextManager[None]):
    """Ctrl-C raises KeyboardInterrupt, and that comes out, whatever error it led to on the way.

    Python prints an exception and goes on where it has nobody to give it to: in a destructor, in a generator
    that is dropped. There, and where it would abort, Ctrl-C is tried again a little later.
    """

    def __enter__(self) -> None:
        self._count, self._later = 0, threading.Timer(_LATER, _thread.interrupt_main)
        # Only the main thread may say what Ctrl-C calls.
        is_main = threading.current_thread() is threading.main_thread()
        self._before = signal.signal(signal.SIGINT, self._interrupt) if is_main else None
        self._hook, sys.unraisablehook = sys.unraisablehook, self._on_unraisable

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._later.cancel()
        sys.unraisablehook = self._hook
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        if kind is not None and self._count:
            raise KeyboardInterrupt from None

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if _loads_extension(frame):
            self._try_again()
            return
        self._count += 1
        raise KeyboardInterrupt

    def _on_unraisable(self, raised: "sys.UnraisableHookArgs") -> None:
        if issubclass(raised.exc_type, KeyboardInterrupt):
            self._try_again()
        else:
            self._hook(raised)

    def _try_again(self) -> None:
        self._later = threading.Timer(_LATER, _thread.interrupt_main)
        self._later.daemon = True
        self._later.start()


def _loads_extension(frame: FrameType | None) -> bool:
    """True while an extension module is loaded: shiboken calls Python then, and aborts at an exception."""
    while frame is not None:
        if isinstance(frame.f_locals.get("self"), ExtensionFileLoader):
            return True
        frame = frame.f_back
    return False
