#pragma once

#include "bench/fleet/pdus.hpp"
#include "bench/fleet/slices.hpp"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace noctis::bench {

/// The server to send to, and how.
struct peer {
  std::string host;
  std::uint16_t port = 0;
  std::string called;
  std::string calling;
  bool nodelay = true;
  std::chrono::seconds timeout{60}; ///< for connecting, for one write and for one response
};

/// Prepares the network library for all associations of this process. Once, before the first of them.
void prepare_network(const peer& to);

/// One association over which instances go out one after the other. Not to be shared between threads.
class association {
public:
  /// Proposes a presentation context for every pair of SOP class and transfer syntax among the slices. Throws
  /// std::runtime_error with the reason when the peer isn't there or rejects.
  association(const peer& to, const std::vector<slice>& slices);
  association(const association&) = delete;
  association& operator=(const association&) = delete;
  /// Aborts an association that wasn't released.
  ~association();

  /// Sends one instance and waits for the response; the DIMSE status. Throws std::runtime_error when the association
  /// broke or the peer accepted no presentation context for the slice.
  std::uint16_t store(const payload& data, const slice& original);

  void release();

private:
  using context_key = std::pair<std::string, std::string>;

  void propose(T_ASC_Parameters& parameters, const std::vector<slice>& slices);

  int timeout_;
  T_ASC_Network* network_ = nullptr;
  T_ASC_Association* association_ = nullptr;
  std::map<context_key, T_ASC_PresentationContextID> contexts_;
  std::optional<pdu_writer> writer_;
};

} // namespace noctis::bench
