#include "dicom/header.hpp"

#include "dicom/byte_order.hpp"
#include "dicom/character_set.hpp"
#include "dicom/text.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr tag_number specific_character_set = 0x00080005;
constexpr tag_number sop_class_uid = 0x00080016;
constexpr tag_number sop_instance_uid = 0x00080018;
constexpr tag_number patient_id = 0x00100020;
constexpr tag_number issuer_of_patient_id = 0x00100021;
constexpr tag_number study_instance_uid = 0x0020000D;
constexpr tag_number series_instance_uid = 0x0020000E;

/// Reads kept values as their VR asks for.
class value_reader {
public:
  explicit value_reader(const header_scanner& scanned) : scanned_(scanned), decoder_(raw(specific_character_set)) {}

  [[nodiscard]] std::string_view raw(tag_number tag) const {
    const auto* value = scanned_.find(tag);
    return value ? std::string_view{value->bytes} : std::string_view{};
  }

  [[nodiscard]] std::string uid(tag_number tag) const { return std::string{cut(trimmed(raw(tag)), max_header_text)}; }

  std::string text(tag_number tag) { return tidy(decoder_.decode(raw(tag))); }

  std::string person_name(tag_number tag) {
    const auto decoded = tidy(decoder_.decode(raw(tag), text_kind::person_name));
    std::string result;
    for (size_t at = 0; at <= decoded.size();) {
      const auto end = std::min(decoded.find('=', at), decoded.size());
      const auto group = std::string_view{decoded}.substr(at, end - at);
      result.append(group.substr(0, group.find_last_not_of("^ ") + 1));
      if (end < decoded.size()) result += '=';
      at = end + 1;
    }
    result.resize(result.find_last_not_of('=') + 1);
    return result;
  }

  [[nodiscard]] std::string date(tag_number tag) const { return normalized_date(raw(tag)); }
  [[nodiscard]] std::string time(tag_number tag) const { return normalized_time(raw(tag)); }
  [[nodiscard]] caf::optional<int32_t> integer(tag_number tag) const { return parse_integer(raw(tag)); }

  [[nodiscard]] caf::optional<int32_t> unsigned_short(tag_number tag) const {
    const auto* value = scanned_.find(tag);
    if (value == nullptr || value->bytes.size() < 2) return caf::none;
    return int32_t{read_u16(reinterpret_cast<const uint8_t*>(value->bytes.data()), value->big_endian)};
  }

private:
  static std::string tidy(const std::string& decoded) {
    return std::string{trimmed(cut(without_controls(decoded), max_header_text))};
  }

  const header_scanner& scanned_;
  text_decoder decoder_;
};

std::string sex_of(std::string_view value) {
  if (value.size() != 1) return {};
  const char letter = static_cast<char>(value.front() & ~0x20);
  return letter == 'M' || letter == 'F' || letter == 'O' ? std::string(1, letter) : std::string{};
}

caf::error check_uid(tag_number tag, const std::string& uid) {
  if (uid.empty()) return failure(errc::missing_identifier, describe_tag(tag) + " is absent or empty");
  if (!valid_uid(uid)) return failure(errc::invalid_identifier, describe_tag(tag) + " is no UID: " + shown(uid));
  return caf::none;
}

caf::error check_length(tag_number tag, const std::string& text) {
  if (text.size() <= max_patient_id) return caf::none;
  return failure(errc::limit_exceeded,
                 describe_tag(tag) + " is longer than " + std::to_string(max_patient_id) + " bytes: " + shown(text));
}

caf::error mismatch(errc code, tag_number tag, std::string_view have, std::string_view command) {
  return failure(code, describe_tag(tag) + " is " + shown(have) + ", but the C-STORE command says " +
                           shown(trimmed(command)));
}

} // namespace

instance_header read_header(const header_scanner& scanned, const std::string& transfer_syntax_uid) {
  value_reader in{scanned};
  instance_header header;
  auto& patient = header.patient;
  patient.id = in.text(patient_id);
  patient.issuer = in.text(issuer_of_patient_id);
  patient.name = in.person_name(0x00100010);
  patient.birth_date = in.date(0x00100030);
  patient.sex = sex_of(in.text(0x00100040));

  auto& study = header.study;
  study.uid = in.uid(study_instance_uid);
  study.id = in.text(0x00200010);
  study.date = in.date(0x00080020);
  study.time = in.time(0x00080030);
  study.accession_number = in.text(0x00080050);
  study.description = in.text(0x00081030);
  study.referring_physician = in.person_name(0x00080090);
  study.kept = scanned.kept_object(query_level::study);

  auto& series = header.series;
  series.uid = in.uid(series_instance_uid);
  series.number = in.integer(0x00200011);
  series.modality = in.text(0x00080060);
  series.description = in.text(0x0008103E);
  series.body_part = in.text(0x00180015);
  series.laterality = in.text(0x00200060);
  series.date = in.date(0x00080021);
  series.time = in.time(0x00080031);
  series.protocol_name = in.text(0x00181030);
  series.manufacturer = in.text(0x00080070);
  series.station_name = in.text(0x00081010);
  series.institution_name = in.text(0x00080080);
  series.frame_of_reference_uid = without_controls(in.uid(0x00200052));
  series.kept = scanned.kept_object(query_level::series);

  auto& instance = header.instance;
  instance.sop_class_uid = in.uid(sop_class_uid);
  instance.sop_instance_uid = in.uid(sop_instance_uid);
  instance.transfer_syntax_uid = transfer_syntax_uid;
  instance.number = in.integer(0x00200013);
  instance.number_of_frames = std::max(in.integer(0x00280008).value_or(1), 1);
  instance.rows = in.unsigned_short(0x00280010);
  instance.columns = in.unsigned_short(0x00280011);
  instance.bits_allocated = in.unsigned_short(0x00280100);
  instance.character_set = in.text(specific_character_set);
  instance.image_type = in.text(0x00080008);
  instance.acquisition = in.integer(0x00200012);
  instance.content_date = in.date(0x00080023);
  instance.content_time = in.time(0x00080033);
  instance.acquisition_date = in.date(0x00080022);
  instance.acquisition_time = in.time(0x00080032);
  instance.creation_date = in.date(0x00080012);
  instance.creation_time = in.time(0x00080013);
  instance.kept = scanned.kept_object(query_level::instance);
  return header;
}

caf::error validate(const instance_header& header, std::string_view command_sop_class,
                    std::string_view command_sop_instance) {
  const auto& instance = header.instance;
  if (auto err = check_uid(sop_class_uid, instance.sop_class_uid)) return err;
  if (auto err = check_uid(sop_instance_uid, instance.sop_instance_uid)) return err;
  if (auto err = check_uid(study_instance_uid, header.study.uid)) return err;
  if (auto err = check_uid(series_instance_uid, header.series.uid)) return err;
  if (auto err = check_length(patient_id, header.patient.id)) return err;
  if (auto err = check_length(issuer_of_patient_id, header.patient.issuer)) return err;
  if (!command_sop_class.empty() && trimmed(command_sop_class) != instance.sop_class_uid)
    return mismatch(errc::sop_class_mismatch, sop_class_uid, instance.sop_class_uid, command_sop_class);
  if (!command_sop_instance.empty() && trimmed(command_sop_instance) != instance.sop_instance_uid)
    return mismatch(errc::sop_instance_mismatch, sop_instance_uid, instance.sop_instance_uid, command_sop_instance);
  return caf::none;
}

} // namespace noctis
