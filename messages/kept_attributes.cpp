#include "messages/kept_attributes.hpp"

namespace noctis {

const std::vector<kept_attribute>& kept_attributes() {
  constexpr auto study = query_level::study;
  constexpr auto series = query_level::series;
  constexpr auto instance = query_level::instance;
  static const std::vector<kept_attribute> attributes{
      {0x00080051, "SQ", study},    // IssuerOfAccessionNumberSequence
      {0x00080081, "ST", series},   // InstitutionAddress
      {0x00080201, "SH", study},    // TimezoneOffsetFromUTC
      {0x00081032, "SQ", study},    // ProcedureCodeSequence
      {0x00081040, "LO", series},   // InstitutionalDepartmentName
      {0x00081048, "PN", study},    // PhysiciansOfRecord
      {0x00081050, "PN", series},   // PerformingPhysicianName
      {0x00081060, "PN", study},    // NameOfPhysiciansReadingStudy
      {0x00081070, "PN", series},   // OperatorsName
      {0x00081080, "LO", study},    // AdmittingDiagnosesDescription
      {0x00081090, "LO", series},   // ManufacturerModelName
      {0x00081111, "SQ", series},   // ReferencedPerformedProcedureStepSequence
      {0x00082218, "SQ", series},   // AnatomicRegionSequence
      {0x00100032, "TM", study},    // PatientBirthTime
      {0x00101000, "LO", study},    // OtherPatientIDs
      {0x00101001, "PN", study},    // OtherPatientNames
      {0x00101002, "SQ", study},    // OtherPatientIDsSequence
      {0x00101010, "AS", study},    // PatientAge
      {0x00101020, "DS", study},    // PatientSize
      {0x00101030, "DS", study},    // PatientWeight
      {0x00102000, "LO", study},    // MedicalAlerts
      {0x00102110, "LO", study},    // Allergies
      {0x00102160, "SH", study},    // EthnicGroup
      {0x00102180, "SH", study},    // Occupation
      {0x001021B0, "LT", study},    // AdditionalPatientHistory
      {0x001021C0, "US", study},    // PregnancyStatus
      {0x00102201, "LO", study},    // PatientSpeciesDescription
      {0x00102292, "LO", study},    // PatientBreedDescription
      {0x00102297, "PN", study},    // ResponsiblePerson
      {0x00104000, "LT", study},    // PatientComments
      {0x00180010, "LO", series},   // ContrastBolusAgent
      {0x00180020, "CS", series},   // ScanningSequence
      {0x00180021, "CS", series},   // SequenceVariant
      {0x00180023, "CS", series},   // MRAcquisitionType
      {0x00180024, "SH", series},   // SequenceName
      {0x00180050, "DS", series},   // SliceThickness
      {0x00180060, "DS", series},   // KVP
      {0x00180087, "DS", series},   // MagneticFieldStrength
      {0x00180088, "DS", series},   // SpacingBetweenSlices
      {0x00181000, "LO", series},   // DeviceSerialNumber
      {0x00181020, "LO", series},   // SoftwareVersions
      {0x00181164, "DS", series},   // ImagerPixelSpacing
      {0x00181210, "SH", series},   // ConvolutionKernel
      {0x00185100, "CS", series},   // PatientPosition
      {0x00185101, "CS", series},   // ViewPosition
      {0x00200020, "CS", instance}, // PatientOrientation
      {0x00200062, "CS", instance}, // ImageLaterality
      {0x00204000, "LT", instance}, // ImageComments
      {0x00280030, "DS", series},   // PixelSpacing
      {0x00321032, "PN", study},    // RequestingPhysician
      {0x00321033, "LO", study},    // RequestingService
      {0x00321060, "LO", study},    // RequestedProcedureDescription
      {0x00321064, "SQ", study},    // RequestedProcedureCodeSequence
      {0x00380010, "LO", study},    // AdmissionID
      {0x00400244, "DA", series},   // PerformedProcedureStepStartDate
      {0x00400245, "TM", series},   // PerformedProcedureStepStartTime
      {0x00400253, "SH", series},   // PerformedProcedureStepID
      {0x00400254, "LO", series},   // PerformedProcedureStepDescription
      {0x00400260, "SQ", series},   // PerformedProtocolCodeSequence
      {0x00400275, "SQ", series},   // RequestAttributesSequence
      {0x0040A043, "SQ", instance}, // ConceptNameCodeSequence
      {0x0040A491, "CS", instance}, // CompletionFlag
      {0x0040A493, "CS", instance}, // VerificationFlag
      {0x00420010, "ST", instance}, // DocumentTitle
      {0x00420012, "LO", instance}, // MIMETypeOfEncapsulatedDocument
      {0x00540220, "SQ", instance}, // ViewCodeSequence
      {0x00700080, "CS", instance}, // ContentLabel
      {0x00700081, "LO", instance}, // ContentDescription
      {0x00700084, "PN", instance}, // ContentCreatorName
  };
  return attributes;
}

} // namespace noctis
