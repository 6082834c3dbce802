#pragma once

#include "schema/conditions.hpp"

#include <cstdint>
#include <string>
#include <vector>

// Names and words as people look for them: without case, accents and order. For the sources of this room alone.

namespace noctis::schema {

/// Returns the words of a search as people type them, at most eight.
std::vector<std::string> words_of(const std::string& text);

/// Where words are looked for.
enum class searched_text : uint8_t {
  study,         ///< all that the study `s` is found by
  study_patient, ///< the first line of it, which is the patient's name
  patient,       ///< all that the patient `p` is found by
};

/// Adds that every word of `text` stands somewhere in `where_to_look`.
void add_words(conditions& where, const std::string& text, searched_text where_to_look);

/// Returns the condition that `groups`, SQL for what `fold_name` made of a person name, match a key (PS3.4
/// C.2.2.2.1): a component group that it does not name with "=" may be any.
std::string name_condition(conditions& where, const std::string& groups, const std::string& key);

/// The same for the name of the patient `p`. `fuzzy`: each word of the key begins a word of the name or sounds like
/// one. `joins_studies`: the studies `s` of the patient are in the statement too.
std::string patient_name_condition(conditions& where, const std::string& key, bool fuzzy, bool joins_studies);

} // namespace noctis::schema
