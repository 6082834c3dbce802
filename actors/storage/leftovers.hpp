#pragma once

#include "actors/storage/file_store.hpp"

#include <string>
#include <vector>

namespace noctis::storage {

/// Returns the time (ms since the epoch) before which every file of the store is settled, 0 where none is kept yet.
int64_t read_checkpoint(const layout& where);

/// Keeps `time` as the checkpoint, durably.
caf::error write_checkpoint(const layout& where, int64_t time);

/// Returns the finished files (paths relative to the base, instances and quarantined ones) written from `checkpoint`
/// until the search began, after removing the unfinished ones of that time. Both ms since the epoch.
std::vector<std::string> leftovers(const layout& where, int64_t checkpoint, int64_t search_begin);

} // namespace noctis::storage
