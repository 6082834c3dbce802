#pragma once

#include "dicom/pixels/byte_source.hpp"
#include "dicom/pixels/frame_index.hpp"
#include "http/application.hpp"
#include "http/gateway.hpp"

#include <memory>
#include <string>

namespace noctis {

/// Returns a source over a stored instance, from whichever copy can be read. An instance up to 1 MiB is read whole and
/// checked against its checksum; of a larger one only what is asked for, and some more.
byte_source stored_source(const std::shared_ptr<gateway>& actors, std::vector<location> copies);

/// Opens the image of a stored instance. Throws `actor_failure`.
image_file stored_image(const std::shared_ptr<gateway>& actors, const image_row& image);

/// Returns a stored instance as a Part 10 file in another transfer syntax. Waits for its turn: see `workbench`.
/// Throws `actor_failure`, `refusal` (503).
blob transcoded_file(application& app, const std::shared_ptr<gateway>& actors, const image_row& image,
                     const std::string& syntax);

} // namespace noctis
