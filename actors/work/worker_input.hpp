#pragma once

#include "actors/storage/stored_instance.hpp"
#include "actors/work/worker_process.hpp"

#include <string>

namespace noctis {

/// Sends the bytes of an instance that is kept to a worker, whose `begin` was told their number. `unread` gets the
/// error where its bytes cannot be read, which is returned as well. Errors: as of `stored_instance::read` and
/// `worker_process`.
caf::error send_bytes(worker_process& worker, stored_instance& stored, caf::error* unread = nullptr);

/// Returns the study_uid that a job's payload names. Error: `invalid_argument`, that `what` names one.
caf::expected<std::string> study_uid_in(const std::string& payload, const std::string& what);

} // namespace noctis
