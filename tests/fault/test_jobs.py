"""kill -9 of workers and FLUSHALL while jobs run: each has one effect."""

import random
import time

import pytest
from data_sets import Image
from noctis import System, wait_until

STUDIES = 100


@pytest.fixture(scope="module")
def quick_system():
    with System(config={"ingest": {"study_complete_after": 2}, "work": {"analysers": 2}}) as running:
        yield running


def analysed(system):
    return int(system.psql("select count(*) from kept_studies where ai_status = 'done'")[0][0])


def test_each_study_is_analysed_once_whatever_dies(quick_system):
    system = quick_system
    images = [Image(patient_id=f"J{n}") for n in range(STUDIES)]
    answer = system.upload([(f"{n}.dcm", image.part10()) for n, image in enumerate(images)])
    assert answer.status == 200, answer.body
    deadline = time.monotonic() + 240
    kills = 0
    while analysed(system) < STUDIES:
        assert time.monotonic() < deadline, system.psql("select state, error, count(*) from jobs group by 1, 2")
        system.flush_redis()
        if kills < 6:
            time.sleep(random.uniform(0.5, 2))
            system.kill("noctisd")
            system.start()
            # The lease of a worker that died would run out by itself.
            system.psql("update jobs set lease_until = now() where state = 'running'")
            kills += 1
        time.sleep(0.5)
    # One run of each analyser on each series, and one object of each run.
    assert system.psql("select count(*) from analyses group by study, series_uid, analyser, version having count(*) > 1") == []
    assert int(system.psql("select count(distinct study) from analyses")[0][0]) == STUDIES
    reports = system.psql("select report_uid from analyses where report_uid <> ''")
    assert len({uid for uid, in reports}) == len(reports)
    kept = system.psql("select count(*) from instances i join series s on s.id = i.series where s.modality = 'SR'")
    assert int(kept[0][0]) == len(reports)
    assert system.psql("select count(*) from jobs where queue = 'analysis' and state <> 'done'") == [["0"]]
    system.assert_verified()


def test_jobs_go_on_without_redis(quick_system):
    system = quick_system
    system.kill("redis")
    before = int(system.psql("select coalesce(max(id), 0) from jobs")[0][0])
    system.psql("""insert into jobs (queue, payload) select 'maintenance', '{"task": "rest"}' from generate_series(1, 20)""")
    wait_until(lambda: system.psql(f"select count(*) from jobs where id > {before} and state <> 'done'") == [["0"]], 60,
               "twenty jobs without Redis")
    system.start()
    system.psql("""insert into jobs (queue, payload) select 'maintenance', '{"task": "rest"}' from generate_series(1, 200)""")
    wait_until(lambda: system.psql(f"select count(*) from jobs where id > {before} and state <> 'done'") == [["0"]], 30,
               "two hundred jobs with Redis again")
    assert system.psql(f"select count(*) from jobs where id > {before} and attempts <> 1") == [["0"]]


def test_postgresql_restarted_in_mid_job(quick_system):
    system = quick_system
    before = int(system.psql("select coalesce(max(id), 0) from jobs")[0][0])
    system.psql("""insert into jobs (queue, payload) select 'maintenance', '{"task": "rest"}' from generate_series(1, 2000)""")
    time.sleep(0.5)
    system.kill("postgres")
    system.start()
    system.psql("update jobs set lease_until = now() where state = 'running'")
    wait_until(lambda: system.psql(f"select count(*) from jobs where id > {before} and state <> 'done'") == [["0"]], 90,
               "two thousand jobs over a restart of PostgreSQL")
