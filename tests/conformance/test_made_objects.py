"""Objects that are made here, read by programs of others: DCMTK, dicom3tools, pydicom and npm's dcmjs."""

import os
import subprocess

import pydicom
import pytest
from noctis import PROGRAMS
from peers import clients_are_installed, run_client, unpacked

NAMES = ["analysis", "analysis_without_findings", "segmentation", "segmentation_of_frames", "report", "preliminary",
         "long_report", "pdf"]
# The VR checker of DCMTK cannot check the characters of ISO_IR 192, and says so.
KNOWN = "does not support this Specific Character Set: ISO_IR 192"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The files that the unit test of the writers leaves."""
    folder = tmp_path_factory.mktemp("made")
    done = subprocess.run([PROGRAMS / "dicom_test", "--run_test=made_objects"], capture_output=True, text=True,
                          check=False, env=os.environ | {"NOCTIS_KEEP_REPORTS": str(folder)})
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_it_is_without_errors_to_dicom3tools_and_dcmtk(made, name):
    path = made / f"{name}.dcm"
    verified = subprocess.run(["dciodvfy", path], capture_output=True, text=True, check=False, errors="replace")
    errors = [line for line in (verified.stdout + verified.stderr).splitlines() if line.startswith("Error")]
    assert not errors, errors
    assert subprocess.run(["dcmdump", "-q", path], capture_output=True, check=False).returncode == 0
    if name in ("analysis", "analysis_without_findings", "report", "preliminary", "long_report"):
        dumped = subprocess.run(["dsrdump", path], capture_output=True, text=True, check=False)
        complaints = [line for line in dumped.stderr.splitlines() if line and KNOWN not in line]
        assert dumped.returncode == 0 and not complaints, complaints


def items(node, code):
    return [one for one in node.get("ContentSequence", []) if one.ConceptNameCodeSequence[0].CodeValue == code]


def number(group, code):
    return float(items(group, code)[0].MeasuredValueSequence[0].NumericValue)


def test_pydicom_reads_what_a_machine_measured(made):
    report = pydicom.dcmread(made / "analysis.dcm")
    assert str(report.PatientName) == "Müller^Jürgen=山田^太郎"
    assert report.VerificationFlag == "UNVERIFIED"
    assert "not for diagnosis" in report.SeriesDescription
    assert items(report, "121005")[0].ConceptCodeSequence[0].CodeValue == "121007"  # the observer is a device
    groups = items(items(report, "126010")[0], "125007")
    volumes = [number(group, "118565006") for group in groups[:2]]
    assert volumes == [2812.5, 2400.25]
    site = items(groups[0], "363698007")[0]
    assert items(site, "272741003")[0].ConceptCodeSequence[0].CodeMeaning == "Right"
    nodule = groups[-1]
    assert list(items(nodule, "111010")[0].GraphicData) == [-51.5, 20.25, 133]
    assert (number(nodule, "81827009"), number(nodule, "112181")) == (8.25, -12.5)
    assert items(nodule, "111001")[0].TextValue == "ct-chest"
    comments = [one.TextValue for one in items(report, "121106")]
    assert "Warning: the gantry was tilted by 12°" in comments


def test_pydicom_reads_every_bit_of_a_segmentation(made):
    found = pydicom.dcmread(made / "segmentation.dcm")
    frames = found.pixel_array
    assert frames.shape == (4, 5, 7)
    set_bits = [[int(at) for at in frame.reshape(-1).nonzero()[0]] for frame in frames]
    assert set_bits == [[0, 1, 8, 34], [0, 34], [2, 33], [1]]
    segments = [one.SegmentIdentificationSequence[0].ReferencedSegmentNumber
                for one in found.PerFrameFunctionalGroupsSequence]
    assert segments == [1, 1, 2, 2]
    assert found.SegmentSequence[0].SegmentAlgorithmName == "ct-chest"


def test_pydicom_reads_a_report_and_its_pdf(made):
    report = pydicom.dcmread(made / "report.dcm")
    findings = items(items(report, "59776-5")[0], "121071")[0].TextValue
    assert "نزيف داخل الجمجمة" in findings
    assert report.VerifyingObserverSequence[0].VerifyingObserverName == "Ann Öz"
    long = pydicom.dcmread(made / "long_report.dcm")
    assert len(items(items(long, "59776-5")[0], "121071")[0].TextValue.encode()) > 1_000_000
    pdf = pydicom.dcmread(made / "pdf.dcm")
    document = pdf.EncapsulatedDocument[:pdf.EncapsulatedDocumentLength]
    assert document.startswith(b"%PDF-1.4") and document.rstrip(b"\n").endswith(b"%%EOF")
    assert len(pdf.EncapsulatedDocument) == len(document) + len(document) % 2


@pytest.mark.skipif(not clients_are_installed(), reason="the clients are not installed (scripts/install-clients.sh)")
def test_dcmjs_reads_all_of_them(made):
    read = dict(zip(NAMES, run_client("made", {"files": [str(made / f"{name}.dcm") for name in NAMES]}), strict=True))
    groups = [one for one in read["analysis"]["ContentSequence"]
              if one["ConceptNameCodeSequence"][0]["CodeValue"] == "126010"][0]["ContentSequence"]
    assert len(groups) == 5
    packed = unpacked({"base64": read["segmentation"]["PixelData"]})
    assert [at for at in range(4 * 35) if packed[at // 8] >> at % 8 & 1] == [0, 1, 8, 34, 35, 69, 72, 103, 106]
    assert unpacked({"base64": read["pdf"]["EncapsulatedDocument"]}).startswith(b"%PDF-1.4")
    assert read["report"]["VerificationFlag"] == "VERIFIED"
