"""A private PostgreSQL 15 for a peer, as durable as PostgreSQL is by default, away from any other cluster."""
import os
import pwd
import subprocess
from pathlib import Path

from peers.receiver import Unavailable, free_port

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_sync_method": "fdatasync",
}


class PrivatePostgres:
    """Runs as the user postgres when this is root, who may not run it."""

    def __init__(self, work, environment):
        self.data = Path(work) / "postgres"
        self.port = free_port()
        self.environment = environment

    def _run(self, *command, environment=None):
        if os.geteuid() == 0:
            command = ("runuser", "-u", "postgres", "--", *command)
        return subprocess.run(command, env=environment, cwd="/", check=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def start(self, database):
        if not (PROGRAMS / "initdb").exists():
            raise Unavailable("postgresql-15 is not installed (bench/peers/install.sh installs the peers)")
        self.data.mkdir()
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.data, owner.pw_uid, owner.pw_gid)
        try:
            self._run(str(PROGRAMS / "initdb"), "-D", str(self.data), "-U", "bench", "-A", "trust", "-E", "UTF8", "--no-sync")
            options = [f"-c {key}={value}" for key, value in SETTINGS.items()]
            options += [f"-c port={self.port}", f"-c unix_socket_directories={self.data}"]
            self._run(str(PROGRAMS / "pg_ctl"), "-D", str(self.data), "-w", "-l", str(self.data / "log"),
                      "-o", " ".join(options), "start", environment=self.environment)
            self._run(str(PROGRAMS / "createdb"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "bench", database)
        except subprocess.CalledProcessError as wrong:
            raise Unavailable(f"PostgreSQL: {wrong.stderr.strip()}") from wrong

    def stop(self):
        if (self.data / "postmaster.pid").exists():
            self._run(str(PROGRAMS / "pg_ctl"), "-D", str(self.data), "-w", "-m", "fast", "stop")

    def pid(self):
        return int((self.data / "postmaster.pid").read_text().split()[0])
