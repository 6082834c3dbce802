#pragma once

#include "messages/actors.hpp"

#include <caf/blocking_actor.hpp>

#include <chrono>
#include <cstdint>

namespace noctis {

/// An association's share of the node's memory budget. It is kept from one instance to the next and given back
/// when the association idles.
class memory_lease {
public:
  memory_lease(caf::blocking_actor* self, budget_actor budget) : self_(self), budget_(std::move(budget)) {}
  memory_lease(const memory_lease&) = delete;
  memory_lease& operator=(const memory_lease&) = delete;
  ~memory_lease() { give_back(); }

  /// Waits until the least that a data set needs is granted. errc::overloaded when it takes too long.
  caf::error acquire(std::chrono::seconds patience);

  /// Asks for enough for a whole message, without waiting.
  void extend();

  void give_back();
  [[nodiscard]] uint64_t bytes() const { return bytes_; }

private:
  caf::error reserve(uint64_t bytes, bool wait, std::chrono::seconds patience);

  caf::blocking_actor* self_;
  budget_actor budget_;
  uint64_t bytes_ = 0;
};

/// Takes the data set of one C-STORE as it arrives and gives it to the intake: whole when it fits into the lease,
/// else in pieces while the rest still arrives.
class instance_receiver {
public:
  instance_receiver(caf::blocking_actor* self, intake_actor intake, memory_lease& lease, arrival about,
                    size_t expected_bytes, std::chrono::seconds timeout);

  /// Takes the next fragment. Once something has failed, the rest is ignored and `finish` tells.
  void append(const uint8_t* data, size_t size);

  /// All fragments are there. Returns the outcome or why the instance is not kept.
  caf::expected<store_outcome> finish();

  /// The peer went away in the middle.
  void drop();

  [[nodiscard]] uint64_t bytes() const { return bytes_; }

private:
  void flush();

  caf::blocking_actor* self_;
  intake_actor intake_;
  memory_lease& lease_;
  arrival about_;
  std::chrono::seconds timeout_;
  blob::buffer buffer_;
  uint64_t bytes_ = 0;
  bool in_pieces_ = false;
  caf::error failed_;
};

} // namespace noctis
