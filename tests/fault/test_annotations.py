"""kill -9 while annotations become DICOM objects: what was acknowledged is kept, and is written once."""

import time

import pytest
from annotations import documents, length, listed, new_id, save, store_now
from data_sets import Image


@pytest.mark.parametrize("wait", [0, 0.05, 0.2, 0.5, 1.0, 1.5])
def test_a_job_that_dies_leaves_one_report(system, wait):
    images = [Image(), Image(patient_id="P2")]
    system.upload([(f"{n}.dcm", image.part10()) for n, image in enumerate(images)])
    saved = {}
    for image in images:
        for value in range(20):
            annotation = new_id()
            saved[annotation] = save(system, annotation, length(image, float(value)))
        answer = system.request("POST", f"/api/studies/{image.study}/annotations/store/")
        assert answer.status == 202
    time.sleep(wait)
    system.kill("noctisd")
    system.start()
    for image in images:
        # The lease of the worker that died would run out by itself.
        system.psql("update jobs set lease_until = now() where state = 'running'")
        store_now(system, image.study)
        reports = documents(system, image.study)
        assert len(reports) == 1, reports
        kept = listed(system, image.study)
        assert len(kept) == 20
        for one in kept:
            assert one["dicom"]["sop_instance_uid"] in reports
            assert one | {"dicom": None} == saved[one["id"]] | {"dicom": None}
    system.assert_verified()
