"""WADO-RS and WADO-URI with real files, compared with what pydicom reads from them."""

import gzip
import json
import os
import signal
import subprocess

import pytest
from dicom_web import DICOM_JSON, parts_of, path_of, read, store, stored_frames, value
from noctis import assert_problem

EXPLICIT = "1.2.840.10008.1.2.1"
FILES = {
    "ct": "wg04/REF/CT1_UNC", "rle": "wg04/RLE/CT1_RLE", "jpeg": "wg04/JPLL/CT1_JPLL", "jls": "wg04/JLSL/CT1_JLSL",
    "j2k": "wg04/J2KR/CT1_J2KR", "colour": "wg04/REF/US1_UNC", "pdf": "orthanc/sample-pdf.dcm",
    "frames": "orthanc/MultiframeWindowing.dcm",
}


@pytest.fixture(scope="module")
def files(system, test_data):
    data = {name: (test_data / path).read_bytes() for name, path in FILES.items()}
    for name, one in data.items():
        answer = store(system, [one])
        assert answer.status in (200, 202, 409), (name, answer.body)
    return {name: (one, read(one)) for name, one in data.items()}


def test_an_instance_comes_back_as_it_was_sent(system, files):
    for name, (data, parsed) in files.items():
        part, = parts_of(system.get(path_of(parsed)))
        assert part.body == data, name
        assert part.headers["content-type"].endswith(parsed.file_meta.TransferSyntaxUID)
        assert system.get(path_of(parsed), headers={"Accept": "application/dicom; transfer-syntax=*"}).body == data


@pytest.mark.parametrize("name", ["ct", "rle", "jpeg", "jls", "j2k"])
def test_an_instance_is_transcoded_where_that_is_asked(system, files, name):
    reference = files["ct"][1].PixelData
    accept = f"application/dicom; transfer-syntax={EXPLICIT}"
    answer = system.get(path_of(files[name][1]), headers={"Accept": accept})
    assert answer.status == 200, answer.body
    parsed = read(answer.body)
    assert parsed.file_meta.TransferSyntaxUID == EXPLICIT
    assert parsed.PixelData == reference


@pytest.mark.parametrize("name", ["ct", "rle", "jpeg", "jls", "j2k", "colour", "frames"])
def test_frames_come_as_they_are_kept(system, files, name):
    _, parsed = files[name]
    frames = stored_frames(parsed)
    path = path_of(parsed) + "/frames/"
    kept = parsed.file_meta.TransferSyntaxUID
    accept = 'multipart/related; type="application/octet-stream"; transfer-syntax=*'
    for number, frame in list(enumerate(frames, 1))[:3]:
        part, = parts_of(system.get(f"{path}{number}", headers={"Accept": accept}))
        assert part.body.rstrip(b"\0") == frame.rstrip(b"\0")
        assert part.headers["content-type"].endswith(kept if kept.is_compressed else EXPLICIT)
    numbers = ",".join(str(n + 1) for n in range(len(frames)))
    assert len(parts_of(system.get(path + numbers, headers={"Accept": accept}))) == len(frames)


@pytest.mark.parametrize("name, kind", [("rle", "image/dicom-rle"), ("jpeg", "image/jpeg"), ("jls", "image/jls"),
                                        ("j2k", "image/jp2")])
def test_compressed_frames_have_a_media_type(system, files, name, kind):
    _, parsed = files[name]
    path = path_of(parsed) + "/frames/1"
    part, = parts_of(system.get(path))
    assert part.headers["content-type"] == f"{kind}; transfer-syntax={parsed.file_meta.TransferSyntaxUID}"
    single = system.get(path, headers={"Accept": kind})
    assert single.body == part.body
    assert single.headers["content-type"].startswith(kind)


@pytest.mark.parametrize("name", ["rle", "jpeg", "jls", "j2k"])
def test_octets_without_a_syntax_are_decoded(system, files, name):
    reference = files["ct"][1].PixelData
    answer = system.get(path_of(files[name][1]) + "/frames/1", headers={"Accept": "application/octet-stream"})
    assert answer.status == 200, answer.body
    assert answer.body == reference


@pytest.mark.parametrize("syntax", ["4.80", "4.90", "4.70", "5", "4.201", "4.202"])
def test_frames_are_encoded_as_asked(system, files, syntax):
    uid = "1.2.840.10008.1.2." + syntax
    answer = system.get(path_of(files["ct"][1]) + "/frames/1",
                        headers={"Accept": f"multipart/related; type=application/octet-stream; transfer-syntax={uid}"})
    assert answer.status == 200, answer.body
    part, = parts_of(answer)
    assert part.headers["content-type"].endswith(uid)
    assert 0 < len(part.body) < len(files["ct"][1].PixelData)


def test_a_codec_that_is_killed_takes_nobody_with_it(system, files):
    path = path_of(files["j2k"][1]) + "/frames/1"
    accept = {"Accept": "multipart/related; type=application/octet-stream; transfer-syntax=" + EXPLICIT}
    expected = files["ct"][1].PixelData
    before = system.pid("noctisd")
    for _ in range(3):
        assert parts_of(system.get(path, headers=accept))[0].body == expected
        running = subprocess.run(["pgrep", "-P", str(before), "-f", "noctis-worker codec "], capture_output=True, text=True,
                                 check=True).stdout.split()
        for one in running:
            os.kill(int(one), signal.SIGKILL)
    assert parts_of(system.get(path, headers=accept))[0].body == expected
    assert system.pid("noctisd") == before


def test_ranges_of_a_frame(system, files):
    path = path_of(files["ct"][1]) + "/frames/1"
    whole = system.get(path, headers={"Accept": "application/octet-stream"})
    part = system.get(path, headers={"Accept": "application/octet-stream", "Range": "bytes=10-19"})
    assert part.status == 206
    assert part.body == whole.body[10:20]
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole.body)}"
    same = system.get(path, headers={"Accept": "application/octet-stream", "If-None-Match": whole.headers["etag"]})
    assert same.status == 304
    assert system.request("HEAD", path, headers={"Accept": "application/octet-stream"}).status == 200


@pytest.mark.parametrize("frames, status", [("0", 400), ("x", 400), ("1,,2", 400), ("2", 404), ("99999999999", 400),
                                            ("1;2", 400)])
def test_frames_that_there_are_not(system, files, frames, status):
    assert_problem(system.get(path_of(files["ct"][1]) + f"/frames/{frames}"), status)


def test_metadata_is_what_the_file_says(system, files):
    for name, (_, parsed) in files.items():
        document, = system.fetch(path_of(parsed) + "/metadata")
        assert value(document, "00080018") == parsed.SOPInstanceUID, name
        assert set(document) >= {f"{one.tag:08X}" for one in parsed if one.tag < 0x7FE00000 and one.tag.element != 0}
    pixels = system.fetch(path_of(files["ct"][1]) + "/metadata")[0]["7FE00010"]
    assert pixels["BulkDataURI"].endswith("/bulkdata/7FE00010")


def test_metadata_of_a_study_and_its_forms(system, files):
    parsed = files["ct"][1]
    study = f"/dicom-web/studies/{parsed.StudyInstanceUID}"
    plain = system.get(study + "/metadata", headers={"Accept": DICOM_JSON})
    assert plain.headers["content-type"] == DICOM_JSON
    for _ in range(2):  # made, then from the cache
        packed = system.get(study + "/metadata", headers={"Accept-Encoding": "gzip, br"})
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(packed.body) == plain.body
    series = f"{study}/series/{parsed.SeriesInstanceUID}/metadata"
    first = system.get(series)
    assert system.get(series, headers={"If-None-Match": first.headers["etag"]}).status == 304
    parts = parts_of(system.get(series, headers={"Accept": 'multipart/related; type="application/dicom+xml"'}))
    assert len(parts) == len(json.loads(first.body))
    assert_problem(system.get(series, headers={"Accept": "text/html"}), 406)
    system.flush_redis()
    assert system.get(series).body == first.body


def test_bulk_data_is_where_metadata_says(system, files):
    for name in ("ct", "pdf"):
        _, parsed = files[name]
        document, = system.fetch(path_of(parsed) + "/metadata")
        for tag, element in document.items():
            if "BulkDataURI" not in element:
                continue
            path = element["BulkDataURI"][element["BulkDataURI"].index("/dicom-web"):]
            answer = system.get(path)
            assert answer.status == 200, answer.body
            assert answer.body.rstrip(b"\0") == parsed[tag].value.rstrip(b"\0")
            assert len(parts_of(system.get(path, headers={"Accept": "multipart/related"}))) == 1
    path = path_of(files["ct"][1]) + "/bulkdata/"
    assert_problem(system.get(path + "00420011"), 404)
    assert_problem(system.get(path + "x"), 400)
    frames = parts_of(system.get(path_of(files["j2k"][1]) + "/bulkdata/7FE00010"))
    assert [one.body for one in frames] == stored_frames(files["j2k"][1])


def test_rendered_pictures(system, files):
    for name in ("ct", "rle", "jpeg", "jls", "j2k", "colour", "frames"):
        path = path_of(files[name][1])
        jpeg = system.get(path + "/rendered")
        assert (jpeg.status, jpeg.headers["content-type"]) == (200, "image/jpeg"), (name, jpeg.body)
        assert jpeg.body.startswith(b"\xff\xd8")
        png = system.get(path + "/frames/1/rendered", headers={"Accept": "image/png"})
        assert png.body.startswith(b"\x89PNG"), name
    path = path_of(files["ct"][1]) + "/rendered"
    small = system.get(path, viewport="64,32", window="40,400,linear", quality="30", annotation="patient,technique",
                       accept="image/png")
    assert small.status == 200, small.body
    width, height = (int.from_bytes(small.body[at:at + 4], "big") for at in (16, 20))
    assert width <= 64 and height <= 32 and max(width / 64, height / 32) == 1
    assert system.get(path, headers={"If-None-Match": system.get(path).headers["etag"]}).status == 304
    assert_problem(system.get(path_of(files["pdf"][1]) + "/rendered"), 406)
    study = f"/dicom-web/studies/{files['ct'][1].StudyInstanceUID}/rendered"
    assert {one.headers["content-type"] for one in parts_of(system.get(study))} == {"image/jpeg"}


@pytest.mark.parametrize("query", [
    {"window": "1"}, {"window": "1,0"}, {"window": "a,b"}, {"window": "1,2,magic"}, {"viewport": "0,1"}, {"viewport": "1"},
    {"viewport": "99999,1"}, {"viewport": "1,2,3"}, {"quality": "0"}, {"quality": "high"}, {"annotation": "secrets"},
    {"iccprofile": "srgb"}, {"viewport": "1,1,nan,0,1,1"},
])
def test_a_rendering_that_cannot_be_is_named(system, files, query):
    problem = assert_problem(system.get(path_of(files["ct"][1]) + "/rendered", **query), 400)
    assert next(iter(query)) in str(problem)


def test_thumbnails(system, files):
    parsed = files["ct"][1]
    study = f"/dicom-web/studies/{parsed.StudyInstanceUID}"
    paths = [study, f"{study}/series/{parsed.SeriesInstanceUID}", path_of(parsed), path_of(parsed) + "/frames/1"]
    for path in paths:
        for _ in range(2):
            answer = system.get(path + "/thumbnail", viewport="100,100")
            assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg"), (path, answer.body)
    image = system.images(parsed.StudyInstanceUID)[0]["id"]
    answer = system.get(f"/dicom/api/images/{image}/thumbnail/")
    assert answer.body.startswith(b"\xff\xd8")


def uri(system, parsed, **query):
    names = {"requestType": "WADO", "studyUID": parsed.StudyInstanceUID, "seriesUID": parsed.SeriesInstanceUID,
             "objectUID": parsed.SOPInstanceUID}
    return system.get("/dicom-web/wado", **(names | query))


def test_wado_uri(system, files):
    data, parsed = files["ct"]
    assert uri(system, parsed).headers["content-type"] == "image/jpeg"
    assert uri(system, parsed, contentType="application/dicom").body == data
    picture = uri(system, parsed, contentType="image/png", rows=50, windowCenter=40, windowWidth=400,
                  region="0.25,0.25,0.75,0.75", frameNumber=1)
    assert int.from_bytes(picture.body[20:24], "big") == 50
    plain = uri(system, files["j2k"][1], contentType="application/dicom", transferSyntax=EXPLICIT)
    assert read(plain.body).PixelData == parsed.PixelData
    for query, status in [({"requestType": "X"}, 400), ({"studyUID": "x"}, 400), ({"objectUID": "1.2.3"}, 404),
                          ({"contentType": "text/plain"}, 406), ({"rows": "0"}, 400), ({"region": "1,1,0,0"}, 400),
                          ({"windowCenter": "1"}, 400), ({"frameNumber": "9"}, 404), ({"anonymize": "yes"}, 400)]:
        assert uri(system, parsed, **query).status == status, query
