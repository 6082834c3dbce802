#include "http/files/upload.hpp"

namespace noctis {

namespace {

constexpr std::string_view zip_magic("PK\x03\x04", 4);
constexpr std::string_view empty_zip_magic("PK\x05\x06", 4);
constexpr size_t longest_name = 255;

std::string shown_name(const part_head& head) {
  auto name = head.filename;
  const auto slash = name.find_last_of("/\\");
  if (slash != std::string::npos) name.erase(0, slash + 1);
  return name.empty() ? head.name : valid_utf8(name.substr(0, longest_name));
}

} // namespace

upload_reader::upload_reader(context& c, const std::string& boundary)
    : context_(c), sink_(*c.actors, c.app.actors.new_intake, c.who, channel::upload),
      parser_(boundary,
              {[this](const part_head& head) { return begin(head); },
               [this](const char* bytes, size_t size) { return data(bytes, size); }, [this] { return end(); }}) {}

std::vector<upload_result> upload_reader::read() {
  const auto whole = (*context_.body)([this](const char* bytes, size_t size) {
    received_ += size;
    return received_ <= context_.app.options.max_upload && parser_.feed(bytes, size);
  });
  if (received_ > context_.app.options.max_upload)
    error_ = "the upload is larger than " + std::to_string(context_.app.options.max_upload) + " bytes";
  else if (!parser_.error().empty())
    error_ = parser_.error();
  else if (!whole || !parser_.complete())
    error_ = "the upload ended before its closing boundary";
  if (!error_.empty()) cut_off(error_);
  return std::move(results_);
}

void upload_reader::add(upload_result result) {
  result.name = name_;
  results_.push_back(std::move(result));
}

void upload_reader::cut_off(const std::string& why) {
  if (kind_ == part_kind::zip) {
    for (auto& result : zip_->end(false)) results_.push_back(std::move(result));
    zip_.reset();
  } else if (kind_ == part_kind::instance || kind_ == part_kind::unknown) {
    sink_.drop();
    add({"", "refused", "", "", why});
  }
  kind_ = part_kind::none;
}

bool upload_reader::begin(const part_head& head) {
  name_ = shown_name(head);
  start_.clear();
  kind_ = head.name == "file" || !head.filename.empty() ? part_kind::unknown : part_kind::field;
  return true;
}

void upload_reader::decide() {
  if (start_.size() >= zip_magic.size() && (start_.compare(0, zip_magic.size(), zip_magic) == 0 ||
                                            start_.compare(0, zip_magic.size(), empty_zip_magic) == 0)) {
    kind_ = part_kind::zip;
    zip_ = std::make_unique<zip_upload>(context_, name_);
    zip_->write(start_.data(), start_.size());
    return;
  }
  kind_ = part_kind::instance;
  sink_.begin();
  sink_.write(start_.data(), start_.size());
}

bool upload_reader::data(const char* bytes, size_t size) {
  switch (kind_) {
  case part_kind::unknown:
    start_.append(bytes, size);
    if (start_.size() >= zip_magic.size()) decide();
    break;
  case part_kind::instance:
    sink_.write(bytes, size);
    break;
  case part_kind::zip:
    zip_->write(bytes, size);
    break;
  default:
    break;
  }
  return true;
}

bool upload_reader::end() {
  if (kind_ == part_kind::unknown) decide();
  if (kind_ == part_kind::instance) {
    add(sink_.finish());
  } else if (kind_ == part_kind::zip) {
    for (auto& result : zip_->end(true)) results_.push_back(std::move(result));
    zip_.reset();
  }
  kind_ = part_kind::none;
  return true;
}

} // namespace noctis
