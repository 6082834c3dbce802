"""Pictures that are not CT: frames that move, colours, and grey that is inverted."""

import numpy

from phantoms.base import Phantom, grey_pixels, item, set_all, uid

ULTRASOUND = "1.2.840.10008.5.1.4.1.1.3.1"
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
COMPUTED_RADIOGRAPHY = "1.2.840.10008.5.1.4.1.1.1"

# Digits, three pixels wide and five high, a row in three bits.
DIGITS = ["75557", "26227", "71747", "71717", "55711", "74717", "74757", "71111", "75757", "75717"]
BITS, BIT_SIZE = 5, 16


def draw_number(frame, number, scale=10, corner=(40, 40)):
    for place, digit in enumerate(f"{number:02}"):
        glyph = numpy.array([[int(row) >> bit & 1 for bit in (2, 1, 0)] for row in DIGITS[int(digit)]], "u1") * 255
        big = numpy.kron(glyph, numpy.ones((scale, scale), "u1"))
        left = corner[1] + place * 4 * scale
        frame[corner[0]:corner[0] + big.shape[0], left:left + big.shape[1]] = big


def cine_frame(number):
    """The number as digits, and in the top row as five squares of 16 pixels: white for the bits that are set, lowest
    first."""
    frame = numpy.full((120, 160), 30, "u1")
    for bit in range(BITS):
        frame[:BIT_SIZE, bit * BIT_SIZE:(bit + 1) * BIT_SIZE] = 255 if number >> bit & 1 else 0
    draw_number(frame, number)
    return frame


def ultrasound():
    """24 frames, 40 ms each, that carry their numbers; 0.5 mm to a pixel by its region's calibration."""
    phantom = Phantom("ultrasound", "Moving numbers")
    frames = numpy.stack([cine_frame(number) for number in range(1, 25)])
    data = phantom.add(ULTRASOUND, "US", 1, ImageType=["ORIGINAL", "PRIMARY", "", "0001"], NumberOfFrames=len(frames),
                       FrameTime="40", FrameIncrementPointer=0x00181063, Laterality="", LossyImageCompression="00",
                       PatientOrientation="")
    set_all(data, {
        "SamplesPerPixel": 1, "PhotometricInterpretation": "MONOCHROME2", "Rows": 120, "Columns": 160,
        "BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "PixelRepresentation": 0, "PixelData": frames.tobytes(),
        "SequenceOfUltrasoundRegions": [item(
            RegionSpatialFormat=1, RegionDataType=1, RegionFlags=0, RegionLocationMinX0=0, RegionLocationMinY0=0,
            RegionLocationMaxX1=159, RegionLocationMaxY1=119, PhysicalUnitsXDirection=3, PhysicalUnitsYDirection=3,
            PhysicalDeltaX=0.05, PhysicalDeltaY=0.05)],
    })
    phantom.truth = {"frames": len(frames), "frame_time_ms": 40, "bits": BITS, "bit_size": BIT_SIZE, "mm_per_pixel": 0.5,
                     "columns": 160, "rows": 120}
    return phantom


QUADRANTS = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (200, 150, 100)]


def colour_plane():
    """Quadrants: red, green; blue, skin."""
    which = numpy.kron(numpy.array([[0, 1], [2, 3]]), numpy.ones((32, 32), int))
    return which, numpy.array(QUADRANTS, "u1")[which]


def to_ybr(rgb):
    """PS3.3 C.7.6.3.1.2, full range."""
    matrix = numpy.array([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]])
    return numpy.clip(numpy.round(rgb @ matrix.T + [0, 128, 128]), 0, 255).astype("u1")


def palette(entries, bits):
    """Tables of that many entries whose first four are the quadrants' colours."""
    tables = {}
    for channel, name in enumerate(("Red", "Green", "Blue")):
        table = numpy.zeros(entries, f"<u{bits // 8}")
        table[:4] = [colour[channel] * (257 if bits == 16 else 1) for colour in QUADRANTS]
        tables[f"{name}PaletteColorLookupTableDescriptor"] = [entries, 0, bits]
        tables[f"{name}PaletteColorLookupTableData"] = table.tobytes()
    return tables


def colours():
    """The same four colours as RGB by pixel (series 1) and by plane (2), YBR_FULL (3), and with palettes of 16 bits (4),
    of 8 bits (5), and of 4,096 entries (6), which no header holds inline."""
    phantom = Phantom("colours", "Four colours", truth={"quadrants": QUADRANTS, "size": 64})
    which, rgb = colour_plane()
    kinds = [("RGB", 0, rgb), ("RGB", 1, rgb.transpose(2, 0, 1)), ("YBR_FULL", 0, to_ybr(rgb.astype(float)))]
    for series, (photometric, planar, pixels) in enumerate(kinds, 1):
        capture(phantom, series, SamplesPerPixel=3, PhotometricInterpretation=photometric, PlanarConfiguration=planar,
                PixelData=numpy.ascontiguousarray(pixels).tobytes())
    for series, (entries, bits) in enumerate([(256, 16), (256, 8), (4096, 16)], 4):
        capture(phantom, series, SamplesPerPixel=1, PhotometricInterpretation="PALETTE COLOR",
                PixelData=which.astype("u1").tobytes(), **palette(entries, bits))
    return phantom


def capture(phantom, series, **attributes):
    layout = {"Rows": 64, "Columns": 64, "BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "PixelRepresentation": 0,
              "ConversionType": "SYN", "Laterality": "", "PatientOrientation": ""}
    return phantom.add(SECONDARY_CAPTURE, "OT", series, **layout, **attributes)


def inverse():
    """A radiograph in MONOCHROME1: 0 is white. Its columns rise from 0 to 4080 of 12 bits."""
    phantom = Phantom("inverse", "Inverted radiograph", truth={"columns": 256, "rows": 256, "step": 16, "window": [2048, 4096]})
    ramp = numpy.tile(numpy.arange(256, dtype="u2") * 16, (256, 1))
    data = phantom.add(COMPUTED_RADIOGRAPHY, "CR", 1, ImageType=["ORIGINAL", "PRIMARY"], BodyPartExamined="CHEST",
                       ViewPosition="PA", Laterality="", PixelSpacing=[0.2, 0.2], ImagerPixelSpacing=[0.2, 0.2],
                       WindowCenter=2048, WindowWidth=4096, PatientOrientation=["L", "F"], KVP="", PlateID="",
                       FrameOfReferenceUID=uid("inverse", "frame"))
    grey_pixels(data, ramp, "MONOCHROME1")
    data.BitsStored, data.HighBit = 12, 11
    return phantom
