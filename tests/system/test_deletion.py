"""What is deleted is seen nowhere, comes back when it is sent again, and goes for good with a purge."""

from data_sets import Image


def stored_files(system):
    storage = system.data / "storage"
    return {path: path.read_bytes() for path in storage.rglob("*.dcm")}


def studies_listed(system):
    return {one["study_instance_uid"] for one in system.fetch("/api/studies/")["results"]}


def test_a_deleted_study_goes_comes_back_and_is_purged_for_good(own_system):
    system = own_system
    image = Image()
    other = Image(patient_id="P2")
    system.upload([("a.dcm", image.part10()), ("b.dcm", other.part10())])
    assert studies_listed(system) == {image.study, other.study}

    system.ctl("delete", image.study, "--reason", "wrong patient")
    assert studies_listed(system) == {other.study}
    system.assert_verified()

    assert system.upload([("a.dcm", image.part10())]).json()["duplicates"] == 1
    assert studies_listed(system) == {image.study, other.study}

    system.ctl("delete", image.study, "--reason", "wrong patient")
    system.ctl("undelete", image.study, "--reason", "right patient")
    assert studies_listed(system) == {image.study, other.study}

    system.ctl("delete", image.study, "--reason", "wrong patient")
    before = stored_files(system)
    assert system.ctl("purge", "--older-than", "1")["instances"] == 0
    purged = system.ctl("purge", "--older-than", "0")
    assert (purged["studies"], purged["instances"], purged["files_removed"]) == (1, 1, 1)
    after = stored_files(system)
    assert len(after) == len(before) - 1
    system.assert_verified()

    # As after a crash between the row and the file: the file is still there, and noted.
    (gone,) = before.keys() - after.keys()
    gone.parent.mkdir(parents=True, exist_ok=True)
    gone.write_bytes(before[gone])
    ((node,),) = system.psql("select distinct term from locations l join terms n on n.id = l.node")
    path = gone.relative_to(system.data / "storage")
    system.psql(f"insert into purged_files (node, path) values ('{node}', '{path}')")
    system.assert_verified()
    system.kill("noctisd")
    system.start()
    assert studies_listed(system) == {other.study}
    assert gone.exists()
    assert system.ctl("purge", "--older-than", "0")["files_removed"] == 1
    assert not gone.exists()
    system.assert_verified()

    assert system.upload([("a.dcm", image.part10())]).json()["stored"] == 1
    assert studies_listed(system) == {image.study, other.study}
