#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace noctis::bench {

/// What one association, or all of them together, saw.
struct tally {
  std::vector<double> latencies_ms;              ///< of every acknowledged store, from the first byte to the response
  std::map<std::string, std::uint64_t> failures; ///< by status ("0xA700") or by reason of a broken association
  std::uint64_t bytes = 0;                       ///< of acknowledged data sets
  std::uint64_t reconnects = 0;

  void add(tally&& other);
};

/// The whole run.
struct result {
  tally stores;
  double seconds = 0;     ///< from the first store to the last response; associations stand before and after
  double cpu_seconds = 0; ///< of this client in that time
  std::uint64_t seed = 0;
};

/// The figures for people, a line each.
std::string as_text(const result& run);

/// The same as one JSON object: instances, bytes, seconds, per_second, mb_per_second, p50_ms, p95_ms, p99_ms, max_ms,
/// failures, reconnects, client_cpu_seconds, seed.
std::string as_json(const result& run);

} // namespace noctis::bench
