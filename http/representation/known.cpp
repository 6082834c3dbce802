#include "http/representation/known.hpp"

#include "http/representation/time_text.hpp"

namespace noctis {

void write_known(json_text& json, std::string_view name, const std::string& text) {
  json.key(name);
  if (text.empty())
    json.value(nullptr);
  else
    json.value(text);
}

void write_known_time(json_text& json, std::string_view name, int64_t ms) {
  write_known(json, name, ms == 0 ? std::string{} : rfc3339(ms));
}

} // namespace noctis
