"""Every option of every command: what makes no sense is one sentence and status 2, whatever it is."""

import argparse

import pytest

from skn_annotator.cli import annotate, batch, convert, evaluate, export_masks, import_masks, propagate, train
from skn_annotator.cli.options import device, number, path, whole

PROPAGATE = (propagate.main, ["x.mp4", "--masks", "x.png", "--output", "x"])
ANNOTATE = (annotate.main, ["x.mp4"])
TRAIN = (train.main, ["stage.toml", "--data", "data", "--run", "run"])
EXPORT = (export_masks.main, ["x.skn", "--format", "overlay"])
BATCH = (batch.main, ["list.csv", "--output", "out"])
IMPORT = (import_masks.main, ["x.skn", "masks"])
NO_WHOLE_NUMBER = ("0", "-1", "few", "1.5", "nan", "", "9" * 5000, "0x10")
NUMBERS = (
    *((*PROPAGATE, option, NO_WHOLE_NUMBER) for option in ("--size", "--step", "--threads")),
    (*PROPAGATE, "--size", ("63", "4321")),
    (*PROPAGATE, "--fps", ("0", "-1", "nan", "inf", "1e9", "fast", "")),
    (*PROPAGATE, "--name", ("", "..", "../other", "/tmp")),
    (*EXPORT, "--fps", ("0", "nan")),
    (*EXPORT, "--height", ("1", "99999", *NO_WHOLE_NUMBER)),
    (*EXPORT, "--grow", ("nan", "inf", "-201", "wide", "")),
    (*EXPORT, "--feather", ("nan", "-1", "201", "")),
    (*EXPORT, "--opacity", ("-0.1", "1.1", "nan", "half")),
    (*IMPORT, "--first", NO_WHOLE_NUMBER),
    (*IMPORT, "--range", ("0-1", "5-4", "few", "-1--2", "9" * 5000 + "-1")),
    (*IMPORT, "--object", ("1", "=2", "one=two")),
    (*EXPORT, "--frames", ("0-1", "5-4", "few", "9" * 5000 + "-1")),
    (*EXPORT, "--backdrop", ("green", "12345", "9" * 5000)),
    (*BATCH, "--processes", ("1000000000", "257", "9" * 400, *NO_WHOLE_NUMBER)),
    (*ANNOTATE, "--size", ("63", *NO_WHOLE_NUMBER)),
    (*TRAIN, "--threads", NO_WHOLE_NUMBER),
    (*TRAIN, "--workers", ("-1", "few", "9999")),
    (*TRAIN, "--minutes", ("-1", "nan", "soon")),
    *(
        (*command, "--device", ("", "abacus", "cuda:x", "cpu:0", "--"))
        for command in (PROPAGATE, TRAIN, ANNOTATE)
    ),
    (*BATCH, "--devices", ("", "abacus")),
)


@pytest.mark.parametrize(
    ("command", "needed", "option", "value"), [(*case[:3], value) for case in NUMBERS for value in case[3]]
)
def test_what_is_no_such_value_is_refused_with_the_usage(capsys, command, needed, option, value):
    with pytest.raises(SystemExit) as leaving:
        command([*needed, option, value])
    assert leaving.value.code == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert f"argument {option}: " in said
    assert len(said) < 200


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (propagate.main, ["", "--masks", "x.png", "--output", "x"]),
        (propagate.main, ["x.mp4", "--masks", "", "--output", "x"]),
        (propagate.main, ["x.mp4", "--masks", "x.png", "--output", ""]),
        (annotate.main, [""]),
        (evaluate.main, ["", "results"]),
        (convert.main, ["", "x.safetensors"]),
        (train.main, ["", "--data", "data", "--run", "run"]),
    ],
)
def test_an_empty_path_is_not_the_working_folder(capsys, command, arguments):
    with pytest.raises(SystemExit) as leaving:
        command(arguments)
    assert leaving.value.code == 2
    assert "the path is empty" in capsys.readouterr().err


@pytest.mark.parametrize("long", ["a/" * 2500, "b" * 300])
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_path_longer_than_any_can_be_is_one_sentence(capsys, long, place):
    arguments = ["x.mp4", "--masks", "x.png", "--output", "x"]
    arguments[place] = long
    with pytest.raises(SystemExit) as leaving:
        propagate.main(arguments)
    assert leaving.value.code == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert "is too long for a path" in said
    assert len(said) < 200


def test_what_makes_sense_is_taken():
    assert whole(1, 9)("9") == 9
    assert number(0.1, 10)("0.5") == 0.5
    assert [device(name) for name in ("auto", "cpu", "cuda:1", "mps")] == ["auto", "cpu", "cuda:1", "mps"]
    assert path("a b").name == "a b"


def test_a_long_value_is_shown_in_short():
    with pytest.raises(argparse.ArgumentTypeError, match="…' is no whole number from 1 to 9"):
        whole(1, 9)("7" * 300)


@pytest.mark.parametrize(
    "command", [annotate, batch, convert, evaluate, export_masks, import_masks, propagate, train]
)
def test_help_names_defaults_as_one_types_them(capsys, command):
    with pytest.raises(SystemExit):
        command.main(["--help"])
    shown = capsys.readouterr().out
    assert "(default: (" not in shown
    assert "(default: [" not in shown
