"""``skn-evaluate``: the table, the CSV file, and one line for what is wrong."""

import csv

import numpy as np
import pytest

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.cli.evaluate import main


@pytest.fixture
def folders(tmp_path):
    """Ground truth of two sequences and results for one, whose second object is lost."""
    mask = np.zeros((40, 60), np.uint8)
    mask[5:15, 5:15], mask[5:15, 30:40] = 1, 2
    for root, name, content in (
        ("gt", "pair", mask),
        ("gt", "unseen", mask),
        ("results", "pair", np.where(mask == 1, mask, 0)),
    ):
        folder = tmp_path / root / name
        folder.mkdir(parents=True)
        for t in range(4):
            (folder / f"{t:05d}.png").write_bytes(encode_mask(content))
    return tmp_path


def test_the_table_has_objects_sequences_and_the_whole(folders, capsys):
    assert main([str(folders / "gt"), str(folders / "results")]) == 0
    out, err = capsys.readouterr()
    assert [line.split() for line in out.splitlines()] == [
        ["sequence", "object", "J&F", "J", "F"],
        ["pair", "1", "100.0", "100.0", "100.0"],
        ["pair", "2", "0.0", "0.0", "0.0"],
        ["pair", "mean", "50.0", "50.0", "50.0"],
        ["overall", "2", "50.0", "50.0", "50.0"],
    ]
    assert err.strip().endswith("lacks them: unseen")


def test_the_csv_file_has_the_statistics_too(folders):
    path = folders / "scores.csv"
    assert main([str(folders / "gt"), str(folders / "results"), "--csv", str(path)]) == 0
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["sequence"], row["object"], float(row["J recall"])) for row in rows] == [
        ("pair", "1", 100),
        ("pair", "2", 0),
        ("pair", "mean", 50),
        ("overall", "2", 50),
    ]


def test_where_the_disk_is_full_an_older_table_stays(folders, monkeypatch, capsys):
    def fail(contents):
        raise OSError(28, "No space left on device")

    path = folders / "scores.csv"
    arguments = [str(folders / "gt"), str(folders / "results"), "--csv", str(path)]
    assert main(arguments) == 0
    before = path.read_bytes()
    monkeypatch.setattr("skn_annotator.cli.evaluate.replace_files", fail)
    assert main(arguments) == 1
    assert "scores.csv cannot be written: the disk is full; free some space" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_statistics_are_printed_on_request(folders, capsys):
    assert main([str(folders / "gt"), str(folders / "results"), "--statistics", "--sequences", "pair"]) == 0
    header = capsys.readouterr().out.splitlines()[0]
    assert header.endswith("J recall  J decay F recall  F decay")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere", "results"], "nowhere is not a folder"),
        (["gt", "results", "--sequences", "unseen"], "results holds no sequence unseen"),
        (["gt", "results", "--csv", "missing/scores.csv"], "scores.csv cannot be written"),
        (["gt", "--interactive", "--csv", "scores.csv"], "leave them out with --interactive"),
    ],
)
def test_bad_input_is_one_line_and_status_1(folders, monkeypatch, capsys, arguments, message):
    monkeypatch.chdir(folders)
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""  # before the work, not after it
    assert err.startswith("skn-evaluate: ")
    assert message in err
    assert err.count("\n") == 1
