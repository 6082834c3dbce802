"""Phantoms sent into a system, and what its analysers kept of them."""

import json
import os
import signal
import subprocess
import time

from noctis import wait_until

SLOW = 240  # seconds that a study's analysis may take on a busy machine


def send_phantom(system, kind, *options):
    """Sends a phantom as an operator does; returns its truth and UIDs."""
    return system.ctl("phantom", kind, *options, "--send", timeout=300)


def make_phantom(system, kind, folder, *options):
    """Writes a phantom's files; returns its truth and UIDs, and the paths in order."""
    made = system.ctl("phantom", kind, *options, "--out", folder, timeout=300)
    return made, sorted(folder.glob("*.dcm"))


def store(system, *paths):
    done = subprocess.run(["storescu", "-aec", "RUST_SCP", "127.0.0.1", str(system.dicom_port), *map(str, paths)],
                          capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def jobs_of(system, study):
    """State, attempts, result and error of a study's analysis jobs."""
    rows = system.psql("select json_build_object('state', state, 'attempts', attempts, 'result', result, 'error', error) "
                       f"from jobs where queue = 'analysis' and payload->>'study_uid' = '{study}' order by id")
    return [json.loads(row[0]) for row in rows]


def wait_analysed(system, study, jobs=1):
    """Waits until that many analysis jobs of a study are done, and none waits."""
    def is_done():
        found = jobs_of(system, study)
        assert not [one for one in found if one["state"] == "failed"], found
        return len(found) >= jobs and all(one["state"] == "done" for one in found)

    wait_until(is_done, SLOW, f"study {study} is analysed {jobs} times")
    return jobs_of(system, study)


def runs_of(system, study, superseded=False):
    """The runs of a study by analyser and series, each with its findings."""
    rows = system.psql(
        "select json_build_object('analyser', a.analyser, 'series', a.series_uid, 'state', a.state, 'error', a.error, "
        "'urgent', a.urgent, 'warnings', a.warnings, 'digest', a.input_digest, 'details', a.details, 'report', a.report_uid, "
        "'segmentation', a.segmentation_uid, 'findings', (select coalesce(json_agg(f.content || jsonb_build_object('kind', f.kind) "
        "order by f.ordinal), '[]') from analysis_findings f where f.analysis = a.id)) "
        f"from analyses a join kept_studies s on s.id = a.study where s.uid = '{study}' "
        f"and a.superseded = {'true' if superseded else 'false'} order by a.id")
    return [json.loads(row[0]) for row in rows]


def run_of(system, study, analyser):
    """The one run of an analyser on a study."""
    found = [one for one in runs_of(system, study) if one["analyser"] == analyser]
    assert len(found) == 1, found
    return found[0]


def workers_of(system):
    """Process ids of the workers that analyse for a system."""
    listed = subprocess.run(["pgrep", "-P", str(system.pid("noctisd")), "-f", "noctis-worker analyse "], capture_output=True,
                            text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def kill_a_worker(system):
    """Kills the next worker that analyses."""
    deadline = time.monotonic() + SLOW
    while time.monotonic() < deadline:
        for pid in workers_of(system):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            return
        time.sleep(0.01)
    raise AssertionError("no worker is there to be killed")


def errors_in(path):
    """What dciodvfy finds wrong with a file."""
    verified = subprocess.run(["dciodvfy", path], capture_output=True, text=True, check=False)
    return [line for line in (verified.stdout + verified.stderr).splitlines() if line.startswith("Error")]


def objects_of(system, study):
    """The modality of what analysers wrote into a study, by SOP Instance UID."""
    rows = system.psql("select i.sop_uid, r.modality from instances i join series r on r.id = i.series "
                       f"join studies s on s.id = r.study where s.uid = '{study}' and r.modality in ('SR', 'SEG')")
    return {uid: modality for uid, modality in rows}
