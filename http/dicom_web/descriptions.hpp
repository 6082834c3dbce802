#pragma once

#include "http/gateway.hpp"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace noctis {

/// The DICOM JSON of some instances, one after the other in their order. The stores' readers describe them, a few
/// messages at a time; what one copy does not give is asked of the next.
class descriptions {
public:
  /// `series_url`: of the series that all of them belong to; the URIs of their bulk data begin with it.
  descriptions(std::shared_ptr<gateway> actors, std::vector<image_row> images, std::string series_url);

  /// The next object; "" at the end. Throws `actor_failure` for an instance that no copy describes.
  std::string next();

private:
  using pending = decltype(std::declval<caf::blocking_actor&>().request(
      std::declval<const reader_actor&>(), std::chrono::milliseconds(), std::declval<describe_files>()));

  /// A message under way, and whom it asks for.
  struct batch {
    size_t first = 0; ///< index in `images_`
    size_t count = 0;
    std::optional<pending> answer; ///< none where the store cannot be reached
  };

  void ask_ahead();
  void receive();
  std::string describe_alone(const image_row& image, std::string why);
  [[nodiscard]] described_file file_of(const image_row& image, const location& copy) const;

  std::shared_ptr<gateway> actors_;
  std::vector<image_row> images_;
  std::string series_url_;
  size_t asked_ = 0; ///< images that were asked for
  std::deque<batch> under_way_;
  std::deque<std::string> ready_;
};

} // namespace noctis
