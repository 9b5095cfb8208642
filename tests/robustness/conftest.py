"""How much is tried: a few inputs in the usual run, thousands by

python -m pytest tests/robustness --seed 1000 --count 2000
"""

import pytest
import torch


def pytest_addoption(parser):
    parser.addoption("--seed", type=int, default=0, help="the first of the inputs, which are numbered")
    parser.addoption("--count", type=int, default=None, help="how many inputs each test tries")
    parser.addoption("--lost-at-most", type=float, default=None, help="seconds of strokes a kill may cost")


@pytest.fixture(scope="package", autouse=True)
def one_thread():
    """torch's threads do not outlive a fork: a child that hands them work would wait for ever."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def seeds(request):
    """`seeds(usual)`: the numbers of the inputs to try, `usual` many unless --count says otherwise."""

    def numbers(usual):
        first = request.config.getoption("--seed", default=0)
        count = request.config.getoption("--count", default=None)
        return range(first, first + (usual if count is None else count))

    return numbers


@pytest.fixture
def report(request, capsys):
    """`report(what)`: show a `confined.Report` and fail with its failures."""

    def show(what):
        if request.config.getoption("--count", default=None):
            with capsys.disabled():
                print(f"\n{request.node.name}: {what}")
        assert what.failures == [], f"{what}\n" + "\n".join(what.failures[:20])

    return show


def pytest_collection_modifyitems(items):
    """These come first: they fork, and a child of a process that had threads may wait for them for ever."""
    items.sort(key=lambda item: "robustness" not in item.path.parts)
