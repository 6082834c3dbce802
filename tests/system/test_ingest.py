"""Images that come in by C-STORE are listed by REST and given back byte for byte."""

import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from data_sets import Image, new_uid, part10, read_part10
from noctis import ROOT, System
from pdu import CT_IMAGE, EXPLICIT_LITTLE, VERIFICATION, Association, Rejected, echo, store

NOT_STORAGE = {"1.2.840.10008.1.3.10"}  # Media Storage Directory: a DICOMDIR is no image
HTJ2K = "1.2.840.10008.1.2.4.201"


def read(path):
    return read_part10(path.read_bytes())


def storescu(system, *arguments):
    return subprocess.run(["storescu", "-v", "-aec", "RUST_SCP", "127.0.0.1", str(system.dicom_port), *map(str, arguments)],
                          capture_output=True, text=True, timeout=120, check=False)


def assert_kept(system, image, syntax=EXPLICIT_LITTLE):
    kept = read_part10(system.file(image.sop_instance))
    assert kept.data_set == image.data_set()
    assert kept.transfer_syntax == syntax


def send(system, image, **options):
    return store(system.dicom_port, image.sop_class, image.sop_instance, EXPLICIT_LITTLE, image.data_set(), **options)


def test_echo_is_answered_for_both_titles(system):
    for called in ("RUST_SCP", "NOCTIS"):
        assert echo(system.dicom_port, called=called) == 0


def test_a_head_ct_from_storescu_is_listed_and_comes_back_identical(system, test_data):
    folder = test_data / "ct-head-ge"
    sent = {one.sop_instance: one for one in map(read, sorted(p for p in folder.iterdir() if p.is_file()))}
    done = storescu(system, "+sd", "+r", folder)
    assert done.returncode == 0, done.stderr
    assert (done.stdout + done.stderr).count("Received Store Response (Success)") == len(sent) == 28
    study = next(row for row in system.fetch("/api/studies/", page_size=200)["results"] if row["number_of_instances"] == 28)
    listed = {image["sop_instance_uid"]: image for image in system.images(study["study_instance_uid"])}
    assert listed.keys() == sent.keys()
    for uid, original in sent.items():
        kept = read_part10(system.file(listed[uid]["id"]))
        assert kept.data_set == original.data_set, uid
        assert kept.transfer_syntax == original.transfer_syntax


def outcome_of(system, path):
    """Sends a file as it is; returns what became of it, having checked that it is so."""
    original = read(path)
    if not original.sop_class:
        return "no SOP class"
    called_instance = original.sop_instance or new_uid()
    try:
        status = store(system.dicom_port, original.sop_class, called_instance, original.transfer_syntax, original.data_set)
    except Rejected as rejected:
        return f"unexpected: {rejected}"
    if status is None:
        return "context refused" if original.sop_class in NOT_STORAGE else f"unexpected: no context for {original.sop_class}"
    if status == 0:
        kept = read_part10(system.file(called_instance))
        same = kept.data_set == original.data_set and kept.transfer_syntax == original.transfer_syntax
        return "acknowledged" if same else "unexpected: came back changed"
    reasons = [one["reason"] for one in system.quarantine_list() if one["sop_instance_uid"] == called_instance]
    return f"quarantined: {reasons[-1]}" if reasons else f"unexpected: status {status:04X} without a quarantine entry"


def write_table(outcomes):
    kinds = sorted({kind for counts in outcomes.values() for kind in counts})
    rows = ["| folder | " + " | ".join(kinds) + " |", "|---" * (len(kinds) + 1) + "|"]
    rows += [f"| {folder} | " + " | ".join(str(counts[kind]) for kind in kinds) + " |" for folder, counts in outcomes.items()]
    text = (
        "# What becomes of real files\n\nEach file of the test data that names a SOP class is sent with its own transfer "
        "syntax over C-STORE. *Acknowledged*: answered with success and given back with an identical data set. "
        "*Quarantined*: refused with a failure status, and listed by `noctisctl quarantine list` with this reason. "
        "*Context refused*: not a storage SOP class (DICOMDIR). *No SOP class*: nothing that C-STORE could announce. "
        "There is no other case.\n\nWritten by `pytest tests/system -m system -k every_file --write-tables`.\n\n"
    )
    (ROOT / "docs/conformance-data.md").write_text(text + "\n".join(rows) + "\n")


@pytest.fixture(name="taking_system")
def system_that_takes_private_classes():
    """A system that negotiates SOP classes outside the standard too, as a site with private ones configures it."""
    with System(config={"ingest": {"accept_unknown_sop_classes": True}}) as running:
        yield running


def test_every_file_is_either_kept_identically_or_in_quarantine(test_data, taking_system, request):
    outcomes, surprises = {}, []
    for folder in sorted(p for p in test_data.iterdir() if p.is_dir()):
        outcomes[folder.name] = counts = Counter()
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            outcome = outcome_of(taking_system, path)
            counts[outcome] += 1
            if outcome.startswith("unexpected"):
                surprises.append(f"{path.relative_to(test_data)}: {outcome}")
    assert not surprises, "\n".join(surprises)
    assert echo(taking_system.dicom_port) == 0
    taking_system.assert_verified()
    if request.config.getoption("--write-tables"):
        write_table(outcomes)


def test_the_same_instance_again_is_acknowledged_and_stored_once(system):
    image = Image()
    assert [send(system, image), send(system, image)] == [0, 0]
    assert len(system.images(image.study)) == 1
    assert_kept(system, image)


def test_the_same_uid_with_other_bytes_is_refused_and_kept_apart(system):
    image = Image()
    assert send(system, image) == 0
    impostor = Image(sop_instance=image.sop_instance, study=image.study, series=image.series, pixels=bytes(512))
    assert send(system, impostor) == 0xC000
    assert_kept(system, image)
    entry = next(one for one in system.quarantine_list() if one["sop_instance_uid"] == image.sop_instance)
    assert entry["reason"] == "instance_conflict"


def test_many_associations_at_once_lose_nothing(system):
    study, series = new_uid(), new_uid()
    images = [Image(study=study, series=series, number=n) for n in range(64)]

    def send_batch(batch):
        with Association(system.dicom_port, contexts=((CT_IMAGE, (EXPLICIT_LITTLE,)),)) as line:
            statuses = [line.store(CT_IMAGE, one.sop_instance, one.data_set()) for one in batch]
            line.release()
            return statuses

    with ThreadPoolExecutor(16) as senders:
        assert list(senders.map(send_batch, (images[n::16] for n in range(16)))) == [[0] * 4] * 16
    assert {one["sop_instance_uid"] for one in system.images(study)} == {one.sop_instance for one in images}


def test_one_association_sends_many_instances_in_several_contexts(system):
    image, secondary = Image(), Image(sop_class="1.2.840.10008.5.1.4.1.1.7")
    contexts = ((CT_IMAGE, (EXPLICIT_LITTLE,)), (secondary.sop_class, (EXPLICIT_LITTLE,)), (VERIFICATION, ("1.2.840.10008.1.2",)))
    with Association(system.dicom_port, contexts=contexts) as line:
        assert line.store(CT_IMAGE, image.sop_instance, image.data_set()) == 0
        assert line.echo() == 0
        assert line.store(secondary.sop_class, secondary.sop_instance, secondary.data_set()) == 0
        line.release()
    assert_kept(system, image)
    assert_kept(system, secondary)


def test_a_syntax_that_the_toolkit_does_not_know_is_kept_as_sent(system):
    image = Image()
    assert store(system.dicom_port, CT_IMAGE, image.sop_instance, HTJ2K, image.data_set()) == 0
    assert_kept(system, image, HTJ2K)


def test_an_instance_uploaded_and_sent_is_one(system):
    image = Image()
    assert system.upload([("a.dcm", part10(CT_IMAGE, image.sop_instance, EXPLICIT_LITTLE, image.data_set()))]).status == 200
    assert send(system, image) == 0
    assert len(system.images(image.study)) == 1


def test_the_study_counts_what_arrived(system):
    study, series = new_uid(), [new_uid(), new_uid()]
    for number in range(3):
        assert send(system, Image(study=study, series=series[number % 2], number=number)) == 0
    row = system.fetch("/api/studies/", study_instance_uid=study)["results"][0]
    assert (row["number_of_series"], row["number_of_instances"]) == (2, 3)
    assert row["status"] == "in_progress"


def test_no_patient_identifier_becomes_a_path(system):
    image = Image(patient_id="../../../../etc/NOCTIS", patient_name="..^/etc/passwd")
    status = send(system, image)
    paths = [str(p) for p in (system.data / "storage").rglob("*")]
    assert not any("NOCTIS" in one or "passwd" in one for one in paths)
    if status == 0:
        assert_kept(system, image)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "'; drop table patients; --", "%s%n", "𝕏^ok"])
def test_markup_in_a_patient_name_is_data(system, name):
    character_set = b"" if name.isascii() else b"\x08\x00\x05\x00CS\x0a\x00ISO_IR 192"
    image = Image(patient_name=name)
    data_set = character_set + image.data_set()
    assert store(system.dicom_port, CT_IMAGE, image.sop_instance, EXPLICIT_LITTLE, data_set) == 0
    row = system.fetch("/api/studies/", study_instance_uid=image.study)["results"][0]
    assert row["patient"]["patient_name"] == name
    assert read_part10(system.file(image.sop_instance)).data_set == data_set
