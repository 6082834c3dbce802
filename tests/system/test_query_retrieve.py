"""C-FIND and C-GET, asked by DCMTK's and GDCM's clients, and by hand where those are too polite."""

import shutil
import tempfile
from pathlib import Path

import pytest
from data_sets import Image, element, new_uid
from dcmtk import files_in, findscu, getscu, run
from noctis import wait_until
from pdu import EXPLICIT_LITTLE, IMPLICIT_LITTLE, Association, command, store

FIND_STUDY_ROOT = "1.2.840.10008.5.1.4.1.2.2.1"
FIND_PATIENT_ROOT = "1.2.840.10008.5.1.4.1.2.1.1"
STUDY, SERIES, INSTANCE, PATIENT_ID, PATIENT_NAME = "0020000D", "0020000E", "00080018", "00100020", "00100010"


def send(system, image):
    assert store(system.dicom_port, image.sop_class, image.sop_instance, EXPLICIT_LITTLE, image.data_set()) == 0
    return image


@pytest.fixture(scope="module")
def studies(system):
    """Two patients, three studies; the first study has two series, with two images and one."""
    first = Image(patient_id="QR1", patient_name="Query^Anna", accession="QA1", date="20200101")
    second_series = new_uid()
    images = [first,
              Image(**vars(first) | {"sop_instance": new_uid(), "number": 2}),
              Image(**vars(first) | {"sop_instance": new_uid(), "series": second_series, "number": 1}),
              Image(patient_id="QR1", patient_name="Query^Anna", accession="QA2", date="20210615"),
              Image(patient_id="QR2", patient_name="Query^Bertha", accession="QA3", date="20220101")]
    return [send(system, image) for image in images]


def values(found, tag):
    return sorted(match[tag][0] for match in found.matches if match.get(tag))


def test_studies_are_found_by_wildcard_range_and_list(system, studies):
    asked = {"StudyInstanceUID": "", "PatientName": "query^a*", "PatientID": ""}
    found = findscu(system, "-S", "STUDY", asked)
    assert values(found, STUDY) == sorted({studies[0].study, studies[3].study})
    assert values(found, PATIENT_ID) == ["QR1", "QR1"]
    found = findscu(system, "-S", "STUDY", {"StudyInstanceUID": "", "PatientID": "QR?", "StudyDate": "20210101-"})
    assert values(found, STUDY) == sorted([studies[3].study, studies[4].study])
    both = f"{studies[0].study}\\{studies[4].study}"
    assert values(findscu(system, "-S", "STUDY", {"StudyInstanceUID": both}), STUDY) == sorted(both.split("\\"))


def test_patients_series_and_images_are_found_below_their_unique_keys(system, studies):
    found = findscu(system, "-P", "PATIENT", {"PatientID": "QR*", "PatientName": ""})
    assert values(found, PATIENT_NAME) == ["Query^Anna", "Query^Bertha"]
    first = studies[0]
    found = findscu(system, "-P", "STUDY", {"PatientID": "QR1", "StudyInstanceUID": ""})
    assert len(found.matches) == 2
    found = findscu(system, "-S", "SERIES", {"StudyInstanceUID": first.study, "SeriesInstanceUID": "", "Modality": "CT"})
    assert values(found, SERIES) == sorted({first.series, studies[2].series})
    found = findscu(system, "-S", "IMAGE", {"StudyInstanceUID": first.study, "SeriesInstanceUID": first.series,
                                            "SOPInstanceUID": "", "InstanceNumber": ""})
    assert values(found, INSTANCE) == sorted([first.sop_instance, studies[1].sop_instance])


def test_a_match_has_what_was_asked_for_and_who_retrieves_it(system, studies):
    found = findscu(system, "-S", "STUDY", {"StudyInstanceUID": studies[0].study, "AccessionNumber": ""})
    assert len(found.matches) == 1
    match = found.matches[0]
    assert match["00080050"] == ["QA1"] and match["00080052"] == ["STUDY"] and match["00080054"] == ["RUST_SCP"]
    assert PATIENT_NAME not in match


def test_gdcmscu_finds_too(system, studies):
    """Debian's gdcmscu dies of an exception of its own when the association has ended, whoever answers it."""
    run("gdcmscu", "--find", "--studyroot", "--study", "--aetitle", "GDCM", "--call", "RUST_SCP", "--key", "10,20=QR2",
        "--key", "20,d=", "127.0.0.1", system.dicom_port)
    wait_until(lambda: "C-FIND of GDCM: 1 matches" in system.log(), 5, "gdcmscu has got its match")


@pytest.mark.parametrize("character_set,name", [
    ("ISO_IR 100", "Äneas^Rüdiger"),
    ("ISO_IR 144", "Люкceмбypг"),
    ("ISO_IR 192", "Yamada^Tarou=山田^太郎=やまだ^たろう"),
])
def test_names_are_found_in_their_own_script_and_come_back_intact(system, character_set, name):
    codec = {"ISO_IR 100": "latin-1", "ISO_IR 144": "iso8859-5", "ISO_IR 192": "utf-8"}[character_set]
    image = Image(patient_id=f"QRN-{character_set[-3:]}", patient_name=name.encode(codec))
    raw = element(0x0008, 0x0005, "CS", character_set) + image.data_set()
    assert store(system.dicom_port, image.sop_class, image.sop_instance, EXPLICIT_LITTLE, raw) == 0
    folder = Path(tempfile.mkdtemp(prefix="query-"))
    try:
        dump = folder / "query.dump"
        dump.write_bytes(f"(0008,0005) CS [{character_set}]\n(0008,0052) CS [STUDY]\n(0020,000d) UI\n(0010,0010) PN ["
                         .encode() + name.split("=")[0].encode(codec) + b"*]\n")
        assert run("dump2dcm", dump, folder / "query.dcm").returncode == 0
        found = findscu(system, "-S", "", {}, query_file=folder / "query.dcm")
        ours = [match for match in found.matches if match[STUDY] == [image.study]]
        assert [match[PATIENT_NAME] for match in ours] == [[name]], found.output
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("keys,what", [
    ({"QueryRetrieveLevel": "PATIENT", "PatientID": "QR1"}, "level of another model"),
    ({"QueryRetrieveLevel": "VOLUME"}, "unknown level"),
    ({"StudyInstanceUID": ""}, "no level"),
    ({"QueryRetrieveLevel": "SERIES", "SeriesInstanceUID": ""}, "unique key above is missing"),
    ({"QueryRetrieveLevel": "SERIES", "StudyInstanceUID": "*"}, "wildcard in the unique key above"),
    ({"QueryRetrieveLevel": "STUDY", "StudyInstanceUID": "1.2.3'; drop table studies; --"}, "no UID"),
])
def test_identifiers_that_ask_wrongly_are_refused(system, keys, what):
    found = findscu(system, "-S", "", keys)
    assert not found.matches, what
    assert "0xa900" in found.output.lower() or "DoesNotMatchSOPClass" in found.output, found.output


def test_wildcards_and_quotes_are_no_injection(system, studies):
    for value in ("%", "_R1", "QR1' or '1'='1", "[QR1]"):
        assert not findscu(system, "-S", "STUDY", {"StudyInstanceUID": "", "PatientID": value}).matches, value


def find_rq(message_id, sop_class=FIND_STUDY_ROOT):
    return command(affected_class=sop_class, field=0x0020, message_id=message_id, priority=0, data_set_type=0x0001)


def open_find(system):
    return Association(system.dicom_port, contexts=((FIND_STUDY_ROOT, (EXPLICIT_LITTLE,)),))


def test_a_broken_identifier_is_refused_and_the_association_lives(system, studies):
    with open_find(system) as association:
        context = association.accepted[FIND_STUDY_ROOT][0]
        for body in (b"\x08\x00\x52\x00CS\xff\xff", b"rubbish!", b""):
            association.send_fragments(context, find_rq(1), True)
            association.send_fragments(context, body, False)
            assert association.read_status() == 0xA900
        association.send_fragments(context, find_rq(2), True)
        association.send_fragments(context, element(8, 0x52, "CS", "STUDY") + element(0x20, 0xD, "UI", new_uid()), False)
        assert association.read_status() == 0


def test_a_query_can_be_cancelled(system):
    for number in range(30):
        send(system, Image(patient_id="CANCEL", study=new_uid(), number=number))
    with open_find(system) as association:
        context = association.accepted[FIND_STUDY_ROOT][0]
        association.send_fragments(context, find_rq(7), True)
        association.send_fragments(context, element(8, 0x52, "CS", "STUDY") + element(0x10, 0x20, "LO", "CANCEL")
                                   + element(0x20, 0xD, "UI", ""), False)
        association.send_fragments(context, command(field=0x0FFF, message_id_responded=7, data_set_type=0x0101), True)
        statuses = []
        while not statuses or statuses[-1] in (0xFF00, 0xFF01):
            message = association.read_message()
            if 0x0900 in message:
                statuses.append(int.from_bytes(message[0x0900], "little"))
        assert statuses[-1] in (0xFE00, 0), [hex(one) for one in statuses]
        association.release()


def test_getscu_gets_a_study_a_series_and_an_image_as_stored(system, studies):
    first = studies[0]
    for level, keys, expected in (
        ("STUDY", {"StudyInstanceUID": first.study}, studies[:3]),
        ("SERIES", {"StudyInstanceUID": first.study, "SeriesInstanceUID": first.series}, studies[:2]),
        ("IMAGE", {"StudyInstanceUID": first.study, "SeriesInstanceUID": first.series,
                   "SOPInstanceUID": first.sop_instance}, studies[:1]),
    ):
        folder = Path(tempfile.mkdtemp(prefix="getscu-"))
        try:
            done = getscu(system, "-S", level, keys, folder, "+B")
            assert done.returncode == 0, done.stderr + done.stdout
            got = files_in(folder)
            assert got.keys() == {image.sop_instance for image in expected}
            for image in expected:
                assert got[image.sop_instance].data_set == image.data_set()
        finally:
            shutil.rmtree(folder)


def test_a_get_of_what_is_not_there_succeeds_with_nothing(system):
    folder = Path(tempfile.mkdtemp(prefix="getscu-"))
    try:
        done = getscu(system, "-S", "STUDY", {"StudyInstanceUID": new_uid()}, folder)
        assert done.returncode == 0 and not files_in(folder), done.stdout
    finally:
        shutil.rmtree(folder)


def test_a_get_without_storage_contexts_tells_that_all_failed(system, studies):
    get = "1.2.840.10008.5.1.4.1.2.2.3"
    with Association(system.dicom_port, contexts=((get, (IMPLICIT_LITTLE,)),)) as association:
        context = association.accepted[get][0]
        request = command(affected_class=get, field=0x0010, message_id=1, priority=0, data_set_type=0x0001)
        association.send_fragments(context, request, True)
        association.send_fragments(context, implicit(8, 0x52, b"STUDY ") + implicit(0x20, 0xD, padded(studies[4].study)), False)
        while True:
            message = association.read_message()
            status = int.from_bytes(message[0x0900], "little")
            if status != 0xFF00:
                break
        assert status == 0xA702
        assert int.from_bytes(message[0x1022], "little") == 1
        assert studies[4].sop_instance.encode() in association.data_set
        association.release()


def padded(uid):
    return uid.encode() + b"\0" * (len(uid) % 2)


def implicit(group, number, value):
    return group.to_bytes(2, "little") + number.to_bytes(2, "little") + len(value).to_bytes(4, "little") + value
