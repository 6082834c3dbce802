"""STOW-RS: what is kept, what is refused, and how the sender learns of it."""

import json

import pytest
from data_sets import Image, new_uid
from dicom_web import DICOM_JSON, path_of, read, related, store, value
from noctis import assert_problem

STUDIES = "/dicom-web/studies"
KEPT, FAILED, OTHER, REASON = "00081199", "00081198", "0008119A", "00081197"


def post(system, kind, body, path=STUDIES):
    return system.request("POST", path, body, {"Content-Type": kind, "Accept": DICOM_JSON})


def reasons(answer, sequence=FAILED):
    return [value(item, REASON) for item in answer.json()[sequence]["Value"]]


def test_instances_are_kept_and_come_back(system):
    study = new_uid()
    images = [Image(study=study, number=n) for n in range(3)]
    answer = store(system, [one.part10() for one in images])
    assert answer.status == 200, answer.body
    response = answer.json()
    assert value(response, "00081190").endswith(f"{STUDIES}/{study}")
    assert {value(item, "00081155") for item in response[KEPT]["Value"]} == {one.sop_instance for one in images}
    assert all(value(item, "00081150") == images[0].sop_class for item in response[KEPT]["Value"])
    for one in images:
        data = system.get(path_of(read(one.part10())), headers={"Accept": "application/dicom"}).body
        assert data == one.part10()
    again = store(system, [one.part10() for one in images])
    assert again.status == 200


def test_one_file_may_be_all_of_the_body(system):
    image = Image()
    answer = post(system, "application/dicom", image.part10())
    assert answer.status == 200, answer.body


def test_another_study_fails(system):
    mine, other = Image(), Image()
    answer = store(system, [mine.part10(), other.part10()], mine.study)
    assert answer.status == 202
    assert reasons(answer) == [0xA900]
    assert value(answer.json()[FAILED]["Value"][0], "00081155") == other.sop_instance
    assert_problem(system.get(path_of(read(other.part10()))), 404)
    assert store(system, [other.part10()], mine.study).status == 409


def test_broken_files_are_told_from_good_ones(system):
    good, cut = Image(), Image()
    answer = store(system, [b"no DICOM at all" * 20, good.part10(), cut.part10()[:-300]])
    assert answer.status == 202
    assert len(answer.json()[KEPT]["Value"]) == 1
    assert reasons(answer, OTHER) == [0xC000]
    assert reasons(answer) == [0xC000]


def test_a_conflicting_instance_is_refused(system):
    image = Image()
    assert store(system, [image.part10()]).status == 200
    changed = Image(study=image.study, series=image.series, sop_instance=image.sop_instance, pixels=bytes(512))
    answer = store(system, [changed.part10()])
    assert answer.status == 409
    assert reasons(answer) == [0x0110]


def test_a_large_instance_streams(system):
    image = Image(pixels=bytes(range(256)) * (12 << 12))
    answer = store(system, [image.part10()])
    assert answer.status == 200, answer.body


def described(image, **extra):
    """An instance as metadata and a part of bulk data."""
    text = lambda vr, *values: {"vr": vr, "Value": list(values)}
    return {
        "00080016": text("UI", image.sop_class), "00080018": text("UI", image.sop_instance),
        "00080060": text("CS", "CT"), "00100010": text("PN", {"Alphabetic": "Yamada^Tarou", "Ideographic": "山田^太郎"}),
        "00100020": text("LO", image.patient_id), "0020000D": text("UI", image.study), "0020000E": text("UI", image.series),
        "00280002": text("US", 1), "00280004": text("CS", "MONOCHROME2"), "00280010": text("US", 16),
        "00280011": text("US", 16), "00280100": text("US", 16), "00280101": text("US", 16), "00280102": text("US", 15),
        "00280103": text("US", 0), "7FE00010": {"vr": "OW", "BulkDataURI": "pixels-1"},
    } | extra


def send_described(system, objects, bulk, path=STUDIES):
    parts = [({"Content-Type": DICOM_JSON}, json.dumps(objects).encode())]
    parts += [({"Content-Type": "application/octet-stream", "Content-Location": name}, data) for name, data in bulk]
    return post(system, *related(parts, DICOM_JSON), path)


def test_metadata_and_bulk_data_make_an_instance(system):
    image = Image(patient_id="JSON-1")
    answer = send_described(system, [described(image)], [("pixels-1", image.pixels)])
    assert answer.status == 200, answer.body
    stored = read(system.get(path_of(read(image.part10())), headers={"Accept": "application/dicom"}).body)
    assert stored.PixelData == image.pixels
    assert stored.PatientName.ideographic == "山田^太郎"
    assert stored.Rows == 16


@pytest.mark.parametrize("uri", ["http://127.0.0.1:1/x", "file:///etc/passwd", "pixels-2"])
def test_bulk_data_is_only_what_came_along(system, uri):
    image = Image()
    document = described(image, **{"7FE00010": {"vr": "OW", "BulkDataURI": uri}})
    answer = send_described(system, [document], [("pixels-1", image.pixels)])
    assert answer.status == 409
    assert len(reasons(answer)) == 1


@pytest.mark.parametrize("metadata", [b"", b"{", b"[1]", b"[]", b'{"00080018":{"vr":"UI","Value":["1.2"]}}', b"\xff\xfe",
                                      b"[" * 100000])
def test_metadata_that_is_none(system, metadata):
    answer = post(system, *related([({"Content-Type": DICOM_JSON}, metadata)], DICOM_JSON))
    assert answer.status in (400, 409), answer.body


@pytest.mark.parametrize("kind, status", [
    ("text/plain", 415), ("multipart/form-data; boundary=x", 415), ('multipart/related; type="text/html"; boundary=x', 415),
    ('multipart/related; type="application/dicom"', 400), ('multipart/related; type="application/dicom"; boundary=""', 400),
    ('multipart/related; type="application/dicom"; boundary="' + "x" * 71 + '"', 400), (";;", 415),
    ('multipart/related; type="application/dicom+xml"; boundary=x', 415),
])
def test_content_types(system, kind, status):
    assert_problem(post(system, kind, b"--x\r\n\r\n\r\n--x--\r\n"), status)


@pytest.mark.parametrize("body", [b"", b"garbage", b"--x\r\n", b"--x--\r\n", b"--x\r\nContent-Type: application/dicom\r\n\r\n",
                                  b"--y\r\n\r\nz\r\n--y--\r\n"])
def test_bodies_without_instances(system, body):
    assert_problem(post(system, 'multipart/related; type="application/dicom"; boundary=x', body), 400)


def test_a_cut_body_keeps_what_came_whole(system):
    first, second = Image(), Image()
    kind, body = related([({"Content-Type": "application/dicom"}, one.part10()) for one in (first, second)],
                         "application/dicom")
    answer = post(system, kind, body[:-200])
    assert answer.status == 202
    assert value(answer.json()[KEPT]["Value"][0], "00081155") == first.sop_instance


def test_paths_and_permissions(system):
    assert_problem(post(system, "application/dicom", b"x", STUDIES + "/x.y"), 400)
    assert system.request("POST", STUDIES, b"x", token="").status == 401
