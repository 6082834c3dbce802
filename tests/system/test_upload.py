"""POST /dicom/api/upload/: the same path into the store as C-STORE, with a result for each file."""

import io
import random
import zipfile
from pathlib import Path

import pytest
from data_sets import Image, read_part10
from noctis import assert_problem, multipart

random.seed(2)


def zipped(files, method=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return held.getvalue()


def test_one_file_is_stored_and_comes_back(system):
    image = Image()
    answer = system.upload([("a.dcm", image.part10())])
    assert answer.status == 200
    body = answer.json()
    assert (body["status"], body["stored"], body["duplicates"], body["refused"]) == ("success", 1, 0, 0)
    result = body["results"][0]
    assert (result["name"], result["status"]) == ("a.dcm", "stored")
    assert (result["sop_instance_uid"], result["study_instance_uid"]) == (image.sop_instance, image.study)
    assert read_part10(system.file(image.sop_instance)).data_set == image.data_set()


def test_several_files_each_have_their_result(system):
    images = [Image() for _ in range(3)]
    answer = system.upload([(f"{n}.dcm", one.part10()) for n, one in enumerate(images)])
    assert answer.status == 200
    assert [one["sop_instance_uid"] for one in answer.json()["results"]] == [one.sop_instance for one in images]


def test_a_file_again_is_a_duplicate(system):
    image = Image()
    system.upload([("a.dcm", image.part10())])
    answer = system.upload([("b.dcm", image.part10())])
    assert answer.status == 200
    assert answer.json()["results"][0]["status"] == "duplicate"
    assert answer.json()["duplicates"] == 1


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_is_unpacked(system, method):
    images = [Image() for _ in range(4)]
    answer = system.upload([("study.zip", zipped([(f"dir/{n}.dcm", one.part10()) for n, one in enumerate(images)], method))])
    assert answer.status == 200, answer.body
    assert answer.json()["stored"] == 4
    for one in images:
        assert read_part10(system.file(one.sop_instance)).data_set == one.data_set()


def test_good_and_bad_together_are_a_partial_success(system):
    image = Image()
    answer = system.upload([("good.dcm", image.part10()), ("bad.dcm", random.randbytes(2000))])
    assert answer.status == 207
    body = answer.json()
    assert (body["status"], body["stored"], body["refused"]) == ("partial", 1, 1)
    assert body["results"][1]["status"] == "refused"
    assert body["results"][1]["reason"]


@pytest.mark.parametrize("content", [b"", b"x", random.randbytes(3000), bytes(132), Image().part10()[:400], b"PK\3\4" + bytes(200)],
                         ids=["nothing", "a byte", "noise", "zeros", "a beginning", "no zip"])
def test_garbage_is_refused_with_a_reason(system, content):
    answer = system.upload([("bad.bin", content)])
    assert answer.status == 400, answer.body
    assert answer.json()["status"] == "error"
    assert answer.json()["results"][0]["reason"]


def test_names_in_a_zip_lead_nowhere(system):
    image = Image()
    answer = system.upload([("x.zip", zipped([("../../../../tmp/noctis-escape.dcm", image.part10()), ("/etc/noctis.dcm", b"x")]))])
    assert answer.status in (200, 207)
    assert not list(system.data.parent.glob("noctis-escape*"))
    assert not any("escape" in p.name for p in (system.data / "storage").rglob("*"))


def test_a_zip_bomb_does_not_fill_the_disk(system):
    answer = system.upload([("bomb.zip", zipped([("zeros.dcm", bytes(300_000_000))]))])
    assert answer.status == 400
    assert system.get("/health/", token="").status == 200


def test_a_name_with_a_path_is_only_a_name(system):
    image = Image()
    answer = system.upload([("../../etc/passwd", image.part10())])
    assert answer.status == 200
    assert not any("passwd" in p.name for p in (system.data / "storage").rglob("*"))


def test_a_form_without_a_file_and_a_body_that_is_no_form_are_problems(system):
    kind, body = multipart([])
    assert_problem(system.request("POST", "/dicom/api/upload/", body, {"Content-Type": kind}), 400)
    answer = system.request("POST", "/dicom/api/upload/", b"{}", {"Content-Type": "application/json"})
    assert answer.status in (400, 415)


def test_a_form_that_ends_in_mid_file_stores_nothing(system):
    image = Image()
    kind, body = multipart([("a.dcm", image.part10())])
    answer = system.request("POST", "/dicom/api/upload/", body[:-200], {"Content-Type": kind})
    assert answer.status == 400
    assert system.fetch("/api/studies/", study_instance_uid=image.study)["count"] == 0


def resident_mb(system):
    status = Path(f"/proc/{system.pid('noctisd')}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def test_a_large_file_is_streamed(system):
    """400 MB go through without being held in memory."""
    image = Image(pixels=random.randbytes(1 << 20) * 400)
    before = resident_mb(system)
    answer = system.upload([("large.dcm", image.part10())])
    assert answer.status == 200, answer.body
    assert resident_mb(system) - before < 150
