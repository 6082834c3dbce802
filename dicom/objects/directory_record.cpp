#include "dicom/objects/directory_record.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr std::string_view storage_root = "1.2.840.10008.5.1.4.1.1.";

/// A type, and the SOP classes that have it: what stands behind `storage_root`, or begins it where that ends in ".".
struct assignment {
  std::string_view class_suffix;
  directory_record_type type;
};

const std::vector<assignment>& assignments() {
  const std::vector<tag_number> dated{0x00080023, 0x00080033, 0x00200013};
  const std::vector<tag_number> identified{0x00080023, 0x00080033, 0x00200013, 0x00700080, 0x00700081, 0x00700084};
  const std::vector<tag_number> presented{0x00200013, 0x00700080, 0x00700081, 0x00700082, 0x00700083, 0x00700084};
  const std::vector<tag_number> report{0x00080023, 0x00080033, 0x00200013, 0x0040A032,
                                       0x0040A043, 0x0040A491, 0x0040A493};
  const std::vector<tag_number> document{0x00080023, 0x00080033, 0x00200013, 0x0040A043,
                                         0x0040E001, 0x00420010, 0x00420012};
  const std::vector<tag_number> plan{0x00200013, 0x300A0002, 0x300A0006, 0x300A0007};
  const std::vector<tag_number> treatment{0x00200013, 0x30080250, 0x30080251};
  const std::vector<tag_number> spectroscopy{0x00080008, 0x00080023, 0x00080033, 0x00200013, 0x00280008,
                                             0x00280010, 0x00280011, 0x00289001, 0x00289002};
  static const std::vector<assignment> list{
      {"11.", {"PRESENTATION", presented}},
      {"4.2", {"SPECTROSCOPY", spectroscopy}},
      {"481.2", {"RT DOSE", {0x00200013, 0x3004000A, 0x30040002}}},
      {"481.3", {"RT STRUCTURE SET", {0x00200013, 0x30060002, 0x30060008, 0x30060009}}},
      {"481.4", {"RT TREAT RECORD", treatment}},
      {"481.5", {"RT PLAN", plan}},
      {"481.6", {"RT TREAT RECORD", treatment}},
      {"481.7", {"RT TREAT RECORD", treatment}},
      {"481.8", {"RT PLAN", plan}},
      {"481.9", {"RT TREAT RECORD", treatment}},
      {"66", {"RAW DATA", dated}},
      {"66.1", {"REGISTRATION", identified}},
      {"66.2", {"FIDUCIAL", identified}},
      {"66.3", {"REGISTRATION", identified}},
      {"66.5", {"SURFACE", dated}},
      {"66.6", {"TRACT", identified}},
      {"67", {"VALUE MAP", identified}},
      {"68.1", {"SURFACE SCAN", {0x00080023, 0x00080033}}},
      {"68.2", {"SURFACE SCAN", {0x00080023, 0x00080033}}},
      {"77.1.5.3", {"STEREOMETRIC", {0x00080023, 0x00080033, 0x00200013}}},
      {"78.", {"MEASUREMENT", dated}},
      {"88.59", {"KEY OBJECT DOC", {0x00080023, 0x00080033, 0x00200013, 0x0040A043}}},
      {"88.", {"SR DOCUMENT", report}},
      {"9.", {"WAVEFORM", dated}},
      {"104.", {"ENCAP DOC", document}},
  };
  return list;
}

} // namespace

const directory_record_type& directory_record_type_of(std::string_view sop_class_uid) {
  static const directory_record_type image{"IMAGE", {0x00200013}};
  if (sop_class_uid.substr(0, storage_root.size()) != storage_root) return image;
  const auto suffix = sop_class_uid.substr(storage_root.size());
  const auto& list = assignments();
  const auto found = std::find_if(list.begin(), list.end(), [suffix](const auto& row) {
    const bool is_prefix = row.class_suffix.back() == '.';
    return is_prefix ? suffix.substr(0, row.class_suffix.size()) == row.class_suffix : suffix == row.class_suffix;
  });
  return found == list.end() ? image : found->type;
}

const directory_record_type& patient_record_type() {
  static const directory_record_type type{"PATIENT", {0x00100010, 0x00100020}};
  return type;
}

const directory_record_type& study_record_type() {
  static const directory_record_type type{"STUDY",
                                          {0x00080020, 0x00080030, 0x00080050, 0x00081030, 0x0020000D, 0x00200010}};
  return type;
}

const directory_record_type& series_record_type() {
  static const directory_record_type type{"SERIES", {0x00080060, 0x0020000E, 0x00200011}};
  return type;
}

} // namespace noctis
