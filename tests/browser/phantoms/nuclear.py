"""PET with known standardised uptake values, alone and lying on its CT."""

import numpy

from phantoms.base import UNTILTED, Phantom, code, grey_pixels, item, set_all, uid
from phantoms.volumes import AIR, add_stack

PET = "1.2.840.10008.5.1.4.1.1.128"
WEIGHT_KG, DOSE_BQ, HALF_LIFE_S, DELAY_S = 70.0, 370e6, 6586.2, 3600.0
SPHERE = {"centre": [-20, 5, 50], "radius": 20}
HOT, WARM = 5.0, 1.0


def activity_of(suv):
    """Bq/ml at the start of the scan for an SUVbw: the dose has decayed for an hour by then."""
    return suv * DOSE_BQ * 2 ** (-DELAY_S / HALF_LIFE_S) / (WEIGHT_KG * 1000)


def uptake(x, y, z):
    """A sphere of SUV 5 in a body of SUV 1."""
    centre = SPHERE["centre"]
    inside = (x - centre[0]) ** 2 + (y - centre[1]) ** 2 + (z - centre[2]) ** 2 <= SPHERE["radius"] ** 2
    return numpy.where(inside, HOT, numpy.where(x**2 + y**2 <= 45**2, WARM, 0.0))


def add_pet(phantom, series):
    """20 slices of 64 × 64, pixels 1.6 mm, 5 mm from slice to slice."""
    slope = activity_of(HOT) / 20000
    rows, columns = numpy.mgrid[0:64, 0:64]
    for number in range(20):
        position = [-50.8, -50.8, 5.0 * number]
        suv = uptake(position[0] + 1.6 * columns, position[1] + 1.6 * rows, position[2])
        data = phantom.add(PET, "PT", series, number + 1)
        set_all(data, {
            "ImageType": ["ORIGINAL", "PRIMARY"], "FrameOfReferenceUID": uid(phantom.name, "frame"),
            "PositionReferenceIndicator": "", "PatientPosition": "HFS", "PatientOrientationCodeSequence": [],
            "PatientGantryRelationshipCodeSequence": [], "PatientWeight": WEIGHT_KG, "PatientSize": 1.75,
            "PixelSpacing": [1.6, 1.6], "ImageOrientationPatient": list(UNTILTED), "ImagePositionPatient": position,
            "SliceThickness": 5, "Units": "BQML", "CountsSource": "EMISSION", "SeriesType": ["STATIC", "IMAGE"],
            "NumberOfSlices": 20, "CorrectedImage": ["DECY", "ATTN"], "DecayCorrection": "START", "CollimatorType": "NONE",
            "DecayFactor": 1, "ImageIndex": number + 1, "FrameReferenceTime": 0, "ActualFrameDuration": 60000,
            "RescaleSlope": f"{slope:.10g}", "RescaleIntercept": 0, "WindowCenter": f"{activity_of(3.5):.8g}",
            "WindowWidth": f"{activity_of(7):.8g}",
            "RadiopharmaceuticalInformationSequence": [item(
                Radiopharmaceutical="FDG", RadiopharmaceuticalStartTime="092030", RadionuclideTotalDose=DOSE_BQ,
                RadionuclideHalfLife=HALF_LIFE_S, RadionuclidePositronFraction=0.967,
                RadionuclideCodeSequence=[code("C-111A1", "SRT", "^18^Fluorine")])],
        })
        grey_pixels(data, numpy.round(suv / HOT * 20000).astype("u2"))


TRUTH = {"sphere": SPHERE, "suv": {"hot": HOT, "warm": WARM}, "bq_per_ml": {"hot": activity_of(HOT), "warm": activity_of(WARM)}}


def pet():
    phantom = Phantom("pet", "PET of known uptake", truth=TRUTH)
    add_pet(phantom, 1)
    return phantom


def fusion():
    """CT (series 1) with bone where the PET (series 2) is hot; one frame of reference, other grids."""
    phantom = Phantom("fusion", "PET and CT", truth=TRUTH | {"ct": {"hot": 400, "warm": 40, "outside": AIR}})

    def body(x, y, z):
        suv = uptake(x, y, z)
        return numpy.where(suv == HOT, 400.0, numpy.where(suv == WARM, 40.0, AIR))

    add_stack(phantom, body, (40, 128, 128), (0.8, 0.8), (0, 0, 2.5), (-51.2, -51.2, 0.0))
    add_pet(phantom, 2)
    return phantom
