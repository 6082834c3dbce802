#include "dicom/pixels/jpeg_ls_scans.hpp"

#include "dicom/byte_order.hpp"

#include <algorithm>
#include <cstddef>

namespace noctis {

namespace {

constexpr uint8_t start_of_frame = 0xF7;
constexpr uint8_t start_of_scan = 0xDA;
constexpr uint8_t stopper = 0x55;
constexpr size_t frame_head = 8;      ///< of a frame header: length, bits, rows, columns, number of components
constexpr size_t component_entry = 3; ///< of a frame header, for each component
constexpr size_t most_scans = 3;

/// Walks through the segments.
class scan_divider {
public:
  explicit scan_divider(const blob& coded) : bytes_(coded.data()), size_(coded.size()) {}

  std::vector<jpeg_ls_scan> divide() {
    size_t at = 2;
    while (size_ - std::min(at, size_) >= 4 && scans_.size() < most_scans) {
      if (bytes_[at] != 0xFF) break;
      const auto marker = bytes_[at + 1];
      const size_t length = read_u16(bytes_ + at + 2, true);
      if (marker == 0xFF) {
        ++at;
        continue;
      }
      if (length < 2 || length > size_ - at - 2) break;
      const auto* segment = bytes_ + at + 2;
      at += 2 + length;
      if (marker == start_of_frame)
        frame_.assign(segment, segment + length);
      else if (marker == start_of_scan)
        at = take_scan(segment, length, at);
      else
        put_segment(others_, marker, segment, length);
    }
    return std::move(scans_);
  }

private:
  static void put_segment(blob::buffer& to, uint8_t marker, const uint8_t* segment, size_t length) {
    to.push_back(0xFF);
    to.push_back(marker);
    to.insert(to.end(), segment, segment + length);
  }

  /// Returns where the data that begins at `at` ends: at a marker that is no restart.
  [[nodiscard]] size_t data_end(size_t at) const {
    for (; at + 1 < size_; ++at) {
      const auto next = bytes_[at + 1];
      const bool restart = next >= 0xD0 && next <= 0xD7;
      if (bytes_[at] == 0xFF && next >= 0x80 && !restart) return at;
    }
    return size_;
  }

  /// The frame header of the components that a scan has: those from `first` on.
  [[nodiscard]] blob::buffer frame_of(size_t first, size_t count) const {
    blob::buffer result{frame_.begin(), frame_.begin() + frame_head};
    result[1] = static_cast<uint8_t>(frame_head + component_entry * count);
    result[0] = 0;
    result[frame_head - 1] = static_cast<uint8_t>(count);
    const auto from = frame_.begin() + static_cast<ptrdiff_t>(frame_head + first * component_entry);
    result.insert(result.end(), from, from + static_cast<ptrdiff_t>(count * component_entry));
    return result;
  }

  size_t take_scan(const uint8_t* segment, size_t length, size_t at) {
    const auto end = data_end(at);
    const size_t count = length > 2 ? segment[2] : 0;
    const bool fits = count > 0 && frame_.size() >= frame_head + component_entry * (components_ + count);
    if (!fits) return size_;
    jpeg_ls_scan scan;
    scan.components = static_cast<uint8_t>(count);
    auto& to = scan.codestream;
    to.reserve(others_.size() + end - at + 64);
    to = {0xFF, 0xD8};
    to.insert(to.end(), others_.begin(), others_.end());
    const auto frame = frame_of(components_, count);
    put_segment(to, start_of_frame, frame.data(), frame.size());
    put_segment(to, start_of_scan, segment, length);
    to.insert(to.end(), bytes_ + at, bytes_ + end);
    to.insert(to.end(), {stopper, 0xFF, 0xD9});
    scans_.push_back(std::move(scan));
    components_ += count;
    return end;
  }

  const uint8_t* bytes_;
  size_t size_;
  blob::buffer frame_;  ///< the frame header, without its marker
  blob::buffer others_; ///< other segments before the next scan
  size_t components_ = 0;
  std::vector<jpeg_ls_scan> scans_;
};

} // namespace

std::vector<jpeg_ls_scan> divide_into_scans(const blob& coded) { return scan_divider{coded}.divide(); }

} // namespace noctis
