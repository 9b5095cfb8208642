"""The first import of torch, beside the window."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from skn_annotator.app.tasks import torch_import

ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there they are loaded first")


def printed(program):
    """What a new interpreter, which has not loaded torch, prints."""
    start = "import gc, sys\nfrom skn_annotator.app.tasks import torch_import\n"
    result = subprocess.run([sys.executable, "-c", start + program], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


@ON_LINUX
def test_the_libraries_are_there_before_the_import():
    program = (
        "print(torch_import.load_libraries(torch_import._library_folder()))\n"
        "print('torch' in sys.modules, 'libtorch_cpu.so' in open('/proc/self/maps').read())\n"
    )
    assert printed(program) == ["['libtorch_global_deps.so', 'libtorch.so']", "False True"]


def test_torch_works_afterwards_and_garbage_is_collected_again():
    program = (
        "torch_import.load_torch()\n"
        "print('torch' in sys.modules, gc.isenabled(), gc.get_freeze_count())\n"
        "import torch\n"
        "print(torch.ones(2, 3).sum().item())\n"
    )
    assert printed(program) == ["True True 0", "6.0"]


def test_torch_is_imported_also_where_its_libraries_lie_elsewhere():
    program = (
        "torch_import._library_folder = lambda: None\n"
        "torch_import.load_torch()\n"
        "print(sys.modules['torch'].ones(2).sum().item())\n"
    )
    assert printed(program) == ["2.0"]


def test_whoever_switched_the_collector_off_finds_it_off():
    assert printed("gc.disable()\ntorch_import.load_torch()\nprint(gc.isenabled())\n") == ["False"]


@pytest.mark.parametrize("damaged", [False, True], ids=["missing", "damaged"])
def test_files_that_cannot_be_loaded_are_left_to_the_import(tmp_path: Path, damaged):
    if damaged:
        for name, _ in torch_import._LIBRARIES:
            (tmp_path / name).write_bytes(b"no library")
    assert torch_import.load_libraries(tmp_path) == []
    assert torch_import.load_libraries(None) == []
    assert gc.isenabled()
