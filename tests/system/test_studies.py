"""The worklist, a study's series and images, files, metadata and WADO-RS."""

import pytest
from data_sets import Image, new_uid, read_part10
from noctis import assert_problem, split_parts
from pdu import CT_IMAGE, EXPLICIT_LITTLE, store

PASSWORD = "another long 2 secret"


@pytest.fixture(scope="module")
def study(system):
    """Two series of two images of one patient; other modules' studies may lie beside it."""
    uid, series = new_uid(), [new_uid(), new_uid()]
    images = [
        Image(study=uid, series=series[n // 2], number=2 - n % 2, patient_id="REST-1", patient_name="Soren^Ase",
              accession="ACC-REST", description="REST HEAD", date="20230405") for n in range(4)
    ]
    for one in images:
        assert store(system.dicom_port, CT_IMAGE, one.sop_instance, EXPLICIT_LITTLE, one.data_set()) == 0
    return images


def rows(system, **query):
    return system.fetch("/api/studies/", **query)["results"]


def test_a_row_has_the_promised_shape(system, study):
    row = rows(system, study_instance_uid=study[0].study)[0]
    expected = {
        "study_instance_uid": study[0].study, "accession_number": "ACC-REST", "study_description": "REST HEAD",
        "study_date": "2023-04-05", "study_time": "10:20:30", "modality": "CT", "modalities": ["CT"],
        "priority": "routine", "is_urgent": False, "number_of_series": 2, "number_of_instances": 4,
        "report_status": None, "ai_status": None, "alert": None, "alert_reason": None,
    }
    assert {name: row[name] for name in expected} == expected
    assert {"id", "study_id", "body_part", "facility", "referring_physician", "status", "storage_size", "upload_date",
            "last_updated"} <= row.keys()
    assert row["upload_date"].endswith("Z")
    assert row["storage_size"] > sum(len(one.data_set()) for one in study)
    patient = row["patient"]
    assert (patient["patient_id"], patient["patient_name"], patient["birth_date"], patient["sex"]) == (
        "REST-1", "Soren^Ase", "1970-01-01", "F")
    assert row["facility"]["name"] == "Default"


@pytest.mark.parametrize("query, found", [
    ({"search": "soren"}, True), ({"search": "ACC-REST"}, True), ({"search": "REST HEAD"}, True), ({"search": "REST-1"}, True),
    ({"patient_id": "REST-1"}, True), ({"patient_id": "REST-2"}, False), ({"patient_name": "soren"}, True),
    ({"accession_number": "ACC-REST"}, True), ({"modality": "CT"}, True), ({"modality": ["MR", "CT"]}, True),
    ({"modality": "MR"}, False), ({"date_from": "2023-04-05", "date_to": "2023-04-05"}, True),
    ({"date_from": "2023-04-06"}, False), ({"date_to": "2023-04-04"}, False), ({"priority": "routine"}, True),
    ({"priority": "stat"}, False), ({"status": "in_progress"}, True), ({"status": "approved"}, False),
    ({"assigned_to": "none"}, True), ({"assigned_to": "me"}, False), ({"assigned_to": ["me", "none"]}, True),
    ({"report_status": "none"}, True), ({"report_status": ["draft", "final"]}, False),
])
def test_filters_find_what_they_say(system, study, query, found):
    listed = {row["study_instance_uid"] for row in rows(system, page_size=200, **query)}
    assert (study[0].study in listed) == found


@pytest.mark.parametrize("query", [
    {"colour": "red"}, {"page": "0"}, {"page": "x"}, {"page_size": "201"}, {"page_size": "-1"}, {"date_from": "20230405"},
    {"date_to": "2023-02-30"}, {"ordering": "password"}, {"status": "lost"}, {"priority": "high"}, {"assigned_to": "0"}, {"assigned_to": "mine"}, {"report_status": "open"},
])
def test_unknown_parameters_and_bad_values_are_named(system, query):
    problem = assert_problem(system.get("/api/studies/", **query), 400)
    assert next(iter(query)) in str(problem.get("errors")) + problem["detail"]


def test_pages_follow_one_another(system, study):
    for number in range(3):
        one = Image(patient_id="PAGES", date=f"2022010{number + 1}")
        assert store(system.dicom_port, CT_IMAGE, one.sop_instance, EXPLICIT_LITTLE, one.data_set()) == 0
    first = system.fetch("/api/studies/", patient_id="PAGES", page_size=2)
    assert first["count"] == 3
    assert first["previous"] is None
    assert [row["study_date"] for row in first["results"]] == ["2022-01-03", "2022-01-02"]
    path = first["next"][first["next"].index("/api/"):]
    second = system.fetch(path)
    assert second["next"] is None
    assert [row["study_date"] for row in second["results"]] == ["2022-01-01"]
    ascending = rows(system, patient_id="PAGES", ordering="study_date")
    assert [row["study_date"] for row in ascending] == ["2022-01-01", "2022-01-02", "2022-01-03"]


def test_a_study_is_found_by_number_and_by_uid(system, study):
    number = rows(system, study_instance_uid=study[0].study)[0]["id"]
    by_uid = system.fetch(f"/dicom/api/studies/{study[0].study}/")
    assert system.fetch(f"/dicom/api/studies/{number}/") == by_uid
    assert by_uid["status"] == "success"
    assert [series["image_count"] for series in by_uid["series"]] == [2, 2]
    for series in by_uid["series"]:
        assert [image["instance_number"] for image in series["images"]] == [1, 2]
        listed = system.fetch(f"/dicom/api/series/{series['id']}/images/")
        assert [one["sop_instance_uid"] for one in listed["images"]] == [one["sop_instance_uid"] for one in series["images"]]
        assert listed == system.fetch(f"/dicom/api/series/{series['series_instance_uid']}/images/")


@pytest.mark.parametrize("path", ["/dicom/api/studies/{}/", "/dicom/api/series/{}/images/", "/dicom/api/images/{}/file/",
                                  "/dicom/api/images/{}/metadata/", "/dicom-web/studies/{}"])
@pytest.mark.parametrize("identifier", ["999999999", "1.2.3.4", "9" * 30])
def test_what_does_not_exist_is_not_found(system, path, identifier):
    assert_problem(system.get(path.format(identifier)), 404)


@pytest.mark.parametrize("identifier", ["-1", "abc", "1.2..3", "%2e%2e%2fetc", "1%00"])
def test_what_cannot_exist_is_a_problem(system, identifier):
    assert system.get(f"/dicom/api/studies/{identifier}/").status in (400, 404)


def test_a_file_is_given_back_whole_and_in_ranges(system, study):
    image = study[0]
    path = f"/dicom/api/images/{image.sop_instance}/file/"
    whole = system.get(path)
    assert whole.headers["content-disposition"] == f'attachment; filename="{image.sop_instance}.dcm"'
    assert read_part10(whole.body).data_set == image.data_set()
    assert int(whole.headers["content-length"]) == len(whole.body)
    part = system.get(path, headers={"Range": "bytes=100-199"})
    assert part.status == 206
    assert part.body == whole.body[100:200]
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole.body)}"
    assert system.get(path, headers={"Range": "bytes=-10"}).body == whole.body[-10:]
    assert system.get(path, headers={"Range": f"bytes={len(whole.body)}-"}).status == 416
    assert system.get(path, headers={"If-None-Match": whole.headers["etag"]}).status == 304


def test_metadata_has_its_sections(system, study):
    answer = system.fetch(f"/dicom/api/images/{study[0].sop_instance}/metadata/")
    metadata = answer["metadata"]
    assert answer["status"] == "success"
    assert {"patient", "study", "series", "instance", "image", "acquisition", "display"} <= metadata.keys()
    assert (metadata["image"]["rows"], metadata["image"]["columns"], metadata["image"]["bits_allocated"]) == (16, 16, 16)


@pytest.mark.parametrize("level", ["study", "series", "instance"])
def test_wado_rs_gives_every_instance_back(system, study, level):
    path = f"/dicom-web/studies/{study[0].study}"
    path += f"/series/{study[0].series}" if level != "study" else ""
    path += f"/instances/{study[0].sop_instance}" if level == "instance" else ""
    answer = system.get(path, headers={"Accept": 'multipart/related; type="application/dicom"'})
    assert answer.status == 200
    got = {one.sop_instance: one.data_set for one in map(read_part10, split_parts(answer))}
    wanted = {"study": study, "series": study[:2], "instance": study[:1]}[level]
    assert got == {one.sop_instance: one.data_set() for one in wanted}


def test_an_answer_that_cannot_be_accepted_is_refused(system, study):
    assert system.get(f"/dicom-web/studies/{study[0].study}", headers={"Accept": "image/webp"}).status == 406


def test_a_study_of_another_facility_does_not_exist(system):
    for name in ("North", "South"):
        system.ctl("facility", "add", name)
        system.add_user(f"user-{name}", PASSWORD, "--role", "technician", "--facility", name)
        system.ctl("ae", "add", f"CT_{name.upper()}", "127.0.0.1", "104", "--facility", name)
    image = Image(patient_id="SECRET")
    assert store(system.dicom_port, CT_IMAGE, image.sop_instance, EXPLICIT_LITTLE, image.data_set(), calling="CT_NORTH") == 0
    series = system.fetch(f"/dicom/api/studies/{image.study}/")["series"][0]
    north, south = (system.token(f"user-{name}", PASSWORD) for name in ("North", "South"))
    paths = [f"/dicom/api/studies/{image.study}/", f"/dicom/api/series/{image.series}/images/",
             f"/dicom/api/series/{series['id']}/images/", f"/dicom/api/images/{image.sop_instance}/file/",
             f"/dicom/api/images/{series['images'][0]['id']}/file/", f"/dicom/api/images/{image.sop_instance}/metadata/",
             f"/dicom-web/studies/{image.study}", f"/dicom-web/studies/{image.study}/series/{image.series}",
             f"/dicom-web/studies/{image.study}/series/{image.series}/instances/{image.sop_instance}"]
    for path in paths:
        assert system.get(path, token=north).status == 200, path
        assert system.get(path, token=south).status == 404, path
    assert system.get("/api/studies/", token=south, patient_id="SECRET").json()["count"] == 0
    assert system.get("/api/studies/", token=north, patient_id="SECRET").json()["count"] == 1


def test_one_facility_cannot_add_to_the_study_of_another(system):
    image = Image()
    assert store(system.dicom_port, CT_IMAGE, image.sop_instance, EXPLICIT_LITTLE, image.data_set(), calling="CT_NORTH") == 0
    other = Image(study=image.study)
    status = store(system.dicom_port, CT_IMAGE, other.sop_instance, EXPLICIT_LITTLE, other.data_set(), calling="CT_SOUTH")
    assert status == 0xC000
    assert len(system.images(image.study)) == 1
