#include "http/request/answers.hpp"

#include "http/representation/percent.hpp"

namespace noctis {

namespace {

std::string page_url(const context& c, int32_t page) {
  std::string query;
  for (const auto& [name, value] : c.request.params) {
    if (name != "page") query += percent_encoded(name) + "=" + percent_encoded(value) + "&";
  }
  return c.url_with(query + "page=" + std::to_string(page));
}

} // namespace

void write_page_links(json_text& json, const context& c, const page_request& page, int64_t count, bool more) {
  json.field("count", count);
  json.key("next");
  if (more)
    json.value(page_url(c, page.page + 1));
  else
    json.value(nullptr);
  json.key("previous");
  if (page.page > 1)
    json.value(page_url(c, page.page - 1));
  else
    json.value(nullptr);
}

} // namespace noctis
