#include "http/dicom_web/stored_source.hpp"

#include "dicom/pixels/transcode.hpp"
#include "http/files/instance_stream.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr uint64_t read_whole = uint64_t{1} << 20;
constexpr uint64_t read_ahead = uint64_t{256} << 10;

/// Remembers what was read last, since headers are read in small steps.
class read_ahead_window {
public:
  read_ahead_window(std::shared_ptr<gateway> actors, std::vector<location> copies)
      : actors_(std::move(actors)), copies_(std::move(copies)), size_(copies_.empty() ? 0 : copies_.front().length) {}

  [[nodiscard]] uint64_t size() const { return size_; }

  blob read(uint64_t offset, uint64_t length) {
    if (offset < at_ || offset + length > at_ + bytes_.size()) fetch(offset, length);
    if (offset == at_ && length == bytes_.size()) return bytes_;
    const auto* begin = bytes_.data() + (offset - at_);
    return blob{blob::buffer(begin, begin + length)};
  }

private:
  void fetch(uint64_t offset, uint64_t length) {
    if (size_ <= read_whole) offset = 0;
    length = std::min(std::max(length, size_ <= read_whole ? size_ : read_ahead), size_ - offset);
    instance_stream stream(actors_, copies_);
    stream.open(offset, length);
    at_ = offset;
    bytes_ = stream.next();
    if (bytes_.size() == length) return;
    blob::buffer all(bytes_.data(), bytes_.data() + bytes_.size());
    all.reserve(length);
    for (auto piece = stream.next(); !piece.empty(); piece = stream.next())
      all.insert(all.end(), piece.data(), piece.data() + piece.size());
    bytes_ = blob{std::move(all)};
  }

  std::shared_ptr<gateway> actors_;
  std::vector<location> copies_;
  uint64_t size_;
  uint64_t at_ = 0;
  blob bytes_;
};

} // namespace

byte_source stored_source(const std::shared_ptr<gateway>& actors, std::vector<location> copies) {
  const auto window = std::make_shared<read_ahead_window>(actors, std::move(copies));
  byte_source source;
  source.size = window->size();
  source.read = [window](uint64_t offset, uint64_t length) -> caf::expected<blob> {
    try {
      if (offset > window->size() || length > window->size() - offset)
        return failure(errc::truncated_data_set, "the file ends before what is asked of it");
      return window->read(offset, length);
    } catch (const actor_failure& e) {
      return e.error();
    }
  };
  return source;
}

image_file stored_image(const std::shared_ptr<gateway>& actors, const image_row& image) {
  auto opened = open_image(stored_source(actors, image.locations));
  if (!opened) throw actor_failure{std::move(opened.error())};
  return std::move(*opened);
}

blob transcoded_file(application& app, const std::shared_ptr<gateway>& actors, const image_row& image,
                     const std::string& syntax) {
  const auto source = stored_source(actors, image.locations);
  const workbench::place place(app.bench);
  auto file = transcode(source, syntax);
  if (!file) throw actor_failure{std::move(file.error())};
  return std::move(*file);
}

} // namespace noctis
