#!/usr/bin/env python3
"""Latency of queries over an index of a million instances, and how it grows from a hundred thousand."""
import argparse
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable
from urllib.parse import quote, urlencode

import reads
from peers import ALL as PEERS
from peers import Unavailable, processes
from peers.noctis import Noctis
from tiny import tiny_instance
from table import percentile, render

ROWS = Path(__file__).with_name("index_rows.sql")
INSTANCES_PER_STUDY = 58.7
ROOT_UID = "1.2.826.0.1.3680043.10.999"
NAMES = ["Marvalho", "Schmidt", "Hoffstein", "Иванов", "山田", "Παπαδόπουλος", "홍", "حداد", "Torberg", "Anvalho"]


def say(text):
    print(text, file=sys.stderr, flush=True)


class Client:
    """One user's connection: keep-alive, logged in as the first administrator."""

    def __init__(self, system):
        self.connection = http.client.HTTPConnection("127.0.0.1", system.http_port, timeout=60)
        password = (system.work / "data/admin-password").read_text().strip()
        self.headers = {"Accept": "application/json"}
        answer = self.call("POST", "/api/auth/token/", json.dumps({"username": "admin", "password": password}),
                           {"Content-Type": "application/json"})
        self.headers["Authorization"] = "Bearer " + json.loads(answer)["access"]

    def call(self, method, path, body=None, headers=None):
        try:
            self.connection.request(method, path, body, {**self.headers, **(headers or {})})
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:  # an idle connection is closed after a while
            self.connection.close()
            self.connection.request(method, path, body, {**self.headers, **(headers or {})})
            answer = self.connection.getresponse()
        content = answer.read()
        if answer.status not in (200, 204):
            raise Unavailable(f"{method} {path}: {answer.status}")
        return content

    def get(self, path, **parameters):
        return self.call("GET", path + ("?" + urlencode(parameters, quote_via=quote) if parameters else ""))

    def qido(self, path, **parameters):
        return self.call("GET", f"/dicom-web/{path}?" + urlencode(parameters, quote_via=quote),
                         headers={"Accept": "application/dicom+json"})


class OrthancClient:
    """A connection to a peer's REST."""

    def __init__(self, system):
        self.connection = http.client.HTTPConnection("127.0.0.1", system.http_port, timeout=60)

    def post(self, path, body):
        self.connection.request("POST", path, body)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise Unavailable(f"POST {path}: {answer.status}")
        return content

    def find(self, limit=0, **query):
        return self.post("/tools/find", json.dumps({"Level": "Study", "Expand": True, "Limit": limit, "Query": query}))


@dataclass
class Row:
    """One kind of question: `ask(system, client, studies, chance)` asks it once, `orthanc` asks Orthanc the same."""

    name: str
    target_ms: float
    ask: Callable
    times: int = 200
    orthanc: Callable = None
    baseline: Callable = None  # what of each time is not the server's


def typed(chance):
    """A name as somebody types it, so far."""
    name = chance.choice(NAMES)
    return name[:chance.randint(1, min(4, len(name)))]


def patient(studies, chance):
    return f"PAT{chance.randint(1, studies) * 7 // 10:08}"


def study_uid(studies, chance):
    return f"{ROOT_UID}.1.{chance.randint(1, studies)}"


def scu(program, system, *options):
    subprocess.run([program, *options, "-aec", system.ae_title, "127.0.0.1", str(system.port)], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def find(key):
    """C-FIND at study level by one attribute."""
    def ask(system, client, studies, chance):
        del client
        name, value = key(studies, chance)
        try:
            answered = [part for other in ("PatientName", "PatientID", "StudyDate") if other != name for part in ("-k", other)]
            scu("findscu", system, "-S", "-k", "QueryRetrieveLevel=STUDY", "-k", f"{name}={value}", *answered,
                "-k", "StudyInstanceUID", "-k", "ModalitiesInStudy")
        except (OSError, subprocess.CalledProcessError) as wrong:
            raise Unavailable(f"findscu: {wrong}") from wrong
    return ask


def echo(system):
    scu("echoscu", system)


def of_dimse(name, key):
    ask = find(key)
    return Row(name, 15, ask, 60, ask, echo)


ROWS_OF_REST = [
    Row("REST, by patient", 8, lambda _, c, n, r: c.get("/api/studies/", patient_id=patient(n, r)),
        orthanc=lambda _, c, n, r: c.find(PatientID=patient(n, r))),
    Row("REST, by study", 8, lambda _, c, n, r: c.get("/api/studies/", study_instance_uid=study_uid(n, r)),
        orthanc=lambda _, c, n, r: c.find(StudyInstanceUID=study_uid(n, r))),
    Row("REST, page of 50 studies", 20, lambda _, c, n, r: c.get("/api/studies/", page_size=50, page=r.randint(1, 20)),
        orthanc=lambda _, c, n, r: c.find(50)),
    Row("REST, 50 of a modality and month", 20, lambda _, c, n, r: c.get(
        "/api/studies/", page_size=50, modality=r.choice(["CT", "MR", "DX"]), date_from="2020-03-01", date_to="2020-03-31")),
    Row("REST, name as you type", 40, lambda _, c, n, r: c.get("/api/studies/", patient_name=typed(r), page_size=50),
        orthanc=lambda _, c, n, r: c.find(50, PatientName="*" + typed(r) + "*")),
    Row("REST, search as you type", 40, lambda _, c, n, r: c.get("/api/studies/", search=typed(r), page_size=50)),
]
ROWS_OF_QIDO = [
    Row("QIDO, by patient", 8, lambda _, c, n, r: c.qido("studies", PatientID=patient(n, r))),
    Row("QIDO, by study", 8, lambda _, c, n, r: c.qido("studies", StudyInstanceUID=study_uid(n, r))),
    Row("QIDO, page of 50 studies", 20, lambda _, c, n, r: c.qido("studies", limit=50, offset=50 * r.randint(0, 20))),
    Row("QIDO, name as you type", 40, lambda _, c, n, r: c.qido("studies", PatientName=typed(r) + "*", limit=50)),
    Row("QIDO, series of a study", 8, lambda _, c, n, r: c.qido(f"studies/{study_uid(n, r)}/series")),
    Row("QIDO, instances of a study", 20, lambda _, c, n, r: c.qido(f"studies/{study_uid(n, r)}/instances")),
]
ROWS_OF_DIMSE = [
    of_dimse("C-FIND, study by patient", lambda n, r: ("PatientID", patient(n, r))),
    of_dimse("C-FIND, study by date", lambda n, r: ("StudyDate", f"202{r.randint(0, 4)}0{r.randint(1, 9)}15")),
    of_dimse("C-FIND, study by name", lambda n, r: ("PatientName", r.choice(NAMES[:3]) + "^A*")),
]
ALL = [*ROWS_OF_REST, *ROWS_OF_QIDO, *ROWS_OF_DIMSE]


def timed_ms(work):
    begin = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begin)


def measure(row, ask, system, client, studies, given):
    """(p50, p95, the server's CPU for each question) in ms; None where the server does not offer it."""
    chance = random.Random(7)
    times = max(20, row.times // (4 if given.quick else 1))
    try:
        for _ in range(times // 10 + 1):
            ask(system, client, studies, chance)
        cpu = processes.cpu_seconds(system.roots())
        spent = [timed_ms(lambda: ask(system, client, studies, chance)) for _ in range(times)]
        cpu = processes.cpu_seconds(system.roots()) - cpu
    except Unavailable as why:
        say(f"without {row.name}: {why}")
        return None
    start = statistics.median(timed_ms(lambda: row.baseline(system)) for _ in range(20)) if row.baseline else 0
    return max(percentile(spent, 50) - start, 0), max(percentile(spent, 95) - start, 0), 1000 * cpu / times


def fill(system, first, last):
    """Makes the rows of these studies. PostgreSQL is the system's own."""
    environment = Path(f"/proc/{system.main_pid()}/environ").read_bytes().decode().split("\0")
    url = next(one.split("=", 1)[1] for one in environment if one.startswith("DATABASE_URL="))
    begin = time.monotonic()
    subprocess.run(["psql", "-X", "-q", "-v", f"first={first}", "-v", f"last={last}", "-f", str(ROWS), url], check=True,
                   stdout=subprocess.DEVNULL)
    say(f"studies {first} to {last}: {time.monotonic() - begin:.0f} s")


def run(given, work):
    """{instances: {row: (p50, p95, CPU)}}, lines about reads"""
    result, lines = {}, []
    with Noctis(work) as system:
        filled = 0
        for instances in given.sizes:
            studies = round(instances / INSTANCES_PER_STUDY)
            fill(system, filled + 1, studies)
            filled = studies
            client = Client(system)
            for row in ALL:
                if any(part in row.name for part in given.only):
                    figures = measure(row, row.ask, system, client, studies, given)
                    if figures:
                        result.setdefault(instances, {})[row.name] = figures
        if given.reads:
            lines = reads.measure(system, Client(system), say)
    return result, lines


def run_orthanc(given, work):
    """{row: (p50, p95)} of Orthanc with PostgreSQL, which has `given.orthanc` studies of one instance."""
    result = {}
    with PEERS["orthanc-postgresql"](work) as system:
        client = OrthancClient(system)
        begin = time.monotonic()
        for number in range(1, given.orthanc + 1):
            client.post("/instances", tiny_instance(ROOT_UID, number, f"{NAMES[number % len(NAMES)]}^Anna"))
        say(f"orthanc: {given.orthanc} instances: {time.monotonic() - begin:.0f} s")
        for row in ALL:
            if row.orthanc and any(part in row.name for part in given.only):
                figures = measure(row, row.orthanc, system, client, given.orthanc, given)
                if figures:
                    result[row.name] = figures
    return result


def print_result(result, peer, sizes, peer_size):
    head = ["question, ms", "target"]
    for size in sizes:
        head += [f"{size:,}: p50", "p95", "CPU"]
    head += ["growth"] + ([f"orthanc, {peer_size:,}: p50", "p95", "CPU"] if peer else [])
    lines = []
    for row in ALL:
        by_size = [result.get(size, {}).get(row.name) for size in sizes]
        if not by_size[-1]:
            continue
        line = [row.name, f"{row.target_ms:g}"]
        for figures in [*by_size, *([peer.get(row.name)] if peer else [])]:
            line += [f"{value:.1f}" for value in figures or ()] or [""] * 3
        grows = len(sizes) > 1 and by_size[0] and by_size[0][0] > 0
        line.insert(2 + 3 * len(sizes), f"{by_size[-1][0] / by_size[0][0]:.2f} ×" if grows else "")
        lines.append(line)
    print(render(head, lines))


def main():
    parser = argparse.ArgumentParser(prog="./bench.sh query", description=__doc__)
    parser.add_argument("--sizes", type=lambda text: [int(part) for part in text.split(",")], default=[100_000, 1_000_000],
                        help="instances, ascending")
    parser.add_argument("--orthanc", type=int, default=5000, help="instances, each of a study of its own, that Orthanc loads; 0: without")
    parser.add_argument("--reads", action=argparse.BooleanOptionalAction, default=True, help="also metadata, frames and downloads")
    parser.add_argument("--only", type=lambda text: text.split(","), default=[""], help="rows whose names have one of these")
    parser.add_argument("--dir", help="folder for the system's data (default: the system's for temporary files)")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--quick", action="store_true", help="a quarter of the questions")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="noctis-bench-", dir=given.dir) as work:
        os.chmod(work, 0o755)
        try:
            result, lines = run(given, work)
        except Unavailable as why:
            sys.exit(f"query: {why}")
        peer = {}
        if given.orthanc > 0:
            try:
                peer = run_orthanc(given, work)
            except Unavailable as why:
                say(f"without orthanc: {why}")
    print_result(result, peer, given.sizes, given.orthanc)
    if lines:
        print("\n" + render(reads.HEAD, lines))
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps({"noctis": result, "orthanc": peer}, indent=2) + "\n")


if __name__ == "__main__":
    main()
