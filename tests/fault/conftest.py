import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "system")]

from noctis import System


def pytest_configure(config):
    config.addinivalue_line("markers", "fault: parts of a running system die under load")


def pytest_collection_modifyitems(items):
    for one in items:
        if Path(__file__).parent in one.path.parents:
            one.add_marker(pytest.mark.fault)


def pytest_addoption(parser):
    parser.addoption("--kills", type=int, default=20, help="how often each process is killed under load")


@pytest.fixture
def kills(request):
    return request.config.getoption("--kills")


@pytest.fixture
def system():
    with System() as running:
        yield running
