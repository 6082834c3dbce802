#include "http/files/instance_sink.hpp"

#include "http/request/problem.hpp"

#include <caf/exit_reason.hpp>
#include <caf/send.hpp>

#include <cstring>

namespace noctis {

namespace {

constexpr auto not_part10 = "not a DICOM Part 10 file";

bool is_part10(const blob::buffer& bytes) {
  return bytes.size() >= instance_sink::magic_end && std::memcmp(bytes.data() + 128, "DICM", 4) == 0;
}

} // namespace

instance_sink::instance_sink(gateway& actors, const std::function<intake_actor()>& new_intake, principal from,
                             channel by)
    : actors_(actors), new_intake_(new_intake), from_(std::move(from)), by_(by) {}

instance_sink::~instance_sink() {
  drop();
  if (intake_) caf::anon_send_exit(intake_, caf::exit_reason::user_shutdown);
}

const intake_actor& instance_sink::intake() {
  if (!intake_) intake_ = new_intake_();
  return intake_;
}

arrival instance_sink::what_arrives() const {
  arrival result;
  result.from = from_;
  result.by = by_;
  result.part10 = true;
  return result;
}

void instance_sink::begin() {
  buffer_.clear();
  checked_ = false;
  reason_.clear();
  code_ = errc::none;
}

void instance_sink::write(const char* data, size_t size) {
  while (size > 0 && !refused()) {
    const auto count = std::min(size, max_message_bytes - buffer_.size());
    buffer_.insert(buffer_.end(), data, data + count);
    data += count;
    size -= count;
    if (!checked_ && buffer_.size() >= magic_end) {
      checked_ = true;
      if (!is_part10(buffer_)) refuse(not_part10, errc::malformed_data_set);
    }
    if (buffer_.size() == max_message_bytes) send_piece();
  }
}

void instance_sink::send_piece() {
  if (!open_) {
    const auto opened = actors_.try_ask<void>(intake(), patience::storing, open_atom::value, what_arrives());
    if (!opened) return refuse(opened.error());
    open_ = true;
  }
  const auto appended = actors_.try_ask<void>(intake_, patience::storing, append_atom::value, blob{std::move(buffer_)});
  buffer_ = {};
  if (!appended) refuse(appended.error());
}

upload_result instance_sink::finish() {
  if (!checked_ && !refused()) refuse(not_part10, errc::malformed_data_set);
  if (open_ && !refused() && !buffer_.empty()) send_piece();
  if (!refused()) {
    auto answer =
        open_ ? actors_.try_ask<store_outcome>(intake_, patience::storing, finish_atom::value)
              : actors_.try_ask<store_outcome>(intake(), patience::storing, what_arrives(), blob{std::move(buffer_)});
    buffer_ = {};
    open_ = false;
    if (answer)
      return {"",
              answer->what == disposition::duplicate ? "duplicate" : "stored",
              answer->sop_instance_uid,
              answer->study_instance_uid,
              "",
              errc::none};
    refuse(answer.error());
  }
  drop();
  return {"", "refused", "", "", reason_, code_};
}

void instance_sink::drop() {
  buffer_ = {};
  if (open_) (void)actors_.try_ask<void>(intake_, patience::reading, drop_atom::value);
  open_ = false;
}

void instance_sink::refuse(std::string reason, errc code) {
  if (!refused()) {
    reason_ = std::move(reason);
    code_ = code;
  }
  drop();
}

void instance_sink::refuse(const caf::error& error) {
  const auto code = code_of(error);
  refuse(problem_of(error).detail, code);
  if (code == errc::internal || code == errc::timeout || code == errc::shutting_down) {
    caf::anon_send_exit(intake_, caf::exit_reason::user_shutdown);
    intake_ = nullptr; // it may be dead: the next file gets a new one
  }
}

} // namespace noctis
