"""DCMTK's command line clients and servers, called as their manual pages say."""

import json
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from data_sets import read_part10
from noctis import free_port, wait_until

CALLED = "RUST_SCP"


def run(*command, timeout=120):
    return subprocess.run([str(one) for one in command], capture_output=True, text=True, timeout=timeout, check=False,
                          errors="replace")


def keys_of(level, keys):
    listed = {"QueryRetrieveLevel": level} | keys if level else keys
    return [part for name, value in listed.items() for part in ("-k", f"{name}={value}" if value else name)]


def as_json(path):
    """A data set by dcm2json: {tag: values}, text in UTF-8; a person's name by its groups, joined by "="."""
    done = run("dcm2json", "-fc", path)
    assert done.returncode == 0, done.stderr
    return {tag: [plain(value) for value in attribute.get("Value", [])] for tag, attribute in json.loads(done.stdout).items()}


def plain(value):
    if isinstance(value, dict) and value.keys() <= {"Alphabetic", "Ideographic", "Phonetic"}:
        return "=".join(value.get(group, "") for group in ("Alphabetic", "Ideographic", "Phonetic")).rstrip("=")
    return value


@dataclass
class Found:
    """What findscu got: its matches as {tag: values}, and all that it printed."""

    matches: list
    output: str


def findscu(system, model, level, keys, *options, calling="FINDSCU", query_file=None):
    """`model`: -P, -S, -O or -W. Returns every match."""
    folder = Path(tempfile.mkdtemp(prefix="findscu-"))
    try:
        done = run("findscu", "-v", "-X", "-od", folder, "-aet", calling, "-aec", CALLED, model, *options,
                   *keys_of(level, keys), "127.0.0.1", system.dicom_port, *([query_file] if query_file else []))
        return Found([as_json(one) for one in sorted(folder.glob("rsp*.dcm"))], done.stdout + done.stderr)
    finally:
        shutil.rmtree(folder)


def files_in(folder):
    """What a receiver has kept, by SOP Instance UID."""
    kept = [read_part10(one.read_bytes()) for one in Path(folder).iterdir() if one.is_file()]
    return {one.sop_instance: one for one in kept}


def movescu(system, model, level, keys, destination, *options, calling="MOVESCU", timeout=120):
    return run("movescu", "-v", "-aet", calling, "-aec", CALLED, "-aem", destination, model, *options,
               *keys_of(level, keys), "127.0.0.1", system.dicom_port, timeout=timeout)


def getscu(system, model, level, keys, folder, *options, calling="GETSCU"):
    return run("getscu", "-v", "-aet", calling, "-aec", CALLED, model, *options, "-od", folder, *keys_of(level, keys),
               "127.0.0.1", system.dicom_port)


@dataclass
class Receiver:
    """A storescp that keeps what it gets in `folder`, bit for bit."""

    title: str
    port: int
    folder: Path
    arguments: list = field(default_factory=list)

    def files(self):
        return files_in(self.folder)


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def storescp(title, *arguments, port=None):
    folder = Path(tempfile.mkdtemp(prefix="storescp-"))
    port = port or free_port()
    program = subprocess.Popen(["storescp", "-v", "+B", "-aet", title, "-od", str(folder), *map(str, arguments), str(port)],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    try:
        wait_until(lambda: is_open(port), 10, "storescp listens")
        yield Receiver(title, port, folder)
    finally:
        program.kill()
        program.wait()
        shutil.rmtree(folder)
