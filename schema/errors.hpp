#pragma once

#include "messages/errors.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace noctis::schema {

/// The one exception of this room. `code()` says what went wrong:
/// - `index_unavailable`: no connection, or it was lost before anything was committed;
/// - `in_doubt`: the connection was lost while a commit ran, which may have succeeded or not;
/// - `timeout`: a statement took longer than the connection allows;
/// - `not_found`, `state_conflict`, `invalid_argument`, `unauthenticated`: what the call asked for cannot be;
/// - `database_failure`: everything else that the database refused.
/// `what()` is one sentence.
class database_error : public std::runtime_error {
public:
  database_error(errc code, const std::string& sentence, std::string sqlstate = {})
      : std::runtime_error(sentence), code_(code), sqlstate_(std::move(sqlstate)) {}

  [[nodiscard]] errc code() const noexcept { return code_; }

  /// Returns PostgreSQL's five-character code, "" where the error is not PostgreSQL's.
  [[nodiscard]] const std::string& sqlstate() const noexcept { return sqlstate_; }

private:
  errc code_;
  std::string sqlstate_;
};

} // namespace noctis::schema
