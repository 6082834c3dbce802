#pragma once

#include "messages/find.hpp"
#include "schema/conditions.hpp"
#include "schema/repositories/find/attributes.hpp"

// Keys as SQL conditions (PS3.4 C.2.2.2). For the sources of this room alone.

namespace noctis::schema {

/// A key and the attribute that its path begins with.
struct known_key {
  const match_key* key;
  const queryable* attribute;
};

/// Whether `key` matches everything: no value, or one that is empty or of asterisks alone.
bool is_universal(const match_key& key);

/// What the keys of one statement have in common.
struct matching_options {
  bool fuzzy_names = false;
  bool joins_studies = false; ///< the alias `s` is there
};

/// Adds what `keys` ask of their attributes, in whose tables' aliases it is said. Throws `invalid_argument` with a
/// sentence that names the attribute for a value that its VR does not allow.
void add_keys(conditions& where, const std::vector<known_key>& keys, const matching_options& options);

} // namespace noctis::schema
