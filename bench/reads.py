"""Latency and throughput of what viewers read: metadata, frames, whole studies, also while others send."""
import json
import random
import subprocess
import threading
import time

import load
from peers import Unavailable
from table import percentile

SERIES = 500


class Stored:
    """Studies of one series with 500 slices of 526 KB, sent for this measurement."""

    def __init__(self, system, client, studies=3):
        load.need_programs()
        self.system, self.client = system, client
        for _ in range(studies):
            load.fleet(system.port, system.ae_title, "-a", 1, "-n", SERIES, "--series", SERIES)
        found = json.loads(client.get("/api/studies/", ordering="-upload_date", page_size=studies))["results"]
        self.places = [self._place(study) for study in found]

    def _place(self, study):
        uid = study["study_instance_uid"]
        detail = json.loads(self.client.get(f"/dicom/api/studies/{uid}/"))
        series = detail["series"][0]
        images = json.loads(self.client.get(f"/dicom/api/series/{series['id']}/images/"))["images"]
        return f"/dicom-web/studies/{uid}", f"/series/{series['series_instance_uid']}", \
            [f"/instances/{image['sop_instance_uid']}" for image in images]

    def metadata(self, place=0):
        study, series, _ = self.places[place]
        return self.client.call("GET", f"{study}{series}/metadata", headers={"Accept": "application/dicom+json"})

    def frame(self, chance):
        study, series, instances = self.places[0]
        return self.client.call("GET", f"{study}{series}{chance.choice(instances)}/frames/1", headers={
            "Accept": 'multipart/related; type="application/octet-stream"'})

    def instance(self, chance):
        study, series, instances = self.places[0]
        return self.client.call("GET", f"{study}{series}{chance.choice(instances)}", headers={
            "Accept": 'multipart/related; type="application/dicom"'})

    def download(self):
        """Megabytes a second of a whole study, read by curl."""
        study, _, _ = self.places[0]
        done = subprocess.run(
            ["curl", "-sS", "--fail", "-o", "/dev/null", "-w", "%{speed_download}", "-H",
             "Authorization: " + self.client.headers["Authorization"], "-H",
             'Accept: multipart/related; type="application/dicom"; transfer-syntax=*',
             f"http://127.0.0.1:{self.system.http_port}{study}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            check=False)
        if done.returncode != 0:
            raise Unavailable(f"GET {study}: {done.stderr.strip()}")
        return float(done.stdout) / 1e6


class Senders:
    """16 associations that send as long as this lasts."""

    def __init__(self, system, seconds):
        self.thread = threading.Thread(target=load.fleet, args=(system.port, system.ae_title, "-a", 16, "-s", seconds),
                                       daemon=True)

    def __enter__(self):
        self.thread.start()
        time.sleep(2)

    def __exit__(self, *_):
        self.thread.join()


def questions(stored):
    """(name, target in ms, what asks once, times) of each read that has a latency."""
    chance = random.Random(7)
    return [
        ("series metadata of 500, warm", 40, stored.metadata, 40),
        ("one frame of 526 KB", 5, lambda: stored.frame(chance), 100),
        ("one instance of 526 KB", 5, lambda: stored.instance(chance), 100),
    ]


def latencies(ask, times):
    """(p50, p95) in ms."""
    for _ in range(3):
        ask()
    spent = [1000 * load.timed(ask) for _ in range(times)]
    return percentile(spent, 50), percentile(spent, 95)


def measure(system, client, say):
    """Lines of a table: name, target, figures at rest, figures while 16 associations send."""
    stored = Stored(system, client)
    lines = []

    def add(name, target, take):
        try:
            quiet = take()
            with Senders(system, 10):
                busy = take()
            lines.append([name, target, *(f"{one:.1f}" for one in quiet), *(f"{one:.1f}" for one in busy)])
        except Unavailable as why:
            say(f"without {name}: {why}")

    try:
        cold = [1000 * load.timed(lambda: stored.metadata(place)) for place in range(1, len(stored.places))]
        lines.append(["series metadata of 500, cold", "250 ms", f"{percentile(cold, 50):.1f}", f"{max(cold):.1f}", "", ""])
    except Unavailable as why:
        say(f"without series metadata: {why}")
    for name, target, ask, times in questions(stored):
        add(name, f"{target} ms", lambda: latencies(ask, times))
    add("study download, MB/s: median, least", "500", lambda: (percentile(rates := [stored.download() for _ in range(3)], 50), min(rates)))
    return lines


HEAD = ["read", "target", "p50 ms", "p95 ms", "16 senders: p50", "p95"]
