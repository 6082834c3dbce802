"""The OpenAPI document is true: every operation in it is called, and what comes back is held against it."""

import json
import re

import pytest
from data_sets import Image
from jsonschema import Draft202012Validator
from noctis import ADMIN_PASSWORD, multipart
from pdu import CT_IMAGE, EXPLICIT_LITTLE, store

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def document(own_system):
    return own_system.request("GET", "/api/openapi.json", token="").json()


@pytest.fixture(scope="module")
def world(own_system):
    """Values for the paths' variables and the bodies: what the operations work on."""
    image = Image(patient_id="API", patient_name="Apis^Ada")
    assert store(own_system.dicom_port, CT_IMAGE, image.sop_instance, EXPLICIT_LITTLE, image.data_set()) == 0
    study = own_system.fetch("/api/studies/", patient_id="API")["results"][0]
    detail = own_system.fetch(f"/dicom/api/studies/{study['id']}/")["series"][0]
    return {"image": image, "study": study, "series": detail, "picture": detail["images"][0]}


def operations(document):
    return [(method, path, operation) for path, methods in sorted(document["paths"].items())
            for method, operation in methods.items() if method in METHODS]


def test_the_document_is_openapi(document):
    assert document["openapi"].startswith("3.1")
    for name, schema in document["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert schema, name
    for one in references(document):
        target = document
        for step in one.removeprefix("#/").split("/"):
            assert step in target, one
            target = target[step]
    identifiers = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(identifiers)) == len(identifiers)


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        node = node.values()
    if not isinstance(node, str) and hasattr(node, "__iter__"):
        for one in node:
            yield from references(one)


def test_every_path_of_the_document_is_served(own_system, document):
    for method, path, operation in operations(document):
        filled = re.sub(r"{[^}]*}", "1.2.3", path)
        answer = own_system.request(method.upper(), filled, token="")
        open_to_all = operation.get("security") == []
        assert (answer.status != 401) == open_to_all or "x-permission" in operation, (method, path, answer.status)
        assert answer.status not in (404, 405) or open_to_all, (method, path)
        own_system.request("OPTIONS", filled, token="")


def test_methods_that_are_not_in_the_document_are_refused(own_system, document):
    for path, methods in document["paths"].items():
        filled = re.sub(r"{[^}]*}", "1.2.3", path)
        for method in METHODS:
            if method in methods or served_by_another(document, path, method):
                continue
            assert own_system.request(method.upper(), filled).status == 405, (method, path)


def served_by_another(document, path, method):
    """Whether a path with variables stands for this one too."""
    segments = path.split("/")
    for other, methods in document["paths"].items():
        if method in methods and len(other.split("/")) == len(segments) and all(
                a == b or "{" in a or "{" in b for a, b in zip(other.split("/"), segments, strict=True)):
            return True
    return False


def samples(world):
    """(method, path of the document) → body, where a successful call needs one."""
    study = world["study"]
    reason = {"reason": "a test"}
    return {
        ("post", "/api/auth/token/"): {"username": "admin", "password": ADMIN_PASSWORD},
        ("patch", "/api/studies/{id}/"): {"priority": "urgent"},
        ("post", "/api/archive/"): {"studies": [study["id"], study["study_instance_uid"]]},
        ("post", "/api/workitems/"): {"patient_id": "API", "patient_name": "Apis^Ada", "modality": "CT",
                                      "scheduled_start": "2026-02-03T10:20"},
        ("post", "/api/ae-titles/"): {"ae_title": "API_AE", "host": "127.0.0.1", "port": 104},
        ("post", "/api/patients/split/"): {"studies": [study["id"]], "patient": {"patient_id": "API-2"}} | reason,
        ("post", "/dicom/api/scp/test/"): {},
        ("post", "/api/auth/session/"): {"username": "admin", "password": ADMIN_PASSWORD},
        ("put", "/api/preferences/{name}/"): {"value": {"columns": ["name"]}},
        ("delete", "/api/studies/{id}/"): reason, ("post", "/api/studies/{id}/restore/"): reason,
        ("delete", "/dicom/api/series/{id}/"): reason, ("post", "/dicom/api/series/{id}/restore/"): reason,
        ("delete", "/dicom/api/images/{id}/"): reason, ("post", "/dicom/api/images/{id}/restore/"): reason,
    }


def filled_path(world, path):
    study, series, picture = world["study"], world["series"], world["picture"]
    uids = {"study": study["study_instance_uid"], "series": series["series_instance_uid"],
            "instance": picture["sop_instance_uid"], "frames": "1"}
    ids = [("/studies/", study["id"]), ("/series/", series["id"]), ("/images/", picture["id"]),
           ("/patients/", study["patient"]["id"])]

    def value(match):
        name = match.group(1)
        if name in uids:
            return str(uids[name])
        return next((str(number) for prefix, number in ids if path[: match.start()].endswith(prefix)), "999999999")

    return re.sub(r"{([^}]*)}", value, path)


def turn(one):
    """Reads first, then changes; what is deleted is restored at once."""
    method, path, _ = one
    if path.endswith("/restore/"):
        return 2, path.removesuffix("restore/"), 1
    return {"get": 0, "patch": 1, "delete": 2, "post": 3, "put": 4}[method], path, 0


def test_every_answer_is_as_the_document_says(own_system, document, world):
    bodies = samples(world)
    wrong, succeeded = [], set()
    for method, path, operation in sorted(operations(document), key=turn):
        if path in ("/api/auth/logout/", "/api/events/"):
            continue
        body = bodies.get((method, path))
        kind = {}
        if path == "/dicom/api/upload/":
            kind_of_form, body = multipart([("a.dcm", world["image"].part10())])
            kind = {"Content-Type": kind_of_form}
        answer = own_system.request(method.upper(), filled_path(world, path), body, kind)
        wrong += complaints(document, method, path, operation, answer)
        if answer.status < 300:
            succeeded.add((method, path))
    assert not wrong, "\n".join(wrong)
    expected = {(method, path) for method, path, _ in operations(document) if method == "get" and "{" not in path}
    expected -= {("get", "/api/auth/session/"), ("get", "/api/events/")}  # of a cookie, and without end
    expected -= {(method, path) for method, path in expected if path.startswith("/dicom-web/")}
    assert (set(bodies) | expected) <= succeeded, (set(bodies) | expected) - succeeded


def complaints(document, method, path, operation, answer):
    place = f"{method} {path} → {answer.status}"
    declared = operation["responses"].get(str(answer.status)) or operation["responses"].get("default")
    if answer.status >= 500 and path != "/health/":
        return [f"{place}: {answer.body[:300]}"]
    if answer.status < 400 and "summary" in operation and str(answer.status) not in operation["responses"]:
        return [f"{place}: the status is not declared"]
    kind = answer.headers.get("content-type", "").split(";")[0]
    content = (declared or {}).get("content")
    if answer.status == 204 or content is None:
        return [f"{place}: a body that is not declared"] if answer.body and "summary" in operation else []
    content = {one.split(";")[0]: what for one, what in content.items()}
    if kind not in content:
        # A route that describes itself no further answers media types of its own.
        return [f"{place}: {kind} is not declared"] if "summary" in operation else []
    schema = content[kind].get("schema")
    if schema is None or not kind.endswith("json"):
        return []
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "components": document["components"], **schema}
    errors = Draft202012Validator(whole).iter_errors(json.loads(answer.body))
    return [f"{place}: {'/'.join(map(str, error.path))}: {error.message[:200]}" for error in errors]


def test_every_declared_parameter_is_known_and_no_other(own_system, document, world):
    for method, path, operation in operations(document):
        if "summary" not in operation or method != "get" or path.startswith("/dicom-web/"):
            continue
        filled = filled_path(world, path)
        assert own_system.get(filled, colour="red").status == 400, path
        for one in operation["parameters"]:
            if "$ref" not in one:
                continue
            name = one["$ref"].rsplit("/", 1)[1].split(".")[0]
            answer = own_system.get(filled, **{name: "\x00"})
            assert answer.status == 400, (path, name)
            assert "Unknown" not in str(answer.json()["errors"]), (path, name)


def test_every_field_of_a_body_is_known_and_no_other(own_system, document, world):
    for method, path, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if not content or "schema" not in content:
            continue
        name = content["schema"]["$ref"].rsplit("/", 1)[1]
        schema = document["components"]["schemas"][name]
        if schema.get("additionalProperties") is not False:
            continue
        filled = filled_path(world, path)
        everything = {field: [] if kind.get("type") == "object" else {"wrong": True}
                      for field, kind in schema["properties"].items()} | {"colour": "red"}
        welcome = {field for field, what in schema["properties"].items() if what.keys() <= {"description"}}
        answer = own_system.request(method.upper(), filled, everything)
        assert answer.status == 400, (method, path, answer.body)
        assert set(answer.json()["errors"]) == set(everything) - welcome, (method, path, answer.json())
        for field in schema.get("required", []):
            assert field in own_system.request(method.upper(), filled, {}).json()["errors"], (method, path)
