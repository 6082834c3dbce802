"""Lengths, angles and brightness on single slices. Points are (column, row), the middle of the first pixel 0.5, 0.5."""

import math

import numpy

from phantoms.base import Phantom, ct_slice

AIR, MARK = -1000.0, 1000.0


def marks(shape, points):
    """Air with one bright pixel under each point."""
    image = numpy.full(shape, AIR)
    for column, row in points:
        image[int(row), int(column)] = MARK
    return image


def distance(spacing, one, other):
    return math.hypot((other[0] - one[0]) * spacing[1], (other[1] - one[1]) * spacing[0])


def ruler():
    """Series 1 has square pixels of 0.5 mm, series 2 pixels 0.8 mm high and 0.5 mm wide. Marks lie 50 mm apart."""
    phantom = Phantom("ruler", "Ruler")
    pairs = {
        "square": ((0.5, 0.5), [((100.5, 60.5), (200.5, 60.5)), ((60.5, 100.5), (60.5, 200.5)), ((120.5, 120.5), (180.5, 200.5))]),
        "oblong": ((0.8, 0.5), [((100.5, 60.5), (200.5, 60.5)), ((60.5, 100.5), (60.5, 162.5)), ((120.5, 120.5), (180.5, 170.5))]),
    }
    for number, (name, (spacing, lines)) in enumerate(pairs.items(), 1):
        image = marks((256, 256), [point for line in lines for point in line])
        ct_slice(phantom, number, 1, image, spacing, (0, 0, 0), SeriesDescription=f"Ruler, {name} pixels")
        phantom.truth[name] = {
            "spacing": spacing,
            "lengths": [{"points": line, "mm": distance(spacing, *line)} for line in lines],
        }
    return phantom


def line_image(shape, lines):
    """Air with lines 1.5 pixels thick, soft at their edges."""
    rows, columns = numpy.mgrid[0.5:shape[0]:1, 0.5:shape[1]:1]
    image = numpy.full(shape, AIR)
    for (x0, y0), (x1, y1) in lines:
        along = ((columns - x0) * (x1 - x0) + (rows - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2)
        along = numpy.clip(along, 0, 1)
        away = numpy.hypot(columns - x0 - along * (x1 - x0), rows - y0 - along * (y1 - y0))
        image = numpy.maximum(image, AIR + (MARK - AIR) * numpy.clip(1.5 - away, 0, 1))
    return image


def angles():
    """A right angle and one of 37°, on square pixels (series 1) and on oblong ones (series 2)."""
    phantom = Phantom("angles", "Angles")
    for number, (name, spacing) in enumerate({"square": (0.5, 0.5), "oblong": (0.8, 0.5)}.items(), 1):
        known = []
        for degrees, apex in ((90, (60.5, 120.5)), (37, (150.5, 120.5))):
            turn = math.radians(degrees)
            arms = [(apex[0] + 40 / spacing[1], apex[1]),
                    (apex[0] + 40 * math.cos(turn) / spacing[1], apex[1] - 40 * math.sin(turn) / spacing[0])]
            known.append({"points": [arms[0], apex, arms[1]], "degrees": degrees})
        lines = [(one["points"][1], arm) for one in known for arm in one["points"][::2]]
        ct_slice(phantom, number, 1, line_image((256, 256), lines), spacing, (0, 0, 0),
                 SeriesDescription=f"Angles, {name} pixels")
        phantom.truth[name] = {"spacing": spacing, "angles": known}
    return phantom


def disc():
    """A disc of 20 mm radius whose pixels are 50 and 70 HU in turn: mean 60, standard deviation 10. Around it −1000 HU.
    The stored values are half HU above −1024."""
    phantom = Phantom("disc", "Disc of known brightness")
    spacing, centre, radius = 0.5, (128, 128), 20.0
    rows, columns = numpy.mgrid[0:256, 0:256]
    inside = numpy.hypot(columns + 0.5 - centre[0], rows + 0.5 - centre[1]) * spacing <= radius
    image = numpy.where(inside, numpy.where((rows + columns) % 2, 70.0, 50.0), AIR)
    ct_slice(phantom, 1, 1, image, (spacing, spacing), (0, 0, 0), slope=0.5)
    phantom.truth = {"centre": centre, "radius_mm": radius, "spacing": spacing, "mean": 60, "sd": 10, "min": 50, "max": 70,
                     "outside": AIR, "area_mm2": math.pi * radius**2}
    return phantom
