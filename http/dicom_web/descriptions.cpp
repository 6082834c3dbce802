#include "http/dicom_web/descriptions.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr size_t batch_size = 32;  // files of one message
constexpr size_t most_batches = 4; // under way at once

const std::string& node_of(const image_row& image) {
  static const std::string nowhere;
  return image.locations.empty() ? nowhere : image.locations.front().node;
}

} // namespace

descriptions::descriptions(std::shared_ptr<gateway> actors, std::vector<image_row> images, std::string series_url)
    : actors_(std::move(actors)), images_(std::move(images)), series_url_(std::move(series_url)) {}

std::string descriptions::next() {
  if (ready_.empty()) {
    ask_ahead();
    if (under_way_.empty()) return {};
    receive();
  }
  auto document = std::move(ready_.front());
  ready_.pop_front();
  return document;
}

described_file descriptions::file_of(const image_row& image, const location& copy) const {
  return {copy.path, copy.offset, copy.length,
          series_url_ + "/instances/" + image.attributes.sop_instance_uid + "/bulkdata/"};
}

void descriptions::ask_ahead() {
  while (asked_ < images_.size() && under_way_.size() < most_batches) {
    const auto& node = node_of(images_[asked_]);
    batch next{asked_, 0, std::nullopt};
    describe_files request;
    for (; asked_ < images_.size() && next.count < batch_size && node_of(images_[asked_]) == node; ++asked_) {
      const auto& image = images_[asked_];
      if (!image.locations.empty()) request.files.push_back(file_of(image, image.locations.front()));
      ++next.count;
    }
    const auto readers = actors_->readers_of(node);
    if (!readers.empty()) next.answer.emplace(actors_->self()->request(readers.front(), patience::reading, request));
    under_way_.push_back(next);
  }
}

void descriptions::receive() {
  const auto done = under_way_.front();
  under_way_.pop_front();
  std::string why = "the store of node " + node_of(images_[done.first]) + " cannot be reached";
  file_descriptions given;
  if (done.answer) {
    auto answer = actors_->await<file_descriptions>(*done.answer);
    if (answer)
      given = std::move(*answer);
    else
      why = reason_of(answer.error());
  }
  for (size_t i = 0; i < done.count; ++i) {
    const auto& image = images_[done.first + i];
    if (i < given.files.size() && !given.files[i].document.empty())
      ready_.push_back(std::move(given.files[i].document));
    else
      ready_.push_back(describe_alone(image, i < given.files.size() ? given.files[i].problem : why));
  }
}

std::string descriptions::describe_alone(const image_row& image, std::string why) {
  for (const auto& copy : image.locations) {
    for (const auto& reader : actors_->readers_of(copy.node)) {
      auto answer =
          actors_->try_ask<file_descriptions>(reader, patience::reading, describe_files{{file_of(image, copy)}});
      if (answer && answer->files.size() == 1 && !answer->files.front().document.empty())
        return std::move(answer->files.front().document);
      why = answer ? (answer->files.empty() ? "no answer" : answer->files.front().problem) : reason_of(answer.error());
    }
  }
  throw actor_failure{
      failure(errc::storage_failure, "no metadata of instance " + image.attributes.sop_instance_uid + ": " + why)};
}

} // namespace noctis
