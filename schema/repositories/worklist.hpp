#pragma once

#include "messages/query.hpp"

#include <cstdint>
#include <string>
#include <vector>

// The worklist's question as SQL. For the sources of this room alone.

namespace noctis::schema {

/// The most studies that a worklist counts, and through which it can be paged.
inline constexpr int64_t max_count = 100'000;

/// Two statements with the same parameters.
struct worklist_sql {
  std::string page;
  std::string count; ///< a number; `max_count + 1` for more
  std::vector<std::string> parameters;
};

/// Throws `invalid_argument` for values that a field does not allow.
worklist_sql worklist_of(const study_filter& filter);

} // namespace noctis::schema
