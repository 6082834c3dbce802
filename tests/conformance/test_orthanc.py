"""Orthanc and this system query and send to each other, both ways, with the same pixels at the end."""

import io

import pydicom
import pytest
from data_sets import read_part10
from noctis import wait_until
from peers import CALLED


@pytest.fixture(scope="module")
def knee(test_data):
    files = sorted(one for one in (test_data / "orthanc/Knee").rglob("*") if one.is_file())[:12]
    if not files:
        pytest.skip("no orthanc/Knee in the test data")
    return files


def pixels(file):
    """The bytes of Pixel Data, fragments included; whoever copies it may write another VR (OB, OW) before them."""
    return pydicom.dcmread(io.BytesIO(file)).PixelData


def by_uid(files):
    return {read_part10(file).sop_instance: pixels(file) for file in files}


def test_orthanc_sends_queries_and_retrieves_from_here(system, orthanc, knee):
    wanted = by_uid(path.read_bytes() for path in knee)
    ids = [orthanc.upload(path)["ID"] for path in knee]
    sent = orthanc.ask("POST", "/modalities/noctis/store", ids)
    assert sent["FailedInstancesCount"] == 0
    study = orthanc.ask("GET", f"/instances/{ids[0]}/study")
    uid = study["MainDicomTags"]["StudyInstanceUID"]
    assert by_uid(system.file(image["id"]) for image in system.images(uid)) == wanted
    for one in orthanc.ask("GET", "/studies"):
        orthanc.ask("DELETE", f"/studies/{one}")
    orthanc.ask("POST", "/modalities/noctis/echo", {})
    query = orthanc.ask("POST", "/modalities/noctis/query", {"Level": "Study", "Query": {"StudyInstanceUID": uid}})
    answers = orthanc.ask("GET", f"/queries/{query['ID']}/answers?expand&simplify")
    assert [one["StudyInstanceUID"] for one in answers] == [uid]
    series = orthanc.ask("POST", "/modalities/noctis/query", {"Level": "Series", "Query": {
        "StudyInstanceUID": uid, "Modality": "MR", "SeriesDescription": ""}})
    assert orthanc.ask("GET", f"/queries/{series['ID']}/answers")
    orthanc.ask("POST", f"/queries/{query['ID']}/retrieve", orthanc.title.encode())
    wait_until(lambda: by_uid(orthanc.files()) == wanted, 30, "Orthanc has what it retrieved")


def test_this_system_moves_a_study_from_orthanc(system, orthanc, test_data):
    path = test_data / "orthanc/SignedCT.dcm"
    wanted = read_part10(path.read_bytes())
    study = orthanc.ask("GET", f"/instances/{orthanc.upload(path)['ID']}/study")["MainDicomTags"]["StudyInstanceUID"]
    done = system.script("movescu", "-S", "-aet", "TESTER", "-aec", orthanc.title, "-aem", CALLED, "-k",
                         "QueryRetrieveLevel=STUDY", "-k", f"StudyInstanceUID={study}", "127.0.0.1", str(orthanc.port))
    assert done.returncode == 0, done.stdout
    kept = wait_until(lambda: system.get(f"/dicom/api/studies/{study}/").status == 200 and system.images(study), 30,
                      "the study arrives")
    assert pixels(system.file(kept[0]["id"])) == pixels(path.read_bytes())
    assert kept[0]["sop_instance_uid"] == wanted.sop_instance


def test_a_study_is_sent_to_orthanc_as_background_work(system, orthanc, knee):
    system.upload([(path.name, path.read_bytes()) for path in knee])
    wanted = by_uid(path.read_bytes() for path in knee)
    for one in orthanc.ask("GET", "/studies"):
        orthanc.ask("DELETE", f"/studies/{one}")
    study = system.fetch(f"/dicom/api/images/{next(iter(wanted))}/metadata/")["metadata"]["study"]
    answer = system.request("POST", f"/api/studies/{study['study_instance_uid']}/send/", {"destination": orthanc.title})
    assert answer.status == 202, answer.body
    path = f"/api/jobs/{answer.json()['id']}/"
    wait_until(lambda: system.fetch(path)["state"] in ("done", "failed"), 40, "the job ends")
    assert system.fetch(path)["state"] == "done", system.fetch(path)
    assert by_uid(orthanc.files()) == wanted
