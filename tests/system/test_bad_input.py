"""Whatever comes over the DICOM port: a clear refusal, and the server goes on answering everybody else."""

import os
import random
import socket
import struct
import time
from contextlib import suppress

import pytest
from data_sets import Image, nested_sequences, new_uid
from noctis import System, wait_until
from pdu import (CT_IMAGE, EXPLICIT_LITTLE, IMPLICIT_LITTLE, P_DATA, VERIFICATION, Association, Closed, Rejected,
                 associate_rq, echo, pdu, pdv, store, store_rq)

CT_CONTEXT = ((CT_IMAGE, (EXPLICIT_LITTLE,)),)


@pytest.fixture(autouse=True)
def answers_afterwards(system):
    """After each of these tests the server is the same process and answers C-ECHO within 2 s."""
    before = system.pid("noctisd")
    yield
    began = time.monotonic()
    assert echo(system.dicom_port, timeout=5) == 0
    assert time.monotonic() - began < 2
    assert system.pid("noctisd") == before and os.path.exists(f"/proc/{before}")


def connect(system):
    return socket.create_connection(("127.0.0.1", system.dicom_port), 10)


def closes(line, seconds=60):
    """Whether the server ends the connection (perhaps after an A-ABORT or A-ASSOCIATE-RJ)."""
    line.settimeout(seconds)
    try:
        while line.recv(65536):
            pass
    except ConnectionError:
        pass
    return True


def send(system, image, data_set=None, **options):
    return store(system.dicom_port, image.sop_class, image.sop_instance, EXPLICIT_LITTLE, data_set or image.data_set(),
                 **options)


def quarantined(system, uid):
    return [one["reason"] for one in system.quarantine_list() if one["sop_instance_uid"] == uid]


def listed(system, study):
    return system.fetch("/api/studies/", study_instance_uid=study)["count"] > 0


# -- PDUs -------------------------------------------------------------------------------------------------------------

random.seed(1)
RQ = associate_rq("RUST_SCP", "TEST", CT_CONTEXT)
GARBAGE = {
    "random bytes": random.randbytes(4096),
    "an HTTP request": b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a PDU of unknown type": pdu(0x99, b"abc"),
    "data before the association": pdu(P_DATA, pdv(1, 3, b"abc")),
    "a length of 4 GiB": pdu(1, RQ[6:], 0xFFFFFFFF),
    "an empty request": pdu(1, b""),
    "an item longer than its PDU": RQ[:-60] + struct.pack(">BBH", 0x50, 0, 0xFFFF) + RQ[-56:],
    "a presentation context without a syntax": pdu(1, RQ[6:80] + struct.pack(">BBHBBBB", 0x20, 0, 4, 1, 0, 0, 0)),
    "zeros": bytes(1000),
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_ends_its_own_connection_only(system, kind):
    with connect(system) as line:
        with suppress(OSError):  # it may be cut off before it has said everything
            line.sendall(GARBAGE[kind])
            line.shutdown(socket.SHUT_WR)
        assert closes(line)


def test_a_data_pdu_of_4_gib_ends_its_association_only(system):
    with Association(system.dicom_port, contexts=CT_CONTEXT) as line:
        with suppress(OSError):
            line.socket.sendall(struct.pack(">BBI", P_DATA, 0, 0xFFFFFFFF) + bytes(100_000))
            line.socket.shutdown(socket.SHUT_WR)
        assert closes(line.socket)


def test_a_value_longer_than_its_pdu_ends_its_association_only(system):
    with Association(system.dicom_port, contexts=CT_CONTEXT) as line:
        line.socket.sendall(pdu(P_DATA, struct.pack(">IBB", 0xFFFFFFF0, 1, 3) + b"abc"))
        assert closes(line.socket)


def test_data_on_a_context_that_was_not_accepted_ends_its_association_only(system):
    with Association(system.dicom_port, contexts=CT_CONTEXT) as line:
        line.send_fragments(77, store_rq(CT_IMAGE, new_uid()), True)
        assert closes(line.socket)


def test_a_command_that_is_none_ends_its_association_only(system):
    with Association(system.dicom_port, contexts=CT_CONTEXT) as line:
        line.send_fragments(1, random.randbytes(300), True)
        assert closes(line.socket)


def test_200_half_open_connections_do_not_stop_an_echo(system):
    lines = [connect(system) for _ in range(200)]
    try:
        for number, line in enumerate(lines):
            line.sendall(RQ[: number % len(RQ)])
        began = time.monotonic()
        assert echo(system.dicom_port, timeout=5, calling="OTHER") == 0
        assert time.monotonic() - began < 2
    finally:
        for line in lines:
            line.close()


def test_200_idle_associations_do_not_stop_an_echo(system):
    lines = [Association(system.dicom_port, contexts=CT_CONTEXT) for _ in range(200)]
    try:
        began = time.monotonic()
        assert echo(system.dicom_port, timeout=5, calling="OTHER") == 0
        assert time.monotonic() - began < 2
    finally:
        for line in lines:
            line.socket.close()


def test_a_connection_that_says_nothing_is_closed(system):
    with connect(system) as line:
        assert closes(line, 90)


# -- associations -----------------------------------------------------------------------------------------------------

def test_a_wrong_called_title_is_rejected_by_name(system):
    with pytest.raises(Rejected) as rejected:
        Association(system.dicom_port, called="SOMEONE_ELSE")
    # Permanent, by the service user, called AE title not recognised (PS3.8 table 9-21).
    assert (rejected.value.result, rejected.value.source, rejected.value.reason) == (1, 1, 7)


def test_an_unknown_abstract_syntax_is_refused_beside_a_known_one(system):
    contexts = (("1.2.3.4.5.6.7", (IMPLICIT_LITTLE,)), (VERIFICATION, (IMPLICIT_LITTLE,)))
    with Association(system.dicom_port, contexts=contexts) as line:
        assert list(line.accepted) == [VERIFICATION]
        assert line.echo() == 0
        line.release()


def test_more_associations_than_allowed_are_rejected_as_transient():
    with System(config={"ingest": {"max_associations": 4, "max_associations_per_peer": 4}}) as small:
        held = [Association(small.dicom_port) for _ in range(4)]
        with pytest.raises(Rejected) as rejected:
            Association(small.dicom_port)
        assert rejected.value.result == 2
        held.pop().release()
        wait_until(lambda: succeeds(small), 5, "a place for another association")
        for line in held:
            line.release()


def succeeds(system, **options):
    try:
        return echo(system.dicom_port, **options) == 0
    except (Rejected, Closed):
        return False


def test_an_association_cut_in_mid_data_set_leaves_nothing(system):
    image = Image(pixels=bytes(200_000))
    with Association(system.dicom_port, contexts=CT_CONTEXT) as line:
        line.send_fragments(1, store_rq(CT_IMAGE, image.sop_instance), True)
        line.send_fragments(1, image.data_set()[:100_000], False, end=False)
        line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert not listed(system, image.study)
    assert send(system, image) == 0


# -- data sets --------------------------------------------------------------------------------------------------------

def test_a_truncated_data_set_is_refused_and_in_quarantine(system):
    image = Image()
    assert send(system, image, image.data_set()[:-100]) == 0xC000
    assert quarantined(system, image.sop_instance) == ["truncated_data_set"]
    assert not listed(system, image.study)


@pytest.mark.parametrize("cut", [1, 7, 8, 30, 61, 100, 180])
def test_a_data_set_cut_anywhere_is_refused(system, cut):
    image = Image()
    assert send(system, image, image.data_set()[:cut]) in (0xC000, 0xA900)
    assert quarantined(system, image.sop_instance)


def test_an_empty_data_set_is_refused(system):
    image = Image()
    with Association(system.dicom_port, contexts=CT_CONTEXT) as line:
        assert line.store(CT_IMAGE, image.sop_instance, b"") in (0xC000, 0xA900)
        line.release()


@pytest.mark.parametrize("missing", ["sop_class", "sop_instance", "study", "series"])
def test_a_missing_uid_is_refused_and_in_quarantine(system, missing):
    whole = Image()
    data_set = Image(**(vars(whole) | {missing: None})).data_set()
    assert send(system, whole, data_set) == 0xA900
    assert quarantined(system, whole.sop_instance) == ["missing_identifier"]


BAD_UIDS = {"too long": "1." + "2" * 63, "a path": "1.2/../../../etc", "NUL": "1.2\0.3", "markup": "<b>1.2</b>", "a space": "1.2 3"}


@pytest.mark.parametrize("kind", BAD_UIDS)
@pytest.mark.parametrize("which", ["study", "series"])
def test_a_uid_that_is_none_is_refused_and_in_quarantine(system, which, kind):
    image = Image(**{which: BAD_UIDS[kind]})
    assert send(system, image) == 0xA900
    assert quarantined(system, image.sop_instance) == ["invalid_identifier"]


@pytest.mark.parametrize("kind", BAD_UIDS)
def test_a_sop_instance_uid_that_is_none_is_refused(system, kind):
    image = Image(sop_instance=BAD_UIDS[kind])
    try:
        assert send(system, image) not in (0, None)
    except Closed:
        pass
    names = [p.name for p in (system.data / "storage").rglob("*")]
    assert not any("etc" in one or "<b>" in one for one in names)


def test_nul_in_a_patient_id_is_stored_as_sent_or_refused(system):
    image = Image(patient_id="P\x001")
    status = send(system, image)
    assert status in (0, 0xC000, 0xA900)
    assert listed(system, image.study) == (status == 0)
    assert status == 0 or quarantined(system, image.sop_instance)


def test_a_nesting_of_5000_is_refused_and_in_quarantine(system):
    image = Image(extra=nested_sequences(5000))
    assert send(system, image) == 0xC000
    assert quarantined(system, image.sop_instance) == ["limit_exceeded"]


def test_an_element_longer_than_the_data_set_is_refused(system):
    image = Image(extra=struct.pack("<HH2sHI", 0x0009, 0x1001, b"OB", 0, 0xFFFFFFF0))
    assert send(system, image) == 0xC000
    assert quarantined(system, image.sop_instance)


def test_random_bytes_are_refused_and_in_quarantine(system):
    image = Image()
    assert send(system, image, random.randbytes(5000)) in (0xC000, 0xA900)
    assert quarantined(system, image.sop_instance)


def test_another_sop_instance_than_announced_is_a_mismatch(system):
    image, announced = Image(), new_uid()
    assert store(system.dicom_port, CT_IMAGE, announced, EXPLICIT_LITTLE, image.data_set()) == 0xA900
    assert quarantined(system, announced) or quarantined(system, image.sop_instance)
    assert not listed(system, image.study)


def test_another_sop_class_than_announced_is_a_mismatch(system):
    image = Image(sop_class="1.2.840.10008.5.1.4.1.1.4")
    assert store(system.dicom_port, CT_IMAGE, image.sop_instance, EXPLICIT_LITTLE, image.data_set()) == 0xA900
    assert quarantined(system, image.sop_instance) == ["sop_class_mismatch"]


def test_a_study_does_not_change_its_patient(system):
    image = Image(patient_id=new_uid()[:20])
    assert send(system, image) == 0
    other = Image(patient_id=new_uid()[:20], study=image.study)
    assert send(system, other) == 0xC000
    assert quarantined(system, other.sop_instance) == ["patient_conflict"]


def test_an_unknown_caller_is_rejected_in_production():
    production = {"DEPLOYMENT_MODE": "production", "ALLOWED_HOSTS": "127.0.0.1", "HTTP_HOST": "127.0.0.1"}
    with System(environment=production) as system:
        with pytest.raises(Rejected) as rejected:
            Association(system.dicom_port, calling="STRANGER")
        # Permanent, by the service user, calling AE title not recognised.
        assert (rejected.value.result, rejected.value.source, rejected.value.reason) == (1, 1, 3)
        system.ctl("ae", "add", "KNOWN", "127.0.0.1", "104")
        wait_until(lambda: succeeds(system, calling="KNOWN"), 10, "the new title is accepted")
