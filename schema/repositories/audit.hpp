#pragma once

#include "messages/principal.hpp"
#include "schema/connection.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis::schema {

/// One thing that somebody did, or tried to do.
struct audit_entry {
  principal who;
  std::string action;         ///< what, e.g. "study.view"; 1 to 64 characters
  std::string outcome = "ok"; ///< "ok", or the name of an `errc`
  std::string object;         ///< to what: a UID, a user name …
  int64_t facility = 0;       ///< 0: none in particular
  int64_t study = 0;          ///< row id, 0: none
  std::string detail = "{}";  ///< a JSON object
};

/// The audit log. Nothing in it changes or goes away.
class audit_repository {
public:
  explicit audit_repository(database& db) : db_(db) {}

  /// Appends all entries, or none.
  void append(const std::vector<audit_entry>& entries);

private:
  database& db_;
};

} // namespace noctis::schema
