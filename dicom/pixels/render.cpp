#include "dicom/pixels/render.hpp"

#include "dicom/pixels/annotate.hpp"
#include "dicom/pixels/colour_mapper.hpp"
#include "dicom/pixels/grey_mapper.hpp"
#include "dicom/pixels/resample.hpp"
#include "dicom/pixels/transcode.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace noctis {

namespace {

constexpr int thumbnail_quality = 85;

caf::error invalid(std::string reason) { return failure(errc::invalid_argument, std::move(reason)); }

caf::error check_options(const render_options& options) {
  if (options.max_edge == 0 || options.max_edge > 65500)
    return invalid("the longest edge of a picture is 65500 pixels");
  if (options.window) {
    const auto& window = *options.window;
    const bool finite = std::isfinite(window.centre) && std::isfinite(window.width);
    const bool wide = window.function == window_function::linear ? window.width >= 1 : window.width > 0;
    if (!finite || !wide) return invalid("a window can't be " + std::to_string(window.width) + " wide");
  }
  if (options.view && (options.view->width == 0 || options.view->height == 0)) return invalid("the viewport is empty");
  if (options.view && std::max(options.view->width, options.view->height) > options.max_edge)
    return failure(errc::limit_exceeded, "the viewport is larger than " + std::to_string(options.max_edge) + " pixels");
  return {};
}

caf::expected<picture> map_values(const blob& samples, const image_description& image, uint32_t frame,
                                  const render_options& options) {
  const auto& format = image.format;
  if (samples.size() < format.frame_bytes())
    return invalid("the frame has " + std::to_string(samples.size()) + " bytes instead of " +
                   std::to_string(format.frame_bytes()));
  picture result{format.columns, format.rows, 1, {}};
  if (format.samples == 1 && format.interpretation != photometric::palette_color) {
    result.pixels = grey_mapper{image, frame, options.window}.map(samples);
    return result;
  }
  auto colours = map_colours(samples, image);
  if (!colours) return colours.error();
  result.channels = 3;
  result.pixels = std::move(*colours);
  return result;
}

/// One side of a viewport's part of the image: where it begins, how long it is, whether it is flipped.
struct side {
  double start;
  double length;
  bool flipped;
};

caf::expected<side> cut_side(double start, const caf::optional<double>& length, uint32_t limit) {
  const auto wanted = length ? *length : limit - start;
  if (!std::isfinite(start) || !std::isfinite(wanted) || wanted == 0) return invalid("the viewport shows nothing");
  const auto from = std::clamp<double>(start, 0, limit);
  const auto to = std::clamp<double>(start + std::abs(wanted), 0, limit);
  if (to <= from) return invalid("the viewport lies outside of the image");
  return side{from, to - from, wanted < 0};
}

caf::expected<picture_part> choose_part(const picture& image, const render_options& options) {
  if (!options.view) return picture_part{0, 0, double(image.width), double(image.height), false, false};
  const auto& view = *options.view;
  auto across = cut_side(view.source_x, view.source_width, image.width);
  if (!across) return across.error();
  auto down = cut_side(view.source_y, view.source_height, image.height);
  if (!down) return down.error();
  return picture_part{across->start, down->start, across->length, down->length, across->flipped, down->flipped};
}

/// Returns what `part` is with square pixels, fitted into the viewport, or into the largest picture allowed.
std::pair<uint32_t, uint32_t> choose_size(const picture_part& part, const image_description& about,
                                          const render_options& options) {
  const auto ratio = about.pixel_height / about.pixel_width;
  const bool square = std::abs(ratio - 1) < 0.01;
  const auto width = part.width * (square || ratio > 1 ? 1 : 1 / ratio);
  const auto height = part.height * (square || ratio < 1 ? 1 : ratio);
  double scale = std::min(1.0, options.max_edge / std::max(width, height));
  if (options.view) scale = std::min(options.view->width / width, options.view->height / height);
  const auto pixels = [&](double length) {
    return static_cast<uint32_t>(std::clamp<double>(std::round(length * scale), 1, options.max_edge));
  };
  return {pixels(width), pixels(height)};
}

} // namespace

caf::expected<picture> render(const blob& frame_samples, const image_description& decoded, uint32_t frame,
                              const render_options& options) {
  if (decoded.float_pixels) return invalid("floating point pixels are not shown");
  if (auto err = check_options(options)) return err;
  auto mapped = map_values(frame_samples, decoded, frame, options);
  if (!mapped) return mapped;
  const auto part = choose_part(*mapped, options);
  if (!part) return part.error();
  const auto [width, height] = choose_size(*part, decoded, options);
  auto result = resample(*mapped, *part, width, height);
  annotate(result, decoded, frame, options);
  return result;
}

caf::expected<picture> render_frame(const image_file& image, uint32_t frame, const render_options& options) {
  const auto stored = image.frame(frame);
  if (!stored) return stored.error();
  const auto samples = decode_frame(*stored, image.description);
  if (!samples) return samples.error();
  return render(*samples, decoded_description(image.description), frame, options);
}

caf::expected<blob> thumbnail(const byte_source& source, uint32_t edge) {
  const auto image = open_image(source);
  if (!image) return image.error();
  render_options options;
  options.max_edge = edge;
  const auto shown = render_frame(*image, image->description.frames / 2, options);
  if (!shown) return shown.error();
  return encode_jpeg(*shown, thumbnail_quality);
}

} // namespace noctis
