#include "http/dicom_web/instance_walk.hpp"

namespace noctis {

instance_walk::instance_walk(std::shared_ptr<gateway> actors, instances_request request, int32_t page)
    : actors_(std::move(actors)), request_(std::move(request)) {
  request_.limit = page;
}

const image_row* instance_walk::next() {
  if (at_ == images_.size() && !fetch()) return nullptr;
  return &images_[at_++];
}

std::vector<image_row> instance_walk::next_page() {
  if (at_ == images_.size() && !fetch()) return {};
  std::vector<image_row> page(std::make_move_iterator(images_.begin() + static_cast<std::ptrdiff_t>(at_)),
                              std::make_move_iterator(images_.end()));
  at_ = images_.size();
  return page;
}

bool instance_walk::fetch() {
  if (last_page_) return false;
  images_ = actors_->query<instance_list>(request_).images;
  at_ = 0;
  last_page_ = images_.size() < static_cast<size_t>(request_.limit);
  if (!images_.empty()) request_.after = images_.back().id;
  return !images_.empty();
}

} // namespace noctis
