"""Modality Worklist and MPPS: a modality finds what it is to do and tells what it does."""

import pytest
from data_sets import element, new_uid
from dcmtk import findscu
from pdu import EXPLICIT_LITTLE, Association, command
from test_commitment import item

MPPS = "1.2.840.10008.3.1.2.3.3"
NAME, PATIENT_ID, ACCESSION, STUDY, STEP = "00100010", "00100020", "00080050", "0020000D", "00400100"


def schedule(system, patient_id, name, modality, start, *options):
    return system.ctl("mwl", "add", patient_id, name, modality, start, *options)["uid"]


@pytest.fixture(scope="module")
def steps(system):
    return [schedule(system, "WL1", "Work^Anna", "CT", "20300102093000", "--accession", "WA1", "--station", "CT_ROOM"),
            schedule(system, "WL2", "Müller^Jörg", "MR", "20300103", "--accession", "WA2", "--station", "MR_ROOM")]


def worklist(system, **keys):
    """The matches of a worklist query, as wlmscpfs's clients ask."""
    step = {f"ScheduledProcedureStepSequence[0].{name[5:]}" if name.startswith("step_") else name: value
            for name, value in keys.items()}
    asked = {"PatientName": "", "PatientID": "WL*", "AccessionNumber": "", "StudyInstanceUID": "",
             "ScheduledProcedureStepSequence[0].ScheduledProcedureStepID": "",
             "ScheduledProcedureStepSequence[0].Modality": "",
             "ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartDate": ""} | step
    return findscu(system, "-W", "", asked)


def ids(found):
    return sorted(match[PATIENT_ID][0] for match in found.matches)


def test_steps_are_found_by_modality_date_station_and_name(system, steps):
    assert ids(worklist(system)) == ["WL1", "WL2"]
    assert ids(worklist(system, step_Modality="CT")) == ["WL1"]
    assert ids(worklist(system, step_ScheduledProcedureStepStartDate="20300103-20300110")) == ["WL2"]
    assert ids(worklist(system, step_ScheduledStationAETitle="CT_ROOM")) == ["WL1"]
    assert ids(worklist(system, PatientName="work*")) == ["WL1"]
    assert not worklist(system, step_Modality="US").matches


def test_a_match_has_what_a_modality_needs(system, steps):
    match = worklist(system, PatientID="WL2").matches[0]
    assert match[NAME] == ["Müller^Jörg"] and match[ACCESSION] == ["WA2"] and match[STUDY][0]
    assert "00080052" not in match and "00080054" not in match


def perform(association, field, uid, attributes):
    """N-CREATE (0x0140) or N-SET (0x0120); returns the status."""
    creates = field == 0x0140
    named = {"affected_class" if creates else "requested_class": MPPS, "field": field, "message_id": 9,
             "data_set_type": 0x0001, "affected_instance" if creates else "requested_instance": uid}
    context = association.accepted[MPPS][0]
    association.send_fragments(context, command(**named), True)
    association.send_fragments(context, attributes, False)
    return association.read_status()


def performed(state, study=None, step_id="1"):
    attributes = element(0x0040, 0x0252, "CS", state)
    if study:
        scheduled = item(element(0x0008, 0x0050, "SH", "WA1") + element(0x0020, 0x000D, "UI", study)
                         + element(0x0040, 0x0009, "SH", step_id))
        attributes += element(0x0040, 0x0270, "SQ", scheduled)
    return attributes


def test_a_performed_step_closes_what_was_scheduled(system, steps):
    match = worklist(system, PatientID="WL1").matches[0]
    step_id = match[STEP][0]["00400009"]["Value"][0]
    uid = new_uid()
    with Association(system.dicom_port, contexts=((MPPS, (EXPLICIT_LITTLE,)),)) as association:
        assert perform(association, 0x0140, uid, performed("IN PROGRESS", match[STUDY][0], step_id)) == 0
        assert perform(association, 0x0140, uid, performed("IN PROGRESS")) == 0x0111
        assert perform(association, 0x0120, uid, performed("COMPLETED")) == 0
        assert perform(association, 0x0120, uid, performed("IN PROGRESS")) == 0x0110
        association.release()
    assert ids(worklist(system)) == ["WL2"]


def test_wrong_steps_are_refused_with_the_reason(system):
    with Association(system.dicom_port, contexts=((MPPS, (EXPLICIT_LITTLE,)),)) as association:
        assert perform(association, 0x0120, new_uid(), performed("COMPLETED")) == 0x0112
        assert perform(association, 0x0140, new_uid(), performed("FINISHED")) == 0x0106
        assert perform(association, 0x0140, "no uid", performed("IN PROGRESS")) == 0x0115
        assert perform(association, 0x0140, new_uid(), b"rubbish!") == 0x0110
        association.release()
