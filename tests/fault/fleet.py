"""A fleet of modalities that send until told to stop, and the proof that what they were promised is there."""

import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

import xxhash
from data_sets import Image, read_part10
from noctis import PROGRAMS, split_parts, wait_until


class Fleet:
    """`associations` senders to one DICOM port, which connect and send again until each instance is acknowledged.
    A context manager: leaving it ends the senders and removes the ledger."""

    def __init__(self, port, associations=16, size=100_000):
        self.folder = tempfile.TemporaryDirectory(prefix="noctis-fleet-")
        self.ledger = Path(self.folder.name) / "ledger"
        source = Path(self.folder.name) / "slices"
        source.mkdir()
        one = Image(patient_id="FLEET00001")
        for number in range(4):
            image = Image(patient_id=one.patient_id, study=one.study, series=one.series, number=number,
                          pixels=bytes([number, 255 - number]) * (size // 2))
            (source / f"{number}.dcm").write_bytes(image.part10())
        self.command = [PROGRAMS / "noctis-fleet", "127.0.0.1", str(port), "--associations", str(associations), "--instances",
                        "100000000", "--series", "200", "--retry", "--timeout", "20", "--source", source, "--ledger", self.ledger,
                        "--json"]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        self.folder.cleanup()

    def acknowledged(self):
        return self.ledger.read_bytes().count(b"\n") if self.ledger.exists() else 0

    def wait_for_more(self, count=100, seconds=60):
        """Returns once so many more instances have been acknowledged."""
        goal = self.acknowledged() + count
        wait_until(lambda: self.acknowledged() >= goal, seconds, f"{count} more instances acknowledged")

    def stop(self):
        """Ends the senders; returns {study: {SOP Instance UID: digest of the data set}} of what was acknowledged."""
        self.process.terminate()
        self.process.wait(30)
        promised = defaultdict(dict)
        for line in self.ledger.read_text().splitlines():
            instance, study, digest = line.split()
            promised[study][instance] = digest
        return promised


def assert_kept(system, promised):
    """Every acknowledged instance is listed once and comes back with the bytes that were sent."""
    assert promised
    for study, instances in promised.items():
        listed = [image["sop_instance_uid"] for image in system.images(study)]
        assert len(listed) == len(set(listed)), f"{study}: instances listed twice"
        lost = instances.keys() - set(listed)
        assert not lost, f"{study}: {len(lost)} acknowledged instances are lost"
        answer = system.get(f"/dicom-web/studies/{study}", headers={"Accept": 'multipart/related; type="application/dicom"'})
        assert answer.status == 200, answer.body[:500]
        kept = [read_part10(part) for part in split_parts(answer)]
        given = [one.sop_instance for one in kept]
        assert len(given) == len(set(given)), f"{study}: instances given back twice"
        # What was on its way when its sender died may have come between the list and the bytes.
        assert not set(listed) - set(given), f"{study}: {len(set(listed) - set(given))} listed instances are not given back"
        changed = [one.sop_instance for one in kept if one.sop_instance in instances
                   and xxhash.xxh3_128_hexdigest(one.data_set) != instances[one.sop_instance]]
        assert not changed, f"{study}: came back changed: {changed[:5]}"
    system.assert_verified()


def total(promised):
    return sum(map(len, promised.values()))
