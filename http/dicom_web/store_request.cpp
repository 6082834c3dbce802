#include "http/dicom_web/store_request.hpp"

#include "http/request/accept.hpp"

#include <algorithm>
#include <utility>

namespace noctis {

namespace {

constexpr size_t first_look = size_t{64} << 10;
constexpr size_t last_look = size_t{4} << 20;

std::string type_of(const part_head& head) {
  const auto header = head.headers.find("content-type");
  if (header == head.headers.end()) return "application/dicom"; // as RFC 2387 has it: that of the root
  return parse_content_type(header->second).type;
}

std::string header_of(const part_head& head, const char* name) {
  const auto found = head.headers.find(name);
  return found == head.headers.end() ? std::string() : found->second;
}

} // namespace

store_request::store_request(context& c, std::string study)
    : context_(c), study_(std::move(study)), sink_(*c.actors, c.app.actors.new_intake, c.who, channel::stow) {}

std::string store_request::read_body(const httplib::ContentReceiver& take) {
  uint64_t received = 0;
  const auto most = context_.app.options.max_upload;
  const auto whole = (*context_.body)([&](const char* bytes, size_t size) {
    received += size;
    return received <= most && take(bytes, size);
  });
  if (received > most) return "the body is larger than " + std::to_string(most) + " bytes";
  return whole ? "" : "the body ended before its time";
}

std::vector<store_result> store_request::read_parts(const std::string& boundary) {
  multipart_parser parser(boundary, {[this](const part_head& head) { return begin_part(head); },
                                     [this](const char* bytes, size_t size) { return take(bytes, size); },
                                     [this] { return end_part(); }});
  auto wrong = read_body([&](const char* bytes, size_t size) { return parser.feed(bytes, size); });
  if (!error_.empty()) wrong = error_;
  if (!parser.error().empty()) wrong = parser.error();
  if (wrong.empty() && !parser.complete()) wrong = "the body ended before its closing boundary";
  if (wrong.empty()) {
    store_described();
  } else {
    sink_.drop();
    if (results_.empty()) throw refusal(errc::invalid_argument, wrong);
    results_.push_back({identity_, errc::malformed_data_set, wrong});
  }
  if (results_.empty()) throw refusal(errc::invalid_argument, "The request holds no instances.");
  return std::move(results_);
}

std::vector<store_result> store_request::read_file() {
  begin_instance();
  const auto wrong = read_body([&](const char* bytes, size_t size) {
    take_instance(bytes, size);
    return true;
  });
  if (!wrong.empty()) {
    sink_.drop();
    throw refusal(errc::invalid_argument, wrong);
  }
  end_instance();
  return std::move(results_);
}

bool store_request::begin_part(const part_head& head) {
  const auto type = type_of(head);
  identity_ = {};
  if (type == "application/dicom") {
    kind_ = part_kind::instance;
    begin_instance();
  } else if (type == "application/dicom+json") {
    kind_ = part_kind::metadata;
    described_.begin_metadata();
  } else if (type == "application/dicom+xml") {
    error_ = "metadata is taken as application/dicom+json, not as XML";
    return false;
  } else {
    kind_ = part_kind::bulk_data;
    auto name = header_of(head, "content-location");
    if (name.empty()) name = header_of(head, "content-id");
    described_.begin_bulk_data(name, type, header_parameter(header_of(head, "content-type"), "transfer-syntax"));
  }
  return true;
}

bool store_request::take(const char* bytes, size_t size) {
  if (kind_ == part_kind::instance) {
    take_instance(bytes, size);
    return true;
  }
  error_ = described_.add(bytes, size);
  return error_.empty();
}

bool store_request::end_part() {
  if (kind_ == part_kind::instance) end_instance();
  kind_ = part_kind::none;
  return true;
}

void store_request::begin_instance() {
  sink_.begin();
  start_.clear();
  looked_ = false;
  next_look_ = first_look;
  identity_ = {};
}

void store_request::take_instance(const char* bytes, size_t size) {
  if (looked_) return sink_.write(bytes, size);
  start_.append(bytes, size);
  if (start_.size() < next_look_) return;
  next_look_ = start_.size() * 2;
  look(false);
}

void store_request::look(bool whole) {
  identity_ = identify(reinterpret_cast<const uint8_t*>(start_.data()), start_.size());
  if (!identity_.is_complete() && !whole && start_.size() < last_look) return;
  looked_ = true;
  if (!study_.empty() && identity_.study != study_)
    sink_.refuse("The instance belongs to study " + (identity_.study.empty() ? "(none)" : identity_.study) + ".",
                 errc::sop_class_mismatch);
  sink_.write(start_.data(), start_.size());
  start_ = {};
}

void store_request::end_instance() {
  if (!looked_) look(true);
  add(std::exchange(identity_, {}), sink_.finish());
}

void store_request::add(instance_identity what, const upload_result& became) {
  const auto kept = became.status != "refused";
  if (kept && what.sop_instance.empty()) what.sop_instance = became.sop_instance_uid;
  if (kept && what.study.empty()) what.study = became.study_instance_uid;
  results_.push_back({std::move(what), kept ? errc::none : became.code, became.reason});
}

void store_request::store_described() {
  const auto wrong = described_.for_each([this](instance_identity what, caf::expected<blob> file) {
    if (file && !study_.empty() && what.study != study_)
      file = failure(errc::sop_class_mismatch, "The instance belongs to another study.");
    if (!file) {
      results_.push_back({std::move(what), code_of(file.error()), reason_of(file.error())});
      return;
    }
    sink_.begin();
    sink_.write(reinterpret_cast<const char*>(file->data()), file->size());
    add(std::move(what), sink_.finish());
  });
  if (wrong) throw refusal(errc::invalid_argument, reason_of(wrong));
}

} // namespace noctis
