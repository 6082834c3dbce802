#include "http/files/instance_stream.hpp"

#include <algorithm>

namespace noctis {

namespace {

std::string hex(const XXH128_hash_t& hash) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, hash);
  constexpr auto digits = "0123456789abcdef";
  std::string text;
  for (const auto byte : canonical.digest) {
    text += digits[byte >> 4u];
    text += digits[byte & 15u];
  }
  return text;
}

} // namespace

instance_stream::instance_stream(std::shared_ptr<gateway> actors, std::vector<location> copies)
    : actors_(std::move(actors)), copies_(std::move(copies)), digest_(XXH3_createState(), XXH3_freeState) {
  const auto differs = [this](const location& copy) {
    return copy.checksum != copies_.front().checksum || copy.length != copies_.front().length;
  };
  copies_.erase(std::remove_if(copies_.begin(), copies_.end(), differs), copies_.end());
}

instance_stream::~instance_stream() = default;

uint64_t instance_stream::next_length() const { return std::min(piece, end_ - at_); }

void instance_stream::open(uint64_t offset, uint64_t length) {
  if (copies_.empty())
    throw actor_failure{failure(errc::storage_unavailable, "no readable copy of the instance is known")};
  at_ = offset;
  end_ = offset + length;
  whole_ = offset == 0 && length == size();
  XXH3_128bits_reset(digest_.get());
  for (;;) {
    auto bytes = fetch(at_, next_length());
    const auto only = whole_ && bytes.size() == length;
    if (!only || hex(XXH3_128bits(bytes.data(), bytes.size())) == copies_.front().checksum) {
      at_ += bytes.size();
      check(bytes, false);
      first_ = std::move(bytes);
      prefetch();
      return;
    }
    last_error_ =
        failure(errc::storage_failure, "wrong checksum: " + copies_[current_].node + ":" + copies_[current_].path);
    if (++current_ >= copies_.size()) throw actor_failure{last_error_};
  }
}

blob instance_stream::next() {
  if (first_) {
    auto bytes = std::move(*first_);
    first_.reset();
    return bytes;
  }
  if (at_ >= end_) return {};
  auto bytes = fetch(at_, next_length());
  at_ += bytes.size();
  check(bytes, at_ == end_);
  prefetch();
  return bytes;
}

void instance_stream::check(const blob& bytes, bool last) {
  if (!whole_) return;
  XXH3_128bits_update(digest_.get(), bytes.data(), bytes.size());
  if (last && hex(XXH3_128bits_digest(digest_.get())) != copies_.front().checksum)
    throw actor_failure{
        failure(errc::storage_failure, "wrong checksum: " + copies_[current_].node + ":" + copies_[current_].path)};
}

void instance_stream::prefetch() {
  if (at_ >= end_) return;
  const auto& copy = copies_[current_];
  const auto readers = actors_->readers_of(copy.node);
  if (!readers.empty())
    pending_.emplace(actors_->self()->request(readers.front(), patience::reading,
                                              read_range{copy.path, copy.offset + at_, next_length()}));
}

blob instance_stream::fetch(uint64_t offset, uint64_t length) {
  if (pending_) {
    auto answer = actors_->await<blob>(*pending_);
    pending_.reset();
    if (answer && answer->size() == length) return std::move(*answer);
  }
  for (; current_ < copies_.size(); ++current_) {
    if (auto bytes = fetch_from(copies_[current_], offset, length)) return std::move(*bytes);
  }
  throw actor_failure{last_error_};
}

std::optional<blob> instance_stream::fetch_from(const location& copy, uint64_t offset, uint64_t length) {
  last_error_ = failure(errc::storage_unavailable, "the store of node " + copy.node + " cannot be reached");
  for (const auto& reader : actors_->readers_of(copy.node)) {
    auto answer =
        actors_->try_ask<blob>(reader, patience::reading, read_range{copy.path, copy.offset + offset, length});
    if (answer && answer->size() == length) return std::move(*answer);
    last_error_ = answer ? failure(errc::storage_failure, "short file: " + copy.node + ":" + copy.path)
                         : std::move(answer.error());
  }
  return std::nullopt;
}

} // namespace noctis
