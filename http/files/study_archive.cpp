#include "http/files/study_archive.hpp"

namespace noctis {

caf::expected<std::vector<uint8_t>> read_deidentified(const std::shared_ptr<gateway>& actors, const image_row& image,
                                                      const deidentification& how) {
  instance_stream stream(actors, image.locations);
  if (stream.size() > study_archive::largest_deidentified)
    return failure(errc::limit_exceeded, "the instance is too large to be de-identified");
  std::vector<uint8_t> whole;
  whole.reserve(stream.size());
  stream.open(0, stream.size());
  for (auto piece = stream.next(); !piece.empty(); piece = stream.next())
    whole.insert(whole.end(), piece.data(), piece.data() + piece.size());
  return deidentify(whole.data(), whole.size(), how);
}

study_archive::study_archive(std::shared_ptr<gateway> actors, std::vector<instances_request> wanted,
                             std::optional<deidentification> how)
    : actors_(std::move(actors)), wanted_(std::move(wanted)), how_(std::move(how)) {}

bool study_archive::write(httplib::DataSink& sink) {
  if (bytes_) {
    const auto piece = bytes_->next();
    if (piece.empty()) {
      zip_.end();
      bytes_.reset();
    } else {
      zip_.write(piece.data(), piece.size());
    }
  } else if (closed_) {
    sink.done();
    return true;
  } else if (const auto* image = next_image()) {
    if (how_)
      open_deidentified(*image);
    else
      open(*image);
  } else {
    close();
  }
  const auto ready = zip_.take();
  return ready.empty() || sink.write(ready.data(), ready.size());
}

const image_row* study_archive::next_image() {
  for (;;) {
    if (walk_) {
      if (const auto* image = walk_->next()) return image;
      walk_.reset();
    }
    if (at_ == wanted_.size()) return nullptr;
    walk_.emplace(actors_, wanted_[at_++]);
  }
}

void study_archive::open(const image_row& image) {
  auto bytes = std::make_unique<instance_stream>(actors_, image.locations);
  bytes->open(0, bytes->size());
  const auto first = bytes->next();
  const auto name = directory_.add_file(first.data(), first.size());
  zip_.begin(name ? *name : "OTHER/" + image.attributes.sop_instance_uid + ".dcm", bytes->size());
  zip_.write(first.data(), first.size());
  bytes_ = std::move(bytes);
}

void study_archive::open_deidentified(const image_row& image) {
  const auto file = read_deidentified(actors_, image, *how_);
  if (!file) return leave_out(image, file.error());
  const auto name = directory_.add_file(file->data(), file->size());
  if (!name) return leave_out(image, name.error());
  zip_.begin(*name, file->size());
  zip_.write(file->data(), file->size());
  zip_.end();
}

void study_archive::leave_out(const image_row& image, const caf::error& why) {
  const auto number = image.attributes.number ? std::to_string(*image.attributes.number) : std::string("unknown");
  left_out_ +=
      "image number " + number + " of class " + image.attributes.sop_class_uid + ": " + reason_of(why) + "\r\n";
}

void study_archive::close() {
  if (!left_out_.empty()) {
    zip_.begin("LEFTOUT.TXT", left_out_.size());
    zip_.write(left_out_.data(), left_out_.size());
    zip_.end();
  }
  const auto directory = directory_.bytes();
  if (!directory) throw actor_failure{directory.error()};
  zip_.begin("DICOMDIR", directory->size());
  zip_.write(directory->data(), directory->size());
  zip_.end();
  zip_.finish();
  closed_ = true;
}

} // namespace noctis
