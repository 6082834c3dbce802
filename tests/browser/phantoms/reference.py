"""What a screen should show of an image, from the stored values alone: rescale, linear window, photometric interpretation.

`python3 -m phantoms.reference FILE CENTRE WIDTH [FRAME]` prints a line of JSON (columns, rows) and then a byte for each
pixel, row by row.
"""

import json
import sys

import numpy
import pydicom


def grey_levels(data, centre, width, frame=1):
    """PS3.3 C.11.1 and C.11.2.1.2.1, to 0 … 255."""
    stored = data.pixel_array
    if stored.ndim == 3:
        stored = stored[frame - 1]
    value = stored * float(data.get("RescaleSlope", 1)) + float(data.get("RescaleIntercept", 0))
    grey = ((value - (centre - 0.5)) / (width - 1) + 0.5) * 255
    grey = numpy.clip(numpy.round(grey), 0, 255).astype("u1")
    return 255 - grey if data.PhotometricInterpretation == "MONOCHROME1" else grey


def main(path, centre, width, frame="1"):
    grey = grey_levels(pydicom.dcmread(path), float(centre), float(width), int(frame))
    sys.stdout.buffer.write(json.dumps({"columns": grey.shape[1], "rows": grey.shape[0]}).encode() + b"\n" + grey.tobytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
