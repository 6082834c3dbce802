"""Orthanc with its index in SQLite or PostgreSQL, both at their most durable setting."""
import json
import os
import shutil

from peers.postgres import PrivatePostgres
from peers.receiver import Receiver, Unavailable, free_port

INDEX_PLUGIN = "/usr/share/orthanc/plugins/libOrthancPostgreSQLIndex.so"


class OrthancSqlite(Receiver):
    name = "orthanc sqlite"
    ae_title = "ORTHANC"

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.http_port = free_port()

    def settings(self):
        return {
            "Name": self.name,
            "StorageDirectory": str(self.work / "storage"),
            "IndexDirectory": str(self.work / "index"),
            "SyncStorageArea": True,
            "StorageCompression": False,
            "DicomAet": self.ae_title,
            "DicomPort": self.port,
            "DicomCheckCalledAet": False,
            "DicomAlwaysAllowStore": True,
            "HttpPort": self.http_port,
            "RemoteAccessAllowed": False,
            "AuthenticationEnabled": False,
            "Plugins": [],
        }

    def start(self):
        program = shutil.which("Orthanc") or "/usr/sbin/Orthanc"
        configuration = self.work / "orthanc.json"
        configuration.write_text(json.dumps(self.settings(), indent=2))
        self.spawn(program, str(configuration))


class OrthancPostgres(OrthancSqlite):
    name = "orthanc postgresql"

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.database = None

    def settings(self):
        return {
            **super().settings(),
            "Plugins": [INDEX_PLUGIN],
            "PostgreSQL": {
                "EnableIndex": True,
                "EnableStorage": False,
                "Host": "127.0.0.1",
                "Port": self.database.port,
                "Database": "orthanc",
                "Username": "bench",
                "Password": "",
            },
        }

    def start(self):
        if not os.path.exists(INDEX_PLUGIN):
            raise Unavailable("orthanc-postgresql is not installed (bench/peers/install.sh installs the peers)")
        self.work.chmod(0o755)
        self.database = PrivatePostgres(self.work, self.environment())
        self.database.start("orthanc")
        super().start()

    def stop(self):
        super().stop()
        if self.database:
            self.database.stop()

    def roots(self):
        return [self.process.pid, self.database.pid()]
