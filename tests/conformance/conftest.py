import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "system")]

from noctis import TEST_DATA, System
from peers import Orthanc, clients_are_installed


def pytest_configure(config):
    config.addinivalue_line("markers", "conformance: independent clients and peers against a whole system")


def pytest_collection_modifyitems(items):
    for one in items:
        if HERE in one.path.parents:
            one.add_marker(pytest.mark.conformance)


@pytest.fixture(scope="session")
def system():
    with System() as running:
        yield running


@pytest.fixture(scope="session")
def test_data():
    if not TEST_DATA.is_dir():
        pytest.skip(f"no test data in {TEST_DATA} (NOCTIS_TEST_DATA)")
    return TEST_DATA


@pytest.fixture(scope="session")
def clients():
    if not clients_are_installed():
        pytest.skip("the clients of tests/conformance/package.json are not installed (scripts/install-clients.sh)")


@pytest.fixture(scope="module")
def orthanc(system):
    """An Orthanc that knows the system and is known to it."""
    with Orthanc(system) as running:
        system.ctl("ae", "add", running.title, "127.0.0.1", running.port)
        yield running
