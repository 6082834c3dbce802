import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from noctis import TEST_DATA, System


def pytest_configure(config):
    config.addinivalue_line("markers", "system: a whole system on this machine, seen from outside")


def pytest_collection_modifyitems(items):
    for one in items:
        if Path(__file__).parent in one.path.parents:
            one.add_marker(pytest.mark.system)


def pytest_addoption(parser):
    parser.addoption("--write-tables", action="store_true", help="write docs/conformance-data.md from what was seen")


@pytest.fixture(scope="session")
def system():
    """One system for all tests that leave it usable for others."""
    with System() as running:
        yield running


@pytest.fixture(scope="module")
def own_system():
    """A system for one module, whose tests may use up limits."""
    with System() as running:
        yield running


@pytest.fixture(scope="session")
def test_data():
    if not TEST_DATA.is_dir():
        pytest.skip(f"no test data in {TEST_DATA} (NOCTIS_TEST_DATA)")
    return TEST_DATA
