"""``skn-batch``: what it makes, what it skips, what a failure, a kill or another list costs."""

import csv
import os
import signal
import subprocess
import sys
import time

import pytest
from small_clips import masks_of, write_clip, write_list

from skn_annotator.cli import batch, propagate


@pytest.fixture
def clips(tmp_path, monkeypatch):
    """Two clips, their list, and the working folder."""
    monkeypatch.chdir(tmp_path)
    for name, shade in (("a", 20), ("b", 90)):
        write_clip(tmp_path / name, shade)
    write_list(tmp_path / "list.csv", ["a", "b"])
    return tmp_path


def states(output):
    with (output / "batch.csv").open() as file:
        return {entry["name"]: entry["state"] for entry in csv.DictReader(file)}


def test_results_are_those_of_one_process_and_what_is_finished_is_skipped(clips, capsys):
    arguments = ["list.csv", "--output", "out", "--processes", "2", "--reports"]
    assert batch.main(arguments) == 0
    assert capsys.readouterr().out.endswith("2 done, 0 skipped, 0 failed\n")
    for name in ("a", "b"):
        options = ["--size", "64", "--device", "cpu", "--threads", "1"]
        assert propagate.main([name, "--masks", f"{name}.png", "--output", "alone", *options]) == 0
        assert masks_of(clips / "out", name) == masks_of(clips / "alone", name)
    assert (clips / "out" / "a.html").is_file()
    write_clip(clips / "c", 90, length=4)
    (clips / "b" / "00003.png").write_bytes((clips / "c" / "00003.png").read_bytes())
    assert batch.main(arguments) == 0
    assert states(clips / "out") == {"a": "skipped", "b": "done"}


def test_a_report_that_is_asked_for_later_is_made(clips):
    arguments = ["list.csv", "--output", "out", "--processes", "2"]
    assert batch.main(arguments) == 0
    assert batch.main([*arguments, "--reports"]) == 0
    assert (clips / "out" / "a.html").is_file()
    assert batch.main(arguments) == 0
    assert states(clips / "out") == {"a": "skipped", "b": "skipped"}


def test_one_that_fails_is_reported_and_the_rest_goes_on(clips, capsys):
    (clips / "b.png").write_text("no mask")
    write_list(clips / "list.csv", ["gone", "b", "a"])
    assert batch.main(["list.csv", "--output", "out", "--processes", "1"]) == 1
    assert states(clips / "out") == {"gone": "failed", "b": "failed", "a": "done"}
    printed = capsys.readouterr().out
    assert "gone does not exist" in printed
    assert "b.png is not an image" in printed


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_batch_that_is_stopped_or_killed_goes_on_where_it_was(clips, how):
    command = [sys.executable, "-m", "skn_annotator.cli.batch", "list.csv", "--output", "out"]
    process = subprocess.Popen([*command, "--processes", "1"], start_new_session=True)
    record = clips / "out" / ".skn-batch" / "a.json"
    while process.poll() is None and not record.exists():
        time.sleep(0.02)
    os.killpg(process.pid, how)
    assert process.wait() == (130 if how is signal.SIGINT else -signal.SIGKILL)
    before = record.stat().st_mtime_ns
    assert batch.main(["list.csv", "--output", "out", "--processes", "1"]) == 0
    assert states(clips / "out")["a"] == "skipped"
    assert record.stat().st_mtime_ns == before
    assert len(masks_of(clips / "out", "b")) == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--size many", "skn-propagate does not take --size many"),
        ("--output x", "--output is said by skn-batch itself"),
    ],
)
def test_options_that_cannot_be_are_said_before_anything_runs(clips, capsys, options, message):
    assert batch.main(["list.csv", "--output", "out", "--options", options]) == 1
    assert message in capsys.readouterr().err
    assert not (clips / "out").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--resource", "GPU"], "give --scheduler, too"),
        (["--scheduler", "tcp://x:1", "--processes", "2"], "leave them out with --scheduler"),
        (["--scheduler", "tcp://x:1", "--devices", "cpu"], "leave them out with --scheduler"),
    ],
)
def test_options_of_a_cluster_and_of_this_machine_are_not_mixed(clips, capsys, options, message):
    assert batch.main(["list.csv", "--output", "out", *options]) == 1
    assert message in capsys.readouterr().err
    assert not (clips / "out").exists()


def test_a_file_in_the_place_of_the_table_is_not_replaced(clips, capsys):
    (clips / "out").mkdir()
    (clips / "out" / "batch.csv").write_text("mine")
    assert batch.main(["list.csv", "--output", "out"]) == 1
    assert "is no table of a batch" in capsys.readouterr().err
    assert (clips / "out" / "batch.csv").read_text() == "mine"


def test_a_scheduler_that_does_not_answer_is_one_line(clips, capsys, monkeypatch):
    monkeypatch.setattr("skn_annotator.batch.dask_cluster._PATIENCE", "200ms")
    assert batch.main(["list.csv", "--output", "out", "--scheduler", "tcp://127.0.0.1:9"]) == 1
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--size '64", "--options cannot be read (No closing quotation)"),
        ("--size 1" + "0" * 400, "skn-propagate does not take"),
        ("--mask other.png", "--masks is said by skn-batch itself"),
        ("--size 64 --out=elsewhere", "--output is said by skn-batch itself"),
    ],
)
def test_options_that_no_video_can_have_are_refused_before_any_begins(clips, capsys, words, sentence):
    assert batch.main(["list.csv", "--output", "out", "--options", words]) == 1
    assert sentence in capsys.readouterr().err
    assert not (clips / "out").exists()


def test_a_name_may_begin_like_an_option(clips):
    (clips / "list.csv").write_text("source,masks,name\na,a.png,-a\n")
    assert batch.main(["list.csv", "--output", "out", "--processes", "1"]) == 0
    assert states(clips / "out") == {"-a": "done"}


@pytest.mark.parametrize("name", ["n" * 300, "a\0b", ".."])
def test_a_name_that_no_folder_can_have_is_one_sentence(clips, capsys, name):
    (clips / "list.csv").write_text(f"source,masks,name\na,a.png,{name}\n")
    assert batch.main(["list.csv", "--output", "out"]) == 1
    said = capsys.readouterr().err
    assert "line 2" in said
    assert "is no name of a folder" in said


def test_a_folder_in_the_place_of_the_table_is_no_table(clips, capsys):
    (clips / "out" / "batch.csv").mkdir(parents=True)
    assert batch.main(["list.csv", "--output", "out"]) == 1
    assert "is no table of a batch" in capsys.readouterr().err
