"""kill -9 under load with senders that retry: nothing acknowledged is lost, changed or there twice."""

import random
import time

import pytest
from cluster import Pair
from fleet import Fleet, assert_kept
from noctis import wait_until
from pdu import Closed, Rejected, echo


def random_moment():
    """Long enough for the load to be under way again, and never at the same point of it."""
    time.sleep(random.uniform(0.2, 1.2))


def kill_under_load(fleet, system, victim, times):
    for _ in range(times):
        fleet.wait_for_more(50)
        random_moment()
        system.kill(victim)
        system.start()
    fleet.wait_for_more(500)


def test_noctisd_killed(system, kills):
    with Fleet(system.dicom_port) as fleet:
        kill_under_load(fleet, system, "noctisd", kills)
        promised = fleet.stop()
    assert_kept(system, promised)


def test_noctisd_killed_while_large_instances_arrive(system, kills):
    """These spool to disk while they arrive."""
    with Fleet(system.dicom_port, associations=4, size=24_000_000) as fleet:
        for _ in range(max(kills // 4, 1)):
            fleet.wait_for_more(4)
            random_moment()
            system.kill("noctisd")
            system.start()
        fleet.wait_for_more(8)
        promised = fleet.stop()
    assert_kept(system, promised)


def test_postgresql_killed(system, kills):
    before = system.pid("noctisd")
    with Fleet(system.dicom_port) as fleet:
        kill_under_load(fleet, system, "postgres", max(kills // 2, 1))
        promised = fleet.stop()
    assert system.pid("noctisd") == before
    assert_kept(system, promised)


def test_without_postgresql_nothing_is_acknowledged_and_an_echo_is(system):
    with Fleet(system.dicom_port) as fleet:
        fleet.wait_for_more()
        system.kill("postgres")
        time.sleep(2)
        before = fleet.acknowledged()
        time.sleep(2)
        assert fleet.acknowledged() == before
        began = time.monotonic()
        assert echo(system.dicom_port, timeout=5) == 0
        assert time.monotonic() - began < 2
        health = system.request("GET", "/health/", token="")
        assert (health.status, health.json()["status"]) == (503, "unhealthy")
        system.start()
        fleet.wait_for_more()
        promised = fleet.stop()
    assert_kept(system, promised)


def test_everything_killed_at_once(system, kills):
    with Fleet(system.dicom_port) as fleet:
        for _ in range(max(kills // 4, 1)):
            fleet.wait_for_more(50)
            random_moment()
            for victim in random.sample(["noctisd", "postgres", "redis"], 3):
                system.kill(victim)
            system.start()
        fleet.wait_for_more()
        promised = fleet.stop()
    assert_kept(system, promised)


def test_redis_killed_and_emptied_costs_no_acknowledgement(system):
    with Fleet(system.dicom_port) as fleet:
        for _ in range(3):
            fleet.wait_for_more()
            system.flush_redis()
            fleet.wait_for_more()
            system.kill("redis")
            fleet.wait_for_more()
            health = wait_until(lambda: degraded(system), 10, "the health page tells of Redis")
            assert health.status == 200
            assert system.fetch("/api/studies/", page_size=1)["count"] > 0
            system.start()
        wait_until(lambda: system.request("GET", "/health/", token="").json()["status"] == "healthy", 10, "all is well again")
        promised = fleet.stop()
    assert_kept(system, promised)


def degraded(system):
    health = system.request("GET", "/health/", token="")
    return health if health.json()["status"] == "degraded" else None


@pytest.fixture
def pair():
    with Pair() as running:
        running.wait_until_whole()
        yield running


def test_the_ingest_process_killed(pair, kills):
    with Fleet(pair.gate.dicom_port) as fleet:
        kill_under_load(fleet, pair.gate, "noctisd", kills)
        promised = fleet.stop()
    assert_kept(pair.core, promised)


def test_the_storing_process_killed(pair, kills):
    with Fleet(pair.gate.dicom_port) as fleet:
        kill_under_load(fleet, pair.core, "noctisd", max(kills // 4, 1))
        promised = fleet.stop()
    assert_kept(pair.core, promised)


def test_a_stop_under_load_is_clean(system):
    with Fleet(system.dicom_port) as fleet:
        for _ in range(3):
            fleet.wait_for_more()
            began = time.monotonic()
            system.stop()
            assert time.monotonic() - began < 20
            with pytest.raises((OSError, Rejected, Closed)):
                echo(system.dicom_port, timeout=5)
            system.start()
        fleet.wait_for_more()
        promised = fleet.stop()
    assert_kept(system, promised)
