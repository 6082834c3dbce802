#include "http/request/form_file.hpp"

#include "http/request/multipart.hpp"

#include <algorithm>
#include <cctype>

namespace noctis {

namespace {

constexpr size_t form_overhead = size_t{64} << 10; ///< boundaries, headers and fields beside the file

std::string base_name(const std::string& name) {
  const auto slash = name.find_last_of("/\\");
  return valid_utf8(slash == std::string::npos ? name : name.substr(slash + 1));
}

std::string media_type_of(const part_head& head) {
  const auto found = head.headers.find("content-type");
  if (found == head.headers.end()) return "application/octet-stream";
  auto type = found->second.substr(0, found->second.find(';'));
  type.erase(std::remove_if(type.begin(), type.end(), [](unsigned char c) { return std::isspace(c) != 0; }),
             type.end());
  return type;
}

} // namespace

form_file read_form_file(context& c, size_t most) {
  const auto boundary = multipart_boundary(c.request.get_header_value("Content-Type"));
  if (boundary.empty() || c.body == nullptr) throw refusal(problem_of(415, "The body must be multipart/form-data."));
  form_file result;
  bool is_file = false;
  int files = 0;
  size_t received = 0;
  multipart_parser parser(boundary, {[&](const part_head& head) {
                                       is_file = head.name == "file";
                                       if (!is_file) return true;
                                       ++files;
                                       result.name = base_name(head.filename);
                                       result.media_type = media_type_of(head);
                                       return true;
                                     },
                                     [&](const char* data, size_t size) {
                                       if (is_file && files == 1)
                                         result.bytes.insert(result.bytes.end(), data, data + size);
                                       return true;
                                     },
                                     [] { return true; }});
  const auto whole = (*c.body)([&](const char* data, size_t size) {
    received += size;
    return received <= most + form_overhead && result.bytes.size() <= most && parser.feed(data, size);
  });
  if (received > most + form_overhead || result.bytes.size() > most)
    throw refusal(problem_of(413, "The file is larger than " + std::to_string(most) + " bytes."));
  if (!parser.error().empty()) throw refusal(problem_of(400, "The form is malformed: " + parser.error() + "."));
  if (!whole || !parser.complete()) throw refusal(problem_of(400, "The form ended before its closing boundary."));
  if (files != 1) throw refusal(problem_of(field_errors{{"file", {"One part with this name is required."}}}));
  return result;
}

} // namespace noctis
