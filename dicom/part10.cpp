#include "dicom/part10.hpp"

#include "dicom/byte_order.hpp"
#include "dicom/element.hpp"
#include "dicom/vr.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cstring>

namespace noctis {

const std::string_view implementation_version_name = "NOCTIS_" NOCTIS_DICOM_VERSION;

namespace {

constexpr size_t preamble_length = 128;
constexpr std::string_view prefix = "DICM";
constexpr size_t meta_start = preamble_length + prefix.size();
constexpr size_t longest_aet = 16;

constexpr tag_number media_storage_sop_class_uid = 0x00020002;
constexpr tag_number media_storage_sop_instance_uid = 0x00020003;
constexpr tag_number transfer_syntax_uid_tag = 0x00020010;
constexpr tag_number source_aet_tag = 0x00020016;

/// Writes elements in explicit VR little endian.
class meta_writer {
public:
  explicit meta_writer(std::vector<uint8_t>& out) : out_(out) {}

  void number(uint32_t value, size_t bytes) {
    for (size_t i = 0; i < bytes; ++i) out_.push_back(static_cast<uint8_t>(value >> (8 * i)));
  }

  void text(uint16_t element_number, std::string_view vr_name, std::string_view value, char padding) {
    head(element_number, vr_name);
    number(static_cast<uint32_t>(value.size() + value.size() % 2), 2);
    out_.insert(out_.end(), value.begin(), value.end());
    if (value.size() % 2 != 0) out_.push_back(static_cast<uint8_t>(padding));
  }

  void uid(uint16_t element_number, std::string_view value) { text(element_number, "UI", value, '\0'); }

  void aet(uint16_t element_number, std::string_view value) {
    if (!value.empty()) text(element_number, "AE", value.substr(0, longest_aet), ' ');
  }

  void head(uint16_t element_number, std::string_view vr_name) {
    number(0x0002, 2);
    number(element_number, 2);
    out_.insert(out_.end(), vr_name.begin(), vr_name.end());
  }

private:
  std::vector<uint8_t>& out_;
};

std::string trimmed(const uint8_t* bytes, size_t size) {
  std::string_view text{reinterpret_cast<const char*>(bytes), size};
  const std::string_view padding{" \0", 2};
  const auto last = text.find_last_not_of(padding);
  if (last == std::string_view::npos) return {};
  text = text.substr(0, last + 1);
  return std::string{text.substr(std::min(text.find_first_not_of(' '), text.size()))};
}

struct meta_element {
  tag_number tag = 0;
  size_t header = 0;
  size_t length = 0;
};

/// Reads the header of the element at `bytes`; header 0 when it isn't all there.
meta_element read_element(const uint8_t* bytes, size_t size) {
  meta_element result;
  result.tag = static_cast<tag_number>(read_u16(bytes, false)) << 16 | read_u16(bytes + 2, false);
  if (size < 8) return result;
  const auto representation = static_cast<vr>(vr_letters(static_cast<char>(bytes[4]), static_cast<char>(bytes[5])));
  if (!has_long_length(representation)) {
    result.header = 8;
    result.length = read_u16(bytes + 6, false);
  } else if (size >= 12) {
    result.header = 12;
    result.length = read_u32(bytes + 8, false);
  }
  return result;
}

void keep(part10_meta& meta, const meta_element& head, const uint8_t* value) {
  switch (head.tag) {
  case media_storage_sop_class_uid:
    meta.sop_class_uid = trimmed(value, head.length);
    break;
  case media_storage_sop_instance_uid:
    meta.sop_instance_uid = trimmed(value, head.length);
    break;
  case transfer_syntax_uid_tag:
    meta.transfer_syntax_uid = trimmed(value, head.length);
    break;
  case source_aet_tag:
    meta.source_aet = trimmed(value, head.length);
    break;
  default:
    break;
  }
}

caf::expected<part10_reading> unfinished(size_t size, bool whole) {
  if (whole)
    return failure(errc::truncated_data_set,
                   "the file ends inside its DICOM header, after " + std::to_string(size) + " bytes");
  if (size >= max_part10_header)
    return failure(errc::limit_exceeded,
                   "the DICOM header of the file is longer than " + std::to_string(max_part10_header) + " bytes");
  return part10_reading{};
}

} // namespace

std::vector<uint8_t> part10_preamble(std::string_view sop_class_uid, std::string_view sop_instance_uid,
                                     std::string_view transfer_syntax_uid, std::string_view source_aet,
                                     std::string_view receiving_aet) {
  std::vector<uint8_t> out(preamble_length, 0);
  out.reserve(512);
  out.insert(out.end(), prefix.begin(), prefix.end());
  meta_writer writer{out};
  writer.head(0x0000, "UL");
  writer.number(4, 2);
  const auto group_length_at = out.size();
  writer.number(0, 4);
  const auto counted_from = out.size();
  writer.head(0x0001, "OB");
  writer.number(0, 2);
  writer.number(2, 4);
  writer.number(0x0100, 2); // version 1: the bytes 00 01
  writer.uid(0x0002, sop_class_uid);
  writer.uid(0x0003, sop_instance_uid);
  writer.uid(0x0010, transfer_syntax_uid);
  writer.uid(0x0012, implementation_class_uid);
  writer.text(0x0013, "SH", implementation_version_name, ' ');
  writer.aet(0x0016, source_aet);
  writer.aet(0x0018, receiving_aet);
  const auto length = static_cast<uint32_t>(out.size() - counted_from);
  for (size_t i = 0; i < 4; ++i) out[group_length_at + i] = static_cast<uint8_t>(length >> (8 * i));
  return out;
}

caf::expected<part10_reading> read_part10_meta(const uint8_t* data, size_t size, bool whole) {
  const auto shown = size > preamble_length ? std::min(size - preamble_length, prefix.size()) : 0;
  const bool prefix_fits = shown == 0 || std::memcmp(data + preamble_length, prefix.data(), shown) == 0;
  if (!prefix_fits || (whole && size < meta_start))
    return failure(errc::malformed_data_set, "not a DICOM Part 10 file: no \"DICM\" after byte 128");
  part10_reading result;
  auto& meta = result.meta;
  size_t at = meta_start;
  while (true) {
    if (size >= meta_start && whole && at == size) break;
    if (size < at + 2) return unfinished(size, whole);
    if (read_u16(data + at, false) != 0x0002) break;
    if (size < at + 4) return unfinished(size, whole);
    const auto head = read_element(data + at, size - at);
    if (head.header == 0) return unfinished(size, whole);
    if (head.length > max_part10_header)
      return failure(errc::malformed_data_set, describe_tag(head.tag) + " at byte " + std::to_string(at) +
                                                   " declares " + std::to_string(head.length) + " bytes");
    const auto next = at + head.header + head.length;
    if (next > size) return unfinished(size, whole);
    keep(meta, head, data + at + head.header);
    at = next;
  }
  if (meta.transfer_syntax_uid.empty())
    return failure(errc::malformed_data_set, "the DICOM header of the file has no TransferSyntaxUID (0002,0010)");
  result.state = part10_state::complete;
  meta.data_set_offset = at;
  return result;
}

} // namespace noctis
