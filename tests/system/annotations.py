"""Annotations as a viewer puts them, and what they have become as DICOM objects."""

import uuid

from noctis import wait_until

SR_CLASSES = {"1.2.840.10008.5.1.4.1.1.88.33", "1.2.840.10008.5.1.4.1.1.88.34"}
KEY_OBJECTS = "1.2.840.10008.5.1.4.1.1.88.59"


def length(image, value=50.0, version=0, **fields):
    """The body of a length on an image (data_sets.Image)."""
    return {
        "study_instance_uid": image.study, "series_instance_uid": image.series, "sop_instance_uid": image.sop_instance,
        "kind": "length", "space": "image", "points": [[1.5, 2.5], [51.5, 2.5]], "label": "",
        "measurements": [{"name": "length", "value": value, "unit": "mm"}], "view": {"tool": "Length"}, "version": version,
    } | fields


def new_id():
    return str(uuid.uuid4())


def put(system, annotation, body, token=None):
    return system.request("PUT", f"/api/annotations/{annotation}/", body, token=token)


def save(system, annotation, body, token=None):
    answer = put(system, annotation, body, token)
    assert answer.status in (200, 201), answer.body
    return answer.json()


def listed(system, study, token=None, **query):
    answer = system.get(f"/api/studies/{study}/annotations/", token=token, **query)
    assert answer.status == 200, answer.body
    return answer.json()["results"]


def store_now(system, study, token=None):
    """Has the caller's annotations written, and returns the SOP Instance UIDs that the job names when it is done."""
    answer = system.request("POST", f"/api/studies/{study}/annotations/store/", token=token)
    assert answer.status == 202, answer.body
    return wait_done(system, answer.json()["job"])["result"]["sop_instance_uids"]


def wait_done(system, job):
    def done():
        now = system.fetch(f"/api/jobs/{job}/")
        assert now["state"] != "failed", now
        return now if now["state"] == "done" else None

    return wait_until(done, 60, f"job {job} is done")


def documents(system, study):
    """Every document of annotations of a study, by SOP Instance UID."""
    return {image["sop_instance_uid"]: image["sop_class_uid"] for image in system.images(study)
            if image["sop_class_uid"] in SR_CLASSES | {KEY_OBJECTS}}
