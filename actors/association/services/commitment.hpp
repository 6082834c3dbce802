#pragma once

#include "actors/association/dialogue.hpp"
#include "actors/network/commitment.hpp"

#include <chrono>
#include <vector>

namespace noctis {

/// The Storage Commitment Push Model of one association (PS3.4 J). A request is answered once it is a durable job.
/// While the peer then stays and is silent, the association does the job itself and reports over itself; if it cannot,
/// the job does so over an association of its own.
class commitment_provider {
public:
  explicit commitment_provider(dialogue& with) : with_(with) {}

  /// Answers an N-ACTION.
  OFCondition answer(T_ASC_PresentationContextID id, const T_DIMSE_N_ActionRQ& request);

  /// Whether there are requests to report of.
  [[nodiscard]] bool has_pending() const { return !pending_.empty(); }

  /// Checks and reports what is pending, as far as the time allows. Bad when the association is of no more use.
  OFCondition report();

private:
  using clock = std::chrono::steady_clock;
  struct promised {
    T_ASC_PresentationContextID context = 0;
    commitment_request request;
    int64_t job = 0;
    clock::time_point due; ///< when the job begins
  };

  caf::expected<int64_t> submit(const commitment_request& request);
  OFCondition report(const promised& one);

  dialogue& with_;
  std::vector<promised> pending_;
};

} // namespace noctis
