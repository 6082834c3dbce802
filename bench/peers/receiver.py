"""What every server under test has in common."""
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "build/bin"
SHIM = ROOT / "build/shims/slow_sync.so"


class Unavailable(Exception):
    """The server can't be measured here; the text says why."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, seconds, alive=lambda: True):
    end = time.monotonic() + seconds
    while time.monotonic() < end and alive():
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise Unavailable(f"nothing answers on port {port}")


class Receiver:
    """A DICOM server of the benchmark, with its own folder and port. Used as a context manager."""

    name = ""
    ae_title = ""
    syncs = True  # an acknowledged instance is on disk

    def __init__(self, work, nodelay=True, sync_delay_ms=0):
        self.work = Path(work) / self.name.replace(" ", "-")
        self.port = free_port()
        self.nodelay = nodelay
        self.sync_delay_ms = sync_delay_ms
        self.process = None

    def environment(self):
        """Environment of the server: TCP_NODELAY and the slow disk as asked."""
        made = {key: value for key, value in os.environ.items() if key not in ("TCP_NODELAY", "LD_PRELOAD")}
        if self.nodelay:
            made["TCP_NODELAY"] = "1"
        if self.sync_delay_ms:
            made.update(LD_PRELOAD=str(self.shim()), NOCTIS_SYNC_DELAY_MS=str(self.sync_delay_ms))
        return made

    def shim(self):
        """A copy of the shim that every user may read."""
        if not SHIM.exists():
            raise Unavailable(f"{SHIM.relative_to(ROOT)} is not built")
        copy = self.work / "slow_sync.so"
        if not copy.exists():
            shutil.copy(SHIM, copy)
            copy.chmod(0o755)
        return copy

    def spawn(self, *command):
        if shutil.which(command[0]) is None:
            raise Unavailable(f"{command[0]} is not installed (bench/peers/install.sh installs the peers)")
        with open(self.work / "log", "ab") as log:
            self.process = subprocess.Popen(command, cwd=self.work, env=self.environment(), stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log)
        wait_for_port(self.port, 30, lambda: self.process.poll() is None)

    def __enter__(self):
        self.work.mkdir(parents=True)
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        raise NotImplementedError

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def roots(self):
        """Process ids whose trees do the server's work."""
        return [self.process.pid]

    def main_pid(self):
        """The process whose memory counts."""
        return self.process.pid
