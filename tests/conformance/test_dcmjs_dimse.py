"""npm's dcmjs-dimse echoes, stores, finds, gets, moves, commits, asks for its worklist and tells what it performed."""

import base64

import pytest
from data_sets import Image, new_uid
from noctis import free_port, wait_until
from peers import dimse

pytestmark = pytest.mark.usefixtures("clients")
PENDING = (0xFF00, 0xFF01)


@pytest.fixture(scope="module")
def listening(system):
    """A port where the client listens, under a title that is registered."""
    port = free_port()
    system.ctl("ae", "add", "DCMJS", "127.0.0.1", port)
    return port


@pytest.fixture(scope="module")
def stored(system, tmp_path_factory):
    study, series = new_uid(), new_uid()
    images = [Image(study=study, series=series, number=n + 1, patient_id="DIMSE-1", patient_name="Dimitri^Ada",
                    pixels=bytes([n]) * 512) for n in range(3)]
    folder = tmp_path_factory.mktemp("dimse")
    for image in images:
        (folder / image.sop_instance).write_bytes(image.part10())
    answers = dimse(system, {"action": "store", "files": [str(folder / image.sop_instance) for image in images]})[0]
    assert [answer[-1]["status"] for answer in answers] == [0, 0, 0]
    return images


def test_it_echoes(system):
    assert dimse(system, {"action": "echo"})[0][0][-1]["status"] == 0


@pytest.mark.parametrize("level, elements, tag, wanted", [
    ("study", {"PatientID": "DIMSE-1", "StudyInstanceUID": ""}, "StudyInstanceUID", {"study"}),
    ("study", {"PatientName": "DIMITRI*", "PatientID": "", "StudyInstanceUID": ""}, "StudyInstanceUID", {"study"}),
    ("series", {"StudyInstanceUID": "study", "SeriesInstanceUID": ""}, "SeriesInstanceUID", {"series"}),
    ("image", {"StudyInstanceUID": "study", "SeriesInstanceUID": "series", "SOPInstanceUID": ""}, "SOPInstanceUID",
     {"sop_instance"}),
])
def test_it_finds_at_every_level(system, stored, level, elements, tag, wanted):
    one = stored[0]
    named = {name: getattr(one, value) if value in ("study", "series") else value for name, value in elements.items()}
    answers = dimse(system, {"action": "find", "level": level, "elements": named})[0][0]
    assert answers[-1]["status"] == 0
    found = {answer["dataset"][tag] for answer in answers if answer["status"] in PENDING}
    assert found == {getattr(image, name) for image in stored for name in wanted}


def assert_received(stored, received):
    got = {one["uid"]: base64.b64decode(one["pixels"]) for one in received}
    assert got == {image.sop_instance: image.pixels for image in stored}


def test_it_gets_a_study(system, stored):
    result = dimse(system, {"action": "get", "study": stored[0].study})[0]
    assert "failed" not in result, result
    last = result["answers"][0][-1]
    assert (last["status"], last["completed"], last["failed"]) == (0, 3, 0)
    assert_received(stored, result["received"])


def test_it_moves_a_study_to_itself(system, stored, listening):
    result = dimse(system, {"action": "move", "study": stored[0].study, "destination": "DCMJS"}, listen=listening)[0]
    assert "failed" not in result, result
    last = result["answers"][0][-1]
    assert (last["status"], last["completed"], last["failed"]) == (0, 3, 0)
    assert_received(stored, result["received"])


def test_a_move_to_a_stranger_is_refused(system, stored):
    result = dimse(system, {"action": "move", "study": stored[0].study, "destination": "STRANGER"})[0]
    assert result["answers"][0][-1]["status"] == 0xA801


def test_it_has_its_images_committed(system, stored, listening):
    unknown = new_uid()
    instances = [{"ReferencedSOPClassUID": image.sop_class, "ReferencedSOPInstanceUID": image.sop_instance}
                 for image in stored]
    missing = [{"ReferencedSOPClassUID": stored[0].sop_class, "ReferencedSOPInstanceUID": unknown}]
    for wanted, event in ((instances, 1), (instances + missing, 2)):
        transaction = new_uid()
        result = dimse(system, {"action": "commit", "transaction": transaction, "instances": wanted, "seconds": 20},
                       listen=listening)[0]
        assert "failed" not in result, result
        assert result["answers"][0][-1]["status"] == 0
        report = result["reports"][0]
        assert report["event"] == event
        assert report["dataset"]["TransactionUID"] == transaction
        committed = report["dataset"]["ReferencedSOPSequence"]
        committed = committed if isinstance(committed, list) else [committed]
        assert {one["ReferencedSOPInstanceUID"] for one in committed} == {image.sop_instance for image in stored}


def test_it_performs_a_step_of_its_worklist(system):
    item = system.request("POST", "/api/workitems/", {
        "patient_id": "MWL-1", "patient_name": "Work^Lista", "accession_number": "MWL-ACC", "modality": "CT",
        "station_ae_title": "DCMJS", "scheduled_start": "2026-02-03T10:20", "procedure_description": "CT HEAD"})
    assert item.status == 201, item.body
    item = item.json()
    elements = {"PatientID": "MWL-1", "PatientName": "", "AccessionNumber": "", "StudyInstanceUID": "",
                "ScheduledProcedureStepSequence": [{"Modality": "CT", "ScheduledStationAETitle": "DCMJS",
                                                    "ScheduledProcedureStepID": "",
                                                    "ScheduledProcedureStepStartDate": ""}]}
    answers = dimse(system, {"action": "find", "level": "worklist", "elements": elements})[0][0]
    assert answers[-1]["status"] == 0, answers
    found = [answer["dataset"] for answer in answers if answer["status"] in PENDING]
    assert [(one["AccessionNumber"], one["StudyInstanceUID"]) for one in found] == [
        ("MWL-ACC", item["study_instance_uid"])]
    step = found[0]["ScheduledProcedureStepSequence"]
    step = step[0] if isinstance(step, list) else step
    assert (step["ScheduledProcedureStepStartDate"], step["ScheduledProcedureStepID"]) == ("20260203", item["step_id"])
    created = {
        "PerformedProcedureStepStatus": "IN PROGRESS", "PerformedProcedureStepID": "P1", "Modality": "CT",
        "PerformedStationAETitle": "DCMJS", "PerformedProcedureStepStartDate": "20260203",
        "PerformedProcedureStepStartTime": "102500", "PatientID": "MWL-1", "PatientName": "Work^Lista",
        "ScheduledStepAttributesSequence": [{
            "StudyInstanceUID": item["study_instance_uid"], "AccessionNumber": "MWL-ACC",
            "ScheduledProcedureStepID": item["step_id"], "RequestedProcedureID": item["procedure_id"]}]}
    done = {"PerformedProcedureStepStatus": "COMPLETED", "PerformedProcedureStepEndDate": "20260203",
            "PerformedProcedureStepEndTime": "103000", "PerformedSeriesSequence": [
                {"SeriesInstanceUID": new_uid(), "ProtocolName": "HEAD", "ReferencedImageSequence": []}]}
    create, change = dimse(system, {"action": "perform", "uid": new_uid(), "created": created, "set": done})[0]
    assert (create[-1]["status"], change[-1]["status"]) == (0, 0)
    path = f"/api/workitems/{item['uid']}/"
    assert wait_until(lambda: system.fetch(path)["state"] == "COMPLETED", 10, "the step is completed")
