#pragma once

#include "http/gateway.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace noctis {

/// The instances of a study, series or instance, which the index gives page by page.
class instance_walk {
public:
  instance_walk(std::shared_ptr<gateway> actors, instances_request request, int32_t page = 200);

  /// The next instance, or null at the end; valid until the next call. Throws `actor_failure`.
  const image_row* next();

  /// The instances of the next page that nobody was given yet; none at the end. Throws `actor_failure`.
  std::vector<image_row> next_page();

  /// Whether the page that was given last is known to be the last one.
  [[nodiscard]] bool at_last_page() const { return last_page_; }

private:
  bool fetch();

  std::shared_ptr<gateway> actors_;
  instances_request request_;
  std::vector<image_row> images_;
  size_t at_ = 0;
  bool last_page_ = false;
};

} // namespace noctis
