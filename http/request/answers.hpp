#pragma once

#include "http/request/query_string.hpp"
#include "messages/json_text.hpp"

#include <algorithm>
#include <string>
#include <vector>

// What most routes answer with. The `write` of each type stands in http/representation/.

namespace noctis {

/// Returns the JSON that `write` makes of `what`.
template <class T, class... Ts>
std::string written(const T& what, Ts... more) {
  json_text json;
  write(json, what, more...);
  return json.take();
}

/// Answers with one thing.
template <class T, class... Ts>
void answer(context& c, int status, const T& what, Ts... more) {
  c.send_json(status, written(what, more...));
}

/// Answers with `count` and all `results`.
template <class Items>
void answer_list(context& c, const Items& items) {
  json_text json;
  json.begin_object();
  json.field("count", items.size());
  json.key("results");
  json.begin_array();
  for (const auto& item : items) write(json, item);
  json.end_array();
  json.end_object();
  c.send_json(200, json.take());
}

/// Writes `count`, `next` and `previous` of a list whose pages are at this request's path.
void write_page_links(json_text& json, const context& c, const page_request& page, int64_t count, bool more);

/// Writes an item as the `write` of its type does.
struct written_as_usual {
  template <class T>
  void operator()(json_text& json, const T& what) const {
    write(json, what);
  }
};

/// Answers with a page of a list; `write_item` writes one entry.
template <class Items, class Write = written_as_usual>
void answer_page(context& c, const page_request& page, int64_t count, bool more, const Items& items,
                 Write write_item = {}) {
  json_text json;
  json.begin_object();
  write_page_links(json, c, page, count, more);
  json.key("results");
  json.begin_array();
  for (const auto& item : items) write_item(json, item);
  json.end_array();
  json.end_object();
  c.send_json(200, json.take());
}

/// The same of a list that is there as a whole.
template <class T, class Write = written_as_usual>
void answer_page_of(context& c, const page_request& page, const std::vector<T>& all, Write write_item = {}) {
  const auto first = std::min(static_cast<size_t>(page.page - 1) * page.size, all.size());
  const auto last = std::min(first + static_cast<size_t>(page.size), all.size());
  const std::vector<T> shown(all.begin() + static_cast<std::ptrdiff_t>(first),
                             all.begin() + static_cast<std::ptrdiff_t>(last));
  answer_page(c, page, static_cast<int64_t>(all.size()), last < all.size(), shown, write_item);
}

} // namespace noctis
