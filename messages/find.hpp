#pragma once

#include "messages/principal.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

// The one query vocabulary: C-FIND, QIDO-RS, UPS-RS search and REST ask with it.

/// What a query answers one match for.
enum class query_level : uint8_t {
  patient,
  study,
  series,
  instance,
  workitem, ///< scheduled procedure steps: Modality Worklist and UPS
};

/// One attribute and what it must match (PS3.4 C.2.2.2).
struct match_key {
  std::vector<uint32_t> path; ///< tags (0xGGGGEEEE), from the outermost sequence to the attribute
  /// UTF-8, as the peer wrote them: single value, wildcards ("*", "?"), or a range ("a-b", "a-", "-b"). Any of them
  /// may match: a list of UIDs, or a parameter that was repeated. No value, or "": universal matching.
  std::vector<std::string> values;
};

struct find_order {
  uint32_t tag = 0; ///< an attribute of the level or above
  bool descends = false;
};

/// A query. Every key must match; what the principal may not see does not exist. A range of a date and the range of
/// the time that belongs to it are one range of moments (PS3.4 C.2.2.2.5).
struct find_request {
  principal who;
  query_level level = query_level::study;
  std::vector<match_key> keys;
  bool fuzzy_names = false;       ///< names match by their sound and beginnings too
  std::vector<uint32_t> returned; ///< top-level tags wanted besides those that every answer of the level has
  bool returns_all = false;       ///< every attribute that is kept
  std::vector<find_order> order;  ///< then by row id; empty: newest study first, series and instances by number
  int64_t offset = 0;             ///< matches to skip
  int32_t limit = 200;            ///< 1 … 1,000
};

/// A page of matches, each a DICOM JSON object (PS3.18 F.2) in UTF-8.
struct find_page {
  std::vector<std::string> matches;
  bool more = false;             ///< there are further matches behind these
  std::vector<uint32_t> ignored; ///< outermost tags of keys with a value that no attribute kept answers to
};

template <class I>
typename I::result_type inspect(I& f, match_key& x) {
  return f(x.path, x.values);
}

template <class I>
typename I::result_type inspect(I& f, find_order& x) {
  return f(x.tag, x.descends);
}

template <class I>
typename I::result_type inspect(I& f, find_request& x) {
  return f(x.who, x.level, x.keys, x.fuzzy_names, x.returned, x.returns_all, x.order, x.offset, x.limit);
}

template <class I>
typename I::result_type inspect(I& f, find_page& x) {
  return f(x.matches, x.more, x.ignored);
}

} // namespace noctis
