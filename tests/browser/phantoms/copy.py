"""A study once more under other UIDs and another name, so that it arrives anew.

`python3 -m phantoms.copy SOURCE TARGET NAME` writes every DICOM file below SOURCE to TARGET and prints the Study
Instance UID.
"""

import sys
from pathlib import Path

import pydicom
from pydicom.errors import InvalidDicomError

from phantoms.base import uid


def main(source, target, name):
    Path(target).mkdir(parents=True, exist_ok=True)
    for path in sorted(one for one in Path(source).rglob("*") if one.is_file()):
        try:
            data = pydicom.dcmread(path)
        except InvalidDicomError:
            continue
        for keyword in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
            setattr(data, keyword, uid(name, getattr(data, keyword)))
        data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
        data.PatientName, data.PatientID = name, name.upper()
        data.save_as(Path(target) / path.name)
        study = data.StudyInstanceUID
    print(study)


if __name__ == "__main__":
    main(*sys.argv[1:])
