#pragma once

#include "messages/edit.hpp"
#include "schema/connection.hpp"

namespace noctis::schema {

/// Hides studies, series and instances from every reader, and shows them again. What the principal may not see is
/// `not_found`.
class deletions_repository {
public:
  explicit deletions_repository(database& db) : db_(db) {}

  /// Hides an object with all that is in it, and what it is in where nothing else is left there. Throws
  /// `invalid_argument` without a reason.
  void hide(const delete_request& request);

  /// Shows what deletions of this object have hidden, with what it is in. Throws `state_conflict` where none has, or
  /// where it lies in something that was deleted for itself.
  void show(const restore_request& request);

private:
  database& db_;
};

} // namespace noctis::schema
