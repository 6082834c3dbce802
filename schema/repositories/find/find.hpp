#pragma once

#include "messages/find.hpp"
#include "schema/connection.hpp"

namespace noctis::schema {

/// Whether an attribute can be asked for: it stands in a column or is kept from the header.
bool is_queryable(uint32_t tag);

/// The catalogue as C-FIND, QIDO-RS and REST ask for it (PS3.4 C.4.1, PS3.18 10.6). Keys of levels above and below
/// the request's are matched as well: one of a level below means that something there has it.
class find_repository {
public:
  explicit find_repository(database& db) : db_(db) {}

  /// Throws `invalid_argument` with a sentence that names the attribute, or the limit, that cannot be.
  find_page find(const find_request& request);

private:
  database& db_;
};

} // namespace noctis::schema
