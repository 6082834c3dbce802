"""What is made from images: segmentations, structures, measurements, documents."""

import math

import numpy

from phantoms.base import UNTILTED, Phantom, code, ct_slice, item, set_all, uid
from phantoms.geometry import marks
from phantoms.volumes import BODIES, add_stack, sphere_and_box

SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4"
STRUCTURES = "1.2.840.10008.5.1.4.1.1.481.3"
REPORT = "1.2.840.10008.5.1.4.1.1.88.33"
DOCUMENT = "1.2.840.10008.5.1.4.1.1.104.1"
LABELS = [("Sphere", 200.0, [41449, 40485, 43691]), ("Box", 400.0, [30000, 20000, 50000])]


def reference(data):
    return item(ReferencedSOPClassUID=data.SOPClassUID, ReferencedSOPInstanceUID=data.SOPInstanceUID)


def segment(number, label, colour):
    return item(
        SegmentNumber=number, SegmentLabel=label, SegmentAlgorithmType="MANUAL", RecommendedDisplayCIELabValue=colour,
        SegmentedPropertyCategoryCodeSequence=[code("49755003", "SCT", "Morphologically Abnormal Structure")],
        SegmentedPropertyTypeCodeSequence=[code("4147007", "SCT", "Mass")])


def segment_frame(image, number, place):
    return item(
        FrameContentSequence=[item(DimensionIndexValues=[number, place])],
        PlanePositionSequence=[item(ImagePositionPatient=image.ImagePositionPatient)],
        SegmentIdentificationSequence=[item(ReferencedSegmentNumber=number)],
        DerivationImageSequence=[item(
            DerivationCodeSequence=[code("113076", "DCM", "Segmentation")],
            SourceImageSequence=[item(**{e.keyword: e.value for e in reference(image)},
                                      PurposeOfReferenceCodeSequence=[code("121322", "DCM", "Source image for image processing operation")])])])


def add_segmentation(phantom, images, series):
    """A binary SEG whose segments are exactly the voxels of each body (PS3.3 A.51)."""
    frames, groups = [], []
    for number, (_, hounsfield, _) in enumerate(LABELS, 1):
        for place, image in enumerate(images, 1):
            mask = image.pixel_array + image.RescaleIntercept == hounsfield
            if mask.any():
                frames.append(mask)
                groups.append(segment_frame(image, number, place))
    dimension = uid(phantom.name, "dimensions")
    first = images[0]
    set_all(phantom.add(SEGMENTATION, "SEG", series), {
        "ImageType": ["DERIVED", "PRIMARY"], "FrameOfReferenceUID": first.FrameOfReferenceUID, "PositionReferenceIndicator": "",
        "ContentLabel": "BODIES", "ContentDescription": "Sphere and box", "ContentCreatorName": "Phantom^Noctis",
        "SegmentationType": "BINARY", "LossyImageCompression": "00", "SeriesDescription": "Segmentation",
        "SegmentSequence": [segment(number, label, colour) for number, (label, _, colour) in enumerate(LABELS, 1)],
        "DimensionOrganizationSequence": [item(DimensionOrganizationUID=dimension)],
        "DimensionIndexSequence": [
            item(DimensionOrganizationUID=dimension, DimensionIndexPointer=0x0062000B, FunctionalGroupPointer=0x0062000A),
            item(DimensionOrganizationUID=dimension, DimensionIndexPointer=0x00200032, FunctionalGroupPointer=0x00209113)],
        "SharedFunctionalGroupsSequence": [item(
            PixelMeasuresSequence=[item(PixelSpacing=first.PixelSpacing, SliceThickness=first.SliceThickness)],
            PlaneOrientationSequence=[item(ImageOrientationPatient=list(UNTILTED))])],
        "PerFrameFunctionalGroupsSequence": groups, "NumberOfFrames": len(frames),
        "ReferencedSeriesSequence": [item(SeriesInstanceUID=first.SeriesInstanceUID,
                                          ReferencedInstanceSequence=[reference(image) for image in images])],
        "SamplesPerPixel": 1, "PhotometricInterpretation": "MONOCHROME2", "Rows": first.Rows, "Columns": first.Columns,
        "BitsAllocated": 1, "BitsStored": 1, "HighBit": 0, "PixelRepresentation": 0,
        "PixelData": numpy.packbits(numpy.stack(frames), axis=None, bitorder="little").tobytes(),
    })


def sphere_contour(z):
    sphere = BODIES["sphere"]
    squared = sphere["radius"] ** 2 - (z - sphere["centre"][2]) ** 2
    if squared <= 0:
        return None
    turns = [2 * math.pi * step / 60 for step in range(60)]
    return [(sphere["centre"][0] + math.sqrt(squared) * math.cos(t), sphere["centre"][1] + math.sqrt(squared) * math.sin(t), z)
            for t in turns]


def box_contour(z):
    low, high = BODIES["box"]["low"], BODIES["box"]["high"]
    if not low[2] <= z <= high[2]:
        return None
    return [(low[0], low[1], z), (high[0], low[1], z), (high[0], high[1], z), (low[0], high[1], z)]


def contours(images, outline):
    for image in images:
        points = outline(image.ImagePositionPatient[2])
        if points:
            yield item(ContourImageSequence=[reference(image)], ContourGeometricType="CLOSED_PLANAR",
                       NumberOfContourPoints=len(points), ContourData=[f"{value:.4f}" for point in points for value in point])


def add_structures(phantom, images, series):
    """An RTSTRUCT with the outlines of each body (PS3.3 A.19)."""
    first, names = images[0], ["Sphere", "Box"]
    outlines, colours = [sphere_contour, box_contour], [[255, 200, 0], [0, 200, 255]]
    series_item = item(SeriesInstanceUID=first.SeriesInstanceUID, ContourImageSequence=[reference(image) for image in images])
    study_item = item(ReferencedSOPClassUID="1.2.840.10008.3.1.2.3.1", ReferencedSOPInstanceUID=phantom.study,
                      RTReferencedSeriesSequence=[series_item])
    set_all(phantom.add(STRUCTURES, "RTSTRUCT", series), {
        "StructureSetLabel": "BODIES", "OperatorsName": "", "StructureSetDate": phantom.date, "StructureSetTime": "102030",
        "FrameOfReferenceUID": first.FrameOfReferenceUID, "PositionReferenceIndicator": "", "SeriesDescription": "Structures",
        "ReferencedFrameOfReferenceSequence": [item(FrameOfReferenceUID=first.FrameOfReferenceUID,
                                                    RTReferencedStudySequence=[study_item])],
        "StructureSetROISequence": [item(ROINumber=n, ReferencedFrameOfReferenceUID=first.FrameOfReferenceUID, ROIName=name,
                                         ROIGenerationAlgorithm="MANUAL") for n, name in enumerate(names, 1)],
        "ROIContourSequence": [item(ROIDisplayColor=colours[n - 1], ReferencedROINumber=n,
                                    ContourSequence=list(contours(images, outlines[n - 1]))) for n in (1, 2)],
        "RTROIObservationsSequence": [item(ObservationNumber=n, ReferencedROINumber=n, RTROIInterpretedType="", ROIInterpreter="")
                                      for n in (1, 2)],
    })


def segmentation():
    """The volume phantom (series 1) with a SEG (2) and an RTSTRUCT (3) of its bodies."""
    phantom = Phantom("segmentation", "Sphere and box, outlined", truth=BODIES)
    add_stack(phantom, sphere_and_box, (40, 128, 128), (0.8, 0.8), (0, 0, 2.5), (-51.2, -51.2, 0.0))
    images = list(phantom.objects)
    phantom.truth = BODIES | {"voxels": {label: sum(int((image.pixel_array + image.RescaleIntercept == hounsfield).sum())
                                                    for image in images) for label, hounsfield, _ in LABELS}}
    add_segmentation(phantom, images, 2)
    add_structures(phantom, images, 3)
    return phantom


def content(relation, kind, concept, **attributes):
    return item(RelationshipType=relation, ValueType=kind, ConceptNameCodeSequence=[concept], **attributes)


def report():
    """A measurement report (TID 1500) by another maker on the image of series 1: a length of 50 mm."""
    phantom = Phantom("report", "Measured elsewhere", truth={"points": [[100.5, 60.5], [200.5, 60.5]], "length_mm": 50})
    image = ct_slice(phantom, 1, 1, marks((256, 256), phantom.truth["points"]), (0.5, 0.5), (0, 0, 0))
    source = item(RelationshipType="SELECTED FROM", ValueType="IMAGE", ReferencedSOPSequence=[reference(image)])
    place = item(RelationshipType="INFERRED FROM", ValueType="SCOORD", GraphicType="POLYLINE",
                 GraphicData=[100.5, 60.5, 200.5, 60.5], ContentSequence=[source])
    value = item(NumericValue="50", MeasurementUnitsCodeSequence=[code("mm", "UCUM", "millimeter")])
    length = content("CONTAINS", "NUM", code("410668003", "SCT", "Length"), MeasuredValueSequence=[value], ContentSequence=[place])
    group = content("CONTAINS", "CONTAINER", code("125007", "DCM", "Measurement Group"), ContinuityOfContent="SEPARATE", ContentSequence=[
        content("HAS OBS CONTEXT", "TEXT", code("112039", "DCM", "Tracking Identifier"), TextValue="Ruler"),
        content("HAS OBS CONTEXT", "UIDREF", code("112040", "DCM", "Tracking Unique Identifier"), UID=uid("report", "ruler")),
        length])
    data = phantom.add(REPORT, "SR", 2)
    evidence = item(StudyInstanceUID=phantom.study, ReferencedSeriesSequence=[
        item(SeriesInstanceUID=phantom.series(1), ReferencedSOPSequence=[reference(image)])])
    set_all(data, {
        "SeriesDescription": "Measurements", "CompletionFlag": "COMPLETE", "VerificationFlag": "UNVERIFIED",
        "PreliminaryFlag": "FINAL", "ReferencedPerformedProcedureStepSequence": [], "PerformedProcedureCodeSequence": [],
        "ValueType": "CONTAINER", "ContinuityOfContent": "SEPARATE",
        "ConceptNameCodeSequence": [code("126000", "DCM", "Imaging Measurement Report")],
        "ContentTemplateSequence": [item(MappingResource="DCMR", TemplateIdentifier="1500")],
        "CurrentRequestedProcedureEvidenceSequence": [evidence],
        "ContentSequence": [
            content("HAS CONCEPT MOD", "CODE", code("121049", "DCM", "Language of Content Item and Descendants"),
                    ConceptCodeSequence=[code("en", "RFC5646", "English")]),
            content("HAS OBS CONTEXT", "PNAME", code("121008", "DCM", "Person Observer Name"), PersonName="Reader^Other"),
            content("HAS CONCEPT MOD", "CODE", code("121058", "DCM", "Procedure reported"),
                    ConceptCodeSequence=[code("77477000", "SCT", "Computed tomography")]),
            content("CONTAINS", "CONTAINER", code("126010", "DCM", "Imaging Measurements"), ContinuityOfContent="SEPARATE",
                    ContentSequence=[group]),
        ],
    })
    return phantom


def pdf(text):
    """A page of PDF with one line."""
    stream = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode()
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
             b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
             b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (table, len(out))


def document():
    """An encapsulated PDF of one page that says its text."""
    text = "Noctis phantom document"
    phantom = Phantom("document", "A letter", truth={"text": text, "title": "Letter", "pages": 1})
    content_bytes = pdf(text)
    phantom.add(DOCUMENT, "DOC", 1, ConversionType="WSD", BurnedInAnnotation="YES", DocumentTitle="Letter", AcquisitionDateTime="",
                ConceptNameCodeSequence=[], MIMETypeOfEncapsulatedDocument="application/pdf",
                EncapsulatedDocument=content_bytes + b"\0" * (len(content_bytes) % 2), Laterality="", ContentLabel="LETTER")
    return phantom
