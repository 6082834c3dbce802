"""QIDO-RS: what a client searches for and how it is told."""

import gzip
import json
from xml.etree import ElementTree

import pytest
from data_sets import Image, new_uid
from dicom_web import DICOM_JSON, parts_of, value
from noctis import assert_problem
from pdu import CT_IMAGE, EXPLICIT_LITTLE, store

STUDY, SERIES, INSTANCE = "0020000D", "0020000E", "00080018"


@pytest.fixture(scope="module")
def study(system):
    """Two series of two images."""
    uid, series = new_uid(), [new_uid(), new_uid()]
    images = [Image(study=uid, series=series[n // 2], number=n % 2 + 1, patient_id="QIDO-1", accession="ACC-QIDO",
                    patient_name="Ångström^Åse", description="QIDO HEAD", date="20230405") for n in range(4)]
    for one in images:
        assert store(system.dicom_port, CT_IMAGE, one.sop_instance, EXPLICIT_LITTLE, one.data_set()) == 0
    return images


def search(system, path, **query):
    answer = system.get("/dicom-web" + path, headers={"Accept": DICOM_JSON}, **query)
    assert answer.status == 200, answer.body
    assert answer.headers["content-type"] == DICOM_JSON
    return answer.json()


@pytest.mark.parametrize("query", [
    {"PatientID": "QIDO-1"}, {"00100020": "QIDO-1"}, {"PatientID": "QIDO-*"}, {"PatientName": "angstrom*"},
    {"StudyDate": "20230401-20230430"}, {"AccessionNumber": "ACC-QIDO"}, {"ModalitiesInStudy": "CT"},
    {"PatientName": "Angstrom", "fuzzymatching": "true"},
])
def test_a_study_is_found_by_tag_and_keyword(system, study, query):
    found = {value(one, STUDY): one for one in search(system, "/studies", **query)}
    assert study[0].study in found
    match = found[study[0].study]
    assert value(match, "00081190").endswith(f"/dicom-web/studies/{study[0].study}")
    assert value(match, "00201206") == 2
    assert value(match, "00201208") == 4


def test_a_list_of_uids_finds_each(system, study):
    uids = ",".join(sorted({one.series for one in study}))
    assert len(search(system, f"/studies/{study[0].study}/series", SeriesInstanceUID=uids)) == 2
    assert len(search(system, "/series", StudyInstanceUID=study[0].study)) == 2


def test_levels_below_a_path(system, study):
    base = f"/studies/{study[0].study}"
    assert {value(one, SERIES) for one in search(system, base + "/series")} == {one.series for one in study}
    assert {value(one, INSTANCE) for one in search(system, base + "/instances")} == {one.sop_instance for one in study}
    found = search(system, f"{base}/series/{study[2].series}/instances")
    assert {value(one, INSTANCE) for one in found} == {one.sop_instance for one in study[2:]}
    assert value(found[0], "00081190").endswith(
        f"{base}/series/{study[2].series}/instances/{value(found[0], INSTANCE)}")
    assert {value(one, STUDY) for one in search(system, "/instances", SOPInstanceUID=study[3].sop_instance)} == {
        study[3].study}


def test_pages_are_cut_and_say_so(system, study):
    path = f"/dicom-web/studies/{study[0].study}/instances"
    first = system.get(path, limit=3)
    assert len(first.json()) == 3
    assert first.headers["warning"].startswith("299 ")
    second = system.get(path, limit=3, offset=3)
    assert len(second.json()) == 1
    assert "warning" not in second.headers
    assert system.get(path, offset=4).json() == []
    assert system.get(path, limit=0).json() == []


def test_fields_can_be_asked_for(system, study):
    assert "00081030" in search(system, "/studies", PatientID="QIDO-1", includefield="StudyDescription")[0]
    assert "00081030" in search(system, "/studies", PatientID="QIDO-1", includefield="all")[0]
    both = search(system, "/studies", PatientID="QIDO-1", includefield="00081030,PatientAge")[0]
    assert "00081030" in both


@pytest.mark.parametrize("query, name", [
    ({"Colour": "red"}, "Colour"), ({"limit": "x"}, "limit"), ({"limit": "-1"}, "limit"), ({"offset": "1e9"}, "offset"),
    ({"fuzzymatching": "perhaps"}, "fuzzymatching"), ({"includefield": "Nonsense"}, "includefield"),
    ({"0010": "x"}, "0010"), ({"PatientID.": "x"}, "PatientID."), ({"PatientID": "x\0y"}, "PatientID"),
    ({"PatientID": "x" * 2000}, "PatientID"), ({"00100010.00100010.x": "1"}, "00100010.00100010.x"),
])
def test_what_is_wrong_is_named(system, query, name):
    problem = assert_problem(system.get("/dicom-web/studies", **query), 400)
    assert name in problem["errors"]


@pytest.mark.parametrize("pattern", ["%", "_", "'; drop table studies; --", "\\", "*'*", "?" * 60])
def test_wildcards_are_only_those_of_dicom(system, study, pattern):
    assert search(system, "/studies", PatientID=pattern) == []


def test_forms_are_negotiated(system, study):
    path = f"/dicom-web/studies/{study[0].study}/series"
    parts = parts_of(system.get(path, headers={"Accept": 'multipart/related; type="application/dicom+xml"'}))
    assert len(parts) == 2
    assert b"<NativeDicomModel" in parts[0].body
    assert parts[0].headers["content-type"] == "application/dicom+xml"
    problem = assert_problem(system.get(path, headers={"Accept": "image/jpeg"}), 406)
    assert DICOM_JSON in problem["detail"]
    assert system.get(path, headers={"Accept": "image/jpeg"}, accept="application/json").status == 200


def test_answers_are_compressed_for_who_takes_that(system, study):
    answer = system.get("/dicom-web/instances", headers={"Accept-Encoding": "gzip"}, includefield="all")
    assert answer.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.body))


def test_other_facilities_are_not_seen(system, study):
    assert system.get("/dicom-web/studies", token="").status == 401
    assert_problem(system.get("/dicom-web/studies/1.2.x/series"), 400)


def test_capabilities_name_what_is_served(system):
    wadl = ElementTree.fromstring(system.get("/dicom-web/").body)
    paths = {one.get("path") for one in wadl.iter("{http://wadl.dev.java.net/2009/02}resource")}
    assert {"studies", "studies/{study}/series/{series}/metadata", "workitems/{workitem}/state"} <= paths
    listed = system.request("OPTIONS", "/dicom-web/", headers={"Accept": "application/json"}).json()
    assert {one["path"]: one["methods"] for one in listed["resources"]}["studies"] == ["GET", "POST"]
