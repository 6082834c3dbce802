"""A full disk: refused with A700, told on the health page, and over as soon as there is room."""

import os
import subprocess

import pytest
from data_sets import Image
from fleet import Fleet, assert_kept
from noctis import System, wait_until
from pdu import CT_IMAGE, EXPLICIT_LITTLE, echo, store


def mount(*arguments):
    return subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.fixture
def small_disk():
    """A system whose store is a file system of 64 MiB."""
    system = System()
    storage = system.data / "storage"
    storage.mkdir(mode=0o700)
    mounted = mount("-t", "tmpfs", "-o", "size=64m,mode=700", "noctis-test", storage) if os.geteuid() == 0 else None
    if not mounted or mounted.returncode != 0:
        system.remove()
        pytest.skip("a small file system can be mounted by root alone")
    try:
        system.start()
        yield system
    finally:
        system.stop()
        subprocess.run(["umount", storage], check=True)
        system.remove()


def grow(system):
    grown = mount("-o", "remount,size=1g", system.data / "storage")
    assert grown.returncode == 0, grown.stderr


def send(system, image):
    return store(system.dicom_port, CT_IMAGE, image.sop_instance, EXPLICIT_LITTLE, image.data_set())


def test_a_full_disk_is_out_of_resources_until_there_is_room(small_disk):
    sent, refused = [], None
    while refused is None:
        image = Image(pixels=os.urandom(4_000_000))
        status = send(small_disk, image)
        assert status in (0, 0xA700), f"{status:04X}"
        if status == 0:
            sent.append(image)
        else:
            refused = image
        assert len(sent) < 20, "80 MB found room on a disk of 64 MB"
    assert echo(small_disk.dicom_port, timeout=5) == 0
    for image in sent:
        assert [row["sop_instance_uid"] for row in small_disk.images(image.study)] == [image.sop_instance]
    grow(small_disk)
    wait_until(lambda: send(small_disk, refused) == 0, 15, "there is room again")
    small_disk.assert_verified()


def test_senders_that_retry_go_on_when_there_is_room(small_disk):
    with Fleet(small_disk.dicom_port, size=500_000) as fleet:
        wait_until(lambda: full(small_disk), 60, "the disk is full")
        before = fleet.acknowledged()
        grow(small_disk)
        wait_until(lambda: fleet.acknowledged() > before + 100, 30, "sending goes on")
        promised = fleet.stop()
    assert_kept(small_disk, promised)


def full(system):
    room = os.statvfs(system.data / "storage")
    return room.f_bavail * room.f_frsize < 2_000_000


def test_an_upload_to_a_full_disk_says_so(small_disk):
    answers = []
    while not answers or (answers[-1].status == 200 and len(answers) < 20):
        answers.append(small_disk.upload([("a.dcm", Image(pixels=os.urandom(4_000_000)).part10())]))
    answer = answers[-1]
    assert answer.status in (400, 507)
    assert "disk" in answer.body.decode() or "space" in answer.body.decode()
