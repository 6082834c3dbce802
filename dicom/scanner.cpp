#include "dicom/scanner.hpp"

#include "dicom/kept_collector.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace noctis {

const std::vector<tag_number>& header_tags() {
  static const std::vector<tag_number> tags{
      0x00080005, // SpecificCharacterSet
      0x00080008, // ImageType
      0x00080012, // InstanceCreationDate
      0x00080013, // InstanceCreationTime
      0x00080016, // SOPClassUID
      0x00080018, // SOPInstanceUID
      0x00080020, // StudyDate
      0x00080021, // SeriesDate
      0x00080022, // AcquisitionDate
      0x00080023, // ContentDate
      0x00080030, // StudyTime
      0x00080031, // SeriesTime
      0x00080032, // AcquisitionTime
      0x00080033, // ContentTime
      0x00080050, // AccessionNumber
      0x00080060, // Modality
      0x00080070, // Manufacturer
      0x00080080, // InstitutionName
      0x00080090, // ReferringPhysicianName
      0x00081010, // StationName
      0x00081030, // StudyDescription
      0x0008103E, // SeriesDescription
      0x00100010, // PatientName
      0x00100020, // PatientID
      0x00100021, // IssuerOfPatientID
      0x00100030, // PatientBirthDate
      0x00100040, // PatientSex
      0x00180015, // BodyPartExamined
      0x00181030, // ProtocolName
      0x0020000D, // StudyInstanceUID
      0x0020000E, // SeriesInstanceUID
      0x00200010, // StudyID
      0x00200011, // SeriesNumber
      0x00200012, // AcquisitionNumber
      0x00200013, // InstanceNumber
      0x00200052, // FrameOfReferenceUID
      0x00200060, // Laterality
      0x00280008, // NumberOfFrames
      0x00280010, // Rows
      0x00280011, // Columns
      0x00280100, // BitsAllocated
  };
  return tags;
}

class header_scanner::keeper : public data_set_sink {
public:
  keeper(std::vector<tag_number> tags, scan_limits limits, bool collects) : tags_(std::move(tags)), limits_(limits) {
    kept_.reserve(tags_.size());
    if (collects) collector_.emplace();
  }

  bool wants(const element& head) override {
    const bool collected = collector_ && collector_->wants(head);
    if (head.depth > 0) return collected;
    if (is_pixel_data(head.tag)) meet_pixel_data(head);
    return wants_itself(head) || collected;
  }

  caf::error value(const element& head, const uint8_t* bytes, size_t size) override {
    if (collector_) collector_->value(head, bytes, size);
    if (!wants_itself(head)) return caf::none;
    total_ += size;
    if (total_ > limits_.kept_total)
      return failure(errc::limit_exceeded, "the attributes of the header, up to " + describe_tag(head.tag) +
                                               ", take more than " + std::to_string(limits_.kept_total) + " bytes");
    kept_.push_back({head.tag, head.big_endian, std::string(reinterpret_cast<const char*>(bytes), size)});
    return caf::none;
  }

  void fragments(const element& head) override {
    if (head.depth == 0 && is_pixel_data(head.tag)) meet_pixel_data(head);
  }

  void begin_sequence(const element& head) override {
    if (collector_) collector_->begin_sequence(head);
  }
  void end_sequence() override {
    if (collector_) collector_->end_sequence();
  }
  void begin_item() override {
    if (collector_) collector_->begin_item();
  }
  void end_item() override {
    if (collector_) collector_->end_item();
  }
  vr implicit_vr(tag_number tag) override { return collector_ ? collector_->implicit_vr(tag) : vr::none; }

  [[nodiscard]] std::string object(query_level level) { return collector_ ? collector_->object(level) : ""; }

  [[nodiscard]] const kept_value* find(tag_number tag) const {
    const auto found = std::find_if(kept_.begin(), kept_.end(), [tag](const auto& value) { return value.tag == tag; });
    return found == kept_.end() ? nullptr : &*found;
  }

  [[nodiscard]] const std::vector<kept_value>& kept() const { return kept_; }
  [[nodiscard]] caf::optional<uint64_t> pixel_data() const { return pixel_data_; }

private:
  [[nodiscard]] bool wants_itself(const element& head) const {
    return head.depth == 0 && std::binary_search(tags_.begin(), tags_.end(), head.tag) && find(head.tag) == nullptr;
  }

  void meet_pixel_data(const element& head) {
    if (!pixel_data_) pixel_data_ = head.offset;
  }

  std::vector<tag_number> tags_;
  scan_limits limits_;
  std::optional<kept_collector> collector_;
  std::vector<kept_value> kept_;
  size_t total_ = 0;
  caf::optional<uint64_t> pixel_data_;
};

header_scanner::header_scanner(const std::string& transfer_syntax_uid, std::vector<tag_number> keep, scan_limits limits)
    : header_scanner(transfer_syntax_uid, std::make_unique<keeper>(std::move(keep), limits, false), limits) {}

header_scanner::header_scanner(const std::string& transfer_syntax_uid)
    : header_scanner(transfer_syntax_uid, std::make_unique<keeper>(header_tags(), scan_limits{}, true), {}) {}

header_scanner::header_scanner(const std::string& transfer_syntax_uid, std::unique_ptr<keeper> sink, scan_limits limits)
    : keeper_(std::move(sink)) {
  const auto how = encoding_of(transfer_syntax_uid);
  if (!how) {
    no_syntax_ = how.error();
    return;
  }
  deflated_ = how->deflated;
  parser_ = std::make_unique<data_set_parser>(*how, *keeper_, limits);
}

header_scanner::~header_scanner() = default;
header_scanner::header_scanner(header_scanner&&) noexcept = default;
header_scanner& header_scanner::operator=(header_scanner&&) noexcept = default;

caf::error header_scanner::feed(const uint8_t* data, size_t size) {
  return parser_ ? parser_->feed(data, size) : no_syntax_;
}

caf::error header_scanner::finish() { return parser_ ? parser_->finish() : no_syntax_; }

const kept_value* header_scanner::find(tag_number tag) const { return keeper_->find(tag); }

std::string header_scanner::kept_object(query_level level) const { return keeper_->object(level); }

const std::vector<kept_value>& header_scanner::kept() const { return keeper_->kept(); }

bool header_scanner::has_pixel_data() const { return static_cast<bool>(keeper_->pixel_data()); }

caf::optional<uint64_t> header_scanner::pixel_data_offset() const {
  if (deflated_) return caf::none;
  return keeper_->pixel_data();
}

} // namespace noctis
