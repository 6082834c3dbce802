"""GET /api/events/: what happens is told at once, to those who may see it, in order, and nothing twice or never."""

import json
import resource
import time

import pytest
from data_sets import Image
from event_stream import EventStream
from noctis import System, assert_problem, wait_until

SECRET = "a long enough 1 secret"


@pytest.fixture(scope="module")
def system():
    with System(config={"ingest": {"study_complete_after": 3}}) as running:
        yield running


def store(system, image, token=None):
    assert system.upload([("a.dcm", image.part10())], token=token).status == 200


def test_a_stream_needs_a_log_in(system):
    assert_problem(system.get("/api/events/", token=""), 401)
    assert system.request("HEAD", "/api/events/").status == 200


def test_a_stored_instance_is_told_within_half_a_second(system):
    delays = []
    with EventStream(system) as stream:
        for number in range(8):
            image = Image(number=number)
            store(system, image)
            answered = time.monotonic()
            event = stream.wait_for("instance.stored", study_instance_uid=image.study)
            delays.append(event.at - answered)
            assert event.data["series_instance_uid"] == image.series
            assert (event.data["modality"], event.data["number_of_instances"]) == ("CT", 1)
            assert system.fetch(f"/api/studies/{event.data['study_id']}/")["study_instance_uid"] == image.study
    assert max(delays) < 0.5, delays
    print(f"median {sorted(delays)[4] * 1000:.0f} ms, most {max(delays) * 1000:.0f} ms")


def test_changes_of_a_study_are_told(system):
    image = Image()
    with EventStream(system) as stream:
        store(system, image)
        study = stream.wait_for("instance.stored", study_instance_uid=image.study).data["study_id"]
        assert system.request("PATCH", f"/api/studies/{study}/", {"priority": "stat"}).status == 200
        told = stream.wait_for("study.updated", study_id=study)
        assert (told.data["change"], told.data["priority"]) == ("priority", "stat")
        stream.wait_for("study.completed", 20, study_id=study, study_instance_uid=image.study)
        assert system.request("DELETE", f"/api/studies/{study}/", {"reason": "test"}).status in (200, 204)
        stream.wait_for("study.deleted", study_id=study, study_instance_uid=image.study)
        ids = [tuple(map(int, one.id.split("-"))) for one in stream.events]
        assert ids == sorted(set(ids))


def test_only_what_is_asked_for_comes(system):
    image = Image()
    with EventStream(system, types="study.updated,study.deleted") as picky, EventStream(system) as stream:
        store(system, image)
        study = stream.wait_for("instance.stored", study_instance_uid=image.study).data["study_id"]
        system.request("PATCH", f"/api/studies/{study}/", {"priority": "urgent"})
        picky.wait_for("study.updated", study_id=study)
        assert {one.type for one in picky.events} == {"study.updated"}


def test_jobs_are_told(system):
    system.ctl("ae", "add", "NOWHERE", "127.0.0.1", "9")
    image = Image()
    with EventStream(system, types="job.updated") as stream:
        store(system, image)
        study = system.fetch("/api/studies/", study_instance_uid=image.study)["results"][0]["id"]
        job = system.request("POST", f"/api/studies/{study}/send/", {"destination": "NOWHERE"}).json()["id"]
        stream.wait_for("job.updated", id=job, state="pending", queue="forward", study_id=study)
        stream.wait_for("job.updated", id=job, state="running")
        system.request("POST", f"/api/jobs/{job}/cancel/")
        stream.wait_for("job.updated", id=job, state="cancelled")


def test_another_facility_is_not_seen(system):
    system.psql("insert into facilities (name) values ('Elsewhere')")
    system.add_user("far", SECRET, "--role", "radiologist", "--facility", "Elsewhere")
    far = system.token("far", SECRET)
    mine, theirs = Image(), Image()
    with EventStream(system, far) as stream:
        before = stream.last
        store(system, mine)
        store(system, theirs, far)
        stream.wait_for("instance.stored", study_instance_uid=theirs.study)
        assert not [one for one in stream.events if mine.study in json.dumps(one.data)]
    with EventStream(system, far, last=before) as resumed:
        resumed.wait_for("instance.stored", study_instance_uid=theirs.study)
        assert not [one for one in resumed.events if mine.study in json.dumps(one.data)]


def test_a_stream_resumes_where_it_was_cut(system):
    first, missed = Image(), Image()
    with EventStream(system) as stream:
        store(system, first)
        stream.wait_for("instance.stored", study_instance_uid=first.study)
        last = stream.last
    store(system, missed)
    with EventStream(system, last=last) as stream:
        stream.wait_for("instance.stored", study_instance_uid=missed.study)
        assert not stream.of("instance.stored", study_instance_uid=first.study)


@pytest.mark.parametrize("place", ["1-1", "nonsense", "99999999999999999999-1", "9000000000000000000-1"])
def test_who_missed_too_much_must_load_anew(system, place):
    with EventStream(system, last=place) as stream:
        event = stream.wait_for("resync")
        assert event.data == {}
        image = Image()
        store(system, image)
        stream.wait_for("instance.stored", study_instance_uid=image.study)


def test_a_stream_ends_with_its_session(system):
    token = system.log_in().json()["access"]
    with EventStream(system, token) as stream:
        assert system.request("POST", "/api/auth/logout/", b"", token=token).status == 204
        wait_until(lambda: stream.over, 5, "the end of the stream")


def test_two_hundred_idle_streams_hold_nobody_up(system):
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    tokens = []
    for number in range(8):
        system.add_user(f"reader{number}", SECRET, "--role", "viewer")
        tokens.append(system.token(f"reader{number}", SECRET))
    streams = [EventStream(system, tokens[number % 8]) for number in range(200)]
    try:
        assert all(one.status == 200 for one in streams)
        times = []
        for _ in range(30):
            began = time.monotonic()
            assert system.get("/api/auth/me/").status == 200
            times.append(time.monotonic() - began)
        assert sorted(times)[15] < 0.1, times
        image = Image()
        store(system, image)
        for one in streams:
            one.wait_for("instance.stored", study_instance_uid=image.study)
        assert b"noctis_event_streams{" in system.get("/metrics").body
        more = [EventStream(system, tokens[0]) for _ in range(8)]
        assert [one.status for one in more][-1] == 429
        for one in more:
            one.close()
    finally:
        for one in streams:
            one.close()


def test_nothing_is_lost_when_the_server_is_killed():
    with System() as system:
        before, after = Image(), Image()
        with EventStream(system) as stream:
            store(system, before)
            stream.wait_for("instance.stored", study_instance_uid=before.study)
            last = stream.last
            store(system, after)
            system.kill("noctisd")
            wait_until(lambda: stream.over, 5, "the end of the stream")
        system.start()
        with EventStream(system, last=last) as stream:
            stream.wait_for("instance.stored", study_instance_uid=after.study)
            assert not stream.of("instance.stored", study_instance_uid=before.study)
