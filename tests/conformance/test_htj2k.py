"""Frames in HTJ2K, which Cornerstone3D's own codec decodes: whole, and small from their first bytes."""

import base64

import numpy
import pydicom
import pytest
from noctis import TEST_DATA
from peers import run_client, unpacked

RPCL = "1.2.840.10008.1.2.4.202"
SAMPLES = [name for name in ("CT1", "MR1", "CT2") if (TEST_DATA / f"wg04/REF/{name}_UNC").is_file()]

pytestmark = pytest.mark.usefixtures("clients")


def frame_of(system, name):
    """Returns the reference data set, and the frame's bytes and URL."""
    path = TEST_DATA / f"wg04/REF/{name}_UNC"
    reference = pydicom.dcmread(path)
    system.upload([(name, path.read_bytes())])
    url = (f"/dicom-web/studies/{reference.StudyInstanceUID}/series/{reference.SeriesInstanceUID}"
           f"/instances/{reference.SOPInstanceUID}/frames/1")
    accept = f"image/jphc; transfer-syntax={RPCL}"
    return reference, url, accept


def pixels(decoded):
    kind = ("i" if decoded["signed"] else "u") + ("2" if decoded["bits"] > 8 else "1")
    return numpy.frombuffer(unpacked(decoded), kind).reshape(decoded["height"], decoded["width"])


@pytest.mark.parametrize("name", SAMPLES or ["CT1"])
def test_a_frame_is_decoded_whole_and_by_its_first_tenth(system, name):
    if not SAMPLES:
        pytest.skip(f"no wg04/REF in {TEST_DATA} (NOCTIS_TEST_DATA)")
    reference, url, accept = frame_of(system, name)
    whole = system.get(url, headers={"Accept": accept})
    assert whole.status == 200, whole.body[:300]
    assert whole.headers["content-type"].startswith("image/jphc")
    tenth = len(whole.body) // 10
    part = system.get(url, headers={"Accept": accept, "Range": f"bytes=0-{tenth - 1}"})
    assert part.status == 206
    assert part.body == whole.body[:tenth]
    level = 3
    full, small, small_of_whole = run_client("htj2k", {"frames": [
        {"base64": base64.b64encode(whole.body).decode(), "level": 0},
        {"base64": base64.b64encode(part.body).decode(), "level": level},
        {"base64": base64.b64encode(whole.body).decode(), "level": level}]})
    assert (pixels(full) == reference.pixel_array).all()
    assert (small["width"], small["height"]) == (-(-full["width"] // 2**level), -(-full["height"] // 2**level))
    assert (pixels(small) == pixels(small_of_whole)).all()
