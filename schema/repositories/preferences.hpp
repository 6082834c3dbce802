#pragma once

#include "messages/preferences.hpp"
#include "schema/connection.hpp"

#include <vector>

namespace noctis::schema {

/// Documents that users keep for themselves.
class preferences_repository {
public:
  explicit preferences_repository(database& db) : db_(db) {}

  /// Returns the principal's documents by name, or the one that is asked for. Throws `not_found` where it is not there.
  preference_list list(const preferences_request& request);

  /// Writes a document where the writer knows its version; tells whether, and the document that is there then. A user
  /// has at most 200. Throws `invalid_argument` for a name or a value that cannot be.
  preference_outcome put(const preference_put& request);

  /// Throws `not_found`.
  void remove(const preference_removal& request);

private:
  database& db_;
};

} // namespace noctis::schema
