#pragma once

#include "messages/find.hpp"

#include <string>
#include <vector>

// How the keys of a query are kept: [{"path":[…],"values":["…"]}]. For the sources of this room alone.

namespace noctis::schema {

/// Throws `invalid_argument` for more than 32 keys, a path of none or more than 4 tags, or more than 64 values of at
/// most 1,024 characters.
void check_match_keys(const std::vector<match_key>& keys);

std::string json_of(const std::vector<match_key>& keys);

/// Reads what `json_of` wrote.
std::vector<match_key> match_keys_from(const std::string& json);

} // namespace noctis::schema
