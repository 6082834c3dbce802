"""UPS-RS: procedure steps are made, found, claimed, changed and ended."""

import pytest
from data_sets import new_uid
from dicom_web import DICOM_JSON, value
from noctis import assert_problem

STATE, LABEL, TRANSACTION = "00741000", "00741204", "00081195"
WORKITEMS = "/dicom-web/workitems"


def text(vr, *values):
    return {"vr": vr, "Value": list(values)}


def send(system, method, path, body=None):
    import json
    data = None if body is None else json.dumps([body])
    return system.request(method, WORKITEMS + path, data, {"Content-Type": DICOM_JSON} if data else {})


def fresh(system, **extra):
    uid = new_uid()
    step = {
        STATE: text("CS", "SCHEDULED"), LABEL: text("LO", "HEAD CT"), "00100010": text("PN", {"Alphabetic": "Doe^Jane"}),
        "00100020": text("LO", "UPS-1"), "00404005": text("DT", "20260102103000"),
        "00404025": text("SQ", {"00080100": text("SH", "CT_ROOM_1"), "00080102": text("SH", "L"), "00080104": text("LO", "1")}),
    } | extra
    answer = send(system, "POST", f"?{uid}", step)
    assert answer.status == 201, answer.body
    assert answer.headers["location"].endswith(f"{WORKITEMS}/{uid}")
    return uid


def step_of(system, uid):
    found, = system.fetch(f"{WORKITEMS}/{uid}")
    return found


def move(system, uid, state, transaction):
    return send(system, "PUT", f"/{uid}/state", {STATE: text("CS", state), TRANSACTION: text("UI", transaction)})


def test_a_step_lives_from_schedule_to_end(system):
    uid, transaction = fresh(system), new_uid()
    step = step_of(system, uid)
    assert (value(step, STATE), value(step, LABEL), value(step, "00080018")) == ("SCHEDULED", "HEAD CT", uid)
    assert move(system, uid, "COMPLETED", transaction).status == 409
    assert move(system, uid, "IN PROGRESS", transaction).status == 200
    assert TRANSACTION not in step_of(system, uid)
    other = move(system, uid, "COMPLETED", new_uid())
    assert other.status == 409
    assert other.headers["warning"].startswith("299 ")
    changed = send(system, "POST", f"/{uid}?transaction={transaction}", {LABEL: text("LO", "NECK CT")})
    assert changed.status == 200, changed.body
    assert value(step_of(system, uid), LABEL) == "NECK CT"
    assert value(value(step_of(system, uid), "00404025"), "00080100") == "CT_ROOM_1"
    assert send(system, "POST", f"/{uid}", {LABEL: text("LO", "x")}).status == 409
    assert move(system, uid, "COMPLETED", transaction).status == 200
    again = move(system, uid, "COMPLETED", transaction)
    assert again.status == 200
    assert "already" in again.headers["warning"]


def test_a_step_is_cancelled(system):
    uid = fresh(system)
    assert send(system, "POST", f"/{uid}/cancelrequest").status == 202
    assert value(step_of(system, uid), STATE) == "CANCELED"
    assert "already" in send(system, "POST", f"/{uid}/cancelrequest").headers["warning"]
    held = fresh(system)
    assert move(system, held, "IN PROGRESS", new_uid()).status == 200
    assert send(system, "POST", f"/{held}/cancelrequest").status == 409


@pytest.mark.parametrize("query", [{"PatientID": "UPS-1"}, {"ProcedureStepState": "SCHEDULED"},
                                   {"ProcedureStepLabel": "HEAD*"},
                                   {"ScheduledStationNameCodeSequence.CodeValue": "CT_ROOM_1"},
                                   {"ScheduledProcedureStepStartDateTime": "20260101-20260131"}])
def test_steps_are_found(system, query):
    uid = fresh(system)
    assert uid in {value(one, "00080018") for one in system.fetch(WORKITEMS, limit=1000, **query)}


def test_what_cannot_be(system):
    uid = fresh(system)
    assert send(system, "POST", f"?{uid}", {LABEL: text("LO", "x")}).status == 409
    assert send(system, "POST", "?not.a.uid", {LABEL: text("LO", "x")}).status == 400
    assert send(system, "POST", "", {STATE: text("CS", "COMPLETED")}).status == 400
    assert_problem(send(system, "GET", f"/{new_uid()}"), 404)
    assert_problem(send(system, "PUT", f"/{uid}/state", {STATE: text("CS", "IN PROGRESS")}), 400)
    assert_problem(move(system, uid, "SLEEPING", new_uid()), 400)
    assert_problem(move(system, new_uid(), "IN PROGRESS", new_uid()), 404)
    assert_problem(system.request("POST", WORKITEMS, b"{", {"Content-Type": DICOM_JSON}), 400)
    assert_problem(system.request("POST", WORKITEMS, b"<x/>", {"Content-Type": "application/dicom+xml"}), 415)
