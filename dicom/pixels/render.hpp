#pragma once

#include "dicom/pixels/byte_source.hpp"
#include "dicom/pixels/frame_index.hpp"
#include "dicom/pixels/image_description.hpp"
#include "messages/blob.hpp"

#include <caf/expected.hpp>
#include <caf/optional.hpp>

#include <cstdint>
#include <vector>

namespace noctis {

/// A picture of 8 bits, grey or RGB, row by row from the top left.
struct picture {
  uint32_t width = 0;
  uint32_t height = 0;
  uint8_t channels = 1; ///< 1 grey, 3 RGB
  std::vector<uint8_t> pixels;
};

/// The viewport of PS3.18 8.3.5.1.3: a part of the image, scaled into a box and flipped where a length is negative.
struct viewport {
  uint32_t width = 0;                  ///< vw, pixels of the picture at most
  uint32_t height = 0;                 ///< vh
  double source_x = 0;                 ///< sx, columns of the image
  double source_y = 0;                 ///< sy, rows
  caf::optional<double> source_width;  ///< sw: to the right edge unless said; negative: flipped left to right
  caf::optional<double> source_height; ///< sh: to the lower edge unless said; negative: flipped top to bottom
};

struct render_options {
  caf::optional<voi_window> window; ///< else that of the header, else from least to greatest value
  caf::optional<viewport> view;     ///< else the image in its own size
  bool annotate_patient = false;    ///< annotation=patient: who the image shows
  bool annotate_technique = false;  ///< annotation=technique: how it was taken
  uint32_t max_edge = 8192;         ///< pixels of a picture's longer edge; larger ones are scaled down
};

/// Makes a picture of one decoded frame (`decode_frame`, `decoded_description`): Modality LUT, VOI, palette and
/// colours (PS3.4 N.2), padding black, pixels made square, viewport, annotation. `frame`: its number, 0 the first.
/// Errors: `invalid_argument` for an impossible window or viewport and for a frame of the wrong size.
caf::expected<picture> render(const blob& frame_samples, const image_description& decoded, uint32_t frame,
                              const render_options& options = {});

/// Reads, decodes and renders frame `frame` (0 is the first). Errors: as `read_frame`, `decode_frame` and `render`.
caf::expected<picture> render_frame(const image_file& image, uint32_t frame, const render_options& options = {});

/// Returns a baseline JPEG of `image`; quality 1 to 100.
caf::expected<blob> encode_jpeg(const picture& image, int quality = 90);

/// Returns a PNG of 8 bits.
caf::expected<blob> encode_png(const picture& image);

/// Returns a JPEG of the middle frame whose edges are at most `edge` pixels. Errors: as `open_image`, `render_frame`.
caf::expected<blob> thumbnail(const byte_source& source, uint32_t edge = 256);

} // namespace noctis
