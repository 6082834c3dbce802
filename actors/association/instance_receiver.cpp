#include "actors/association/instance_receiver.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr uint64_t least_lease = uint64_t{1} << 20;

} // namespace

caf::error memory_lease::reserve(uint64_t bytes, bool wait, std::chrono::seconds patience) {
  caf::error result;
  self_->request(budget_, patience, reserve_bytes{bytes, wait})
      .receive([&] { bytes_ += bytes; }, [&](caf::error& error) { result = std::move(error); });
  return result;
}

caf::error memory_lease::acquire(std::chrono::seconds patience) {
  if (bytes_ >= least_lease) return {};
  if (reserve(least_lease, true, patience)) {
    self_->send(budget_, release_bytes{least_lease});
    return failure(errc::overloaded, "no memory for another data set; try again later");
  }
  return {};
}

void memory_lease::extend() {
  if (bytes_ >= max_message_bytes) return;
  // Refused, the data set goes on in smaller pieces.
  reserve(max_message_bytes - bytes_, false, std::chrono::seconds{5});
}

void memory_lease::give_back() {
  if (bytes_ == 0) return;
  self_->send(budget_, release_bytes{bytes_});
  bytes_ = 0;
}

instance_receiver::instance_receiver(caf::blocking_actor* self, intake_actor intake, memory_lease& lease, arrival about,
                                     size_t expected_bytes, std::chrono::seconds timeout)
    : self_(self), intake_(std::move(intake)), lease_(lease), about_(std::move(about)), timeout_(timeout) {
  buffer_.reserve(std::min<size_t>(expected_bytes, lease_.bytes()));
}

void instance_receiver::append(const uint8_t* data, size_t size) {
  bytes_ += size;
  while (size > 0 && !failed_) {
    if (buffer_.size() + size > lease_.bytes()) lease_.extend();
    const auto taken = std::min<size_t>(size, lease_.bytes() - buffer_.size());
    buffer_.insert(buffer_.end(), data, data + taken);
    data += taken;
    size -= taken;
    if (size > 0) flush();
  }
}

void instance_receiver::flush() {
  const auto keep_error = [this](caf::error& error) { failed_ = std::move(error); };
  if (!in_pieces_) {
    in_pieces_ = true;
    self_->request(intake_, timeout_, open_atom::value, about_).receive([] {}, keep_error);
    if (failed_) return;
  }
  blob piece{std::move(buffer_)};
  buffer_ = {};
  self_->request(intake_, timeout_, append_atom::value, piece).receive([] {}, keep_error);
}

caf::expected<store_outcome> instance_receiver::finish() {
  if (in_pieces_ && !failed_ && !buffer_.empty()) flush();
  if (failed_) {
    drop();
    return failed_;
  }
  caf::expected<store_outcome> result{store_outcome{}};
  const auto keep = [&](store_outcome& outcome) { result = std::move(outcome); };
  const auto keep_error = [&](caf::error& error) { result = std::move(error); };
  if (in_pieces_) {
    self_->request(intake_, timeout_, finish_atom::value).receive(keep, keep_error);
  } else {
    self_->request(intake_, timeout_, about_, blob{std::move(buffer_)}).receive(keep, keep_error);
  }
  return result;
}

void instance_receiver::drop() {
  if (in_pieces_) self_->send(intake_, drop_atom::value);
}

} // namespace noctis
