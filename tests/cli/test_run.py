"""`cli.run`: errors become one line and an exit status."""

import argparse
import os
import signal
import subprocess
import sys
import time

import pytest

from skn_annotator import __version__
from skn_annotator.cli.run import command_parser, run
from skn_annotator.errors import FormatError


def _raise(error):
    def command(_):
        raise error

    return command


def test_the_command_decides_the_status_and_gets_its_arguments():
    parser = command_parser("skn-test", "A test.")
    parser.add_argument("--number", type=int)
    assert run(parser, lambda arguments: arguments.number, ["--number", "3"]) == 3


def test_a_name_may_begin_like_an_option_after_two_dashes():
    parser = command_parser("skn-test", "A test.")
    parser.add_argument("source")
    parser.add_argument("--size", type=int)
    assert run(parser, lambda arguments: arguments.source == "-x.mp4", ["--size", "3", "--", "-x.mp4"])


def test_an_error_of_the_user_is_one_line_and_status_1(capsys):
    error = FormatError("{name} is no mask; take another", name="a\nb.png")
    assert run(command_parser("skn-test", ""), _raise(error), []) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", "skn-test: a\\nb.png is no mask; take another\n")


def test_ctrl_c_is_status_130(capsys):
    assert run(command_parser("skn-test", ""), _raise(KeyboardInterrupt()), []) == 130
    assert capsys.readouterr().err == "skn-test: interrupted\n"


def interrupt():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.01)


class Closed:
    def __del__(self):
        interrupt()


def generated():
    try:
        yield
    finally:
        interrupt()


@pytest.mark.parametrize("make", [Closed, lambda: next(generated())])
def test_ctrl_c_is_not_lost_where_python_ignores_exceptions(make, capfd):
    def command(_):
        make()
        time.sleep(5)
        return 0

    assert run(command_parser("skn-test", ""), command, []) == 130
    assert capfd.readouterr().err == "skn-test: interrupted\n"


def test_a_bug_keeps_its_traceback():
    with pytest.raises(ZeroDivisionError):
        run(command_parser("skn-test", ""), _raise(ZeroDivisionError()), [])


def test_version_and_help_leave_with_status_0(capsys):
    parser = command_parser("skn-test", "One line.\n\nAnother.", "example:\n  skn-test --size 3")
    parser.add_argument("--size", type=int, default=480, help="the size")
    parser.add_argument("--weights", help="the weights")
    for option, expected in (
        ("--version", f"skn-test {__version__}"),
        ("--help", "example:\n  skn-test --size 3"),
        ("--help", "the size (default: 480)"),
        ("--help", "the weights\n"),
    ):
        with pytest.raises(SystemExit) as leaving:
            run(parser, lambda _: 1, [option])
        assert leaving.value.code == 0
        assert expected in capsys.readouterr().out


def test_a_wrong_command_line_is_status_2():
    with pytest.raises(SystemExit) as leaving:
        run(command_parser("skn-test", ""), lambda _: 0, ["--no-such-option"])
    assert leaving.value.code == 2


def test_the_work_is_not_done_for_help():
    def command(_: argparse.Namespace):
        raise AssertionError("help must not start the work")

    with pytest.raises(SystemExit):
        run(command_parser("skn-test", ""), command, ["--help"])


def test_a_path_that_the_console_cannot_say_is_no_error():
    program = (
        "from skn_annotator.cli.run import command_parser, run\n"
        "run(command_parser('x', ''), lambda _: print('caf\\udce9 日本') or 0, [])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, env=os.environ | {"PYTHONIOENCODING": "ascii"}
    )
    assert (result.returncode, result.stdout.strip()) == (0, rb"caf\udce9 \u65e5\u672c")
