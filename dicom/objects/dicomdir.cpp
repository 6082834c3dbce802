#include "dicom/objects/dicomdir.hpp"

#include "dicom/data_set_writer.hpp"
#include "dicom/json/json.hpp"
#include "dicom/json/object.hpp"
#include "dicom/json/reader.hpp"
#include "dicom/objects/directory_record.hpp"
#include "dicom/part10.hpp"
#include "dicom/text.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>

namespace noctis {

namespace {

constexpr std::string_view explicit_little_endian = "1.2.840.10008.1.2.1";
constexpr std::string_view directory_sop_class = "1.2.840.10008.1.3.10";
constexpr size_t most_of_a_kind = 999'999;

constexpr tag_number sop_class_uid = 0x00080016;
constexpr tag_number sop_instance_uid = 0x00080018;
constexpr tag_number modality = 0x00080060;
constexpr tag_number patient_name = 0x00100010;
constexpr tag_number patient_id = 0x00100020;
constexpr tag_number issuer_of_patient_id = 0x00100021;
constexpr tag_number study_uid = 0x0020000D;
constexpr tag_number series_uid = 0x0020000E;
constexpr tag_number study_id = 0x00200010;
constexpr tag_number series_number = 0x00200011;
constexpr tag_number instance_number = 0x00200013;

/// Where a record and those that it leads to stand in the file, bytes.
struct record_place {
  uint32_t next = 0;  ///< the next record of the same parent, 0: none
  uint32_t lower = 0; ///< the first record below, 0: none
};

/// Whether a record has this attribute only where the instance has it (type 1C).
bool is_conditional(tag_number tag) { return tag == 0x0040A032 || tag == 0x0040E001; }

std::string numbered(const char* letters, size_t number) {
  char name[32];
  std::snprintf(name, sizeof name, "%s%05zu", letters, number);
  return name;
}

/// Returns the attributes of `object` that describe a record, encoded. `fallbacks` stand in for values that must not be
/// missing, and for all where `object` is no sound DICOM JSON.
std::string keys_of(const rapidjson::Value& object, const directory_record_type& type, const json_data_set& fallbacks) {
  json_data_set keys;
  const auto substitutes = parse_json_object(fallbacks.str());
  for (const auto tag : type.keys) {
    const auto* attribute = find_attribute(object, tag);
    const bool has_value = attribute != nullptr && attribute->HasMember("Value");
    if (!has_value && fallbacks.has(tag)) attribute = find_attribute(*substitutes, tag);
    if (attribute != nullptr)
      keys.copy(tag, *attribute);
    else if (!is_conditional(tag))
      keys.set(tag, "");
  }
  auto encoded = encode_json_data_set(keys.str(), explicit_little_endian);
  if (!encoded) encoded = encode_json_data_set(*substitutes, explicit_little_endian);
  return encoded ? std::string{encoded->begin(), encoded->end()} : std::string{};
}

std::vector<uint8_t> record_of(const directory_record_type& type, const record_place& place, std::string_view keys,
                               const std::vector<std::string>& references = {}) {
  data_set_writer writer{false};
  const auto item = writer.begin_item();
  writer.number32(0x00041400, place.next);
  writer.number16(0x00041410, 0xFFFF);
  writer.number32(0x00041420, place.lower);
  writer.value(0x00041430, vr::CS, type.name);
  if (!references.empty()) {
    writer.value(0x00041500, vr::CS, references[0]);
    for (uint32_t i = 1; i < references.size(); ++i) writer.value(0x00041510 + i - 1, vr::UI, references[i]);
  }
  writer.raw(keys);
  writer.end(item);
  return writer.take();
}

} // namespace

/// Goes through all records in the order of the file, twice: to place them and to write them.
class dicomdir::record_walk {
public:
  explicit record_walk(const dicomdir& directory) : directory_(directory) {}

  /// Places every record; the first one begins at `begin`. Returns where the last one ends.
  uint64_t place(uint64_t begin) {
    uint64_t end = begin;
    each([&](const std::vector<uint8_t>& record) {
      offsets_.push_back(static_cast<uint32_t>(end));
      end += record.size();
      return caf::error{};
    });
    return end;
  }

  caf::error write(const consumer& out) {
    return each([&out](const std::vector<uint8_t>& record) { return out(record.data(), record.size()); });
  }

  /// Returns the offset of the last patient's record.
  [[nodiscard]] uint32_t last_patient() const { return offsets_.empty() ? 0 : offsets_[last_patient_]; }
  [[nodiscard]] uint32_t first_patient() const { return offsets_.empty() ? 0 : offsets_.front(); }

private:
  template <class Take>
  caf::error each(Take take) {
    size_t at = 0;
    for (const auto& patient : directory_.patients_) {
      size_t below = 1;
      for (const auto& study : patient.studies) below += size_of(study);
      const bool last = &patient == &directory_.patients_.back();
      last_patient_ = at;
      if (auto err = take(record_of(patient_record_type(), place_of(at, last ? 0 : below), patient.keys))) return err;
      ++at;
      for (const auto& study : patient.studies) {
        if (auto err = each_of_study(study, &study == &patient.studies.back(), at, take)) return err;
      }
    }
    return caf::none;
  }

  template <class Take>
  caf::error each_of_study(const study_record& study, bool last, size_t& at, Take& take) {
    if (auto err = take(record_of(study_record_type(), place_of(at, last ? 0 : size_of(study)), study.keys)))
      return err;
    ++at;
    for (size_t i = 0; i < study.series.size(); ++i) {
      const auto& series = study.series[i];
      const auto below = i + 1 == study.series.size() ? 0 : series.instances.size() + 1;
      if (auto err = take(record_of(series_record_type(), place_of(at, below), series.keys))) return err;
      ++at;
      for (size_t k = 0; k < series.instances.size(); ++k) {
        const auto& instance = series.instances[k];
        const auto& kind = directory_.kinds_[instance.kind];
        const auto file =
            "DICOM\\" + numbered("ST", study.number) + "\\" + numbered("SE", i + 1) + "\\" + numbered("IM", k + 1);
        record_place place;
        if (k + 1 < series.instances.size()) place.next = offset_of(at + 1);
        if (auto err = take(record_of(directory_record_type_of(kind.sop_class), place, instance.keys,
                                      {file, kind.sop_class, instance.uid, kind.transfer_syntax})))
          return err;
        ++at;
      }
    }
    return caf::none;
  }

  static size_t size_of(const study_record& study) {
    size_t size = 1;
    for (const auto& series : study.series) size += 1 + series.instances.size();
    return size;
  }

  /// Returns the place of record number `at`, whose next one is `distance` records behind it (0: none).
  [[nodiscard]] record_place place_of(size_t at, size_t distance) const {
    return {distance == 0 ? 0 : offset_of(at + distance), offset_of(at + 1)};
  }

  [[nodiscard]] uint32_t offset_of(size_t at) const { return at < offsets_.size() ? offsets_[at] : 0; }

  const dicomdir& directory_;
  std::vector<uint32_t> offsets_; ///< of the records in their order; none while they are being placed
  size_t last_patient_ = 0;
};

dicomdir::dicomdir(std::string_view file_set_id) : file_set_id_(file_set_id.substr(0, 16)), uid_(new_uid()) {}

caf::expected<std::string> dicomdir::add(const rapidjson::Value& instance, std::string_view transfer_syntax_uid) {
  for (const auto tag : {sop_class_uid, sop_instance_uid, study_uid, series_uid}) {
    if (!valid_uid(text_of(instance, tag)))
      return failure(errc::missing_identifier, describe_tag(tag) + " is missing or no UID");
  }
  auto& study = study_of(patient_of(instance), instance);
  auto& series = series_of(study, instance);
  const auto number = series.instances.size() + 1;
  const auto in_study = static_cast<size_t>(&series - study.series.data()) + 1;
  if (std::max({study.number, in_study, number}) > most_of_a_kind)
    return failure(errc::limit_exceeded,
                   "a DICOMDIR holds at most " + std::to_string(most_of_a_kind) + " studies, series or instances");
  const auto sop_class = text_of(instance, sop_class_uid);
  json_data_set fallbacks;
  fallbacks.set(instance_number, std::to_string(number));
  auto keys = keys_of(instance, directory_record_type_of(sop_class), fallbacks);
  series.instances.push_back(
      {text_of(instance, sop_instance_uid), std::move(keys), kind_of(sop_class, transfer_syntax_uid)});
  ++instances_;
  return "DICOM/" + numbered("ST", study.number) + "/" + numbered("SE", in_study) + "/" + numbered("IM", number);
}

caf::expected<std::string> dicomdir::add_file(const uint8_t* file, size_t size) {
  const auto reading = read_part10_meta(file, size, true);
  if (!reading) return reading.error();
  const auto& meta = reading->meta;
  json_options options;
  options.inline_binary = 0;
  options.inline_value = 1024;
  const auto json =
      data_set_json(file + meta.data_set_offset, size - meta.data_set_offset, meta.transfer_syntax_uid, options);
  if (!json) return json.error();
  const auto object = parse_json_object(*json);
  if (!object) return object.error();
  return add(*object, meta.transfer_syntax_uid);
}

dicomdir::patient_record& dicomdir::patient_of(const rapidjson::Value& instance) {
  const auto id = text_of(instance, patient_id);
  const auto key = id.empty()
                       ? "\n" + text_of(instance, study_uid)
                       : id + "\n" + text_of(instance, issuer_of_patient_id) + "\n" + text_of(instance, patient_name);
  const auto [found, is_new] = by_id_.emplace(key, patients_.size());
  if (is_new) {
    json_data_set fallbacks;
    fallbacks.set(patient_id, numbered("PA", patients_.size() + 1));
    patients_.push_back({keys_of(instance, patient_record_type(), fallbacks), {}, {}});
  }
  return patients_[found->second];
}

dicomdir::study_record& dicomdir::study_of(patient_record& patient, const rapidjson::Value& instance) {
  const auto [found, is_new] = patient.by_uid.emplace(text_of(instance, study_uid), patient.studies.size());
  if (is_new) {
    json_data_set fallbacks;
    fallbacks.set(study_id, std::to_string(++studies_)).set(0x00080020, "19000101").set(0x00080030, "000000");
    study_record study;
    study.keys = keys_of(instance, study_record_type(), fallbacks);
    study.number = studies_;
    patient.studies.push_back(std::move(study));
  }
  return patient.studies[found->second];
}

dicomdir::series_record& dicomdir::series_of(study_record& study, const rapidjson::Value& instance) {
  const auto [found, is_new] = study.by_uid.emplace(text_of(instance, series_uid), study.series.size());
  if (is_new) {
    json_data_set fallbacks;
    fallbacks.set(modality, "OT").set(series_number, std::to_string(study.series.size() + 1));
    study.series.push_back({keys_of(instance, series_record_type(), fallbacks), {}});
  }
  return study.series[found->second];
}

uint32_t dicomdir::kind_of(const std::string& sop_class, std::string_view transfer_syntax) {
  const auto found = std::find_if(kinds_.begin(), kinds_.end(), [&](const auto& one) {
    return one.sop_class == sop_class && one.transfer_syntax == transfer_syntax;
  });
  const auto index = static_cast<uint32_t>(found - kinds_.begin());
  if (found == kinds_.end()) kinds_.push_back({sop_class, std::string{transfer_syntax}});
  return index;
}

caf::error dicomdir::write(const consumer& out) const {
  const auto preamble = part10_preamble(directory_sop_class, uid_, explicit_little_endian, {});
  const auto head = [this](uint32_t first, uint32_t last) {
    data_set_writer writer{false};
    writer.value(0x00041130, vr::CS, file_set_id_);
    writer.number32(0x00041200, first);
    writer.number32(0x00041202, last);
    writer.number16(0x00041212, 0);
    writer.end(writer.begin_sequence(0x00041220));
    return writer.take();
  };
  auto begun = head(0, 0);
  record_walk walk{*this};
  const auto begin = preamble.size() + begun.size();
  const auto end = walk.place(begin);
  if (end > std::numeric_limits<uint32_t>::max())
    return failure(errc::limit_exceeded, "a DICOMDIR of " + std::to_string(end) + " bytes is too long");
  begun = head(walk.first_patient(), walk.last_patient());
  for (size_t i = 0; i < 4; ++i) begun[begun.size() - 4 + i] = static_cast<uint8_t>((end - begin) >> (8 * i));
  if (auto err = out(preamble.data(), preamble.size())) return err;
  if (auto err = out(begun.data(), begun.size())) return err;
  return walk.write(out);
}

caf::expected<std::vector<uint8_t>> dicomdir::bytes() const {
  std::vector<uint8_t> result;
  auto err = write([&result](const uint8_t* data, size_t size) {
    result.insert(result.end(), data, data + size);
    return caf::error{};
  });
  if (err) return err;
  return result;
}

} // namespace noctis
