#include "http/dicom_web/rendering.hpp"

#include "actors/work/thumbnailer.hpp"

#include <caf/send.hpp>

namespace noctis {

namespace {

constexpr uint64_t most_pixels = 1u << 28u; // of one picture

refusal undrawable(const caf::error& error) {
  const auto code = code_of(error);
  if (code == errc::not_found) return refusal(problem_of(406, "The instance has no pixels that can be rendered."));
  if (code == errc::invalid_argument) return {code, reason_of(error) + "."};
  if (code == errc::unsupported_transfer_syntax)
    return refusal(problem_of(406, "The image cannot be rendered: " + reason_of(error) + "."));
  return refusal(problem_of(500, "The image cannot be rendered: " + reason_of(error) + "."));
}

} // namespace

std::string media_type_of(picture_form form) { return form == picture_form::png ? "image/png" : "image/jpeg"; }

image_file open_drawable(const std::shared_ptr<gateway>& actors, const image_row& image) {
  auto opened = open_image(stored_source(actors, image.locations));
  if (opened) return std::move(*opened);
  const auto code = code_of(opened.error());
  if (code == errc::storage_failure || code == errc::storage_unavailable || code == errc::timeout)
    throw actor_failure{std::move(opened.error())};
  throw undrawable(opened.error());
}

blob draw(application& app, const image_file& image, uint32_t frame, const render_request& how, picture_form form) {
  if (frame >= image.frames.frame_count)
    throw refusal(errc::not_found, "There is no frame " + std::to_string(frame + 1) + "; the instance has " +
                                       std::to_string(image.frames.frame_count) + ".");
  if (uint64_t{image.description.format.rows} * image.description.format.columns > most_pixels)
    throw refusal(problem_of(406, "The image is too large to be rendered."));
  const workbench::place place(app.bench);
  const auto picture = render_frame(image, frame, how.options);
  if (!picture) throw undrawable(picture.error());
  auto bytes = form == picture_form::png ? encode_png(*picture) : encode_jpeg(*picture, how.quality);
  if (!bytes) throw undrawable(bytes.error());
  return std::move(*bytes);
}

uint32_t representative_frame(const image_file& image) { return static_cast<uint32_t>(image.frames.frame_count / 2); }

blob draw_thumbnail(application& app, const std::shared_ptr<gateway>& actors, const image_row& image, uint32_t edge) {
  const auto key = thumbnail_key(image.data_set_digest, edge);
  const auto& cache = app.actors.cache;
  const auto cached = actors->try_ask<cache_found>(cache, patience::brief, cache_find{{key}});
  if (cached && !cached->values.empty() && !cached->values.front().empty()) return cached->values.front();
  const auto source = stored_source(actors, image.locations);
  const workbench::place place(app.bench);
  auto picture = thumbnail(source, edge);
  if (!picture) throw undrawable(picture.error());
  if (cache && !image.data_set_digest.empty()) caf::anon_send(cache, cache_put{key, *picture, thumbnail_life});
  return std::move(*picture);
}

} // namespace noctis
