#pragma once

#include "messages/principal.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

// JSON documents that a user's own applications keep: filters, columns, hanging protocols. Nobody else sees them.

struct preference {
  std::string name;       ///< 1 … 64 of a-z, 0-9, "-"
  std::string value;      ///< any JSON, at most 64 KiB
  int64_t version = 0;    ///< counts up from 1
  int64_t updated_at = 0; ///< ms since the epoch, UTC
};

/// Asks for one document of the principal's, or for all.
struct preferences_request {
  principal who;
  std::string name; ///< "": all
};

struct preference_list {
  std::vector<preference> entries; ///< by name
};

/// Writes a document over the version that the writer knows.
struct preference_put {
  principal who;
  std::string name;
  std::string value;
  int64_t version = 0; ///< 0: there is none yet
};

struct preference_outcome {
  bool stored = false; ///< false: `current` has another version than the writer knew
  preference current;
};

struct preference_removal {
  principal who;
  std::string name;
};

template <class I>
typename I::result_type inspect(I& f, preference& x) {
  return f(x.name, x.value, x.version, x.updated_at);
}

template <class I>
typename I::result_type inspect(I& f, preferences_request& x) {
  return f(x.who, x.name);
}

template <class I>
typename I::result_type inspect(I& f, preference_list& x) {
  return f(x.entries);
}

template <class I>
typename I::result_type inspect(I& f, preference_put& x) {
  return f(x.who, x.name, x.value, x.version);
}

template <class I>
typename I::result_type inspect(I& f, preference_outcome& x) {
  return f(x.stored, x.current);
}

template <class I>
typename I::result_type inspect(I& f, preference_removal& x) {
  return f(x.who, x.name);
}

} // namespace noctis
