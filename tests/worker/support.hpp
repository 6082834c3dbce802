#pragma once

#include "dicom/objects/ct_image.hpp"
#include "imaging/phantoms/phantom.hpp"
#include "messages/worker_protocol.hpp"
#include "worker/channel.hpp"

#include <functional>
#include <string>
#include <vector>

namespace noctis::test {

using part10_file = std::vector<uint8_t>;

/// Returns a series of a phantom's traits; its UIDs are made of `number`.
ct_series series_like(const series_traits& traits, int number = 1);

/// Returns the SOP Instance UID of a series' image; the first is 0.
std::string uid_of(const ct_series& series, size_t place);

/// Returns a slice as CT Image Storage.
part10_file file_of(const ct_series& series, const slice& one, size_t place);

/// Returns every slice of a phantom as a file.
std::vector<part10_file> files_of(const phantom& made, const ct_series& series);

/// What a task sent, and how it ended.
struct task_outcome {
  caf::error error;
  std::vector<worker_frame> frames;

  /// The text of the result frame of this analyser, "" where there is none.
  [[nodiscard]] std::string result_of(const std::string& analyser) const;
  [[nodiscard]] size_t results() const;
};

/// Runs `task` on a channel that has these instances, those of a prior study, and the end of input in it.
task_outcome run_on(const std::vector<part10_file>& instances, const std::function<caf::error(worker_channel&)>& task,
                    const std::vector<part10_file>& priors = {});

} // namespace noctis::test
