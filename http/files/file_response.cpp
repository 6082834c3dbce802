#include "http/files/file_response.hpp"

#include "http/files/instance_stream.hpp"

#include <charconv>

namespace noctis {

namespace {

bool number(std::string_view text, uint64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && error == std::errc{} && end == text.data() + text.size();
}

/// Whether a list of entity tags holds this one, by the weak comparison of RFC 9110.
bool holds_tag(const std::string& list, const std::string& tag) {
  return list == "*" || list.find(tag) != std::string::npos;
}

range_kind wanted_range(const context& c, uint64_t size, const std::string& tag, requested_range& range) {
  range = {0, size};
  const auto condition = c.request.get_header_value("If-Range");
  if (!condition.empty() && condition != tag) return range_kind::whole;
  return read_range_header(c.request.get_header_value("Range"), size, range);
}

void stream_body(context& c, const std::shared_ptr<instance_stream>& bytes, uint64_t length) {
  auto& app = c.app;
  const auto id = c.request_id;
  const auto provide = [bytes, &app, id](size_t, size_t, httplib::DataSink& sink) {
    try {
      const auto piece = bytes->next();
      return !piece.empty() && sink.write(reinterpret_cast<const char*>(piece.data()), piece.size());
    } catch (const std::exception& e) {
      app.log("file [" + id + "] cut off: " + e.what());
      return false;
    }
  };
  c.response.set_content_provider(length, "application/dicom", provide);
}

/// Sets the status and headers of an answer of `size` bytes or a part of it, which is returned. Throws `refusal` (416).
requested_range begin_answer(context& c, uint64_t size, const std::string& tag) {
  c.response.set_header("Accept-Ranges", "bytes");
  requested_range range;
  const auto kind = wanted_range(c, size, "\"" + tag + "\"", range);
  if (kind == range_kind::unsatisfiable) {
    auto what = problem_of(416, "There are " + std::to_string(size) + " bytes.");
    what.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
    throw refusal(std::move(what));
  }
  c.response.status = 200;
  if (kind == range_kind::part) {
    c.response.status = 206;
    c.response.set_header("Content-Range", "bytes " + std::to_string(range.offset) + "-" +
                                               std::to_string(range.offset + range.length - 1) + "/" +
                                               std::to_string(size));
  }
  return range;
}

} // namespace

range_kind read_range_header(const std::string& header, uint64_t size, requested_range& range) {
  constexpr std::string_view unit = "bytes=";
  if (header.rfind(unit, 0) != 0 || header.find(',') != std::string::npos) return range_kind::whole;
  const auto text = std::string_view(header).substr(unit.size());
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return range_kind::whole;
  uint64_t first = 0;
  uint64_t last = 0;
  const auto has_first = number(text.substr(0, dash), first);
  const auto has_last = number(text.substr(dash + 1), last);
  if (!has_first && dash > 0) return range_kind::whole;
  if (!has_last && dash + 1 < text.size()) return range_kind::whole;
  if (!has_first && !has_last) return range_kind::whole;
  if (!has_first) {
    if (last == 0) return range_kind::unsatisfiable;
    range.length = std::min(last, size);
    range.offset = size - range.length;
    return range_kind::part;
  }
  if (has_last && last < first) return range_kind::whole;
  if (first >= size) return range_kind::unsatisfiable;
  range.offset = first;
  range.length = (has_last ? std::min(last, size - 1) : size - 1) - first + 1;
  return range_kind::part;
}

bool answered_unchanged(context& c, const std::string& tag) {
  const auto quoted = "\"" + tag + "\"";
  c.response.set_header("ETag", quoted);
  c.response.set_header("Cache-Control", "private, no-cache");
  if (!holds_tag(c.request.get_header_value("If-None-Match"), quoted)) return false;
  c.response.status = 304;
  return true;
}

void send_file(context& c, std::vector<location> copies, const std::string& file_name) {
  if (copies.empty() || copies.front().length == 0)
    throw refusal(errc::storage_unavailable, "No copy of this file can be read at the moment.");
  const auto& tag = copies.front().checksum;
  if (answered_unchanged(c, tag)) return;
  const auto range = begin_answer(c, copies.front().length, tag);
  auto bytes = std::make_shared<instance_stream>(c.actors, std::move(copies));
  if (c.request.method != "HEAD") bytes->open(range.offset, range.length);
  c.response.set_header("Content-Disposition", "attachment; filename=\"" + file_name + "\"");
  stream_body(c, bytes, range.length);
}

void send_bytes(context& c, blob bytes, const std::string& type, const std::string& tag) {
  if (!tag.empty() && answered_unchanged(c, tag)) return;
  const auto range = begin_answer(c, bytes.size(), tag);
  if (range.length == 0) return c.response.set_content("", type);
  const auto provide = [bytes = std::move(bytes), range](size_t at, size_t length, httplib::DataSink& sink) {
    return sink.write(reinterpret_cast<const char*>(bytes.data()) + range.offset + at, length);
  };
  c.response.set_content_provider(range.length, type, provide);
}

} // namespace noctis
