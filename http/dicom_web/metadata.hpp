#pragma once

#include "http/dicom_web/descriptions.hpp"
#include "http/dicom_web/instance_walk.hpp"
#include "http/dicom_web/target.hpp"
#include "http/files/deflate.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace noctis {

/// The series of a target, one after the other: itself, or all of its study.
class series_walk {
public:
  series_walk(context& c, const web_target& target);

  /// The UID of the next series; "" at the end. Throws `actor_failure`.
  std::string next();

private:
  std::shared_ptr<gateway> actors_;
  find_request request_;
  std::vector<std::string> uids_;
  size_t at_ = 0;
  bool last_page_ = false;
};

/// A page of instances of one series, to be described.
struct metadata_page {
  std::string series_url;
  std::vector<image_row> images;

  /// A name for exactly what these instances say: the key in the cache.
  [[nodiscard]] std::string key() const;
};

/// The instances of a study, series or instance in pages of one series each.
class metadata_walk {
public:
  static constexpr int32_t page = 500; ///< instances

  metadata_walk(context& c, const web_target& target);

  /// The next page, without images at the end. Throws `actor_failure`.
  metadata_page next();

  /// Whether `page` is known to be all there is.
  [[nodiscard]] bool is_whole() const { return single_ && pages_ == 1 && walk_ && walk_->at_last_page(); }

private:
  std::shared_ptr<gateway> actors_;
  instances_request request_;
  std::string root_;
  series_walk series_;
  std::unique_ptr<instance_walk> walk_;
  std::string series_url_;
  bool single_; ///< one series or less
  size_t pages_ = 0;
};

/// DICOM JSON of pages of instances, compressed; what was made once comes from the cache, where there is one. A key
/// names the instances and their bytes, so nothing in the cache is ever out of date.
class metadata_cache {
public:
  metadata_cache(std::shared_ptr<gateway> actors, cache_actor cache)
      : actors_(std::move(actors)), cache_(std::move(cache)) {}

  /// The objects of a page, divided by commas. Throws `actor_failure`.
  deflated get(metadata_page page);

private:
  std::optional<deflated> find(const std::string& key);
  void keep(const std::string& key, const deflated& text);

  std::shared_ptr<gateway> actors_;
  cache_actor cache_;
};

} // namespace noctis
