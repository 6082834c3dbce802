#include "worker/series_reader.hpp"

#include "dicom/pixels/attribute_set.hpp"
#include "messages/errors.hpp"
#include "worker/series_image.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace noctis {

namespace {

constexpr size_t most_faults = 20;

} // namespace

void series_reader::add_fault(std::string what) {
  ++fault_count_;
  if (faults_.size() < most_faults) faults_.push_back(std::move(what));
}

void series_reader::add(blob part10) {
  const auto begin = std::chrono::steady_clock::now();
  add_frames(part10);
  seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void series_reader::add_frames(const blob& part10) {
  const auto image = series_image::open(part10);
  if (!image) {
    const auto meta = read_file_meta(memory_source(part10));
    add_fault("instance " + (meta ? meta->sop_instance_uid : std::string{"without a UID"}) + ": " +
              reason_of(image.error()));
    return;
  }
  if (!traits_) {
    traits_ = image->traits();
    traits_->slices = std::max<size_t>(instances_, image->frames());
    station_ = image->station();
    quality_.emplace(*traits_);
    keeps_values_ = wants_volume_(*traits_);
  }
  if (const auto dose = image->traits().ctdi_vol) {
    dose_sum_ += *dose;
    ++doses_;
  }
  if (!subject_) {
    if (auto subject = subject_of(part10.data(), part10.size())) subject_ = std::move(*subject);
  }
  const auto known = headers_.size();
  for (uint32_t frame = 0; frame < image->frames(); ++frame) {
    auto read = image->read(frame);
    auto error = read ? quality_->add(*read) : std::move(read.error());
    if (!error) {
      keep(std::move(*read));
      continue;
    }
    add_fault(reason_of(error));
    if (code_of(error) == errc::not_found) break; // a cut file has no further frames
  }
  if (headers_.size() > known) sources_.push_back(image->reference());
}

void series_reader::keep(slice&& read) {
  auto values = std::move(read.values);
  read.values = {};
  headers_.push_back(std::move(read));
  if (!keeps_values_) return;
  kept_bytes_ += values.size() * sizeof(int16_t);
  if (kept_bytes_ > most_bytes_) {
    keeps_values_ = false;
    is_beyond_limit_ = true;
    values_ = {};
    return;
  }
  constexpr float least = std::numeric_limits<int16_t>::min();
  constexpr float greatest = std::numeric_limits<int16_t>::max();
  auto& kept = values_.emplace_back(values.size());
  std::transform(values.begin(), values.end(), kept.begin(), [&](float value) {
    clamped_ += size_t(value < least || value > greatest);
    return int16_t(std::lround(std::clamp(value, least, greatest)));
  });
}

series_traits series_reader::traits() const {
  auto result = traits_.value_or(series_traits{});
  result.slices = headers_.size();
  if (doses_ > 0) result.ctdi_vol = dose_sum_ / double(doses_);
  return result;
}

std::vector<std::string> series_reader::faults() const {
  auto result = faults_;
  if (fault_count_ > faults_.size())
    result.push_back(std::to_string(fault_count_ - faults_.size()) + " more images cannot be read");
  return result;
}

caf::expected<analysis> series_reader::quality() const {
  if (headers_.empty())
    return failure(errc::invalid_argument,
                   "no image of the series can be read" + (faults_.empty() ? "" : ": " + faults_.front()));
  return quality_->finish();
}

caf::expected<volume> series_reader::take_volume() {
  if (headers_.empty()) return quality().error();
  volume_limits limits;
  limits.most_bytes = most_bytes_;
  if (auto plan = plan_volume(headers_, traits(), limits); !plan) return std::move(plan.error());
  if (is_beyond_limit_)
    return failure(errc::limit_exceeded, "the values of " + std::to_string(headers_.size()) + " slices take " +
                                             std::to_string(kept_bytes_ >> 20) + " MiB, more than " +
                                             std::to_string(most_bytes_ >> 20));
  auto result = volume_of(headers_, traits(), limits, [this](size_t place) -> caf::expected<std::vector<float>> {
    const auto& kept = values_[place];
    return std::vector<float>(kept.begin(), kept.end());
  });
  values_ = {};
  if (!result) return result;
  if (clamped_ > 0) result->warnings.push_back(std::to_string(clamped_) + " values beyond 16 bits clamped");
  return result;
}

} // namespace noctis
