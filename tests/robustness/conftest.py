"""How much is tried: a few inputs in the usual run, thousands by

python -m pytest tests/robustness --seed 1000 --count 2000
"""

import pytest


def pytest_addoption(parser):
    parser.addoption("--seed", type=int, default=0, help="the first of the inputs, which are numbered")
    parser.addoption("--count", type=int, default=None, help="how many inputs each test tries")


@pytest.fixture
def seeds(request):
    """`seeds(usual)`: the numbers of the inputs to try, `usual` many unless --count says otherwise."""

    def numbers(usual):
        first = request.config.getoption("--seed", default=0)
        count = request.config.getoption("--count", default=None)
        return range(first, first + (usual if count is None else count))

    return numbers
