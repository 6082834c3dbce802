"""Power cuts: a library preloaded into servers journals what they write, and a tool takes back what no fsync covered."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from noctis import PROGRAMS, ROOT, wait_until

LIBRARY = PROGRAMS.parent / "shims/power_cut.so"
TOOL = ROOT / "tests/shims/power_cut.py"


class Power:
    """The power of a running system whose `watched` directory loses what was not synced. `whole`: PostgreSQL and Redis
    hang on it too, not only noctisd. A context manager; leaving it stops the system."""

    def __init__(self, system, watched, whole):
        self.system, self.watched, self.whole = system, watched, whole
        self.before = system.environment
        # Beside the data directory: what the journal saves is linked, which works within one file system only.
        self.folder = tempfile.TemporaryDirectory(prefix="noctis-power-", dir=system.data.parent)
        self.journal = Path(self.folder.name) / "journal"
        self.journal.mkdir()
        for place in (Path(self.folder.name), self.journal):
            place.chmod(0o777)
        self._begin_journal()

    def _begin_journal(self):
        """The journal is written by the users of all servers."""
        (self.journal / "journal").touch()
        (self.journal / "journal").chmod(0o666)

    def _connect(self):
        """Starts the system again, watched from now on."""
        self.system.stop()
        preload = {"LD_PRELOAD": LIBRARY, "NOCTIS_POWER_DIR": self.watched, "NOCTIS_POWER_JOURNAL": self.journal}
        if self.whole:
            self.system.environment = self.before | preload
        else:
            self.system.environment = self.before | {"NOCTIS_PROGRAMS": self._wrapped_programs(preload)}
        self.system.start()

    def _wrapped_programs(self, preload):
        folder = Path(self.folder.name) / "bin"
        folder.mkdir()
        settings = " ".join(f"'{name}={value}'" for name, value in preload.items())
        (folder / "noctisd").write_text(f"#!/bin/sh\nexec env {settings} '{PROGRAMS}/noctisd' \"$@\"\n")
        (folder / "noctisd").chmod(0o755)
        (folder / "noctisctl").symlink_to(PROGRAMS / "noctisctl")
        return folder

    def cut(self):
        """Every watched process dies, and what no sync covered is gone."""
        for name in ("noctisd", "postgres", "redis") if self.whole else ("noctisd",):
            self.system.kill(name)
        database = str((self.system.data / "postgres").resolve())
        if self.whole:
            wait_until(lambda: not any(works_in(pid, database) for pid in os.listdir("/proc") if pid.isdigit()), 20,
                       "the processes of PostgreSQL are gone")
        done = subprocess.run([sys.executable, TOOL, self.watched, self.journal], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        self._begin_journal()
        return done.stdout

    def __enter__(self):
        self._connect()
        return self

    def __exit__(self, *_):
        self.system.environment = self.before
        self.system.stop()
        self.folder.cleanup()


def works_in(pid, directory):
    try:
        return os.readlink(f"/proc/{pid}/cwd") == directory
    except OSError:
        return False
