#pragma once

#include "messages/find.hpp"

#include <cstdint>
#include <string>
#include <vector>

// The attributes that the catalogue keeps, and how each is matched: the only columns that a query can name. For the
// sources of this room alone.

namespace noctis::schema {

/// How an attribute is matched (PS3.4 C.2.2.2).
enum class match_by : uint8_t {
  uid,        ///< equal to one of a list
  term,       ///< the same, kept as the number of a term
  code,       ///< byte for byte, with wildcards
  text,       ///< without case and accents, with wildcards
  name,       ///< a person name: any component group, without case and accents, with wildcards
  date,       ///< with ranges
  time,       ///< with ranges
  number,     ///< equal
  modalities, ///< one of several values, with wildcards
  classes,    ///< SOP classes in study
  none,       ///< only ever answered
};

/// When an answer has the attribute.
enum class presence : uint8_t {
  always,    ///< empty where it is not known
  if_known,  ///< unless it is empty
  requested, ///< when it is asked for
};

struct queryable {
  uint32_t tag;
  const char* vr; ///< two letters
  query_level level;
  match_by how;
  presence when;
  const char* column; ///< SQL; nullptr: kept in the `attributes` of its level
  const char* shown;  ///< SQL of what is answered where it differs, else nullptr
};

/// Returns every attribute, by tag.
const std::vector<queryable>& find_attributes();

/// Returns the attribute with this tag, nullptr where it is not kept.
const queryable* attribute_of(uint32_t tag);

/// Returns the letter by which statements name a level's table: p, s, r, i.
std::string alias_of(query_level level);

/// Returns SQL for the first value of an attribute.
std::string value_of(const queryable& attribute);

/// Returns eight upper-case hex digits.
std::string digits_of(uint32_t tag);

} // namespace noctis::schema
