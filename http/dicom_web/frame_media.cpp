#include "http/dicom_web/frame_media.hpp"

#include "dicom/pixels/transcode.hpp"
#include "dicom/transfer_syntax.hpp"
#include "http/request/problem.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace noctis {

namespace {

constexpr std::string_view explicit_little = "1.2.840.10008.1.2.1";
constexpr const char* octets = "application/octet-stream";

struct media_of_syntax {
  std::string_view transfer_syntax;
  std::string_view type;
};

// The first one of each type is what stands for it where the client names no transfer syntax.
constexpr std::array<media_of_syntax, 22> table{{
    {"1.2.840.10008.1.2.4.70", "image/jpeg"},   {"1.2.840.10008.1.2.4.50", "image/jpeg"},
    {"1.2.840.10008.1.2.4.51", "image/jpeg"},   {"1.2.840.10008.1.2.4.57", "image/jpeg"},
    {"1.2.840.10008.1.2.5", "image/dicom-rle"}, {"1.2.840.10008.1.2.4.80", "image/jls"},
    {"1.2.840.10008.1.2.4.81", "image/jls"},    {"1.2.840.10008.1.2.4.90", "image/jp2"},
    {"1.2.840.10008.1.2.4.91", "image/jp2"},    {"1.2.840.10008.1.2.4.92", "image/jpx"},
    {"1.2.840.10008.1.2.4.93", "image/jpx"},    {"1.2.840.10008.1.2.4.201", "image/jphc"},
    {"1.2.840.10008.1.2.4.202", "image/jphc"},  {"1.2.840.10008.1.2.4.203", "image/jphc"},
    {"1.2.840.10008.1.2.4.110", "image/jxl"},   {"1.2.840.10008.1.2.4.111", "image/jxl"},
    {"1.2.840.10008.1.2.4.112", "image/jxl"},   {"1.2.840.10008.1.2.4.100", "video/mpeg2"},
    {"1.2.840.10008.1.2.4.101", "video/mpeg2"}, {"1.2.840.10008.1.2.4.102", "video/mp4"},
    {"1.2.840.10008.1.2.4.103", "video/mp4"},   {"1.2.840.10008.1.2.4.107", "video/H265"},
}};

bool is_native(const std::string& syntax) {
  const auto* known = find_transfer_syntax(syntax);
  return known != nullptr && !known->encapsulated;
}

/// The transfer syntax in which native frames go out: in little endian, whatever they are kept in.
std::string as_sent(const std::string& stored) { return is_native(stored) ? std::string(explicit_little) : stored; }

bool covers(const std::string& range, std::string_view type) {
  if (range == "*/*" || range == type) return true;
  const auto slash = range.find("/*");
  return slash != std::string::npos && range.compare(0, slash + 1, type.substr(0, slash + 1)) == 0;
}

/// The transfer syntax that one range names, or that stands for its media type; the stored one where it fits.
std::string syntax_wanted(const std::string& type, const std::string& named, const std::string& stored) {
  if (!named.empty() && named != "*") return as_sent(named);
  if (covers(type, media_type_of(stored))) return as_sent(stored);
  if (type == octets) return named == "*" ? as_sent(stored) : std::string(explicit_little);
  for (const auto& entry : table) {
    if (covers(type, entry.type) && can_transcode(stored, entry.transfer_syntax))
      return std::string(entry.transfer_syntax);
  }
  return {};
}

std::optional<frame_form> form_of(const media_range& range, const std::string& stored, bool lone_frame) {
  const auto multipart = range.type == "multipart/related" || range.type == "multipart/*" || range.type == "*/*";
  if (!multipart && !lone_frame) return std::nullopt;
  const auto type = multipart ? (range.of.empty() ? std::string("*/*") : range.of) : range.type;
  const auto syntax = syntax_wanted(type, range.transfer_syntax, stored);
  if (syntax.empty()) return std::nullopt;
  const auto natural = media_type_of(syntax);
  if (!covers(type, natural) && type != octets) return std::nullopt;
  if (syntax != as_sent(stored) && !can_transcode(stored, syntax)) return std::nullopt;
  return frame_form{multipart, type == octets ? octets : natural, syntax};
}

} // namespace

std::string media_type_of(std::string_view transfer_syntax) {
  const auto* found = std::find_if(table.begin(), table.end(),
                                   [&](const auto& entry) { return entry.transfer_syntax == transfer_syntax; });
  return found == table.end() ? octets : std::string(found->type);
}

std::string syntax_of_media_type(const std::string& type) {
  const auto* found = std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.type == type; });
  return std::string(found == table.end() ? explicit_little : found->transfer_syntax);
}

frame_form choose_frame_form(const std::vector<media_range>& accepted, const std::string& stored, bool lone_frame) {
  std::optional<frame_form> best;
  for (const auto& range : accepted) {
    auto form = form_of(range, stored, lone_frame);
    if (!form) continue;
    if (form->transfer_syntax == as_sent(stored)) return *form;
    if (!best) best = std::move(form);
  }
  if (best) return *best;
  const std::string type = media_type_of(as_sent(stored));
  throw refusal(problem_of(406, "These frames are given as multipart/related; type=\"" + type + "\"; transfer-syntax=" +
                                    as_sent(stored) + (type == octets ? "" : ", or as \"application/octet-stream\"") +
                                    (lone_frame ? ", a single one also without the multipart." : ".")));
}

} // namespace noctis
