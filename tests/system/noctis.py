"""A whole Noctis of a test's own: a data directory and free ports, started and stopped by the commands that people use."""

import contextlib
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ.get("NOCTIS_PROGRAMS", ROOT / "build/bin"))
TEST_DATA = Path(os.environ.get("NOCTIS_TEST_DATA", ROOT / "../shared/data"))
ADMIN_PASSWORD = "correct horse 7 battery"


def free_port():
    """A port below those that the system gives to clients, so that none of them takes it before its server does."""
    while True:
        port = 12_000 + secrets.randbelow(20_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_until(condition, seconds, what):
    """Returns the first true value of `condition()`; fails after that many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.05)


@dataclass
class Answer:
    """An HTTP answer; header names are in lower case."""

    status: int
    headers: dict
    body: bytes

    def json(self):
        return json.loads(self.body)


def assert_problem(answer, status):
    """Checks that an answer is an RFC 9457 problem with this status; returns it."""
    assert answer.status == status, answer.body
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["status"] == status
    assert {"type", "title", "detail"} <= problem.keys()
    return problem


def split_parts(answer):
    """The parts of a multipart/related answer, byte for byte."""
    kind = answer.headers["content-type"]
    assert kind.startswith("multipart/related") and "application/dicom" in kind
    boundary = next(one.split("=", 1)[1].strip('"') for one in kind.split(";") if one.strip().startswith("boundary="))
    pieces = (b"\r\n" + answer.body).split(b"\r\n--" + boundary.encode())
    assert pieces[-1].strip() == b"--"
    return [piece.split(b"\r\n\r\n", 1)[1] for piece in pieces[1:-1]]


def multipart(files, boundary=None):
    """Returns (content type, body) of a form with a part `file` for each (name, bytes)."""
    boundary = boundary or secrets.token_hex(12)
    body = b"".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        f"Content-Type: application/dicom\r\n\r\n".encode() + content + b"\r\n"
        for name, content in files
    )
    return f"multipart/form-data; boundary={boundary}", body + f"--{boundary}--\r\n".encode()


@dataclass
class System:
    """`config` becomes config.json of the data directory; `environment` goes to start-dev.sh."""

    environment: dict = field(default_factory=dict)
    config: dict = field(default_factory=dict)

    def __post_init__(self):
        self.data = Path(tempfile.mkdtemp(prefix="noctis-test-"))
        self.data.chmod(0o711)
        self.http_port, self.dicom_port = free_port(), free_port()
        self.tokens = {}
        if self.config:
            (self.data / "config.json").write_text(json.dumps(self.config))

    # -- life ---------------------------------------------------------------------------------------------------------

    def variables(self):
        inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TERM")}
        inherited.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})
        own = {
            "NOCTIS_DATA": self.data, "NOCTIS_PROGRAMS": PROGRAMS, "HTTP_PORT": self.http_port,
            "DICOM_SCP_PORT": self.dicom_port, "NOCTIS_ADMIN_PASSWORD": ADMIN_PASSWORD,
        }
        return inherited | {name: str(value) for name, value in (own | self.environment).items()}

    def script(self, *command, timeout=180):
        return subprocess.run(command, cwd=ROOT, env=self.variables(), timeout=timeout, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)

    def start(self, check=True):
        done = self.script("./start-dev.sh", "--detach")
        assert not check or done.returncode == 0, done.stdout
        return done

    def stop(self):
        done = self.script("./stop.sh", timeout=40)
        assert done.returncode == 0, done.stdout
        return done

    def remove(self):
        self.stop()
        database = (self.data / "postgres").resolve()
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.rmtree(database, ignore_errors=True)

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_):
        self.remove()

    def pid(self, name):
        """The process id of noctisd, postgres or redis."""
        return int((self.data / f"run/{name}.pid").read_text())

    def kill(self, name):
        os.kill(self.pid(name), signal.SIGKILL)

    def flush_redis(self):
        socket_path = self.running_environment()["REDIS_URL"].removeprefix("unix://")
        subprocess.run(["redis-cli", "-s", socket_path, "FLUSHALL"], check=True, capture_output=True)

    def log(self):
        return (self.data / "logs/noctisd.log").read_text(errors="replace")

    # -- operations ---------------------------------------------------------------------------------------------------

    def running_environment(self):
        lines = (self.data / "run/environment").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)

    def run_ctl(self, *arguments, timeout=120, environment=None):
        """Runs noctisctl as an operator would, who knows the data directory only."""
        variables = {"PATH": os.environ["PATH"], "NOCTIS_DATA": str(self.data)} | (environment or {})
        return subprocess.run([PROGRAMS / "noctisctl", *map(str, arguments)], env=variables, timeout=timeout, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)

    def ctl(self, *arguments, **options):
        """Runs noctisctl with --json, which must succeed, and returns what it prints."""
        done = self.run_ctl(*arguments, "--json", **options)
        assert done.returncode == 0, f"noctisctl {arguments}: {done.stdout}{done.stderr}"
        return json.loads(done.stdout) if done.stdout.strip() else None

    def add_user(self, name, password, *options):
        self.ctl("user", "add", name, *options, environment={"NOCTIS_ADMIN_PASSWORD": password})

    def verify(self):
        """Returns the report of `noctisctl verify`; also when it found something."""
        done = self.run_ctl("verify", "--json", timeout=600)
        return json.loads(done.stdout)

    def assert_verified(self):
        report = self.verify()
        assert report["ok"] is True, json.dumps(report, indent=1)[:4000]
        return report

    def quarantine_list(self):
        return self.ctl("quarantine", "list")

    def psql(self, query):
        """Returns the rows of a query as lists of text."""
        done = subprocess.run(["psql", "-X", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1",
                               self.running_environment()["DATABASE_URL"], "-c", query],
                              capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return [line.split("\t") for line in done.stdout.splitlines()]

    # -- HTTP ---------------------------------------------------------------------------------------------------------

    def request(self, method, path, body=None, headers=None, token=None, timeout=60):
        """One request on a connection of its own. `token`: None the administrator's, "" none, else that one. A dict or
        list as body is sent as JSON."""
        fields = {} if token == "" else {"Authorization": f"Bearer {token or self.token()}"}
        if isinstance(body, (dict, list)):
            body, fields["Content-Type"] = json.dumps(body), "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=timeout)
        try:
            connection.request(method, path, body, fields | (headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def log_in(self, name="admin", password=ADMIN_PASSWORD, patient=True):
        """One attempt; a patient one waits for as long as it is told to and tries again."""
        answer = self.request("POST", "/api/auth/token/", {"username": name, "password": password}, token="")
        if answer.status == 429 and patient:
            time.sleep(int(answer.headers["retry-after"]))
            return self.log_in(name, password)
        return answer

    def token(self, name="admin", password=ADMIN_PASSWORD):
        """An access token, asked for when there is none or it is about to end."""
        access, end = self.tokens.get(name, ("", 0))
        if time.monotonic() > end:
            answer = self.log_in(name, password)
            assert answer.status == 200, answer.body
            access = answer.json()["access"]
            self.tokens[name] = access, time.monotonic() + answer.json()["expires_in"] / 2
        return access

    def get(self, path, token=None, headers=None, **query):
        return self.request("GET", path + ("?" + urlencode(query, doseq=True) if query else ""), token=token,
                            headers=headers)

    def fetch(self, path, **query):
        """GET as the administrator, which must succeed; returns the JSON."""
        answer = self.get(path, **query)
        assert answer.status == 200, f"{path}: {answer.status} {answer.body[:500]}"
        return answer.json()

    def upload(self, files, token=None):
        kind, body = multipart(files)
        return self.request("POST", "/dicom/api/upload/", body, {"Content-Type": kind}, token=token)

    def images(self, study):
        """Every image of a study, as GET /dicom/api/studies/<id>/ lists them."""
        return [image for series in self.fetch(f"/dicom/api/studies/{study}/")["series"] for image in series["images"]]

    def file(self, image):
        """The stored Part 10 file of an image (numeric id or SOP Instance UID)."""
        answer = self.get(f"/dicom/api/images/{image}/file/")
        assert answer.status == 200, f"{image}: {answer.status} {answer.body[:500]}"
        return answer.body
