#pragma once

#include "messages/query.hpp"

#include <cstdint>
#include <string>
#include <vector>

// The worklist's question as SQL. For the sources of this room alone.

namespace noctis::schema {

/// The most studies through which a worklist can be paged, and that it counts.
inline constexpr int64_t max_count = 100'000;

/// The most that it counts of those that words find, for each has to be looked at.
inline constexpr int64_t max_count_of_words = 1000;

/// Two statements with the same parameters.
struct worklist_sql {
  std::string page;
  std::string count; ///< a number; one above `counts_to` for more
  int64_t counts_to = max_count;
  int64_t skipped = 0; ///< studies before the page
  std::vector<std::string> parameters;
};

/// Throws `invalid_argument` for values that a field does not allow.
worklist_sql worklist_of(const study_filter& filter);

} // namespace noctis::schema
