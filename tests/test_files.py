"""Files in one piece, also where another program looks at them."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import filelock  # noqa: F401 -- while the system is still what it is
import pytest

from skn_annotator import files
from skn_annotator.errors import ProjectError
from skn_annotator.files import (
    cannot_read,
    cannot_write,
    check_readable,
    check_writable,
    exists,
    is_out_of_reach,
    locked,
    put_in_place,
    read_file,
    replace_files,
    replacing,
)


@pytest.fixture
def scanned(monkeypatch):
    """Windows, where a scanner reads every file that is replaced, for a moment: so many attempts fail."""
    left = [2]
    replace = Path.replace

    def refuse(self, target):
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "The process cannot access the file")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(files.time, "sleep", lambda _: None)
    return left


def test_a_file_that_another_program_reads_is_replaced_a_moment_later(tmp_path, scanned, monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    (tmp_path / "mask.png").write_bytes(b"old")
    replace_files({tmp_path / "mask.png": b"new"})
    assert (tmp_path / "mask.png").read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [tmp_path / "mask.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
def test_nothing_is_written_through_a_link(tmp_path, monkeypatch):
    """Temporary files have names that nobody can foresee; if one did, its link is not followed."""
    (tmp_path / "outside").write_bytes(b"precious")
    for name in ("a.png.tmp", ".fixed.tmp"):
        (tmp_path / name).symlink_to(tmp_path / "outside")
    replace_files({tmp_path / "a.png": b"new"})
    monkeypatch.setattr(files, "token_hex", lambda _: "fixed")
    with pytest.raises(FileExistsError):
        replace_files({tmp_path / "b.png": b"new"})
    (tmp_path / "c.png").symlink_to(tmp_path / "outside")
    monkeypatch.undo()
    replace_files({tmp_path / "c.png": b"new"})
    assert (tmp_path / "outside").read_bytes() == b"precious"
    assert (tmp_path / ".fixed.tmp").is_symlink()
    assert not (tmp_path / "c.png").is_symlink()


def test_but_not_for_ever(tmp_path, scanned, monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    scanned[0] = 100
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(PermissionError):
        put_in_place(tmp_path / "a", tmp_path / "b")
    assert 90 < scanned[0] < 98


def test_elsewhere_no_permission_is_none_at_once(tmp_path, scanned):
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(PermissionError):
        put_in_place(tmp_path / "a", tmp_path / "b")
    assert scanned[0] == 1


def test_a_file_that_is_written_in_parts_replaces_the_old_one_when_it_is_whole(tmp_path):
    path = tmp_path / "state.pt"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), replacing(path) as file:
        file.write(b"a part of what is ne")
        raise RuntimeError("no room")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"state.pt": b"old"}
    with replacing(path) as file:
        file.write(b"new")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"state.pt": b"new"}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes there")
def test_a_pipe_or_a_device_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(OSError, match="it is no file but a pipe or a device"):
            read_file(path)
    with pytest.raises(IsADirectoryError):
        read_file(tmp_path)


def test_a_file_larger_than_any_table_is_not_read(tmp_path):
    with (tmp_path / "large").open("wb") as file:
        file.truncate(3 << 30)  # takes no room on the disk
    with pytest.raises(OSError, match="it is larger than 2 GiB"):
        read_file(tmp_path / "large")


@pytest.mark.parametrize("name", ["a" * 5000, "a\0b", "missing"])
def test_a_name_that_the_system_refuses_is_nowhere(tmp_path, name):
    assert not exists(tmp_path / name)
    with pytest.raises(OSError):
        read_file(tmp_path / name)


HOLDS = """
import sys
from pathlib import Path

import filelock

from skn_annotator.files import locked

folder, sys.platform = Path(sys.argv[1]), sys.argv[2]
with locked(folder):
    print("alone", flush=True)
    sys.stdin.readline()
"""


def come_after(folder):
    with locked(folder):
        pass


@pytest.mark.parametrize("system", [sys.platform, "win32"])
def test_a_program_waits_for_another_one_until_that_is_done_or_killed(tmp_path, monkeypatch, system):
    """On Windows a library locks a file, which works here as it does there."""
    monkeypatch.setattr("sys.platform", system)
    command = [sys.executable, "-c", HOLDS, str(tmp_path), system]
    for end in (lambda child: child.communicate(b"go on\n"), lambda child: child.kill()):
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
            assert child.stdout.readline() == b"alone\n"
            thread = threading.Thread(target=come_after, args=(tmp_path,))
            thread.start()
            thread.join(0.3)
            assert thread.is_alive()
            end(child)
            thread.join(30)
        assert not thread.is_alive()


def refused(number, reason="", windows=None):
    """What the system raises; with the number that Windows gives it."""
    error = OSError(number, reason or os.strerror(number or 0))
    error.winerror = windows
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (refused(errno.ENOENT), "it does not exist; check its name"),
        (refused(errno.EACCES), "you have no permission to read it; ask its owner"),
        (refused(errno.EISDIR), "it is a folder; give a file"),
        (refused(errno.EACCES, windows=32), "another program has it open; close it there"),
        (refused(errno.EIO), "Input/output error"),
        (OSError("half a picture\nand a log"), "half a picture"),
    ],
)
def test_each_reason_for_not_reading_has_its_own_remedy(error, words):
    text = cannot_read("a.png", error)
    assert text.startswith(f"a.png cannot be read: {words}")
    assert "\n" not in text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (refused(errno.ENOSPC), "the disk is full; free some space"),
        (refused(errno.EDQUOT), "the disk is full; free some space"),
        (refused(errno.EACCES), "you have no permission to write there; ask its owner for that, or choose"),
        (refused(errno.EROFS), "the disk can only be read; choose another place"),
        (refused(errno.ENOENT), "its folder does not exist; make that"),
        (refused(errno.ENOTDIR), "a file is in the way; move it"),
        (refused(errno.EISDIR), "it is a folder; choose another name"),
        (refused(errno.EIO), "Input/output error; choose another place"),
        (OSError(None, "ffmpeg was ended"), "ffmpeg was ended; choose another place"),
    ],
)
def test_each_reason_for_not_writing_has_its_own_remedy(error, words):
    text = cannot_write("a.png", error)
    assert text.startswith(f"a.png cannot be written: {words}")
    assert ("free some space" in text) == (error.errno in (errno.ENOSPC, errno.EDQUOT))


def test_what_is_damaged_is_within_reach_and_what_is_not_there_is_not(tmp_path):
    (tmp_path / "damaged").write_bytes(b"x")
    assert check_readable(tmp_path / "damaged") is None
    assert "it does not exist" in check_readable(tmp_path / "none")
    assert "it is a folder" in check_readable(tmp_path)
    assert is_out_of_reach(PermissionError(errno.EACCES, "Permission denied"))
    assert not is_out_of_reach(OSError("image file is truncated"))
    assert not is_out_of_reach(ValueError())


def test_whether_a_folder_can_be_written_leaves_nothing_in_it(tmp_path):
    check_writable(tmp_path)
    assert not list(tmp_path.iterdir())
    with pytest.raises(ProjectError, match="its folder does not exist"):
        check_writable(tmp_path / "none")
