#include "http/dicom_web/metadata.hpp"

#include "dicom/digest.hpp"
#include "dicom/json/object.hpp"

#include <caf/send.hpp>

#include <cstring>

namespace noctis {

namespace {

constexpr int32_t series_page = 200;
constexpr int64_t time_to_live = int64_t{24} * 3600; // seconds
const std::string prefix = "metadata:";
constexpr tag_number study_instance_uid = 0x0020000D;
constexpr tag_number series_instance_uid = 0x0020000E;

/// What stands before the bytes of a deflated text in the cache.
struct cached_head {
  uint64_t length = 0;
  uint32_t crc = 0;
  uint32_t version = 1;
};

} // namespace

series_walk::series_walk(context& c, const web_target& target) : actors_(c.actors) {
  if (!target.series.empty()) {
    uids_ = {target.series};
    last_page_ = true;
    return;
  }
  request_.who = c.who;
  request_.level = query_level::series;
  request_.keys = {{{study_instance_uid}, {target.study}}};
  request_.limit = series_page;
}

std::string series_walk::next() {
  if (at_ == uids_.size() && !last_page_) {
    const auto found = actors_->query<find_page>(request_);
    uids_.clear();
    at_ = 0;
    for (const auto& match : found.matches) {
      const auto object = parse_json_object(match);
      if (!object) throw actor_failure{object.error()};
      uids_.push_back(text_of(*object, series_instance_uid));
    }
    request_.offset += static_cast<int64_t>(found.matches.size());
    last_page_ = !found.more;
  }
  return at_ < uids_.size() ? uids_[at_++] : std::string();
}

std::string metadata_page::key() const {
  digest all;
  const auto add = [&](const std::string& text) { all.update(text.c_str(), text.size() + 1); };
  add(series_url);
  for (const auto& image : images) {
    add(image.attributes.sop_instance_uid);
    add(image.data_set_digest);
  }
  return all.hex();
}

metadata_walk::metadata_walk(context& c, const web_target& target)
    : actors_(c.actors), request_(instances_of(c, target)), root_(web_root(c)), series_(c, target),
      single_(!target.series.empty()) {}

metadata_page metadata_walk::next() {
  for (;;) {
    if (walk_) {
      if (auto images = walk_->next_page(); !images.empty()) {
        ++pages_;
        return {series_url_, std::move(images)};
      }
    }
    request_.series_uid = series_.next();
    if (request_.series_uid.empty()) return {};
    series_url_ = url_of(root_, {request_.study_uid, request_.series_uid, ""});
    walk_ = std::make_unique<instance_walk>(actors_, request_, page);
  }
}

deflated metadata_cache::get(metadata_page page) {
  const auto key = page.images.size() > 1 ? page.key() : std::string(); // one alone is quicker read than looked for
  if (!key.empty()) {
    if (auto found = find(key)) return std::move(*found);
  }
  descriptions all(actors_, std::move(page.images), std::move(page.series_url));
  text_deflater text;
  auto first = true;
  for (auto document = all.next(); !document.empty(); document = all.next()) {
    if (!first) text.add(",");
    text.add(document);
    first = false;
  }
  auto result = text.finish();
  if (!key.empty()) keep(key, result);
  return result;
}

std::optional<deflated> metadata_cache::find(const std::string& key) {
  const auto found = actors_->try_ask<cache_found>(cache_, patience::brief, cache_find{{prefix + key}});
  cached_head head;
  if (!found || found->values.empty() || found->values.front().size() < sizeof(head)) return std::nullopt;
  const auto& value = found->values.front();
  std::memcpy(&head, value.data(), sizeof(head));
  if (head.version != cached_head{}.version) return std::nullopt;
  return deflated{{value.data() + sizeof(head), value.data() + value.size()}, head.crc, head.length};
}

void metadata_cache::keep(const std::string& key, const deflated& text) {
  const cached_head head{text.length, text.crc, cached_head{}.version};
  if (sizeof(head) + text.bytes.size() > max_message_bytes) return;
  blob::buffer value(sizeof(head));
  std::memcpy(value.data(), &head, sizeof(head));
  value.insert(value.end(), text.bytes.begin(), text.bytes.end());
  if (cache_) caf::anon_send(cache_, cache_put{prefix + key, blob{std::move(value)}, time_to_live});
}

} // namespace noctis
