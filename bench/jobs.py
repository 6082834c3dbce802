#!/usr/bin/env python3
"""Jobs that do nothing, end to end: from the ledger by Redis to workers and back; then ingest, at rest and while analyses run."""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import load
from peers import ALL, Unavailable
from peers.receiver import PROGRAMS, ROOT
from table import render

ADD = """insert into jobs (queue, payload) select 'maintenance', '{"task": "rest"}' from generate_series(1, %d)"""
# Seconds from the first job's creation to the last one's end.
TOOK = "select extract(epoch from max(finished_at) - min(created_at)) from jobs where id > %d"
LEFT = "select count(*) from jobs where id > %d and state <> 'done'"
TWICE = "select count(*) from jobs where id > %d and attempts <> 1"


class Ledger:
    def __init__(self, receiver):
        lines = (receiver.work / "data/run/environment").read_text().splitlines()
        self.environment = dict(line.split("=", 1) for line in lines)

    def ask(self, sql):
        done = subprocess.run(["psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", self.environment["DATABASE_URL"], "-c", sql],
                              capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def redis(self, *command):
        socket = self.environment["REDIS_URL"].removeprefix("unix://")
        subprocess.run(["redis-cli", "-s", socket, *command], check=True, capture_output=True)

    def run(self, count, disturb=lambda: None):
        """Does so many jobs; returns jobs per second. Fails where one ran twice or never."""
        before = int(self.ask("select coalesce(max(id), 0) from jobs"))
        self.ask(ADD % count)
        deadline = time.monotonic() + 120
        while int(self.ask(LEFT % before)):
            disturb()
            if time.monotonic() > deadline:
                raise Unavailable("the jobs do not end")
            time.sleep(0.1)
        if twice := int(self.ask(TWICE % before)):
            raise Unavailable(f"{twice} jobs were begun more than once")
        return count / float(self.ask(TOOK % before))

    def latency_ms(self, count):
        """Median of milliseconds from a job's creation to its end, one at a time."""
        before = int(self.ask("select coalesce(max(id), 0) from jobs"))
        for _ in range(count):
            self.ask(ADD % 1)
            while int(self.ask(LEFT % before)):
                time.sleep(0.01)
        return float(self.ask("select percentile_cont(0.5) within group (order by extract(epoch from finished_at - created_at)) "
                              f"* 1000 from jobs where id > {before}"))


def measure(receiver, given):
    ledger = Ledger(receiver)
    ledger.run(100)
    result = {"latency_ms": ledger.latency_ms(10), "rate": ledger.run(given.jobs)}
    flushed = [0.0]

    def flush():
        if time.monotonic() - flushed[0] > 3:
            ledger.redis("FLUSHALL")
            flushed[0] = time.monotonic()

    result["flushed"] = ledger.run(given.jobs, flush)
    return result


class Analyses:
    """Chests of phantoms that wait in the archive to be analysed."""

    def __init__(self, receiver, ledger, count):
        self.ledger = ledger
        self.studies = []
        environment = {**os.environ, **ledger.environment, **receiver.place()}
        for seed in range(1, count + 1):
            sent = subprocess.run([PROGRAMS / "noctisctl", "phantom", "lungs", "--seed", str(seed), "--send"], cwd=ROOT,
                                  env=environment, capture_output=True, text=True, check=False)
            if sent.returncode:
                raise Unavailable(f"noctisctl phantom: {sent.stderr.strip()}")
            self.studies.append(sent.stdout.strip())

    def begin(self):
        for study in self.studies:
            self.ledger.ask("insert into jobs (queue, facility, study, payload) select 'analysis', facility, id, "
                            f"json_build_object('study_uid', uid) from kept_studies where uid = '{study}'")

    def done(self):
        """How many are done since the beginning; half a one counts half."""
        return float(self.ledger.ask(f"select coalesce(sum(progress), 0) from (select progress from jobs where queue = 'analysis' "
                                     f"order by id desc limit {len(self.studies)}) last"))

    def wait_until(self, share):
        deadline = time.monotonic() + 300
        while self.done() < share:
            if error := self.ledger.ask("select max(error) from jobs where queue = 'analysis'"):
                raise Unavailable(f"an analysis failed: {error}")
            if time.monotonic() > deadline:
                raise Unavailable("the analyses do not begin, or do not end")
            time.sleep(0.1)


class Sent:
    """Runs of the fleet, taken together."""

    def __init__(self, receiver, instances):
        self.receiver = receiver
        self.each = instances
        self.instances = self.seconds = 0

    def run(self):
        done = load.fleet(self.receiver.port, self.receiver.ae_title, "-a", 16, "-n", self.each)
        if any(done["failures"].values()):
            raise Unavailable(f"instances failed: {done['failures']}")
        self.instances += done["instances"]
        self.seconds += done["seconds"]

    def rate(self):
        return self.instances / self.seconds


def ingest(receiver, given):
    """Instances a second with 16 associations, at rest (before and after) and beside analyses; what these do meanwhile and alone."""
    analyses = Analyses(receiver, Ledger(receiver), given.analyses)
    load.measure(receiver, "-a", 2, "-n", 20)
    at_rest, beside = Sent(receiver, given.instances), Sent(receiver, given.instances)
    for _ in range(3):
        at_rest.run()
    analyses.begin()
    analyses.wait_until(0.01)
    before, begin = analyses.done(), time.monotonic()
    for _ in range(given.runs):
        beside.run()
        if analyses.done() >= given.analyses:
            raise Unavailable("the analyses ended before the ingest beside them (--analyses)")
    between, middle = analyses.done(), time.monotonic()
    analyses.wait_until(given.analyses)
    end = time.monotonic()
    for _ in range(3):
        at_rest.run()
    return {"at_rest": at_rest.rate(), "beside_analyses": beside.rate(), "seconds_beside": middle - begin,
            "analyses_per_minute_beside": 60 * (between - before) / (middle - begin),
            "analyses_per_minute_alone": 60 * (given.analyses - between) / (end - middle)}


def main():
    parser = argparse.ArgumentParser(prog="./bench.sh jobs", description=__doc__)
    parser.add_argument("--jobs", type=int, default=3000)
    parser.add_argument("--instances", type=int, default=2500, help="of each run of ingest")
    parser.add_argument("--analyses", type=int, default=6, help="chests of 300 slices that are analysed beside ingest")
    parser.add_argument("--runs", type=int, default=8, help="of ingest beside the analyses")
    parser.add_argument("--dir", help="folder for the server's data (default: the system's for temporary files)")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--quick", action="store_true", help="500 jobs")
    given = parser.parse_args()
    if given.quick:
        given.jobs, given.instances, given.analyses, given.runs = 500, 300, 1, 1
    with tempfile.TemporaryDirectory(prefix="noctis-bench-", dir=given.dir) as work:
        os.chmod(work, 0o755)
        try:
            with ALL["noctis"](work) as receiver:
                result = measure(receiver, given) | ingest(receiver, given)
        except Unavailable as why:
            sys.exit(f"jobs: {why}")
    print(render(["jobs that do nothing", f"{given.jobs} at once, jobs/s", "Redis flushed each 3 s, jobs/s", "one alone, ms"],
                 [["noctis", f"{result['rate']:.0f}", f"{result['flushed']:.0f}", f"{result['latency_ms']:.0f}"]]))
    share = result["beside_analyses"] / result["at_rest"]
    print(render(["ingest, 16 associations", "at rest, inst./s", "beside analyses, inst./s", "share", "chests/min alone",
                  "chests/min beside ingest"],
                 [["noctis", f"{result['at_rest']:.0f}", f"{result['beside_analyses']:.0f}", f"{share:.2f} ×",
                   f"{result['analyses_per_minute_alone']:.1f}", f"{result['analyses_per_minute_beside']:.1f}"]]))
    if given.json:
        given.json.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
