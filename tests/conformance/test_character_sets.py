"""One patient in every character set: found in its own script by C-FIND, QIDO-RS and REST, and given back intact."""

import tempfile
from pathlib import Path
from urllib.parse import quote

import pydicom
import pydicom.charset
import pytest
from noctis import TEST_DATA
from peers import CALLED, dicomweb

FOLDER = TEST_DATA / "orthanc/Encodings"
SAMPLES = sorted(one for one in FOLDER.rglob("*") if one.suffix == ".dcm" or one.name.startswith("SCS"))


def name_of(data_set):
    """The name in UTF-8, its component groups without what pads them."""
    return "=".join(group.strip() for group in str(data_set.PatientName).split("="))


@pytest.fixture(scope="module")
def patients(system):
    """path → (name in UTF-8, Study Instance UID) of each sample. They share their UIDs, so each gets its own."""
    if not SAMPLES:
        pytest.skip(f"no orthanc/Encodings in {TEST_DATA} (NOCTIS_TEST_DATA)")
    known = {}
    for path in SAMPLES:
        data_set = pydicom.dcmread(path)
        for tag in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
            setattr(data_set, tag, pydicom.uid.generate_uid())
        data_set.file_meta.MediaStorageSOPInstanceUID = data_set.SOPInstanceUID
        data_set.PatientID = "ENC-" + path.stem[:50]
        with tempfile.NamedTemporaryFile(suffix=".dcm") as file:
            data_set.save_as(file.name)
            raw = Path(file.name).read_bytes()
        row = system.upload([(path.name, raw)]).json()["results"][0]
        assert row["status"] != "refused", (path.name, row)
        known[path] = name_of(pydicom.dcmread(path)), str(data_set.StudyInstanceUID), raw
    return known


def family(name):
    """What somebody would type: the family name in the last script that the name has, or what there is of it."""
    groups = [group for group in name.split("=") if group.strip("^ ")]
    return groups[-1].split("^")[0].strip()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_name_is_found_and_comes_back_intact(system, patients, path):
    name, study, raw = patients[path]
    wanted = family(name)
    listed = system.fetch("/api/studies/", patient_name=wanted, page_size=200)["results"]
    names = {one["study_instance_uid"]: one["patient"]["patient_name"] for one in listed}
    assert names.get(study) == name
    searched = system.fetch(f"/dicom-web/studies?PatientName=*{quote(wanted)}*&StudyInstanceUID={study}&limit=50")
    found = next(one for one in searched if one["0020000D"]["Value"] == [study])
    groups = found["00100010"]["Value"][0]
    assert [groups.get(kind, "") for kind in ("Alphabetic", "Ideographic", "Phonetic")][: len(name.split("="))] == \
        name.split("=")
    image = system.images(study)[0]
    assert system.file(image["id"]) == raw


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_c_find_finds_it(system, patients, path, tmp_path):
    name, study, _ = patients[path]
    query = tmp_path / "query.dcm"
    data_set = pydicom.Dataset()
    data_set.file_meta = pydicom.dataset.FileMetaDataset()
    data_set.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    data_set.is_little_endian, data_set.is_implicit_VR = True, False
    data_set.SpecificCharacterSet = "ISO_IR 192"
    data_set.QueryRetrieveLevel = "STUDY"
    data_set.PatientName = f"*{family(name)}*"
    data_set.StudyInstanceUID = study
    pydicom.dcmwrite(query, data_set)
    done = system.script("findscu", "-S", "-aec", CALLED, "-X", "-od", str(tmp_path), "127.0.0.1",
                         str(system.dicom_port), str(query))
    assert done.returncode == 0, done.stdout
    answers = [pydicom.dcmread(one, force=True) for one in sorted(tmp_path.glob("rsp*.dcm"))]
    assert [(str(one.StudyInstanceUID), name_of(one)) for one in answers] == [(study, name)], done.stdout


@pytest.mark.usefixtures("clients")
def test_an_independent_client_sees_the_same_names(system, patients):
    studies = dicomweb(system, ("searchForStudies", {"queryParams": {"PatientID": "ENC-*", "limit": 100}}))[0]
    seen = {one["0020000D"]["Value"][0]: "=".join(one["00100010"]["Value"][0].get(kind, "") for kind in
                                                 ("Alphabetic", "Ideographic", "Phonetic")).rstrip("=")
            for one in studies}
    assert seen == {study: name.rstrip("=") for name, study, _ in patients.values()}
