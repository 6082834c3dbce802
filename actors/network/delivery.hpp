#pragma once

#include "actors/intake/intake.hpp"
#include "actors/work/job_worker.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// Brings instances that a job has written into the archive, by the way that all instances take; it is gone with its
/// intake.
class delivery {
public:
  delivery(running_job& running, const intake_options& options);
  ~delivery();
  delivery(const delivery&) = delete;
  delivery& operator=(const delivery&) = delete;

  /// Stores a Part 10 file. Errors: as of the intake.
  caf::error store(std::vector<uint8_t> file);

private:
  template <class... Ts>
  caf::error tell(const Ts&... what);
  template <class... Ts>
  caf::error ask(const Ts&... what);

  caf::blocking_actor* self_;
  intake_actor taker_;
  arrival about_;
};

/// Stores a Part 10 file unless the archive has an instance of its SOP Instance UID already: an earlier attempt may
/// have got so far, and its bytes stay. Answers whether it was stored now. Errors: as of the intake and the index.
caf::expected<bool> deliver_once(running_job& running, const intake_options& options,
                                 const std::string& sop_instance_uid, std::vector<uint8_t> file);

} // namespace noctis
