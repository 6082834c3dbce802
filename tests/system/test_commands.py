"""start-dev.sh and stop.sh, as DESIGN and the operator's guide describe them."""

import os
import signal
import socket
import stat
import subprocess
import time

import pytest
from noctis import ROOT, System


@pytest.fixture
def fresh():
    system = System()
    yield system
    system.remove()


def listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_start_brings_up_a_system_and_stop_takes_it_down(fresh):
    done = fresh.start()
    assert f"127.0.0.1:{fresh.http_port}" in done.stdout
    assert listening(fresh.dicom_port)
    assert fresh.request("GET", "/health/", token="").json()["status"] == "healthy"
    pids = [fresh.pid(name) for name in ("noctisd", "postgres", "redis")]
    began = time.monotonic()
    fresh.stop()
    assert time.monotonic() - began < 20
    assert not listening(fresh.dicom_port)
    assert not any(os.path.exists(f"/proc/{pid}/exe") for pid in pids)
    assert not list(fresh.data.glob("run/*.pid"))


def test_start_again_changes_nothing_and_takes_less_than_5_seconds(fresh):
    fresh.start()
    pids = [fresh.pid(name) for name in ("noctisd", "postgres", "redis")]
    began = time.monotonic()
    fresh.start()
    assert time.monotonic() - began < 5
    assert pids == [fresh.pid(name) for name in ("noctisd", "postgres", "redis")]


def test_start_after_a_stop_takes_less_than_5_seconds(fresh):
    fresh.start()
    fresh.stop()
    began = time.monotonic()
    fresh.start()
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("victim", ["noctisd", "postgres", "redis"])
def test_start_replaces_what_was_killed_and_nothing_else(fresh, victim):
    fresh.start()
    before = {name: fresh.pid(name) for name in ("noctisd", "postgres", "redis")}
    fresh.kill(victim)
    fresh.start()
    after = {name: fresh.pid(name) for name in ("noctisd", "postgres", "redis")}
    assert {name for name in before if before[name] != after[name]} == {victim}


def test_start_recovers_when_everything_was_killed(fresh):
    fresh.start()
    for name in ("postgres", "noctisd", "redis"):
        fresh.kill(name)
    fresh.start()
    assert fresh.request("GET", "/health/", token="").status == 200


def test_a_stale_pid_file_harms_no_other_process(fresh):
    bystander = subprocess.Popen(["sleep", "60"])
    try:
        (fresh.data / "run").mkdir()
        for name in ("noctisd", "postgres", "redis"):
            (fresh.data / f"run/{name}.pid").write_text(f"{bystander.pid}\n")
        fresh.stop()
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


@pytest.mark.parametrize("variable", ["HTTP_PORT", "DICOM_SCP_PORT"])
def test_a_port_in_use_is_named_with_the_way_out(fresh, variable):
    with socket.create_server(("127.0.0.1", 0)) as other:
        fresh.environment[variable] = other.getsockname()[1]
        done = fresh.start(check=False)
    assert done.returncode != 0
    assert str(fresh.environment[variable]) in done.stdout
    assert f"{variable}=" in done.stdout


def test_a_port_that_is_none_is_named(fresh):
    fresh.environment["HTTP_PORT"] = "99999"
    done = fresh.start(check=False)
    assert done.returncode != 0
    assert "HTTP_PORT is '99999'" in done.stdout


def test_a_broken_configuration_is_named(fresh):
    (fresh.data / "config.json").write_text('{"http": {')
    done = fresh.start(check=False)
    assert done.returncode != 0
    assert "config.json" in done.stdout


def test_an_unknown_key_of_the_configuration_is_named(fresh):
    (fresh.data / "config.json").write_text('{"http": {"prot": 8000}}')
    done = fresh.start(check=False)
    assert done.returncode != 0
    assert "http.prot" in done.stdout


def test_the_password_is_printed_once_and_kept_privately(fresh):
    fresh.environment["NOCTIS_ADMIN_PASSWORD"] = ""
    first = fresh.start().stdout
    password = (fresh.data / "admin-password").read_text().strip()
    assert len(password) == 20
    assert password in first
    assert password not in fresh.start().stdout
    assert fresh.log_in(password=password).status == 200
    assert mode(fresh.data / "admin-password") == 0o600
    assert mode(fresh.data / "run/environment") == 0o600
    assert mode(fresh.data / "storage") == 0o700


def test_a_session_outlives_a_restart(fresh):
    fresh.start()
    token = fresh.token()
    fresh.stop()
    fresh.start()
    assert fresh.get("/api/auth/me/", token=token).status == 200


def test_noctisctl_finds_the_system_by_its_data_directory(fresh):
    fresh.start()
    assert fresh.run_ctl("status").returncode == 0


def test_two_systems_run_side_by_side():
    with System() as one, System() as other:
        one.stop()
        assert other.request("GET", "/health/", token="").status == 200


def test_a_data_directory_with_a_long_name_works(fresh):
    fresh.environment["NOCTIS_DATA"] = fresh.data = fresh.data / ("a" * 120)
    fresh.start()
    assert fresh.request("GET", "/health/", token="").status == 200


def test_ctrl_c_stops_the_foreground_start_cleanly(fresh):
    # Tests that run in the background ignore Ctrl-C, and so would all that they start.
    start = subprocess.Popen(["./start-dev.sh"], cwd=ROOT, env=fresh.variables(), text=True, start_new_session=True,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    for line in start.stdout:
        if "stop:" in line:
            break
    os.killpg(start.pid, 2)
    rest = start.communicate(timeout=30)[0]
    assert start.returncode == 0, rest
    assert not list(fresh.data.glob("run/*.pid"))


def test_production_refuses_to_start_without_settings(tmp_path):
    for name in ("start-prod.sh", "scripts", "packages.txt", ".env.prod.example"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / ".env.prod").write_text((ROOT / ".env.prod.example").read_text())
    done = subprocess.run(["bash", "-c", f"cd {tmp_path} && source <(sed '/^cd /d' start-prod.sh)"], text=True,
                          capture_output=True, timeout=60, check=False)
    assert done.returncode != 0
    for culprit in ("SECRET_KEY", "ALLOWED_HOSTS", "fullchain.pem", "privkey.pem"):
        assert culprit in done.stderr
