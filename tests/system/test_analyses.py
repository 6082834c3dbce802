"""A study is analysed by workers when it is complete: what they find, what they refuse, and that nothing is done twice."""

import math
import shutil
import subprocess
import time

import pydicom
import pytest
from analyses import (errors_in, jobs_of, kill_a_worker, make_phantom, objects_of, run_of, runs_of, send_phantom, store,
                      wait_analysed)
from data_sets import Image
from noctis import PROGRAMS, System, wait_until

SMALL_HEAD = ("head-bleed", "--columns", 256, "--noise", 2)


@pytest.fixture(scope="module")
def analysing():
    """A system whose studies are complete soon."""
    with System(config={"ingest": {"study_complete_after": 2}}) as running:
        yield running


def test_a_bleed_is_found_within_five_percent(analysing):
    truth = send_phantom(analysing, "head-bleed", "--noise", 2)
    study = truth["study_instance_uid"]
    wait_analysed(analysing, study)
    head = run_of(analysing, study, "ct-head")
    assert head["state"] == "done" and head["urgent"], head
    found = [one for one in head["findings"] if one["kind"] == "candidate"]
    assert sum(one["volume_ml"] for one in found) == pytest.approx(float(truth["bleed_ml"]), rel=0.05)
    assert run_of(analysing, study, "quality-control")["state"] == "done"
    assert analysing.psql(f"select ai_status, alert from kept_studies where uid = '{study}'") == [["done", "open"]]


def test_what_was_found_is_stored_as_objects_and_not_analysed(analysing, tmp_path):
    study = send_phantom(analysing, *SMALL_HEAD)["study_instance_uid"]
    wait_analysed(analysing, study)
    runs = runs_of(analysing, study)
    expected = {one["report"]: "SR" for one in runs} | {one["segmentation"]: "SEG" for one in runs if one["segmentation"]}
    assert len(expected) == 3, runs
    assert objects_of(analysing, study) == expected
    for uid in expected:
        path = tmp_path / uid
        path.write_bytes(analysing.file(uid))
        assert errors_in(path) == []
    text = subprocess.run(["dsrdump", tmp_path / run_of(analysing, study, "ct-head")["report"]], capture_output=True,
                          text=True, check=True).stdout
    assert "ct-head" in text and "Machine-made, not for diagnosis" in text
    time.sleep(5)  # twice as long as a study waits
    assert analysing.psql(f"select status from studies where uid = '{study}'") == [["completed"]]
    assert len(jobs_of(analysing, study)) == 1 and objects_of(analysing, study) == expected


def test_an_installed_model_gives_what_its_network_does(analysing, tmp_path):
    models = analysing.data / "models"
    subprocess.run([PROGRAMS / "example_model", models], check=True)
    try:
        made, paths = make_phantom(analysing, "head", tmp_path, "--columns", 64, "--slices", 12, "--noise", 2)
        store(analysing, *paths)
        wait_analysed(analysing, made["study_instance_uid"])
        installed = analysing.fetch("/api/analysis/models/")["results"]
    finally:
        shutil.rmtree(models)
    assert [(one["name"], one["state"], one["licence"]) for one in installed] == [("brightness", "ready", "MIT")]
    run = run_of(analysing, made["study_instance_uid"], "model-brightness")
    means = [image.pixel_array.mean() * image.RescaleSlope + image.RescaleIntercept for image in map(pydicom.dcmread, paths)]
    (found,) = run["findings"]
    assert found["what"] == ["BRIGHT", "99TEST", "Brightness"]
    assert found["value"] == pytest.approx(1 / (1 + math.exp(-max(means) / 1000)), rel=1e-4)
    assert run["report"] in objects_of(analysing, made["study_instance_uid"])


def test_a_model_that_cannot_be_used_is_told_and_costs_nothing(analysing):
    models = analysing.data / "models"
    models.mkdir(exist_ok=True)
    (models / "broken.onnx").write_bytes(b"no network")
    (models / "broken.json").write_text("{}")
    try:
        study = send_phantom(analysing, "water", "--columns", 64)["study_instance_uid"]
        wait_analysed(analysing, study)
    finally:
        shutil.rmtree(models)
    assert run_of(analysing, study, "quality-control")["state"] == "done"
    assert "model broken is refused: " in analysing.log()


def test_a_study_is_compared_with_the_earlier_one(analysing):
    same = ("--columns", 128, "--noise", 2, "--patient", "TWICE")
    before = send_phantom(analysing, "head", *same, "--date", "20250110")["study_instance_uid"]
    wait_analysed(analysing, before)
    now = send_phantom(analysing, "head-bleed", *same, "--date", "20250112")["study_instance_uid"]
    wait_analysed(analysing, now)
    change = run_of(analysing, now, "prior-change")
    assert change["state"] == "done" and change["urgent"], change
    assert change["details"]["prior_study_uid"] == before and change["details"]["prior_study_date"] == "20250110"
    new = [one for one in change["findings"] if one["kind"] == "candidate"]
    assert [one["what"][0] for one in new] == ["NEW-50960005"], new
    assert change["report"] in objects_of(analysing, now)
    assert [one["analyser"] for one in runs_of(analysing, before)].count("prior-change") == 0
    assert len(jobs_of(analysing, now)) == 1


def test_a_study_is_compared_when_the_earlier_one_comes_after_it(analysing):
    same = ("--columns", 128, "--noise", 2, "--patient", "BACKWARDS")
    now = send_phantom(analysing, "head-bleed", *same, "--date", "20250112")["study_instance_uid"]
    wait_analysed(analysing, now)
    assert [one["analyser"] for one in runs_of(analysing, now)].count("prior-change") == 0
    before = send_phantom(analysing, "head", *same, "--date", "20250110")["study_instance_uid"]
    wait_analysed(analysing, before)
    wait_analysed(analysing, now, jobs=2)
    change = run_of(analysing, now, "prior-change")
    assert change["state"] == "done" and change["details"]["prior_study_uid"] == before, change
    assert [one["analyser"] for one in runs_of(analysing, now)].count("ct-head") == 1
    assert len(jobs_of(analysing, before)) == 1


def test_water_is_calibrated(analysing):
    study = send_phantom(analysing, "water", "--columns", 256)["study_instance_uid"]
    wait_analysed(analysing, study)
    run = run_of(analysing, study, "hu-calibration")
    assert run["state"] == "done" and not run["details"]["out_of_tolerance"], run
    inserts = {one["material"]: one for one in run["details"]["inserts"]}
    assert abs(inserts["water"]["measured_hu"]) < 1


def test_what_the_command_writes_is_right_dicom(analysing, tmp_path):
    made, paths = make_phantom(analysing, "head", tmp_path, "--columns", 64, "--slices", 20, "--tilt", 10)
    assert made["images"] == len(paths) == 20
    for path in paths[::7]:
        assert errors_in(path) == []


def test_what_is_no_volume_is_checked_or_refused_with_its_reason(analysing, tmp_path):
    _, (one, *_) = make_phantom(analysing, "head", tmp_path / "one", "--columns", 64, "--slices", 5)
    store(analysing, one)
    other = Image(description="MR KNEE", extra=b"")
    other_bytes = other.part10().replace(b"\x08\x00\x60\x00CS\x02\x00CT", b"\x08\x00\x60\x00CS\x02\x00MR")
    assert analysing.upload([("mr.dcm", other_bytes)]).status == 200
    alone = study_of(one)
    wait_analysed(analysing, alone)
    head = run_of(analysing, alone, "ct-head")
    assert (head["state"], head["error"]) == ("failed", "a volume needs 3 slices, the series has 1")
    wait_analysed(analysing, other.study)
    assert [one["analyser"] for one in runs_of(analysing, other.study)] == ["quality-control"]


def study_of(path):
    dumped = subprocess.run(["dcmdump", "+P", "0020,000d", path], capture_output=True, text=True, check=True).stdout
    return dumped.split("[")[1].split("]")[0]


def test_a_localiser_is_no_head(analysing, tmp_path):
    made, paths = make_phantom(analysing, "head", tmp_path, "--columns", 64, "--slices", 5)
    subprocess.run(["dcmodify", "-nb", "-m", "(0008,0008)=ORIGINAL\\PRIMARY\\LOCALIZER", *paths], check=True)
    store(analysing, *paths)
    wait_analysed(analysing, made["study_instance_uid"])
    assert [one["analyser"] for one in runs_of(analysing, made["study_instance_uid"])] == ["quality-control"]


def test_a_corrupt_frame_in_the_middle_is_named(analysing, tmp_path):
    made, paths = make_phantom(analysing, SMALL_HEAD[0], tmp_path, *SMALL_HEAD[1:])
    coded = tmp_path / "coded"
    subprocess.run(["dcmcjpeg", "+e1", paths[20], coded], check=True)
    raw = bytearray(coded.read_bytes())
    begin = raw.index(b"\xff\xd8\xff") + 2  # the coded frame's tables and what follows
    raw[begin:begin + 600] = bytes(600)
    paths[20].write_bytes(raw)
    store(analysing, *paths[:20], *paths[21:])
    assert analysing.upload([("broken.dcm", bytes(raw))]).status == 200
    study = made["study_instance_uid"]
    wait_analysed(analysing, study)
    head, quality = run_of(analysing, study, "ct-head"), run_of(analysing, study, "quality-control")
    assert head["state"] == quality["state"] == "done"
    uid = subprocess.run(["dcmdump", "+P", "0008,0018", paths[19]], capture_output=True, text=True, check=True).stdout
    assert uid  # the neighbour is whole
    named = [one for one in quality["warnings"] if "instance" in one]
    assert len(named) == 1, quality["warnings"]
    assert named[0] in head["warnings"]


def test_a_killed_worker_costs_an_attempt_and_no_more(analysing):
    study = send_phantom(analysing, *SMALL_HEAD)["study_instance_uid"]
    kill_a_worker(analysing)
    wait_until(lambda: "killed by signal 9" in jobs_of(analysing, study)[0]["error"], 30, "the job notes it")
    job, = wait_analysed(analysing, study)
    assert job["attempts"] == 2
    assert sorted(one["analyser"] for one in runs_of(analysing, study)) == ["ct-head", "quality-control"]
    assert runs_of(analysing, study, superseded=True) == []


def test_added_images_are_analysed_and_the_same_images_not_again(analysing, tmp_path):
    made, paths = make_phantom(analysing, SMALL_HEAD[0], tmp_path, *SMALL_HEAD[1:])
    study = made["study_instance_uid"]
    store(analysing, *paths[:36])
    wait_analysed(analysing, study)
    first = {one["analyser"]: one["digest"] for one in runs_of(analysing, study)}
    store(analysing, *paths[36:])
    wait_until(lambda: runs_of(analysing, study, superseded=True), 240, "the older runs are superseded")
    wait_analysed(analysing, study, 2)
    second = {one["analyser"]: one["digest"] for one in runs_of(analysing, study)}
    older = {one["analyser"]: one["digest"] for one in runs_of(analysing, study, superseded=True)}
    assert older == first and second.keys() == first.keys()
    assert all(second[name] != first[name] for name in first)

    before = analysing.psql("select count(*), max(id) from analyses")
    analysing.psql("insert into jobs (queue, max_attempts, payload, facility, study) select 'analysis', 3, "
                   f"jsonb_build_object('study_uid', uid), facility, id from kept_studies where uid = '{study}'")
    last = wait_analysed(analysing, study, 3)[-1]
    assert last["result"] == {"series": 1, "skipped": 1, "done": 0, "failed": 0}
    assert analysing.psql("select count(*), max(id) from analyses") == before
