"""Storage Commitment: what is kept is committed, what is not is told with its reason."""

import socket
import struct

import pytest
from data_sets import Image, element, new_uid
from noctis import wait_until
from pdu import (
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    Association,
    accept_association,
    command,
    store,
)

COMMITMENT = "1.2.840.10008.1.20.1"
WELL_KNOWN = "1.2.840.10008.1.20.1.1"
MR_IMAGE = "1.2.840.10008.5.1.4.1.1.4"
NO_SUCH_INSTANCE, CLASS_CONFLICT, PROCESSING_FAILURE = 0x0112, 0x0119, 0x0110


def send(system, image):
    assert store(system.dicom_port, image.sop_class, image.sop_instance, EXPLICIT_LITTLE, image.data_set()) == 0
    return image


def item(body):
    return struct.pack("<HHI", 0xFFFE, 0xE000, len(body)) + body


def reference(sop_class, sop_instance):
    return item(element(8, 0x1150, "UI", sop_class) + element(8, 0x1155, "UI", sop_instance))


def action_information(transaction, references):
    return element(8, 0x1195, "UI", transaction) + element(8, 0x1199, "SQ", b"".join(reference(*one) for one in references))


def open_commitment(system, calling="COMMIT_SCU"):
    return Association(system.dicom_port, calling=calling, contexts=((COMMITMENT, (EXPLICIT_LITTLE,)),))


def request(association, information, action=1, instance=WELL_KNOWN):
    """N-ACTION; returns the status."""
    context = association.accepted[COMMITMENT][0]
    asked = command(requested_class=COMMITMENT, field=0x0130, message_id=3, data_set_type=0x0001,
                    requested_instance=instance, action_type=action)
    association.send_fragments(context, asked, True)
    association.send_fragments(context, information, False)
    return association.read_status()


def take_report(association, context):
    """Reads the N-EVENT-REPORT that comes and answers it; returns (event type, event information)."""
    report = association.read_message()
    assert report[0x0100] == b"\x00\x01" and report[0x1000].rstrip(b"\0").decode() == WELL_KNOWN
    information = association.data_set
    association.send_fragments(context, command(
        affected_class=COMMITMENT, field=0x8100, message_id_responded=int.from_bytes(report[0x0110], "little"),
        data_set_type=0x0101, status=0, affected_instance=WELL_KNOWN), True)
    return int.from_bytes(report[0x1002], "little"), information


def reason(information, sop_instance, explicit=True):
    """The failure reason of an instance, None where it is committed."""
    at = information.index(sop_instance.encode())
    number = (0x0008).to_bytes(2, "little") + (0x1197).to_bytes(2, "little")
    after = at + len(sop_instance)
    found = information.find(number, after, after + len(number) + 1)
    if found < 0:
        return None
    return int.from_bytes(information[found + 8 : found + 10], "little")


def test_what_is_kept_is_committed_over_the_same_association(system):
    images = [send(system, Image()) for _ in range(3)]
    transaction = new_uid()
    with open_commitment(system) as association:
        assert request(association, action_information(transaction, [(i.sop_class, i.sop_instance) for i in images])) == 0
        kind, information = take_report(association, association.accepted[COMMITMENT][0])
        association.release()
    assert kind == 1 and transaction.encode() in information
    assert all(image.sop_instance.encode() in information for image in images)
    wait_until(lambda: job_states(system, transaction) == ["cancelled"], 5, "the job is withdrawn")


def job_states(system, transaction):
    return [row[0] for row in system.psql(f"select state from jobs where unique_key like '%{transaction}'")]


def test_failures_have_their_reasons(system):
    kept, damaged = send(system, Image()), send(system, Image())
    path = system.psql("select l.path from locations l join instances i on i.id = l.instance "
                       f"where i.sop_uid = '{damaged.sop_instance}'")[0][0]
    file = system.data / "storage" / path
    file.chmod(0o644)
    raw = bytearray(file.read_bytes())
    raw[-1] ^= 0xFF
    file.write_bytes(raw)
    unknown = new_uid()
    asked = [(kept.sop_class, kept.sop_instance), (kept.sop_class, damaged.sop_instance), (kept.sop_class, unknown)]
    with open_commitment(system) as association:
        assert request(association, action_information(new_uid(), asked)) == 0
        kind, information = take_report(association, association.accepted[COMMITMENT][0])
        assert kind == 2
        assert reason(information, damaged.sop_instance) == PROCESSING_FAILURE
        assert reason(information, unknown) == NO_SUCH_INSTANCE
        assert request(association, action_information(new_uid(), [(MR_IMAGE, kept.sop_instance)])) == 0
        kind, information = take_report(association, association.accepted[COMMITMENT][0])
        assert kind == 2 and reason(information, kept.sop_instance) == CLASS_CONFLICT
    file.write_bytes(bytes(raw[:-1]) + bytes([raw[-1] ^ 0xFF]))


def test_a_modality_that_has_gone_is_called(system):
    image = send(system, Image())
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(40)
        system.ctl("ae", "add", "COMMIT_GONE", "127.0.0.1", server.getsockname()[1])
        with open_commitment(system, "COMMIT_GONE") as association:
            assert request(association, action_information(new_uid(), [(image.sop_class, image.sop_instance)])) == 0
            association.release()
        with accept_association(server, IMPLICIT_LITTLE) as called:
            assert called.roles == {COMMITMENT: (0, 1)}
            kind, information = take_report(called, 1)
    assert kind == 1 and image.sop_instance.encode() in information


@pytest.mark.parametrize("information,options,status", [
    (action_information("", [(MR_IMAGE, "1.2.3")]), {}, 0x0120),
    (action_information("1.2.3", []), {}, 0x0120),
    (action_information("1.2.3", [("no uid", "1.2.3")]), {}, 0x0115),
    (b"rubbish!", {}, 0x0110),
    (action_information("1.2.3", [(MR_IMAGE, "1.2.3")]), {"action": 2}, 0x0123),
    (action_information("1.2.3", [(MR_IMAGE, "1.2.3")]), {"instance": "1.2.3"}, 0x0112),
])
def test_wrong_requests_are_refused_with_the_reason(system, information, options, status):
    with open_commitment(system) as association:
        assert request(association, information, **options) == status
        association.release()
