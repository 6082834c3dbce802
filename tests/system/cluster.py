"""Two processes that make one system: `gate` takes images in, `core` stores, indexes and answers. They know each other
by certificates of the cluster's own."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from noctis import ROOT, System, free_port, wait_until


class Pair:
    """A context manager; `core` and `gate` are Systems of one database. `foreign` gives gate another cluster's
    certificates."""

    def __init__(self, foreign=False):
        self.certificates = Path(tempfile.mkdtemp(prefix="noctis-tls-"))
        self._make_certificates("ours")
        if foreign:
            self._make_certificates("theirs")
        self.core = System(environment=self._environment("core", "store,index,http,work"), config=self._config("core", "ours"))
        self.gate = System(config=self._config("gate", "theirs" if foreign else "ours"))

    def _make_certificates(self, cluster):
        subprocess.run([ROOT / "scripts/cluster-certificates.sh", self.certificates / cluster, "core", "gate"], check=True,
                       capture_output=True)

    def _environment(self, node, roles):
        return {"NOCTIS_NODE": node, "NOCTIS_ROLES": roles, "NOCTIS_CLUSTER_PORT": free_port()}

    def _config(self, node, cluster):
        folder = self.certificates / cluster
        tls = {"ca": folder / "ca.pem", "certificate": folder / f"{node}.pem", "key": folder / f"{node}.key"}
        return {"cluster": {"host": "127.0.0.1", "tls": {name: str(path) for name, path in tls.items()}}}

    def __enter__(self):
        try:
            self.core.start()
            shared = {name: self.core.running_environment()[name] for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")}
            self.gate.environment = self._environment("gate", "ingest") | shared
            self.gate.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.gate.remove()
        self.core.remove()
        shutil.rmtree(self.certificates, ignore_errors=True)

    def node_states(self):
        """Returns {name: state} of the nodes that the core knows."""
        return {node["name"]: node["state"] for node in self.core.fetch("/dicom/api/system/status/")["stats"]["nodes"]}

    def wait_until_whole(self):
        wait_until(lambda: set(self.node_states().values()) == {"up"} and len(self.node_states()) == 2, 20, "both nodes are up")
