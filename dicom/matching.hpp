#pragma once

#include "dicom/element.hpp"
#include "messages/find.hpp"

#include <caf/expected.hpp>
#include <rapidjson/document.h>

#include <string>
#include <string_view>
#include <vector>

namespace noctis {

/// Returns whether the DICOM JSON object `object` matches every key (PS3.4 C.2.2.2): single value, list, universal,
/// wildcard, range (of dates, times, both combined, and of DT), and sequence matching: keys that lead through the same
/// sequence match in one and the same item. Person names match whatever their case and accents, whole or by one of
/// their component groups. `fuzzy_names`: also where each word of the key begins or sounds as one of the name.
bool matches(const rapidjson::Value& object, const std::vector<match_key>& keys, bool fuzzy_names = false);

/// Returns whether one value, of VR `representation`, matches the key value `wanted` (not a range of date and time).
bool value_matches(vr representation, std::string_view value, std::string_view wanted, bool fuzzy_names = false);

/// Returns whether a person's name (all component groups) matches the key value `wanted`.
bool person_name_matches(std::string_view name, std::string_view wanted, bool fuzzy = false);

/// Returns UTF-8 `text` as names are compared: without case, accents and differences of width. Wildcards stay.
std::string folded(std::string_view text);

/// What a C-FIND identifier asks (PS3.4 C.2.2.1), and a Modality Worklist's.
struct identifier_query {
  std::string level;              ///< Query/Retrieve Level (0008,0052), "" where it has none
  std::vector<match_key> keys;    ///< what has a value, sequences by the path
  std::vector<uint32_t> returned; ///< every top-level tag that it names, ascending
};

/// Returns what `identifier`, a DICOM JSON object, asks. (0008,0005), (0008,0052), (0008,0053) and (0008,0201) are
/// neither keys nor returned. Error: `invalid_argument` for a sequence of several items and for binary values.
caf::expected<identifier_query> match_keys_of(const rapidjson::Value& identifier);

/// Returns those attributes of `match` that `returned` names, and (0008,0005); what `match` lacks stands without value.
std::string only_requested(const rapidjson::Value& match, const std::vector<uint32_t>& returned);

/// Returns what `identifier` asks of `match`, in items too: a sequence that it names without attributes comes whole.
std::string only_requested(const rapidjson::Value& match, const rapidjson::Value& identifier);

} // namespace noctis
