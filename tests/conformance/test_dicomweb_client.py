"""npm's dicomweb-client searches, stores and retrieves (PS3.18)."""

import pytest
from data_sets import Image, new_uid, read_part10
from peers import dicomweb, unpacked

pytestmark = pytest.mark.usefixtures("clients")


@pytest.fixture(scope="module")
def stored(system, tmp_path_factory):
    """Three images of one series, stored by the client itself."""
    study, series = new_uid(), new_uid()
    images = [Image(study=study, series=series, number=n + 1, patient_id="WEB-1", patient_name="Weber^Ida",
                    accession="WEB-ACC") for n in range(3)]
    folder = tmp_path_factory.mktemp("dicomweb")
    for image in images:
        (folder / image.sop_instance).write_bytes(image.part10())
    answer = dicomweb(system, ("storeInstances", {}, [folder / image.sop_instance for image in images]))[0]
    assert not isinstance(answer, dict) or "failed" not in answer, answer
    return images


def value(match, tag):
    return match[tag]["Value"][0]


def at(image, **more):
    return {"studyInstanceUID": image.study, "seriesInstanceUID": image.series, "sopInstanceUID": image.sop_instance} | more


def test_it_searches_at_every_level(system, stored):
    one = stored[0]
    studies, series, instances, nothing = dicomweb(
        system, ("searchForStudies", {"queryParams": {"PatientID": "WEB-1"}}),
        ("searchForSeries", {"studyInstanceUID": one.study}), ("searchForInstances", {"studyInstanceUID": one.study}),
        ("searchForStudies", {"queryParams": {"PatientID": "NOBODY"}}))
    assert [value(match, "0020000D") for match in studies] == [one.study]
    assert value(studies[0], "00100010") == {"Alphabetic": "Weber^Ida"}
    assert [value(match, "0020000E") for match in series] == [one.series]
    assert {value(match, "00080018") for match in instances} == {image.sop_instance for image in stored}
    assert not nothing


def test_it_retrieves_what_was_stored(system, stored):
    one = stored[0]
    instance, series, study = dicomweb(system, ("retrieveInstance", at(one)), ("retrieveSeries", at(one)),
                                       ("retrieveStudy", at(one)))
    assert read_part10(unpacked(instance)).data_set == one.data_set()
    wanted = {image.sop_instance: image.data_set() for image in stored}
    for several in (series, study):
        got = [read_part10(unpacked(part)) for part in several]
        assert {part.sop_instance: part.data_set for part in got} == wanted


def test_it_retrieves_metadata(system, stored):
    one = stored[0]
    study, series, instance = dicomweb(system, ("retrieveStudyMetadata", at(one)), ("retrieveSeriesMetadata", at(one)),
                                       ("retrieveInstanceMetadata", at(one)))
    for several in (study, series):
        assert {value(data_set, "00080018") for data_set in several} == {image.sop_instance for image in stored}
    data_set = instance[0] if isinstance(instance, list) else instance
    assert value(data_set, "00280010") == 16
    assert value(data_set, "00100020") == "WEB-1"
    assert "InlineBinary" not in data_set["7FE00010"]


def flat(value):
    """The leaves of lists in lists: the client nests the parts of an answer."""
    return [leaf for one in value for leaf in flat(one)] if isinstance(value, list) else [value]


def test_it_retrieves_frames_and_pictures(system, stored):
    one = stored[0]
    frames, rendered, thumbnail = dicomweb(
        system, ("retrieveInstanceFrames", at(one, frameNumbers=[1])),
        ("retrieveInstanceRendered", at(one, mediaTypes=[{"mediaType": "image/png"}])),
        ("retrieveInstanceFramesRendered", at(one, frameNumbers=[1], mediaTypes=[{"mediaType": "image/jpeg"}])))
    assert [unpacked(part) for part in flat(frames)] == [one.pixels]
    assert [unpacked(part)[:4] for part in flat(rendered)] == [b"\x89PNG"]
    assert [unpacked(part)[:2] for part in flat(thumbnail)] == [b"\xff\xd8"]


def test_what_is_not_there_is_not_found(system, stored):
    nothing = {"studyInstanceUID": new_uid()}
    for answer in dicomweb(system, ("retrieveStudyMetadata", nothing), ("retrieveStudy", nothing)):
        assert answer["status"] == 404
