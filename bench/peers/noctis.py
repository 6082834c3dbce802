"""Noctis itself, started as its users start it, with data and ports of its own."""
import json
import os
import subprocess

from peers.receiver import ROOT, Receiver, Unavailable, free_port, wait_for_port


class Noctis(Receiver):
    name = "noctis"
    ae_title = "RUST_SCP"
    # No study is complete while the benchmark runs: what is measured is not disturbed by analyses of what was sent before.
    config = {"ingest": {"study_complete_after": 86400}}

    def _run(self, script, environment):
        done = subprocess.run(script, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            raise Unavailable(f"{script[0]}: {' / '.join(done.stdout.strip().splitlines()[-3:])}")

    def place(self):
        """The variables that make this system one of its own."""
        return {"NOCTIS_DATA": str(self.work / "data"), "DICOM_SCP_PORT": str(self.port), "HTTP_PORT": str(self.http_port)}

    def start(self):
        if not os.access(ROOT / "start-dev.sh", os.X_OK):
            raise Unavailable("there is no start-dev.sh")
        self.http_port = free_port()
        self.work.parent.chmod(0o755)
        self.work.chmod(0o755)
        quick = {key: value for key, value in os.environ.items()
                 if key not in ("TCP_NODELAY", "LD_PRELOAD", "DATABASE_URL", "REDIS_URL")}
        quick.update(self.place())
        (self.work / "data").mkdir(parents=True, exist_ok=True)
        (self.work / "data/config.json").write_text(json.dumps(self.config))
        self._run(["./start-dev.sh", "--detach"], quick)
        if self.sync_delay_ms:  # the set-up syncs much that isn't measured: again, on the slow disk
            self._run(["./stop.sh"], quick)
            slow = {**quick, **{key: self.environment()[key] for key in ("LD_PRELOAD", "NOCTIS_SYNC_DELAY_MS")}}
            self._run(["./start-dev.sh", "--detach"], slow)
        wait_for_port(self.port, 10)

    def stop(self):
        if (self.work / "data/run").exists():
            subprocess.run(["./stop.sh"], cwd=ROOT, env={**os.environ, **self.place()}, check=False,
                           stdout=subprocess.DEVNULL)

    def _pid(self, name):
        return int((self.work / f"data/run/{name}.pid").read_text().split()[0])

    def roots(self):
        return [self._pid(name) for name in ("noctisd", "postgres", "redis")]

    def main_pid(self):
        return self._pid("noctisd")
