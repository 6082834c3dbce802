#pragma once

#include "dicom/objects/made_object.hpp"
#include "imaging/analysers/quality_control.hpp"
#include "imaging/volume.hpp"
#include "messages/blob.hpp"

#include <caf/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace noctis {

/// Takes the images of a series one after the other: each goes through quality control and is forgotten, but for its
/// header, and for its values where a volume may be wanted. However long the series is, it takes no more memory than
/// `most_bytes` for values, and a little for each header.
class series_reader {
public:
  /// `wants_volume` is asked once, with the traits of the first image.
  series_reader(size_t instances, uint64_t most_bytes, std::function<bool(const series_traits&)> wants_volume)
      : instances_(instances), most_bytes_(most_bytes), wants_volume_(std::move(wants_volume)) {}

  /// Takes a Part 10 file. What cannot be read of it is a fault, and no more.
  void add(blob part10);

  /// Notes what is wrong with an instance that did not come.
  void add_fault(std::string what);

  /// Returns what the headers of the first image, and the dose of all, say.
  [[nodiscard]] series_traits traits() const;
  [[nodiscard]] const std::string& station() const { return station_; }
  /// Returns patient and study, as the first image whose header tells them does; none: no header does.
  [[nodiscard]] const std::optional<object_subject>& subject() const { return subject_; }
  /// Returns the images that were read; `frame` is 1 for one with many frames, else 0.
  [[nodiscard]] const std::vector<object_reference>& sources() const { return sources_; }
  /// Returns one sentence for each of the first faults, and how many more there are.
  [[nodiscard]] std::vector<std::string> faults() const;
  [[nodiscard]] size_t slices() const { return headers_.size(); }
  /// Returns how long reading and quality control have taken.
  [[nodiscard]] double seconds() const { return seconds_; }

  /// Returns the quality of what was read. Error: `invalid_argument` where nothing was.
  [[nodiscard]] caf::expected<analysis> quality() const;

  /// Makes the volume of the series, planned first from geometry alone; the values are gone afterwards. Errors: those
  /// of `volume_of`; `limit_exceeded` where the values are too many; `invalid_argument` where nothing was read.
  [[nodiscard]] caf::expected<volume> take_volume();

private:
  void add_frames(const blob& part10);
  void keep(slice&& read);

  size_t instances_;
  uint64_t most_bytes_;
  std::function<bool(const series_traits&)> wants_volume_;
  std::optional<series_traits> traits_;
  std::string station_;
  std::optional<object_subject> subject_;
  std::vector<object_reference> sources_;
  std::optional<quality_control> quality_;
  std::vector<slice> headers_; ///< without values
  std::vector<std::vector<int16_t>> values_;
  uint64_t kept_bytes_ = 0;
  bool keeps_values_ = false;
  bool is_beyond_limit_ = false;
  size_t clamped_ = 0;
  std::vector<std::string> faults_;
  size_t fault_count_ = 0;
  double dose_sum_ = 0;
  size_t doses_ = 0;
  double seconds_ = 0;
};

} // namespace noctis
