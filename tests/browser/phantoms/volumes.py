"""Stacks of CT slices with known bodies in them. Positions are LPS in mm (PS3.3 C.7.6.2.1.1)."""

import math

import numpy

from phantoms.base import Phantom, ct_slice

AIR = -1000.0


def add_stack(phantom, body, shape, spacing, step, origin=(0.0, 0.0, 0.0), orientation=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0),
              series=1, **attributes):
    """Slices × rows × columns of CT; `body(x, y, z)` gives the HU at points in the patient. `step`: mm from slice to
    slice, a vector."""
    right, down = numpy.array(orientation[:3]), numpy.array(orientation[3:])
    rows, columns = numpy.mgrid[0:shape[1], 0:shape[2]]
    for number in range(shape[0]):
        corner = numpy.array(origin) + number * numpy.array(step)
        points = (corner[:, None, None] + right[:, None, None] * columns * spacing[1] +
                  down[:, None, None] * rows * spacing[0])
        position = [round(float(value), 6) for value in corner]
        ct_slice(phantom, series, number + 1, body(*points), spacing, position, orientation,
                 thickness=float(numpy.linalg.norm(step)), **attributes)


def sphere_and_box(x, y, z):
    """A sphere of 200 HU and a box of 400 HU in air."""
    image = numpy.full(x.shape, AIR)
    image[(x + 20) ** 2 + (y - 5) ** 2 + (z - 50) ** 2 <= 25**2] = 200
    image[(x >= 20) & (x <= 40) & (y >= -30) & (y <= 10) & (z >= 30) & (z <= 70)] = 400
    return image


BODIES = {
    "sphere": {"centre": [-20, 5, 50], "radius": 25, "hu": 200},
    "box": {"low": [20, -30, 30], "high": [40, 10, 70], "hu": 400},
    "outside": AIR,
}


def volume():
    """40 slices of 128 × 128, pixels 0.8 mm, 2.5 mm from slice to slice."""
    phantom = Phantom("volume", "Sphere and box", truth=BODIES)
    add_stack(phantom, sphere_and_box, (40, 128, 128), (0.8, 0.8), (0, 0, 2.5), (-51.2, -51.2, 0.0), BodyPartExamined="HEAD")
    return phantom


def tilted():
    """The same bodies, cut by a gantry that is tilted by 20°: slices lie on each other along z, which is not normal to
    them."""
    tilt = math.radians(20)
    phantom = Phantom("tilted", "Sphere and box, gantry tilted", truth=BODIES | {"tilt": 20})
    orientation = (1.0, 0.0, 0.0, 0.0, round(math.cos(tilt), 8), round(math.sin(tilt), 8))
    add_stack(phantom, sphere_and_box, (50, 128, 128), (0.8, 0.8), (0, 0, 2.5), (-51.2, -51.2, -20.0), orientation,
              GantryDetectorTilt=20)
    return phantom


def prior(name, date, radius):
    """A chest with a nodule that grows from study to study."""

    def chest(x, y, z):
        image = numpy.where((x / 90) ** 2 + (y / 60) ** 2 <= 1, 40.0, AIR)
        for side in (-40, 40):
            image[((x - side) / 30) ** 2 + (y / 45) ** 2 <= 1] = -850
        image[(x - 40) ** 2 + y**2 + (z - 25) ** 2 <= radius**2] = 30
        return image

    phantom = Phantom(name, "CT chest", "Twice^Seen", "TWICE", date, {"nodule": {"centre": [40, 0, 25], "radius": radius}})
    add_stack(phantom, chest, (10, 128, 128), (1.6, 1.6), (0, 0, 5), (-102.4, -102.4, 0.0), BodyPartExamined="CHEST",
              window=(-500, 1500))
    return phantom


def prior_old():
    return prior("prior-old", "20230131", 5)


def prior_new():
    return prior("prior-new", "20240131", 10)


def noisy(x, y, z):
    """A head with noise as a scanner has it, so that nothing compresses better than in life. Not random: the place
    decides."""
    hash_of = (x * 12.9898 + y * 78.233 + z * 37.719)
    noise = (numpy.sin(hash_of) * 43758.5453) % 1 * 60 - 30
    head = (x / 90) ** 2 + (y / 110) ** 2 + ((z % 250 - 125) / 130) ** 2
    return numpy.maximum(numpy.where(head > 1, AIR, numpy.where(head > 0.85, 900.0, 40.0)) + noise, -1024)


def large(name, slices):
    phantom = Phantom(name, f"CT of {slices} slices", "Large^Phantom", name.upper())
    add_stack(phantom, noisy, (slices, 512, 512), (0.48828125, 0.48828125), (0, 0, 0.8), (-125.0, -125.0, 0.0),
              BodyPartExamined="HEAD")
    return phantom


def three_hundred():
    return large("three-hundred", 300)


def thousand():
    return large("thousand", 1000)
