"""Independent programs: clients from npm, and an Orthanc of a test's own."""

import base64
import http.client
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from noctis import free_port, wait_until

HERE = Path(__file__).parent
CALLED = "RUST_SCP"


def clients_are_installed():
    return (HERE / "node_modules/dicomweb-client").is_dir()


def run_client(name, job, timeout=120):
    """Runs clients/NAME.js with a job, and returns its result."""
    done = subprocess.run(["node", HERE / f"clients/{name}.js"], input=json.dumps(job), text=True, timeout=timeout,
                          capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    # Some clients print what they do; the result is the last line.
    result = json.loads(done.stdout[done.stdout.rfind("\n") + 1:])
    assert not (isinstance(result, dict) and "error" in result), result["error"]
    return result


def unpacked(value):
    """Bytes that came as base64."""
    return base64.b64decode(value["base64"])


def dicomweb(system, *steps):
    """Each step is (call, options) or (call, options, files); returns a result for each."""
    job = {"url": f"http://127.0.0.1:{system.http_port}/dicom-web", "token": system.token(),
           "steps": [{"call": call, "options": options, **({"files": [str(f) for f in files[0]]} if files else {})}
                     for call, options, *files in steps]}
    return run_client("dicomweb", job)


def dimse(system, *steps, calling="DCMJS", listen=0):
    job = {"host": "127.0.0.1", "port": system.dicom_port, "calling": calling, "called": CALLED, "listen": listen,
           "steps": list(steps)}
    return run_client("dimse", job)


class Orthanc:
    """An Orthanc on free ports, with the system as its modality `noctis`."""

    title = "ORTHANC"

    def __init__(self, system):
        self.program = shutil.which("Orthanc", path="/usr/sbin:/usr/bin:/usr/local/sbin")
        if not self.program:
            pytest.skip("Orthanc is not installed (packages.txt, group test)")
        self.system = system
        self.work = Path(tempfile.mkdtemp(prefix="noctis-orthanc-"))
        self.port, self.http_port = free_port(), free_port()

    def __enter__(self):
        settings = {
            "Name": "peer", "StorageDirectory": str(self.work), "IndexDirectory": str(self.work), "Plugins": [],
            "DicomAet": self.title, "DicomPort": self.port, "DicomCheckCalledAet": False, "DicomAlwaysAllowStore": True,
            "DicomAlwaysAllowFind": True, "DicomAlwaysAllowMove": True, "DicomAlwaysAllowGet": True,
            "HttpPort": self.http_port, "RemoteAccessAllowed": False, "AuthenticationEnabled": False,
            "DicomModalities": {"noctis": [CALLED, "127.0.0.1", self.system.dicom_port]},
            "UnknownSopClassAccepted": True,
        }
        configuration = self.work / "orthanc.json"
        configuration.write_text(json.dumps(settings))
        with (self.work / "log").open("w") as log:
            self.process = subprocess.Popen([self.program, configuration], stdout=log, stderr=log)
        wait_until(self.answers, 30, "Orthanc answers")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.work, ignore_errors=True)

    def answers(self):
        try:
            return self.request("GET", "/system")[0] == 200
        except OSError:
            return False

    def request(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=60)
        try:
            connection.request(method, path, body if body is None or isinstance(body, bytes) else json.dumps(body))
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def ask(self, method, path, body=None):
        """A request that must succeed; returns its JSON."""
        status, answer = self.request(method, path, body)
        assert status == 200, f"{path}: {status} {answer[:500]}"
        return json.loads(answer)

    def upload(self, path):
        return self.ask("POST", "/instances", Path(path).read_bytes())

    def files(self):
        """The data sets that it keeps, as Part 10 files."""
        return [self.request("GET", f"/instances/{one}/file")[1] for one in self.ask("GET", "/instances")]
