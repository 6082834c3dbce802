#pragma once

#include <caf/error.hpp>
#include <caf/expected.hpp>
#include <rapidjson/document.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace noctis {

/// Builds the DICOMDIR of a file-set (PS3.10 8, PS3.3 F) while its files are named one by one; it gives each of them
/// its place. An instance takes some 200 bytes of memory.
class dicomdir {
public:
  /// Takes the next bytes of the file; an error ends the writing.
  using consumer = std::function<caf::error(const uint8_t*, size_t)>;

  /// `file_set_id`: at most 16 of the characters A–Z, 0–9, "_" and " "; may be "".
  explicit dicomdir(std::string_view file_set_id = {});

  /// Adds an instance by its header, a DICOM JSON object with its top-level attributes. Returns where its file belongs:
  /// "DICOM/ST00001/SE00001/IM00001" (each part at most 8 characters, as PS3.12 asks of media). Errors:
  /// `missing_identifier` without Study, Series or SOP Instance UID or SOP Class UID, `limit_exceeded` for more than
  /// 999,999 studies, series of a study or instances of a series, `invalid_argument`.
  caf::expected<std::string> add(const rapidjson::Value& instance, std::string_view transfer_syntax_uid);

  /// The same by the first bytes of its Part 10 file, which may end in Pixel Data. Errors: also those of
  /// `read_part10_meta` and `data_set_json`.
  caf::expected<std::string> add_file(const uint8_t* file, size_t size);

  [[nodiscard]] size_t instances() const { return instances_; }

  /// Writes the file in pieces. Errors: those of `out`; `limit_exceeded` above 4 GiB, which offsets do not reach.
  [[nodiscard]] caf::error write(const consumer& out) const;

  /// Returns the whole file.
  [[nodiscard]] caf::expected<std::vector<uint8_t>> bytes() const;

private:
  struct instance_record {
    std::string uid;
    std::string keys; ///< the attributes of the record that describe it, encoded
    uint32_t kind;    ///< index into `kinds_`
  };

  /// SOP class and transfer syntax, which most instances share.
  struct kind {
    std::string sop_class;
    std::string transfer_syntax;
  };

  struct series_record {
    std::string keys;
    std::vector<instance_record> instances;
  };

  struct study_record {
    std::string keys;
    size_t number = 0; ///< in the names of files, from 1
    std::vector<series_record> series;
    std::unordered_map<std::string, size_t> by_uid;
  };

  struct patient_record {
    std::string keys;
    std::vector<study_record> studies;
    std::unordered_map<std::string, size_t> by_uid;
  };

  class record_walk;

  patient_record& patient_of(const rapidjson::Value& instance);
  study_record& study_of(patient_record& patient, const rapidjson::Value& instance);
  static series_record& series_of(study_record& study, const rapidjson::Value& instance);
  uint32_t kind_of(const std::string& sop_class, std::string_view transfer_syntax);

  std::string file_set_id_;
  std::string uid_;
  std::vector<patient_record> patients_;
  std::unordered_map<std::string, size_t> by_id_; ///< patients, by what tells them apart
  std::vector<kind> kinds_;
  size_t studies_ = 0;
  size_t instances_ = 0;
};

} // namespace noctis
