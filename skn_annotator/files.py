"""Reading and writing the user's files, and what to do where the system lets nobody.

What is written replaces a file in one step: a crash leaves the old or the new one. Temporary files have names
that nobody can foresee, and are never opened through a link. What is read is a file, not a pipe or a device,
which may never end.
"""

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO, TypeGuard

from skn_annotator.errors import Message, ProjectError

if sys.platform != "win32":
    import fcntl

_LOCK = ".lock"
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.5)
_OPEN = 64
"""So many files are open at once."""
_MOST_BYTES = 2 << 30
"""The largest file that `read_file` takes: COCO's table of 118,000 pictures has a quarter of it."""

_NOT_READ = {
    errno.ENOENT: Message("it does not exist; check its name"),
    errno.ENOTDIR: Message("it does not exist; check its name"),
    errno.EACCES: Message("you have no permission to read it; ask its owner for that, or for a copy"),
    errno.EPERM: Message("you have no permission to read it; ask its owner for that, or for a copy"),
    errno.EISDIR: Message("it is a folder; give a file"),
    errno.ENAMETOOLONG: Message("its name is too long; check it"),
}
"""Why nothing of a file is read, and what helps; with any other error number the disk or the network is at
fault, with none what is in the file."""
_FULL = Message("the disk is full; free some space, or choose another place")
_NOT_ALLOWED = Message(
    "you have no permission to write there; ask its owner for that, or choose another place"
)
_IN_THE_WAY = Message("a file is in the way; move it, or choose another place")
_NOT_WRITTEN = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: Message("the disk can only be read; choose another place"),
    errno.ENOENT: Message("its folder does not exist; make that, or choose another place"),
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: Message("it is a folder; choose another name"),
    errno.ENAMETOOLONG: Message("the name is too long; choose a shorter one"),
}
"""The same of writing."""
_HELD_OPEN = 32
"""What Windows calls it when another program has a file open."""


def cannot_read(path: Path | str, error: OSError) -> Message:
    """That the file or folder `path` cannot be read, why, and what helps against that."""
    why = _held_open(error) or _NOT_READ.get(error.errno or 0) or _in_the_systems_words(error)
    return Message("{path} cannot be read: {reason}", path=path, reason=why)


def cannot_write(path: Path | str, error: OSError) -> Message:
    """The same of writing to the file or into the folder `path`."""
    why = _held_open(error) or _NOT_WRITTEN.get(error.errno or 0)
    other = Message("{reason}; choose another place", reason=_in_the_systems_words(error))
    return Message("{path} cannot be written: {reason}", path=path, reason=why or other)


def is_out_of_reach(error: BaseException) -> TypeGuard[OSError]:
    """Whether a file was not read for `error`, whatever is in it: it is not damaged."""
    return isinstance(error, OSError) and error.errno in _NOT_READ


def check_readable(path: Path) -> Message | None:
    """What `cannot_read` says of the file `path`, of which some reader would say that it is damaged; None: it
    can be read."""
    try:
        with open(path, "rb", opener=_open_file) as file:
            file.read(1)
    except OSError as error:
        return None if error.errno == errno.EFBIG else cannot_read(path, error)
    return None


def _held_open(error: OSError) -> Message | None:
    if getattr(error, "winerror", None) == _HELD_OPEN:
        return Message("another program has it open; close it there, and try again")
    return None


def _in_the_systems_words(error: OSError) -> str:
    """The first line only: imageio-ffmpeg's message is a whole log."""
    return error.strerror or str(error).partition("\n")[0]


def exists(path: Path) -> bool:
    """Whether something is at `path`; a name that the system refuses, such as one too long, is nowhere."""
    try:
        return path.exists()
    except OSError:
        return False


def read_file(path: Path) -> bytes:
    """All bytes of the file `path`. Raises OSError, also for a pipe or a device, and beyond 2 GiB."""
    try:
        with open(path, "rb", opener=_open_file) as file:
            return file.read()
    except ValueError as error:  # a zero in the name
        raise OSError(errno.ENOENT, str(error), str(path)) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an OSError into a ProjectError that says what `cannot_write` does."""
    try:
        yield
    except OSError as error:
        raise ProjectError(cannot_write(path, error)) from error


def check_writable(folder: Path) -> None:
    """Before long work: whether files can be made in `folder`. Raises ProjectError, as `writing` does."""
    probe = _temporary(folder / "any")  # tempfile tries for ever on Windows where nothing may be written
    with writing(folder):
        probe.touch(exist_ok=False)
        probe.unlink()


def replace_files(contents: Mapping[Path, bytes], durable: bool = True) -> None:
    """Write the files, in order; after a crash each holds the old bytes or the new, never a part.

    Not `durable`: only after a crash of the program, and quicker; a machine that stops may lose the files.
    """
    paths = list(contents)
    for start in range(0, len(paths), _OPEN):
        _replace_batch({path: contents[path] for path in paths[start : start + _OPEN]}, durable)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Alone among the programs that change what lies in `folder`, after waiting for them.

    Windows locks no folders: there it is a file in it, which is gone afterwards. Where the file system has no
    locks, programs are only quick.
    """
    with ExitStack() as stack:
        with suppress(OSError):
            if sys.platform == "win32":
                from filelock import FileLock  # half a second, and nobody else needs it

                stack.enter_context(FileLock(folder / _LOCK))
            else:
                handle = os.open(folder, os.O_RDONLY)
                stack.callback(os.close, handle)
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file to write to, which replaces `path` at the end; after an error `path` is as it was."""
    temporary = _temporary(path)
    with open(temporary, "xb", opener=_open_new) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            file.close()
            put_in_place(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)


def put_in_place(written: Path, path: Path) -> None:
    """Rename `written` to `path`, replacing it.

    On Windows that fails while a scanner or a viewer reads `path`; a moment later it does not.
    """
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            written.replace(path)
            return
        except PermissionError:
            time.sleep(pause)
    written.replace(path)


def _replace_batch(contents: Mapping[Path, bytes], durable: bool) -> None:
    temporary: dict[Path, Path] = {}
    try:
        with ExitStack() as stack:
            handles = []
            for path, data in contents.items():
                name = _temporary(path)
                handle = stack.enter_context(open(name, "xb", opener=_open_new))
                temporary[path] = name
                handle.write(data)
                handle.flush()
                handles.append(handle)
            # after all writes: the file system can then commit them together
            for handle in handles if durable else ():
                os.fsync(handle.fileno())
        for path, written in temporary.items():
            put_in_place(written, path)
    finally:
        for written in temporary.values():
            written.unlink(missing_ok=True)


def _temporary(path: Path) -> Path:
    return path.with_name(f".{token_hex(8)}.tmp")


def _open_file(path: str, flags: int) -> int:
    """Open a file to read it, without waiting: to open a pipe takes as long as nobody writes to it."""
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    status = os.fstat(handle)
    refusal = 0, ""
    if stat.S_ISDIR(status.st_mode):
        refusal = errno.EISDIR, os.strerror(errno.EISDIR)
    elif not stat.S_ISREG(status.st_mode):
        refusal = errno.EINVAL, "it is no file but a pipe or a device"
    elif status.st_size > _MOST_BYTES:
        refusal = errno.EFBIG, "it is larger than 2 GiB"
    if refusal[0]:
        os.close(handle)
        raise OSError(*refusal, path)
    return handle


def _open_new(path: str, flags: int) -> int:
    """Open a new file; fails if the name exists, even as a link, which could lead out of the folder."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)
