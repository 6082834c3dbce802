#pragma once

#include "http/request/accept.hpp"
#include "http/request/context.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// The study, series or instance that a DICOMweb path names.
struct web_target {
  std::string study;
  std::string series;   ///< "" for the whole study
  std::string instance; ///< "" for the whole series
};

/// Reads the bracketed segments of a path. Throws `refusal` (400) for what is no UID.
web_target target_of(const context& c);

/// Throws `refusal` (400), naming `what`, unless `text` is a UID (PS3.5 9.1).
void check_uid(const std::string& text, const std::string& what);

/// Returns the URL of DICOMweb as this client sees it, without a slash at its end.
std::string web_root(const context& c);

/// Returns the URL of a study, series or instance.
std::string url_of(const std::string& root, const web_target& target);

/// Returns what the index is asked for the instances of a target.
instances_request instances_of(const context& c, const web_target& target);

/// Returns the one instance that the target names. Throws `refusal` (404).
image_row instance_at(context& c, const web_target& target);

/// Returns the numbers of a list of frames as "1,3,7" (PS3.18 10.4.1.1.6), at most 10,000. Throws `refusal` (400).
std::vector<uint32_t> frame_list(const std::string& text);

/// Returns what the client accepts: the query parameter `accept`, else the header (PS3.18 8.3.3.1).
std::vector<media_range> accepted_by(const context& c);

/// Returns the offer that this client likes best. Throws `refusal` (406) naming the offers where it likes none.
media_choice choose_media(const context& c, const std::vector<media_offer>& offers);

} // namespace noctis
