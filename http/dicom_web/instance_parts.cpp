#include "http/dicom_web/instance_parts.hpp"

#include "dicom/pixels/transcode.hpp"
#include "http/dicom_web/stored_source.hpp"

#include <algorithm>
#include <utility>

namespace noctis {

namespace {

std::string headers_of(const std::string& syntax, uint64_t length) {
  return "Content-Type: application/dicom; transfer-syntax=" + syntax +
         "\r\nContent-Length: " + std::to_string(length) + "\r\n";
}

} // namespace

std::string syntax_to_send(const std::string& stored, const std::vector<std::string>& welcome) {
  if (welcome.empty() || std::find(welcome.begin(), welcome.end(), stored) != welcome.end()) return stored;
  const auto possible =
      std::find_if(welcome.begin(), welcome.end(), [&](const auto& to) { return can_transcode(stored, to); });
  return possible == welcome.end() ? std::string() : *possible;
}

instance_parts::instance_parts(context& c, instance_walk walk, std::vector<std::string> welcome)
    : app_(c.app), actors_(c.actors), walk_(std::move(walk)), welcome_(std::move(welcome)) {}

std::optional<std::string> instance_parts::next_part() {
  const auto* image = walk_.next();
  if (image == nullptr) return std::nullopt;
  const auto& stored = image->attributes.transfer_syntax_uid;
  const auto syntax = syntax_to_send(stored, welcome_);
  if (syntax.empty())
    throw refusal(problem_of(406, "Instance " + image->attributes.sop_instance_uid + " is kept in transfer syntax " +
                                      stored + " and cannot be given in the one that is asked for."));
  if (syntax != stored) {
    transcoded_ = transcoded_file(app_, actors_, *image, syntax);
    stream_.reset();
    return headers_of(syntax, transcoded_.size());
  }
  stream_ = std::make_unique<instance_stream>(actors_, image->locations);
  stream_->open(0, stream_->size());
  return headers_of(syntax, stream_->size());
}

blob instance_parts::next_bytes() { return stream_ ? stream_->next() : std::exchange(transcoded_, {}); }

} // namespace noctis
