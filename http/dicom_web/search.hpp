#pragma once

#include "dicom/element.hpp"
#include "http/dicom_web/target.hpp"
#include "messages/find.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace noctis {

/// The most matches of one answer; more are had by `offset`.
inline constexpr int64_t most_matches = 5000;

/// Returns the tags of an attribute's path as QIDO-RS writes it: eight hex digits or a keyword, for attributes of
/// items those of the sequences before it, divided by dots (PS3.18 8.3.4.1). None where a part is neither.
std::vector<tag_number> attribute_path(std::string_view text);

/// Returns what the parameters of a search ask (PS3.18 8.3.4): attributes, `includefield`, `fuzzymatching`, `limit`,
/// `offset`. `limit` is bounded by `most_matches`. Throws `refusal` (400) naming every parameter that is wrong.
find_request read_search(const context& c, query_level level);

/// Returns a match, a DICOM JSON object, as it goes out.
using match_view = std::function<std::string(const std::string& match)>;

/// Answers with all matches of `request`, up to its limit, as JSON or XML.
void answer_search(context& c, find_request request, const match_view& view);

/// Adds Retrieve URL (0008,1190) to a match. `root`: see `web_root`.
std::string with_retrieve_url(const std::string& match, const std::string& root);

} // namespace noctis
