"""What the documents say of the code: the session in Python runs, and every file that they name exists."""

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import imageio_ffmpeg
import pytest

from skn_annotator.annotation.masks import object_ids, read_mask
from skn_annotator.resources import demo_clip, demo_mask

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_session_in_python_runs_as_it_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run([ffmpeg, "-v", "error", "-i", demo_clip(), "-frames:v", "3", "cups.mp4"], check=True)
    Path("first.png").write_bytes(demo_mask().read_bytes())
    (session,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len([line for line in session.splitlines() if line]) <= 6
    exec(compile(session, "README.md", "exec"), {})
    masks = sorted(Path("DAVIS/Annotations/Full-Resolution/cups").iterdir())
    assert [path.name for path in masks] == [f"{t:05d}.png" for t in range(3)]
    assert all(set(object_ids(read_mask(path, (480, 854)))) == {1, 2} for path in masks)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document):
    links = re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert not missing, missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_of_ours_that_is_named_exists(document):
    """Names in code quotes with a folder and a suffix, from the top or the package; NAME stands for any."""
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[\w.]+/)+[\w.]+\.(?:py|toml|svg|ts|md))`", text))
    places = (ROOT, ROOT / "skn_annotator", ROOT / "docs")
    missing = [n for n in sorted(named) if "NAME" not in n and not any((p / n).exists() for p in places)]
    assert not missing, missing


@pytest.mark.parametrize("place", ["docs/training.md", "skn_annotator/cli/train.py"])
def test_torchrun_takes_its_command_line_as_it_stands(place):
    """Options that begin like one of its own are refused, even behind the module's name."""
    from torch.distributed.run import parse_args

    text = (ROOT / place).read_text(encoding="utf-8").replace("\\\n", "")
    (line,) = re.findall(r"^ *torchrun (.*)", text, re.MULTILINE)
    taken = parse_args(shlex.split(line.replace("NODE", "0")))
    assert taken.module and taken.training_script == "skn_annotator.cli.train"
    assert taken.training_script_args == ["stage1.toml", "--data", "DATA", "--run", "runs/1"]


def test_what_is_installed_to_develop_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [
        project["optional-dependencies"][name] for name in ("train", "cluster", "manual", "dev", "figures")
    ]
    wanted = {_name(line) for lines in (project["dependencies"], *extras) for line in lines}
    pinned = {_name(line) for line in (ROOT / "constraints.txt").read_text().splitlines()[1:]}
    assert not wanted - pinned - {"skn-annotator"}


def _name(requirement):
    """The name of a package as indexes compare it, of a line such as `PySide6_Essentials>=6.8`."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()
