"""A study whose texts try to become markup, script, formulas or commands of a terminal."""

import numpy

from phantoms.base import Phantom, ct_slice

SCRIPT = "<script>window.__hit=1</script>"
PICTURE = "<img src=x onerror=window.__hit=2>"
NAME = "<script>hit()</script>^<b>bold</b>"  # an equals sign would part the groups of a name
ESCAPE = "\x1b[31mred\x1b]0;title\x07"
FORMULA = '=HYPERLINK("http://example.invalid","x")'


def hostile():
    texts = {"script": SCRIPT, "picture": PICTURE, "formula": FORMULA, "name": NAME}
    phantom = Phantom("hostile", PICTURE, NAME, PICTURE, truth=texts)
    ct_slice(
        phantom, 1, 1, numpy.zeros((64, 64)), (1, 1), (0, 0, 0),
        AccessionNumber="<svg/onload=a>", StudyID="<b>1</b>", ReferringPhysicianName=f"{NAME}{ESCAPE}",
        SeriesDescription=f"{SCRIPT}", ProtocolName=PICTURE, StationName="<i>x</i>", InstitutionName=PICTURE,
        InstitutionAddress=f"{SCRIPT}{ESCAPE}", OperatorsName=NAME, Manufacturer=PICTURE, ManufacturerModelName=FORMULA,
        PatientComments=f"{SCRIPT}{PICTURE}{ESCAPE}", ImageComments=f"javascript:window.__hit=3 {SCRIPT}",
        RequestedProcedureDescription=FORMULA, PerformedProcedureStepDescription=SCRIPT, PatientAddress=PICTURE,
        BodyPartExamined="HEAD", ContrastBolusAgent=SCRIPT, SoftwareVersions="{{7*7}}${7*7}")
    return phantom
