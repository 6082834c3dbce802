"""C-MOVE: to DCMTK's storescp, to those who do not answer, and to those nobody knows."""

import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from data_sets import Image, element, new_uid
from dcmtk import movescu, storescp
from noctis import free_port
from pdu import EXPLICIT_LITTLE, Association, command, store

MOVE = "1.2.840.10008.5.1.4.1.2.2.2"


@pytest.fixture(scope="module")
def study(system):
    """A study of twelve images."""
    first = Image(patient_id="MOVE", accession="MV1")
    images = [Image(**vars(first) | {"sop_instance": new_uid(), "number": number}) for number in range(1, 13)]
    for image in images:
        assert store(system.dicom_port, image.sop_class, image.sop_instance, EXPLICIT_LITTLE, image.data_set()) == 0
    return images


def register(system, title, port):
    system.ctl("ae", "add", title, "127.0.0.1", port)


def move(system, study, destination, **options):
    return movescu(system, "-S", "STUDY", {"StudyInstanceUID": study[0].study}, destination, **options)


def test_a_study_arrives_bit_for_bit(system, study):
    with storescp("MOVE_DEST") as receiver:
        register(system, "MOVE_DEST", receiver.port)
        done = move(system, study, "MOVE_DEST")
        assert done.returncode == 0, done.stdout + done.stderr
        got = receiver.files()
        assert got.keys() == {image.sop_instance for image in study}
        for image in study:
            assert got[image.sop_instance].data_set == image.data_set()


def test_several_moves_go_on_at_once(system, study):
    with storescp("MOVE_A") as first, storescp("MOVE_B", "--fork") as second:
        register(system, "MOVE_A", first.port)
        register(system, "MOVE_B", second.port)
        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(lambda title: move(system, study, title), ("MOVE_A", "MOVE_B")))
        assert [one.returncode for one in done] == [0, 0], done[0].stderr + done[1].stderr
        assert len(first.files()) == len(second.files()) == len(study)


def move_rq(message_id, destination):
    return command(affected_class=MOVE, field=0x0021, message_id=message_id, move_destination=destination, priority=0,
                   data_set_type=0x0001)


def identifier(study_uid):
    return element(8, 0x52, "CS", "STUDY") + element(0x20, 0xD, "UI", study_uid)


def responses(system, study_uid, destination, between=lambda association: None):
    """Asks for a study and returns every response as a command set; `between` is called after the first."""
    with Association(system.dicom_port, calling="MOVER", contexts=((MOVE, (EXPLICIT_LITTLE,)),)) as association:
        context = association.accepted[MOVE][0]
        association.send_fragments(context, move_rq(5, destination), True)
        association.send_fragments(context, identifier(study_uid), False)
        found = [association.read_message()]
        between(association)
        while status_of(found[-1]) == 0xFF00:
            found.append(association.read_message())
        association.release()
        return found


def status_of(message):
    return int.from_bytes(message[0x0900], "little")


def counts(message):
    return [int.from_bytes(message.get(number, b"\xff\xff"), "little") for number in (0x1021, 0x1022, 0x1023)]


def test_pending_responses_count(system, study):
    with storescp("MOVE_COUNT") as receiver:
        register(system, "MOVE_COUNT", receiver.port)
        found = responses(system, study[0].study, "MOVE_COUNT")
    remaining = [int.from_bytes(message[0x1020], "little") for message in found[:-1]]
    assert remaining == list(range(len(study) - 1, -1, -1))
    assert status_of(found[-1]) == 0 and counts(found[-1]) == [len(study), 0, 0]


def test_an_unknown_destination_is_told(system, study):
    found = responses(system, study[0].study, "NOBODY")
    assert [status_of(message) for message in found] == [0xA801]
    assert b"NOBODY" in found[0][0x0902]


def test_a_dead_destination_fails_every_suboperation_at_once(system, study):
    register(system, "MOVE_DEAD", free_port())
    begin = time.monotonic()
    found = responses(system, study[0].study, "MOVE_DEAD")
    assert status_of(found[-1]) == 0xA702 and counts(found[-1]) == [0, len(study), 0]
    assert time.monotonic() - begin < 5


def test_a_refusing_destination_is_told(system, study):
    with storescp("MOVE_REFUSE", "--refuse") as receiver:
        register(system, "MOVE_REFUSE", receiver.port)
        found = responses(system, study[0].study, "MOVE_REFUSE")
    assert status_of(found[-1]) == 0xA702 and counts(found[-1]) == [0, len(study), 0]


def test_a_move_of_nothing_succeeds(system, study):
    register(system, "MOVE_DEAD", free_port())
    assert status_of(responses(system, new_uid(), "MOVE_DEAD")[-1]) == 0


def test_a_hanging_destination_hangs_nobody_else(system, study):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        register(system, "MOVE_HANG", silent.getsockname()[1])
        found = []
        mover = threading.Thread(target=lambda: found.extend(responses(system, study[0].study, "MOVE_HANG")))
        mover.start()
        with storescp("MOVE_OTHER") as receiver:
            register(system, "MOVE_OTHER", receiver.port)
            assert move(system, study, "MOVE_OTHER").returncode == 0
        mover.join(90)
        assert not mover.is_alive()
    assert status_of(found[-1]) == 0xA702


def test_a_move_can_be_cancelled(system, study):
    def cancel(association):
        association.send_fragments(association.accepted[MOVE][0],
                                   command(field=0x0FFF, message_id_responded=5, data_set_type=0x0101), True)

    with storescp("MOVE_SLOW", "--sleep-after", "1") as receiver:
        register(system, "MOVE_SLOW", receiver.port)
        found = responses(system, study[0].study, "MOVE_SLOW", cancel)
        assert status_of(found[-1]) == 0xFE00
        assert 0 < len(receiver.files()) < len(study)
    assert int.from_bytes(found[-1][0x1020], "little") > 0


def test_retrieving_by_wildcard_is_refused(system, study):
    done = movescu(system, "-P", "PATIENT", {"PatientID": "*"}, "MOVE_DEAD")
    assert re.search("0xa900|DoesNotMatch", done.stdout + done.stderr, re.I), done.stderr
    done = movescu(system, "-S", "STUDY", {"StudyInstanceUID": ""}, "MOVE_DEAD")
    assert re.search("0xa900|DoesNotMatch", done.stdout + done.stderr, re.I), done.stderr


def test_a_caller_of_another_facility_moves_nothing(system, study):
    system.ctl("facility", "add", "Elsewhere")
    with storescp("FOREIGN") as receiver:
        system.ctl("ae", "add", "FOREIGN", "127.0.0.1", receiver.port, "--facility", "Elsewhere")
        done = move(system, study, "FOREIGN", calling="FOREIGN")
        assert done.returncode == 0 and not receiver.files(), done.stderr
