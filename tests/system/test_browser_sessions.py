"""A browser's session: a cookie that scripts cannot read, a token against forged requests, an end when nobody is there;
and the pages that everyone gets."""

import time

import pytest
from event_stream import EventStream
from noctis import ADMIN_PASSWORD, System, assert_problem, wait_until


class Browser:
    """Keeps the cookie and the CSRF token, as a page does."""

    def __init__(self, system):
        self.system = system
        answer = system.request("POST", "/api/auth/session/", {"username": "admin", "password": ADMIN_PASSWORD}, token="")
        assert answer.status == 200, answer.body
        self.set_cookie = answer.headers["set-cookie"]
        self.cookie = self.set_cookie.split(";")[0]
        self.session = answer.json()
        self.csrf = self.session["csrf_token"]

    def request(self, method, path, body=None, csrf=True, **headers):
        fields = {"Cookie": self.cookie} | ({"X-CSRF-Token": self.csrf} if csrf else {})
        return self.system.request(method, path, body, fields | headers, token="")


@pytest.fixture(scope="module")
def system():
    with System(config={"http": {"session_idle_timeout": 4}}) as running:
        yield running


def test_the_session_is_told_and_its_cookie_is_safe(system):
    browser = Browser(system)
    assert {part.strip() for part in browser.set_cookie.split(";")[1:]} == {"HttpOnly", "SameSite=Strict", "Path=/"}
    assert browser.session["idle_timeout"] == 4
    assert 0 < browser.session["expires_in"] <= 12 * 3600
    again = browser.request("GET", "/api/auth/session/").json()
    assert (again["user"], again["csrf_token"]) == (browser.session["user"], browser.csrf)
    assert browser.request("GET", "/api/studies/").status == 200


def test_wrong_credentials_are_refused_as_for_tokens(system):
    answer = system.request("POST", "/api/auth/session/", {"username": "admin", "password": "wrong"}, token="")
    assert assert_problem(answer, 401)["detail"] == "No active account found with the given credentials"
    assert "set-cookie" not in answer.headers
    assert_problem(system.get("/api/auth/session/", token=""), 401)


def test_a_change_without_the_token_is_refused(system):
    browser = Browser(system)
    assert_problem(browser.request("PUT", "/api/preferences/a/", {"value": 1}, csrf=False), 403)
    assert browser.request("PUT", "/api/preferences/a/", {"value": 1}).status == 200
    assert_problem(browser.request("DELETE", "/api/preferences/a/", csrf=False), 403)
    browser.csrf = browser.csrf[::-1]
    assert_problem(browser.request("DELETE", "/api/preferences/a/"), 403)
    browser.csrf = Browser(system).csrf
    assert_problem(browser.request("DELETE", "/api/preferences/a/"), 403)


def test_a_log_out_kills_the_session_at_once(system):
    browser, other = Browser(system), Browser(system)
    answer = browser.request("DELETE", "/api/auth/session/")
    assert answer.status == 204
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert_problem(browser.request("GET", "/api/auth/session/"), 401)
    assert other.request("GET", "/api/auth/session/").status == 200


def test_a_session_ends_when_nobody_is_there(system):
    busy, idle, humming = Browser(system), Browser(system), Browser(system)
    with EventStream(system, "", headers={"Cookie": humming.cookie}) as stream:
        for _ in range(6):
            time.sleep(1)
            assert busy.request("GET", "/api/auth/me/").status == 200
            humming.request("GET", "/api/auth/me/", **{"X-Background": "1"})
        assert_problem(idle.request("GET", "/api/auth/me/"), 401)
        assert_problem(humming.request("GET", "/api/auth/me/"), 401)
        wait_until(lambda: stream.over, 40, "the end of a stream whose session has ended")


def test_preferences_are_kept_and_never_overwritten_unseen(system):
    browser = Browser(system)
    value = {"columns": ["name", "é"], "width": 1.5, "nothing": None}
    first = browser.request("PUT", "/api/preferences/worklist/", {"value": value})
    assert (first.status, first.json()["version"], first.json()["value"]) == (200, 1, value)
    assert browser.request("GET", "/api/preferences/worklist/").json() == first.json()
    problem = assert_problem(browser.request("PUT", "/api/preferences/worklist/", {"value": 2}), 409)
    assert problem["current"] == first.json()
    second = browser.request("PUT", "/api/preferences/worklist/", {"value": [], "version": 1})
    assert (second.status, second.json()["version"]) == (200, 2)
    assert "worklist" in [one["name"] for one in browser.request("GET", "/api/preferences/").json()["results"]]
    assert browser.request("DELETE", "/api/preferences/worklist/").status == 204
    assert_problem(browser.request("GET", "/api/preferences/worklist/"), 404)
    for name, body in (("Bad", {"value": 1}), ("a", {}), ("a", {"value": "x" * 70000}), ("a", {"value": 1, "more": 1})):
        assert browser.request("PUT", f"/api/preferences/{name}/", body).status in (400, 413)
    deep = b'{"value":' + b"[" * 30000 + b"]" * 30000 + b"}"
    assert browser.request("PUT", "/api/preferences/a/", deep, **{"Content-Type": "application/json"}).status == 400


def test_a_worklist_finds_colleagues_and_destinations(system):
    secret = "a long enough 1 secret"
    system.add_user("reader", secret, "--role", "radiologist", "--full-name", "Rea Der")
    system.add_user("looker", secret, "--role", "viewer")
    system.ctl("ae", "add", "ARCHIVE", "127.0.0.1", "104")
    people = system.fetch("/api/users/", permission="report.write")["results"]
    assert {"id", "username", "full_name"} == people[0].keys()
    assert [one["username"] for one in people if one["username"] != "admin"] == ["reader"]
    assert_problem(system.get("/api/users/", permission="fly"), 400)
    token = system.token("reader", secret)
    titles = system.get("/api/destinations/", token=token).json()["results"]
    assert [one["ae_title"] for one in titles] == ["ARCHIVE"]
    assert "host" not in titles[0]
    assert_problem(system.get("/api/destinations/", token=system.token("looker", secret)), 403)


def test_pages_are_there_or_say_that_they_are_not_built(system):
    for path in ("/login/", "/worklist/", "/viewer/1.2.3", "/reports/", "/admin/"):
        answer = system.get(path, token="")
        assert answer.status in (200, 503), path
        assert answer.headers["content-type"].startswith("text/html")
        assert "set-cookie" not in answer.headers
        policy = answer.headers["content-security-policy"]
        assert "unsafe-inline" not in policy.split("script-src")[-1].split(";")[0]
    answer = system.get("/", token="")
    assert (answer.status, answer.headers["location"]) == (302, "/worklist/")
    assert_problem(system.get("/assets/../../etc/passwd", token=""), 404)
