"""Sends load to a receiver and measures both ends of it."""
import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from peers import processes
from peers.receiver import PROGRAMS, ROOT, SHIM, Unavailable

DATA = Path(os.environ.get("NOCTIS_TEST_DATA", ROOT / "../shared/data")).resolve()
SLICES = DATA / "ct-head-ge"


@dataclass
class Measured:
    """One run of the fleet against one receiver."""

    per_second: float          # acknowledged instances
    durable_per_second: float  # the same, with the final sync of a receiver that doesn't sync by itself
    mb_per_second: float
    p50_ms: float
    p95_ms: float
    max_ms: float
    cpu_ms: float              # server CPU for each instance
    peak_mib: float            # of the server's main process
    bytes: int
    failures: int


def need_programs():
    for needed in (PROGRAMS / "noctis-fleet", PROGRAMS / "noctis-disk"):
        if not needed.exists():
            raise Unavailable(f"{needed.relative_to(ROOT)} is not built (cmake --preset release && cmake --build build)")
    if not SLICES.is_dir():
        raise Unavailable(f"no slices in {SLICES} (NOCTIS_TEST_DATA names the folder of the test data)")


def fleet(port, ae_title, *options, timeout=600):
    """The figures that noctis-fleet prints."""
    command = [PROGRAMS / "noctis-fleet", "127.0.0.1", str(port), "--called", ae_title, "--source", SLICES, "--json", *options]
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, timeout=timeout, check=False)
    if done.returncode == 2 or not done.stdout:
        raise Unavailable("noctis-fleet failed")
    return json.loads(done.stdout)


def timed(work):
    """Seconds that the work takes."""
    begin = time.monotonic()
    work()
    return time.monotonic() - begin


def measure(receiver, *options):
    """One run of the fleet, as Measured."""
    os.sync()
    processes.forget_peak(receiver.main_pid())
    cpu = processes.cpu_seconds(receiver.roots())
    sent = fleet(receiver.port, receiver.ae_title, *options)
    final_sync = 0 if receiver.syncs else timed(os.sync)
    time.sleep(0.1)  # children that have just ended are awaited now
    cpu = processes.cpu_seconds(receiver.roots()) - cpu
    count = sent["instances"]
    durable = count / (sent["seconds"] + final_sync) if final_sync else sent["per_second"]
    return Measured(per_second=sent["per_second"], durable_per_second=durable,
                    mb_per_second=sent["mb_per_second"], p50_ms=sent["p50_ms"], p95_ms=sent["p95_ms"],
                    max_ms=sent["max_ms"], cpu_ms=1000 * cpu / max(count, 1),
                    peak_mib=processes.peak_mib(receiver.main_pid()), bytes=sent["bytes"],
                    failures=sum(sent["failures"].values()))


def disk_limit(folder, threads, seconds, sync_delay_ms=0):
    """Files per second that this machine keeps durably, by number of threads."""
    os.sync()
    environment = dict(os.environ)
    if sync_delay_ms:
        environment.update(LD_PRELOAD=str(SHIM), NOCTIS_SYNC_DELAY_MS=str(sync_delay_ms))
    command = [PROGRAMS / "noctis-disk", "--json", "--keep", "--dir", folder, "--seconds", seconds, "--threads",
               ",".join(str(count) for count in threads)]
    done = subprocess.run([str(part) for part in command], env=environment, stdout=subprocess.PIPE, check=True)
    return {int(count): rate for count, rate in json.loads(done.stdout).items()}


def storescu(receiver, folder):
    """Seconds that an unmodified storescu (Nagle on) takes to send the folder, its start included."""
    environment = {key: value for key, value in os.environ.items() if key != "TCP_NODELAY"}
    command = ["storescu", "-aec", receiver.ae_title, "+sd", "+r", "127.0.0.1", str(receiver.port), str(folder)]
    begin = time.monotonic()
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise Unavailable(f"storescu failed against {receiver.name}")
    return time.monotonic() - begin
