#include "actors/intake/instance_reader.hpp"

#include "dicom/header.hpp"
#include "dicom/part10.hpp"

namespace noctis {

void instance_reader::begin_data_set(const std::string& transfer_syntax_uid) {
  transfer_syntax_uid_ = transfer_syntax_uid;
  scanner_.emplace(transfer_syntax_uid);
}

caf::error instance_reader::scan(const uint8_t* data, size_t size) {
  digest_.update(data, size);
  return scanner_->feed(data, size);
}

caf::error instance_reader::feed_part10_header(const blob& bytes) {
  const uint8_t* data = bytes.data();
  size_t size = bytes.size();
  if (!prefix_.empty()) {
    prefix_.insert(prefix_.end(), data, data + size);
    data = prefix_.data();
    size = prefix_.size();
  }
  auto reading = read_part10_meta(data, size, false);
  if (!reading) return reading.error();
  if (reading->state == part10_state::need_more) {
    if (prefix_.empty()) prefix_.assign(data, data + size);
    return {};
  }
  begin_data_set(reading->meta.transfer_syntax_uid);
  auto result = scan(data + reading->meta.data_set_offset, size - reading->meta.data_set_offset);
  prefix_ = {};
  return result;
}

caf::error instance_reader::feed(const blob& bytes) {
  if (scanner_) return scan(bytes.data(), bytes.size());
  if (about_.part10) return feed_part10_header(bytes);
  begin_data_set(about_.transfer_syntax_uid);
  return scan(bytes.data(), bytes.size());
}

caf::expected<parsed_instance> instance_reader::finish() {
  if (!scanner_ && !about_.part10) begin_data_set(about_.transfer_syntax_uid);
  if (!scanner_) {
    auto reading = read_part10_meta(prefix_.data(), prefix_.size(), true);
    if (!reading) return reading.error();
    if (reading->state == part10_state::need_more) return failure(errc::truncated_data_set, "no data set");
    begin_data_set(reading->meta.transfer_syntax_uid);
  }
  if (auto error = scanner_->finish()) return error;
  auto header = read_header(*scanner_, transfer_syntax_uid_);
  if (auto error = validate(header, about_.sop_class_uid, about_.sop_instance_uid)) return error;
  return parsed_instance{std::move(header), digest_.hex()};
}

} // namespace noctis
