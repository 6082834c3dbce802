"""Studies as ZIPs with a DICOMDIR, and de-identified."""

import io
import json
import zipfile

import pydicom
import pytest
from data_sets import Image, element, new_uid, read_part10
from noctis import assert_problem

PASSWORD = "another long 2 secret"
BURNED_IN = element(0x0028, 0x0301, "CS", "YES")


@pytest.fixture(scope="module")
def studies(system):
    """Two studies of one patient, the first with two series."""
    first, second = new_uid(), new_uid()
    series = [new_uid(), new_uid()]
    images = [Image(study=first, series=series[n % 2], number=n + 1, patient_id="ZIP-1", patient_name="Zipf^Zoe",
                    pixels=bytes([n]) * 512) for n in range(4)]
    images.append(Image(study=second, patient_id="ZIP-1", patient_name="Zipf^Zoe"))
    answer = system.upload([(f"{n}.dcm", image.part10()) for n, image in enumerate(images)])
    assert answer.status == 200, answer.body
    return images


def opened(answer):
    assert answer.status == 200, answer.body[:500]
    assert answer.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    assert archive.testzip() is None
    return archive


def instances(archive):
    """The data sets of an archive's files as they are, by SOP Instance UID."""
    files = [read_part10(archive.read(name)) for name in archive.namelist() if name.startswith("DICOM/")]
    return {one.sop_instance: one.data_set for one in files}


def assert_directory(archive):
    """Checks that the DICOMDIR names each file, and no other."""
    directory = pydicom.dcmread(io.BytesIO(archive.read("DICOMDIR")))
    records = [one for one in directory.DirectoryRecordSequence if "ReferencedFileID" in one]
    named = {"/".join(one.ReferencedFileID): one.ReferencedSOPInstanceUIDInFile for one in records}
    files = {name for name in archive.namelist() if name.startswith("DICOM/")}
    assert named.keys() == files
    for name, uid in named.items():
        assert read_part10(archive.read(name)).sop_instance == uid
        assert all(len(part) <= 8 for part in name.split("/"))


def test_a_study_is_downloaded_whole(system, studies):
    archive = opened(system.get(f"/api/studies/{studies[0].study}/archive/"))
    assert instances(archive) == {one.sop_instance: one.data_set() for one in studies[:4]}
    assert_directory(archive)


def test_a_series_is_downloaded(system, studies):
    archive = opened(system.get(f"/api/series/{studies[1].series}/archive/"))
    assert set(instances(archive)) == {studies[1].sop_instance, studies[3].sop_instance}
    assert_directory(archive)


def test_several_studies_come_as_one(system, studies):
    number = system.fetch("/api/studies/", study_instance_uid=studies[4].study)["results"][0]["id"]
    answer = system.request("POST", "/api/archive/", {"studies": [studies[0].study, number]})
    archive = opened(answer)
    assert set(instances(archive)) == {one.sop_instance for one in studies}
    assert_directory(archive)
    again = system.upload([("all.zip", answer.body)]).json()
    assert (again["duplicates"], again["stored"], again["refused"]) == (5, 0, 0)


def test_what_is_wrong_is_named(system, studies):
    path = f"/api/studies/{studies[0].study}/archive/"
    assert "deidentify" in assert_problem(system.get(path, deidentify="advanced"), 400)["errors"]
    assert_problem(system.get(f"/api/studies/{new_uid()}/archive/"), 404)
    assert_problem(system.request("POST", "/api/archive/", {"studies": [studies[0].study, new_uid()]}), 404)
    assert "studies" in assert_problem(system.request("POST", "/api/archive/", {"studies": []}), 400)["errors"]
    system.add_user("zip-viewer", PASSWORD, "--role", "viewer", "--facility", "Default")
    assert_problem(system.get(path, token=system.token("zip-viewer", PASSWORD)), 403)


def test_a_de_identified_archive_says_nothing_of_the_patient(system, studies):
    burned_in = Image(study=studies[0].study, patient_id="ZIP-1", patient_name="Zipf^Zoe", number=9, extra=b"")
    data_set = burned_in.data_set().replace(element(0x7FE0, 0x0010, "OW", burned_in.pixels),
                                            BURNED_IN + element(0x7FE0, 0x0010, "OW", burned_in.pixels))
    raw = burned_in.part10().replace(burned_in.data_set(), data_set)
    assert system.upload([("burned.dcm", raw)]).status == 200
    answer = system.get(f"/api/studies/{studies[0].study}/archive/", deidentify="basic")
    archive = opened(answer)
    for secret in (b"Zipf", b"ZIP-1", studies[0].study.encode(), studies[0].sop_instance.encode()):
        assert secret not in answer.body
        assert secret.decode() not in answer.headers["content-disposition"]
    assert_directory(archive)
    files = [pydicom.dcmread(io.BytesIO(archive.read(name))) for name in archive.namelist() if name.startswith("DICOM/")]
    assert len(files) == 4
    assert len({one.StudyInstanceUID for one in files}) == 1
    assert {one.PatientIdentityRemoved for one in files} == {"YES"}
    assert sorted(one.PixelData for one in files) == [bytes([n]) * 512 for n in range(4)]
    assert b"image number 9" in archive.read("LEFTOUT.TXT")


def test_a_study_is_kept_once_more_without_its_patient(system, studies):
    path = f"/api/studies/{studies[4].study}/deidentify/"
    answer = system.request("POST", path, {"profile": "basic+descriptors"})
    assert answer.status == 200, answer.body
    *each, total = [json.loads(line) for line in answer.body.splitlines()]
    assert [one["status"] for one in each] == ["stored"], each
    assert total["status"] == "success"
    made = system.fetch("/api/studies/", study_instance_uid=total["study_instance_uid"])["results"][0]
    assert made["patient"]["patient_id"] != "ZIP-1"
    assert "Zipf" not in made["patient"]["patient_name"]
    again = json.loads(system.request("POST", path, {"profile": "basic+descriptors"}).body.splitlines()[-1])
    assert (again["stored"], again["duplicates"]) == (0, 1)
    assert system.fetch("/api/studies/", study_instance_uid=studies[4].study)["results"][0]["number_of_instances"] == 1
