#pragma once

#include "dicom/deidentification/deidentify.hpp"
#include "dicom/objects/dicomdir.hpp"
#include "http/dicom_web/instance_walk.hpp"
#include "http/files/instance_stream.hpp"
#include "http/files/zip_writer.hpp"

#include <httplib.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace noctis {

/// Writes the instances of studies as a ZIP with a DICOMDIR (PS3.10), a piece for each call. Where they are
/// de-identified, each is read whole, up to `largest_deidentified`; one that cannot be is left out and named in
/// LEFTOUT.TXT.
class study_archive {
public:
  static constexpr uint64_t largest_deidentified = uint64_t{1} << 30; ///< bytes

  /// `wanted`: studies or series, the first of which is known to be there.
  study_archive(std::shared_ptr<gateway> actors, std::vector<instances_request> wanted,
                std::optional<deidentification> how);

  /// Gives the next bytes to `sink`, or ends it. Returns false where the client has gone. Throws.
  bool write(httplib::DataSink& sink);

private:
  const image_row* next_image();
  void open(const image_row& image);
  void open_deidentified(const image_row& image);
  void leave_out(const image_row& image, const caf::error& why);
  void close();

  std::shared_ptr<gateway> actors_;
  std::vector<instances_request> wanted_;
  size_t at_ = 0; ///< the one of `wanted_` that is walked
  std::optional<instance_walk> walk_;
  std::optional<deidentification> how_;
  std::unique_ptr<instance_stream> bytes_; ///< of the file that is under way
  zip_writer zip_;
  dicomdir directory_;
  std::string left_out_;
  bool closed_ = false;
};

/// Reads a whole instance and de-identifies it. Errors: those of `deidentify`, `limit_exceeded`. Throws `actor_failure`
/// where it cannot be read.
caf::expected<std::vector<uint8_t>> read_deidentified(const std::shared_ptr<gateway>& actors, const image_row& image,
                                                      const deidentification& how);

} // namespace noctis
