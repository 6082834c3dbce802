"""The roles ingest in one process and store, index, http in another, over mutual TLS."""

import socket
import ssl

import pytest
from cluster import Pair
from data_sets import Image, read_part10
from noctis import wait_until
from pdu import CT_IMAGE, EXPLICIT_LITTLE, store


@pytest.fixture(scope="module")
def pair():
    with Pair() as running:
        running.wait_until_whole()
        yield running


def send(system, image):
    return store(system.dicom_port, CT_IMAGE, image.sop_instance, EXPLICIT_LITTLE, image.data_set())


def test_both_nodes_are_listed_with_their_roles(pair):
    nodes = {node["name"]: node for node in pair.core.fetch("/dicom/api/system/status/")["stats"]["nodes"]}
    assert set(nodes["gate"]["roles"]) == {"ingest"}
    assert set(nodes["core"]["roles"]) == {"store", "index", "http", "work"}


def test_what_the_gate_takes_in_the_core_gives_back(pair):
    images = [Image(), Image(pixels=bytes(3_000_000))]
    for image in images:
        assert send(pair.gate, image) == 0
        assert read_part10(pair.core.file(image.sop_instance)).data_set == image.data_set()
    assert not any(p.is_file() for p in (pair.gate.data / "storage").rglob("*"))
    pair.core.assert_verified()


def test_the_cluster_port_speaks_to_nobody_without_a_certificate(pair):
    address = ("127.0.0.1", pair.core.environment["NOCTIS_CLUSTER_PORT"])
    context = ssl.create_default_context(cafile=pair.certificates / "ours/ca.pem")
    context.check_hostname = False
    with pytest.raises((ssl.SSLError, ConnectionError)), socket.create_connection(address, 5) as plain, \
            context.wrap_socket(plain) as line:
        line.sendall(b"hello")
        if not line.recv(1):
            raise ConnectionError


def test_without_the_core_the_gate_refuses_and_then_goes_on(pair):
    image = Image()
    pair.core.kill("noctisd")
    assert send(pair.gate, image) == 0xA700
    pair.core.start()
    wait_until(lambda: send(pair.gate, image) == 0, 20, "the gate has found the core again")
    assert read_part10(pair.core.file(image.sop_instance)).data_set == image.data_set()


def test_a_node_of_another_cluster_is_not_let_in():
    with Pair(foreign=True) as pair:
        image = Image()
        assert send(pair.gate, image) == 0xA700
        assert pair.core.fetch("/api/studies/")["count"] == 0
