"""Stored images are sent on as jobs: by order, transcoded where the peer needs it, tried again where it is away."""

import pytest
from data_sets import Image, new_uid, read_part10
from dcmtk import storescp
from noctis import wait_until
from pdu import EXPLICIT_LITTLE, IMPLICIT_LITTLE, store

JPEG_LS = "1.2.840.10008.1.2.4.80"


@pytest.fixture(scope="module")
def study(system):
    first = Image(patient_id="FORWARD", patient_name="For^Ward")
    images = [Image(**vars(first) | {"sop_instance": new_uid(), "number": number}) for number in range(1, 6)]
    for image in images:
        assert store(system.dicom_port, image.sop_class, image.sop_instance, EXPLICIT_LITTLE, image.data_set()) == 0
    return images


def forward(system, title, *what):
    return system.ctl("forward", title, *what)["job"]


def state(system, job):
    return system.psql(f"select state, error from jobs where id = {job}")[0]


def wait_done(system, job):
    wait_until(lambda: state(system, job)[0] == "done", 60, f"job {job} is done: {state(system, job)}")


def test_study_series_and_instance_are_sent(system, study):
    with storescp("FWD_DEST") as receiver:
        system.ctl("ae", "add", "FWD_DEST", "127.0.0.1", receiver.port)
        wait_done(system, forward(system, "FWD_DEST", "--instance", study[0].sop_instance))
        assert receiver.files().keys() == {study[0].sop_instance}
        wait_done(system, forward(system, "FWD_DEST", "--series", study[0].series))
        wait_done(system, forward(system, "FWD_DEST", "--study", study[0].study))
        got = receiver.files()
    assert {uid: one.data_set for uid, one in got.items()} == {one.sop_instance: one.data_set() for one in study}


def test_a_peer_that_takes_implicit_only_gets_implicit(system, study):
    with storescp("FWD_IMPLICIT", "+xi") as receiver:
        system.ctl("ae", "add", "FWD_IMPLICIT", "127.0.0.1", receiver.port)
        wait_done(system, forward(system, "FWD_IMPLICIT", "--study", study[0].study))
        got = receiver.files()
    assert got.keys() == {image.sop_instance for image in study}
    for image in study:
        kept = got[image.sop_instance]
        assert kept.transfer_syntax == IMPLICIT_LITTLE and kept.data_set.endswith(image.pixels)


def test_compressed_images_are_decoded_for_a_peer_that_takes_no_compression(system, test_data):
    path = test_data / "pydicom" / "MR_small_jpeg_ls_lossless.dcm"
    if not path.exists():
        pytest.skip(f"no {path.name} in the test data")
    original = read_part10(path.read_bytes())
    assert original.transfer_syntax == JPEG_LS
    assert store(system.dicom_port, original.sop_class, original.sop_instance, JPEG_LS, original.data_set) == 0
    with storescp("FWD_PLAIN") as receiver:
        system.ctl("ae", "add", "FWD_PLAIN", "127.0.0.1", receiver.port)
        wait_done(system, forward(system, "FWD_PLAIN", "--instance", original.sop_instance))
        assert receiver.files()[original.sop_instance].transfer_syntax == EXPLICIT_LITTLE


def test_what_is_deidentified_has_no_name(system, study):
    with storescp("FWD_ANON") as receiver:
        system.ctl("ae", "add", "FWD_ANON", "127.0.0.1", receiver.port)
        wait_done(system, forward(system, "FWD_ANON", "--instance", study[0].sop_instance, "--deidentify", "basic"))
        got = list(receiver.files().values())
    assert len(got) == 1 and got[0].sop_instance != study[0].sop_instance
    assert b"For^Ward" not in got[0].data_set and got[0].data_set.endswith(study[0].pixels)


def test_a_destination_that_is_away_is_tried_again(system, study):
    with storescp("FWD_LATE") as receiver:
        late = receiver.port
    system.ctl("ae", "add", "FWD_LATE", "127.0.0.1", late)
    job = forward(system, "FWD_LATE", "--study", study[0].study)
    wait_until(lambda: state(system, job)[1], 30, "the first attempt has failed")
    assert state(system, job)[0] == "pending"
    with storescp("FWD_LATE", port=late) as receiver:
        wait_done(system, job)
        assert len(receiver.files()) == len(study)


def test_orders_of_nothing_or_to_nobody_are_refused(system, study):
    assert system.run_ctl("forward", "NOBODY_KNOWS", "--study", study[0].study).returncode != 0
    assert system.run_ctl("forward", "FWD_DEST", "--study", "no uid").returncode != 0
    assert system.run_ctl("forward", "FWD_DEST").returncode != 0
