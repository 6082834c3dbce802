#pragma once

#include <caf/optional.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

// What the header of a data set says, as the index keeps it. All text is UTF-8 without padding; absent and
// empty attributes are "". Dates are DA (YYYYMMDD), times TM without colons (HHMMSS[.FFFFFF]), both "" when
// the data set's value is not one.

struct patient_attributes {
  std::string id;         ///< Patient ID (0010,0020)
  std::string issuer;     ///< Issuer of Patient ID (0010,0021)
  std::string name;       ///< Patient's Name (0010,0010), all component groups: "Yamada^Tarou=山田^太郎=…"
  std::string birth_date; ///< (0010,0030)
  std::string sex;        ///< (0010,0040): M, F, O or ""
};

struct study_attributes {
  std::string uid; ///< Study Instance UID (0020,000D)
  std::string id;  ///< Study ID (0020,0010)
  std::string date;
  std::string time;
  std::string accession_number;
  std::string description;
  std::string referring_physician;
  std::string kept; ///< the `kept_attributes()` of the level: a DICOM JSON object (PS3.18 F.2), "" for none
};

struct series_attributes {
  std::string uid;               ///< Series Instance UID (0020,000E)
  caf::optional<int32_t> number; ///< Series Number (0020,0011)
  std::string modality;          ///< (0008,0060)
  std::string description;       ///< (0008,103E)
  std::string body_part;         ///< (0018,0015)
  std::string laterality;        ///< (0020,0060)
  std::string date;
  std::string time;
  std::string protocol_name;          ///< (0018,1030)
  std::string manufacturer;           ///< (0008,0070)
  std::string station_name;           ///< (0008,1010)
  std::string institution_name;       ///< (0008,0080)
  std::string frame_of_reference_uid; ///< (0020,0052)
  std::string kept;                   ///< as in a study
};

struct instance_attributes {
  std::string sop_class_uid;             ///< (0008,0016)
  std::string sop_instance_uid;          ///< (0008,0018)
  std::string transfer_syntax_uid;       ///< in which the data set is encoded and kept
  caf::optional<int32_t> number;         ///< Instance Number (0020,0013)
  int32_t number_of_frames = 1;          ///< (0028,0008), 1 where absent
  caf::optional<int32_t> rows;           ///< (0028,0010), pixels
  caf::optional<int32_t> columns;        ///< (0028,0011), pixels
  caf::optional<int32_t> bits_allocated; ///< (0028,0100)
  std::string character_set;             ///< Specific Character Set (0008,0005), values joined by "\"
  std::string image_type;                ///< (0008,0008), values joined by "\"
  caf::optional<int32_t> acquisition;    ///< Acquisition Number (0020,0012)
  std::string content_date;              ///< (0008,0023)
  std::string content_time;              ///< (0008,0033)
  std::string acquisition_date;          ///< (0008,0022)
  std::string acquisition_time;          ///< (0008,0032)
  std::string creation_date;             ///< (0008,0012)
  std::string creation_time;             ///< (0008,0013)
  std::string kept;                      ///< as in a study
};

struct instance_header {
  patient_attributes patient;
  study_attributes study;
  series_attributes series;
  instance_attributes instance;
};

/// Where the bytes of an instance lie: a Part 10 file, or a part of a file, in the store of one node.
struct location {
  std::string node;     ///< name of the store node
  std::string path;     ///< relative to the node's `storage.base_path`
  uint64_t offset = 0;  ///< bytes from the start of the file
  uint64_t length = 0;  ///< bytes, Part 10 header included
  std::string checksum; ///< XXH3-128 of these bytes, 32 lower-case hex digits
};

/// A file that is durable in a store: what the index needs to know about its bytes.
struct stored_file {
  location where;
  std::string data_set_digest; ///< XXH3-128 of the data set alone, in hex: tells a resent instance from another
};

template <class I>
typename I::result_type inspect(I& f, patient_attributes& x) {
  return f(x.id, x.issuer, x.name, x.birth_date, x.sex);
}

template <class I>
typename I::result_type inspect(I& f, study_attributes& x) {
  return f(x.uid, x.id, x.date, x.time, x.accession_number, x.description, x.referring_physician, x.kept);
}

template <class I>
typename I::result_type inspect(I& f, series_attributes& x) {
  return f(x.uid, x.number, x.modality, x.description, x.body_part, x.laterality, x.date, x.time, x.protocol_name,
           x.manufacturer, x.station_name, x.institution_name, x.frame_of_reference_uid, x.kept);
}

template <class I>
typename I::result_type inspect(I& f, instance_attributes& x) {
  return f(x.sop_class_uid, x.sop_instance_uid, x.transfer_syntax_uid, x.number, x.number_of_frames, x.rows, x.columns,
           x.bits_allocated, x.character_set, x.image_type, x.acquisition, x.content_date, x.content_time,
           x.acquisition_date, x.acquisition_time, x.creation_date, x.creation_time, x.kept);
}

template <class I>
typename I::result_type inspect(I& f, instance_header& x) {
  return f(x.patient, x.study, x.series, x.instance);
}

template <class I>
typename I::result_type inspect(I& f, location& x) {
  return f(x.node, x.path, x.offset, x.length, x.checksum);
}

template <class I>
typename I::result_type inspect(I& f, stored_file& x) {
  return f(x.where, x.data_set_digest);
}

} // namespace noctis
