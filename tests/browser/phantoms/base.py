"""What all phantoms share: UIDs, the frame of an object, pixels, and how it is written."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

CT = "1.2.840.10008.5.1.4.1.1.2"
UNTILTED = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def uid(*words):
    """The same UID for the same words (PS3.5 B.2)."""
    digest = hashlib.sha256("/".join(map(str, words)).encode()).digest()
    return f"2.25.{int.from_bytes(digest[:16], 'big')}"


@dataclass
class Phantom:
    """A study under construction; `truth` is what a viewer must find in it."""

    name: str
    description: str
    patient_name: str = ""
    patient_id: str = ""
    date: str = "20240131"
    truth: dict = field(default_factory=dict)
    objects: list = field(default_factory=list)

    def __post_init__(self):
        self.patient_name = self.patient_name or f"{self.name.capitalize()}^Phantom"
        self.patient_id = self.patient_id or f"PHANTOM-{self.name.upper()}"

    @property
    def study(self):
        return uid(self.name)

    def series(self, number):
        return uid(self.name, number)

    def add(self, sop_class, modality, series, number=1, **attributes):
        """A new object with patient, study, series and equipment, and these attributes."""
        instance = uid(self.name, series, number)
        meta = FileMetaDataset()
        meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = sop_class, instance
        meta.TransferSyntaxUID = ExplicitVRLittleEndian
        meta.ImplementationClassUID = uid("noctis", "phantoms")
        data = FileDataset(None, {}, file_meta=meta, preamble=bytes(128))
        data.is_little_endian, data.is_implicit_VR = True, False
        data.SpecificCharacterSet = "ISO_IR 192"
        data.SOPClassUID, data.SOPInstanceUID = sop_class, instance
        data.StudyInstanceUID, data.SeriesInstanceUID = self.study, self.series(series)
        data.PatientName, data.PatientID = self.patient_name, self.patient_id
        data.PatientBirthDate, data.PatientSex = "19700101", "O"
        data.StudyDate = data.SeriesDate = data.AcquisitionDate = data.ContentDate = self.date
        data.StudyTime = data.SeriesTime = data.AcquisitionTime = data.ContentTime = "102030"
        data.StudyID, data.AccessionNumber, data.ReferringPhysicianName = "1", self.name[:16].upper(), ""
        data.StudyDescription, data.SeriesDescription = self.description, f"{modality} {series}"
        data.Modality, data.SeriesNumber, data.InstanceNumber = modality, series, number
        data.Manufacturer, data.ManufacturerModelName = "Noctis", "Phantom"
        data.DeviceSerialNumber, data.SoftwareVersions = "1", "1"
        set_all(data, attributes)
        self.objects.append(data)
        return data

    def write(self, directory):
        folder = Path(directory) / self.name
        folder.mkdir(parents=True, exist_ok=True)
        for data in self.objects:
            data.save_as(folder / f"{data.SeriesNumber:02}-{data.InstanceNumber:04}.dcm", write_like_original=False)
        identity = {
            "study": self.study, "series": list(dict.fromkeys(data.SeriesInstanceUID for data in self.objects)),
            "instances": [data.SOPInstanceUID for data in self.objects],
            "patient_id": self.patient_id, "patient_name": str(self.patient_name), "truth": self.truth,
        }
        folder.with_suffix(".json").write_text(json.dumps(identity, indent=1))


def set_all(data, attributes):
    for keyword, value in attributes.items():
        setattr(data, keyword, value)


def item(**attributes):
    data = Dataset()
    set_all(data, attributes)
    return data


def code(value, scheme, meaning):
    return item(CodeValue=value, CodingSchemeDesignator=scheme, CodeMeaning=meaning)


def grey_pixels(data, stored, photometric="MONOCHROME2"):
    """Gives an object 16-bit grey pixels: rows × columns, or frames × rows × columns."""
    stored = numpy.asarray(stored)
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, photometric
    data.Rows, data.Columns = stored.shape[-2:]
    data.BitsAllocated = data.BitsStored = 16
    data.HighBit, data.PixelRepresentation = 15, int(stored.dtype.kind == "i")
    data.PixelData = stored.astype("<i2" if stored.dtype.kind == "i" else "<u2").tobytes()


def ct_slice(phantom, series, number, hounsfield, spacing, position, orientation=UNTILTED, thickness=1.0, slope=1.0,
             intercept=-1024.0, window=(40, 400), **attributes):
    """A CT image of these HU (rows × columns). `spacing`: mm from row to row, from column to column. `window`: centre,
    width."""
    data = phantom.add(CT, "CT", series, number)
    set_all(data, {
        "ImageType": ["ORIGINAL", "PRIMARY", "AXIAL"], "FrameOfReferenceUID": uid(phantom.name, "frame"),
        "PositionReferenceIndicator": "", "PatientPosition": "HFS", "KVP": "120", "AcquisitionNumber": "1",
        "PixelSpacing": list(spacing), "ImageOrientationPatient": list(orientation),
        "ImagePositionPatient": list(position), "SliceThickness": thickness, "SliceLocation": position[2],
        "RescaleSlope": slope, "RescaleIntercept": intercept, "RescaleType": "HU",
        "WindowCenter": window[0], "WindowWidth": window[1],
    } | attributes)
    grey_pixels(data, numpy.round((numpy.asarray(hounsfield, float) - intercept) / slope).astype("u2"))
    return data
