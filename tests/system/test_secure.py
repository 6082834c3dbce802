"""DICOM over TLS, on a port of its own (PS3.15 B.9, BCP 195)."""

import socket
import ssl
import subprocess
import tempfile
from pathlib import Path

import pytest
from data_sets import Image, read_part10
from dcmtk import run
from noctis import System, free_port


def certificate(folder, name):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / f"{name}.key", "-out",
                    folder / f"{name}.pem", "-days", "2", "-subj", f"/CN={name}"], check=True, capture_output=True)
    return folder / f"{name}.pem", folder / f"{name}.key"


@pytest.fixture(scope="module")
def secure():
    folder = Path(tempfile.mkdtemp(prefix="noctis-tls-"))
    folder.chmod(0o755)
    chain, key = certificate(folder, "server")
    port = free_port()
    with System(config={"server": {"tls_port": port, "tls_certificate": str(chain), "tls_key": str(key)}}) as system:
        yield system, port, chain


def tls_options(chain):
    return ["+tla", "+cf", chain]


def test_echo_and_store_go_over_tls(secure):
    system, port, chain = secure
    done = run("echoscu", *tls_options(chain), "-aec", "RUST_SCP", "127.0.0.1", port)
    assert done.returncode == 0, done.stderr
    image = Image(pixels=bytes(range(256)) * 20000)
    with tempfile.NamedTemporaryFile(suffix=".dcm") as file:
        file.write(image.part10())
        file.flush()
        done = run("storescu", *tls_options(chain), "-R", "-aec", "RUST_SCP", "127.0.0.1", port, file.name)
    assert done.returncode == 0, done.stderr
    assert read_part10(system.file(image.sop_instance)).data_set == image.data_set()


def test_a_study_is_got_over_tls(secure):
    system, port, chain = secure
    image = Image(pixels=bytes(range(256)) * 5000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sent.dcm"
        path.write_bytes(image.part10())
        assert run("storescu", *tls_options(chain), "-R", "-aec", "RUST_SCP", "127.0.0.1", port, path).returncode == 0
        path.unlink()
        done = run("findscu", *tls_options(chain), "-v", "-S", "-aec", "RUST_SCP", "-k", "QueryRetrieveLevel=STUDY", "-k",
                   f"StudyInstanceUID={image.study}", "127.0.0.1", port)
        assert image.study in done.stdout + done.stderr


def test_plain_connections_go_on_beside_it(secure):
    system, port, _ = secure
    assert run("echoscu", "-aec", "RUST_SCP", "127.0.0.1", system.dicom_port).returncode == 0
    assert run("echoscu", "-to", 5, "-ta", 5, "-aec", "RUST_SCP", "127.0.0.1", port).returncode != 0


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_modern_versions_are_spoken(secure, version):
    _, port, chain = secure
    context = ssl.create_default_context(cafile=chain)
    context.check_hostname = False
    context.minimum_version = context.maximum_version = version
    with socket.create_connection(("127.0.0.1", port), 5) as plain, context.wrap_socket(plain) as secured:
        assert secured.version() in ("TLSv1.2", "TLSv1.3")


def test_old_versions_are_not(secure):
    _, port, _ = secure
    for version in ("-tls1", "-tls1_1"):
        done = subprocess.run(["openssl", "s_client", version, "-cipher", "DEFAULT@SECLEVEL=0", "-connect",
                               f"127.0.0.1:{port}"], stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False)
        assert done.returncode != 0


def test_idle_handshakes_stop_nobody(secure):
    system, port, chain = secure
    idle = [socket.create_connection(("127.0.0.1", port), 5) for _ in range(50)]
    for number, one in enumerate(idle):
        one.sendall(b"\x16\x03\x01\x02\x00"[: number % 6])
    assert run("echoscu", *tls_options(chain), "-aec", "RUST_SCP", "127.0.0.1", port, timeout=5).returncode == 0
    for one in idle:
        one.close()


def test_a_client_without_a_certificate_is_refused_where_one_is_asked_for():
    folder = Path(tempfile.mkdtemp(prefix="noctis-tls-"))
    folder.chmod(0o755)
    chain, key = certificate(folder, "server")
    client, client_key = certificate(folder, "client")
    port = free_port()
    settings = {"tls_port": port, "tls_certificate": str(chain), "tls_key": str(key), "tls_client_ca": str(client)}
    key.chmod(0o644)
    with System(config={"server": settings}):
        assert run("echoscu", "+tla", "+cf", chain, "-ta", 5, "-aec", "RUST_SCP", "127.0.0.1", port).returncode != 0
        done = run("echoscu", "+tls", client_key, client, "+cf", chain, "-aec", "RUST_SCP", "127.0.0.1", port)
        assert done.returncode == 0, done.stderr
