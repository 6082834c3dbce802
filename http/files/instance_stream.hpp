#pragma once

#include "http/gateway.hpp"

#include <xxhash.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace noctis {

/// The bytes of a stored instance in order, piece by piece, from whichever of its copies can be read. A whole
/// instance is checked against its checksum; the last piece is given out only when it is right.
class instance_stream {
public:
  static constexpr uint64_t piece = uint64_t{1} << 20; ///< bytes

  /// Copies with other bytes than the first are left out.
  instance_stream(std::shared_ptr<gateway> actors, std::vector<location> copies);
  ~instance_stream();
  instance_stream(const instance_stream&) = delete;
  instance_stream& operator=(const instance_stream&) = delete;

  /// Bytes of the whole instance.
  [[nodiscard]] uint64_t size() const { return copies_.empty() ? 0 : copies_.front().length; }

  /// Fetches the first piece of `length` bytes from `offset`; what fits one piece is whole and right after
  /// this. Throws `actor_failure`.
  void open(uint64_t offset, uint64_t length);

  /// The next piece; empty at the end. Throws `actor_failure` when no copy gives the bytes, or wrong ones.
  blob next();

private:
  using pending = decltype(std::declval<caf::blocking_actor&>().request(
      std::declval<const reader_actor&>(), std::chrono::milliseconds(), std::declval<read_range>()));

  blob fetch(uint64_t offset, uint64_t length);
  std::optional<blob> fetch_from(const location& copy, uint64_t offset, uint64_t length);
  void prefetch();
  void check(const blob& bytes, bool last);
  [[nodiscard]] uint64_t next_length() const;

  std::shared_ptr<gateway> actors_;
  std::vector<location> copies_;
  size_t current_ = 0; ///< the copy that is read
  uint64_t at_ = 0;    ///< offset of what is fetched next
  uint64_t end_ = 0;
  bool whole_ = false;
  std::optional<blob> first_;
  std::optional<pending> pending_;
  caf::error last_error_;
  std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t*)> digest_;
};

} // namespace noctis
