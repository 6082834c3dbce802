"""Log-in, refresh, log-out and what every answer carries (guide: Session)."""

import time

import pytest
from noctis import ADMIN_PASSWORD, System, assert_problem


@pytest.fixture(scope="module")
def system(own_system):
    return own_system


def refresh(system, token):
    return system.request("POST", "/api/auth/token/refresh/", {"refresh": token}, token="")


def test_a_log_in_answers_tokens_and_the_user(system):
    answer = system.log_in().json()
    assert answer["token_type"] == "Bearer"
    assert answer["expires_in"] > 0
    user = answer["user"]
    assert {"id", "username", "full_name", "role", "facilities", "permissions"} <= user.keys()
    assert (user["username"], user["role"]) == ("admin", "admin")
    assert "facility.all" in user["permissions"]
    assert system.get("/api/auth/me/", token=answer["access"]).json() == user


def test_a_missing_field_is_named(system):
    problem = assert_problem(system.request("POST", "/api/auth/token/", {"username": "admin"}, token=""), 400)
    assert "password" in problem["errors"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b'{"username":1,"password":{}}', b"\xff\xfe"])
def test_a_body_that_is_no_such_object_is_a_problem(system, body):
    answer = system.request("POST", "/api/auth/token/", body, {"Content-Type": "application/json"}, token="")
    assert_problem(answer, 400)


def test_a_wrong_password_and_an_unknown_user_look_alike():
    with System() as system:
        texts, times = set(), {"admin": [], "nobody": []}
        for _ in range(4):
            for name, seen in times.items():
                began = time.monotonic()
                problem = assert_problem(system.log_in(name, "wrong"), 401)
                seen.append(time.monotonic() - began)
                texts.add(problem["detail"])
        assert texts == {"No active account found with the given credentials"}
        known, unknown = (min(times[name]) for name in ("admin", "nobody"))
        assert 0.4 < known / unknown < 2.5


def test_every_route_asks_for_a_log_in(system):
    for path in ("/api/studies/", "/api/auth/me/", "/dicom/api/system/status/", "/dicom/api/studies/1/",
                 "/dicom/api/series/1/images/", "/dicom/api/images/1/file/", "/dicom/api/images/1/metadata/",
                 "/dicom-web/studies/1.2.3"):
        assert_problem(system.get(path, token=""), 401)
        assert_problem(system.get(path, token="not.a.token"), 401)
    for path in ("/dicom/api/upload/", "/dicom/api/scp/test/", "/api/auth/logout/"):
        assert_problem(system.request("POST", path, b"", token=""), 401)
    assert system.get("/health/", token="").status == 200
    assert system.get("/health/live/", token="").status == 200


def test_a_forged_token_is_refused(system):
    head, body, signature = system.token().split(".")
    none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"
    for forged in (f"{none}.{body}.", f"{none}.{body}.{signature}", f"{head}.{body}.{signature[::-1]}", f"{head}.{body}"):
        assert_problem(system.get("/api/auth/me/", token=forged), 401)


def test_a_refresh_token_is_no_access_token(system):
    assert_problem(system.get("/api/auth/me/", token=system.log_in().json()["refresh"]), 401)


def test_refresh_rotates_and_reuse_revokes_the_family(system):
    first = system.log_in().json()
    second = refresh(system, first["refresh"]).json()
    assert second["refresh"] != first["refresh"]
    assert system.get("/api/auth/me/", token=second["access"]).status == 200
    assert_problem(refresh(system, first["refresh"]), 401)
    assert_problem(refresh(system, second["refresh"]), 401)
    assert_problem(refresh(system, "nonsense"), 401)


def test_log_out_ends_the_session_at_once_and_no_other(system):
    mine, other = system.log_in().json(), system.log_in().json()
    assert system.request("POST", "/api/auth/logout/", b"", token=mine["access"]).status == 204
    assert_problem(system.get("/api/auth/me/", token=mine["access"]), 401)
    assert_problem(refresh(system, mine["refresh"]), 401)
    assert system.get("/api/auth/me/", token=other["access"]).status == 200


def test_many_wrong_passwords_are_slowed_down_and_say_for_how_long():
    with System() as system:
        token = system.token()
        answers = [system.log_in("admin", f"wrong {n}", patient=False) for n in range(30)]
        limited = [one for one in answers if one.status == 429]
        assert limited, "30 wrong passwords in a row were all looked at"
        assert all(one.status in (401, 429) for one in answers)
        assert_problem(limited[0], 429)
        assert int(limited[0].headers["retry-after"]) > 0
        assert system.get("/api/auth/me/", token=token).status == 200


def test_every_answer_has_an_id_of_its_own_and_the_security_headers(system):
    answers = [system.get("/health/", token=""), system.get("/api/studies/"), system.get("/nowhere/"),
               system.get("/api/studies/", token="")]
    ids = {one.headers["x-request-id"] for one in answers}
    assert len(ids) == len(answers)
    for one in answers:
        assert one.headers["x-content-type-options"] == "nosniff"
        assert one.headers["x-frame-options"] in ("DENY", "SAMEORIGIN")
        assert "content-security-policy" in one.headers
        assert "referrer-policy" in one.headers
    assert answers[1].headers["cache-control"] == "no-store"


def test_an_unknown_host_name_is_refused(system):
    for path in ("/api/studies/", "/api/auth/me/"):
        assert system.get(path, headers={"Host": "evil.example"}).status == 400


def test_a_path_without_its_slash_is_redirected(system):
    for path in ("/api/studies", "/health", "/dicom/api/system/status"):
        answer = system.get(path + "?page=1")
        assert answer.status == 308
        assert answer.headers["location"] == f"{path}/?page=1"
    assert system.request("POST", "/api/auth/token", {"username": "admin", "password": ADMIN_PASSWORD}, token="").status == 308


def test_unknown_paths_and_methods_are_problems(system):
    assert_problem(system.get("/nowhere/"), 404)
    assert_problem(system.request("DELETE", "/api/auth/token/", token=""), 405)


def test_the_system_tells_its_state(system):
    status = system.fetch("/dicom/api/system/status/")
    assert status["status"] == "success"
    stats = status["stats"]
    assert {"patients", "studies", "series", "images", "storage", "scp_server", "database", "redis", "nodes", "queues",
            "ingest"} <= stats.keys()
    assert stats["scp_server"]["connected"] is True
    assert stats["scp_server"]["port"] == system.dicom_port
    assert stats["database"]["connected"] and stats["redis"]["connected"]
    assert stats["storage"]["free_bytes"] > 0
    health = system.get("/health/", token="").json()
    assert (health["status"], health["service"]) == ("healthy", "Noctis PACS")
    assert {"database", "redis", "storage", "scp"} <= health["checks"].keys()


def test_metrics_are_in_the_format_of_prometheus(system):
    answer = system.get("/metrics", token="")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert b"# TYPE noctis_" in answer.body


def test_the_scp_test_echoes_and_names_what_is_wrong(system):
    done = system.request("POST", "/dicom/api/scp/test/", {})
    assert done.status == 200
    assert done.json()["status"] == "success"
    assert done.json()["message"] == "Connection successful"
    assert done.json()["latency_ms"] >= 0
    system.ctl("ae", "add", "SILENT", "127.0.0.1", "9")
    assert_problem(system.request("POST", "/dicom/api/scp/test/", {"ae_title": "SILENT"}), 502)
    assert system.request("POST", "/dicom/api/scp/test/", {"ae_title": "UNKNOWN"}).status in (400, 404)


def test_a_viewer_may_not_upload(system):
    system.add_user("looker", "a long enough 1 secret", "--role", "viewer")
    token = system.token("looker", "a long enough 1 secret")
    assert system.upload([("a.dcm", b"x")], token=token).status == 403
