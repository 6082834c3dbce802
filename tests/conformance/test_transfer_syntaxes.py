"""Every transfer syntax of the real images: given back as sent, as Explicit VR Little Endian, and rendered."""

import pydicom
import pytest
from data_sets import read_part10
from noctis import TEST_DATA, split_parts
from pdu import EXPLICIT_LITTLE

LOSSY = ("1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.81",
         "1.2.840.10008.1.2.4.91")
ENCAPSULATED_RENDERS = "image/png"


def samples():
    folders = [TEST_DATA / "wg04", TEST_DATA / "orthanc/TransferSyntaxes"]
    return sorted(path for folder in folders if folder.is_dir() for path in folder.rglob("*")
                  if path.is_file() and path.read_bytes()[128:132] == b"DICM")


SAMPLES = samples()


@pytest.fixture(scope="module")
def kept(system):
    """What became of each sample: path → row of the upload's answer. One at a time where two are of one UID."""
    if not SAMPLES:
        pytest.skip(f"no wg04 and orthanc/TransferSyntaxes in {TEST_DATA} (NOCTIS_TEST_DATA)")
    by_instance, rows = {}, {}
    for path in SAMPLES:
        by_instance.setdefault(read_part10(path.read_bytes()).sop_instance, []).append(path)
    for paths in by_instance.values():
        path = paths[0]
        rows[path] = system.upload([(path.name, path.read_bytes())]).json()["results"][0]
    return rows


def reference_of(path):
    """The uncompressed image that a WG04 sample was made from."""
    if path.parts[-3] != "wg04":
        return None
    found = path.parents[1] / "REF" / (path.name.split("_")[0] + "_UNC")
    return found if found.is_file() else None


def retrieve(system, row, syntax):
    study = row["study_instance_uid"]
    series = next(one["series_instance_uid"] for one in system.fetch(f"/dicom/api/studies/{study}/")["series"]
                  if any(image["sop_instance_uid"] == row["sop_instance_uid"] for image in one["images"]))
    path = f"/dicom-web/studies/{study}/series/{series}/instances/{row['sop_instance_uid']}"
    accept = f'multipart/related; type="application/dicom"; transfer-syntax={syntax}'
    answer = system.get(path, headers={"Accept": accept})
    rendered = system.get(path + "/rendered", headers={"Accept": ENCAPSULATED_RENDERS})
    return answer, rendered


def test_every_sample_is_kept(kept):
    refused = {path.name: row["reason"] for path, row in kept.items() if row["status"] == "refused"}
    assert not refused


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_sample_is_given_back(system, kept, path):
    if path not in kept:
        pytest.skip("another sample has the same SOP Instance UID")
    row = kept[path]
    sent = path.read_bytes()
    as_sent, rendered = retrieve(system, row, "*")
    assert as_sent.status == 200, as_sent.body[:300]
    assert split_parts(as_sent) == [sent]
    assert rendered.status == 200, rendered.body[:300]
    assert rendered.body.startswith(b"\x89PNG")
    plain, _ = retrieve(system, row, EXPLICIT_LITTLE)
    assert plain.status == 200, plain.body[:300]
    data_set = pydicom.dcmread(pydicom.filebase.DicomBytesIO(split_parts(plain)[0]))
    assert data_set.file_meta.TransferSyntaxUID == EXPLICIT_LITTLE
    expected = data_set.Rows * data_set.Columns * data_set.SamplesPerPixel * data_set.BitsAllocated // 8
    expected *= int(data_set.get("NumberOfFrames", 1) or 1)
    assert len(data_set.PixelData) in (expected, expected + expected % 2)
    reference = reference_of(path)
    if reference and pydicom.dcmread(path, stop_before_pixels=True).file_meta.TransferSyntaxUID not in LOSSY:
        assert_same_pixels(data_set, pydicom.dcmread(reference))


def assert_same_pixels(one, other):
    if one.SamplesPerPixel > 1:
        # A codec may have transformed colours without loss of bits but not back to the same ones.
        if one.PhotometricInterpretation != other.PhotometricInterpretation:
            return
        assert (one.pixel_array == other.pixel_array).all()
    else:
        length = one.Rows * one.Columns * one.BitsAllocated // 8
        assert one.PixelData[:length] == other.PixelData[:length]
