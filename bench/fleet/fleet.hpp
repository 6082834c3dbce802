#pragma once

#include "bench/fleet/association.hpp"
#include "bench/fleet/report.hpp"
#include "bench/fleet/slices.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace noctis::bench {

/// What to send, and how persistently.
struct plan {
  peer to;
  unsigned associations = 1;
  std::uint64_t instances = 0;        ///< in total; 0: as many as fit into `seconds`
  double seconds = 0;                 ///< 0: until all instances are sent
  std::uint64_t series = 250;         ///< instances per study and series
  std::uint64_t giant = 0;            ///< bytes of Pixel Data of each instance; 0: the slices as they are
  bool retry = false;                 ///< connect and send again until each instance is acknowledged
  std::chrono::seconds patience{120}; ///< how long a sender tries to connect again before it gives up
  std::string ledger;                 ///< file that gets a line for each acknowledged instance; empty: none
  std::uint64_t seed = 0;
};

/// Opens the associations, lets all of them send at the same moment, and gathers what they saw. Throws
/// std::runtime_error when the ledger can't be opened.
result send_fleet(const plan& what, const std::vector<slice>& slices);

} // namespace noctis::bench
