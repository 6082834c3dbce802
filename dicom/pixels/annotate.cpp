#include "dicom/pixels/annotate.hpp"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace noctis {

namespace {

template <auto Release>
struct releaser {
  template <class T>
  void operator()(T* object) const {
    Release(object);
  }
};
using surface_handle = std::unique_ptr<cairo_surface_t, releaser<cairo_surface_destroy>>;
using context_handle = std::unique_ptr<cairo_t, releaser<cairo_destroy>>;
using layout_handle = std::unique_ptr<PangoLayout, releaser<g_object_unref>>;
using font_handle = std::unique_ptr<PangoFontDescription, releaser<pango_font_description_free>>;

void append(std::string& text, const std::string& part, const char* before = "", const char* after = "") {
  if (part.empty()) return;
  if (!text.empty() && text.back() != '\n') text += "  ";
  text += before + part + after;
}

void end_line(std::string& text) {
  if (!text.empty() && text.back() != '\n') text += '\n';
}

/// The component groups of a name on a line each, with spaces for carets.
std::string shown_name(std::string name) {
  std::replace(name.begin(), name.end(), '^', ' ');
  std::replace(name.begin(), name.end(), '=', '\n');
  return name;
}

std::string patient_lines(const image_captions& captions) {
  std::string text = shown_name(captions.patient_name);
  end_line(text);
  append(text, captions.patient_id);
  end_line(text);
  append(text, captions.patient_birth_date, "*");
  append(text, captions.patient_sex);
  return text;
}

std::string technique_lines(const image_description& about, uint32_t frame) {
  const auto& captions = about.captions;
  std::string text;
  append(text, captions.institution);
  append(text, captions.manufacturer);
  end_line(text);
  append(text, captions.study_date);
  append(text, captions.study_description);
  end_line(text);
  append(text, captions.modality);
  append(text, captions.series_description);
  append(text, captions.laterality);
  append(text, captions.instance_number, "#");
  if (about.frames > 1) append(text, std::to_string(frame + 1) + "/" + std::to_string(about.frames));
  end_line(text);
  append(text, captions.kvp, "", " kV");
  append(text, captions.slice_thickness, "", " mm");
  append(text, captions.repetition_time, "TR ", " ms");
  append(text, captions.echo_time, "TE ", " ms");
  return text;
}

/// Letters drawn over a picture: white, with a black edge, on nothing.
class text_layer {
public:
  text_layer(uint32_t width, uint32_t height)
      : surface_(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(width), static_cast<int>(height))),
        context_(cairo_create(surface_.get())), width_(width), height_(height) {}

  [[nodiscard]] bool usable() const { return cairo_status(context_.get()) == CAIRO_STATUS_SUCCESS; }

  void write(const std::string& text, bool at_bottom) {
    const auto size = std::clamp(std::min(width_, height_) / 30.0, 10.0, 48.0);
    const font_handle font{pango_font_description_from_string("DejaVu Sans")};
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    const layout_handle layout{pango_cairo_create_layout(context_.get())};
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    int text_height = 0;
    pango_layout_get_pixel_size(layout.get(), nullptr, &text_height);
    cairo_move_to(context_.get(), size / 2, at_bottom ? height_ - text_height - size / 2 : size / 2);
    pango_cairo_layout_path(context_.get(), layout.get());
    cairo_set_source_rgb(context_.get(), 0, 0, 0);
    cairo_set_line_width(context_.get(), std::max(2.0, size / 8));
    cairo_stroke_preserve(context_.get());
    cairo_set_source_rgb(context_.get(), 1, 1, 1);
    cairo_fill(context_.get());
  }

  /// The layer has one brightness, already multiplied by its opacity.
  void blend_into(picture& image) const {
    cairo_surface_flush(surface_.get());
    const auto* data = cairo_image_surface_get_data(surface_.get());
    const auto stride = static_cast<size_t>(cairo_image_surface_get_stride(surface_.get()));
    auto* to = image.pixels.data();
    for (uint32_t y = 0; y < height_; ++y) {
      const auto* at = data + y * stride;
      for (uint32_t x = 0; x < width_; ++x, at += 4) {
        for (unsigned c = 0; c < image.channels; ++c, ++to)
          *to = static_cast<uint8_t>(std::min(255, at[c] + *to * (255 - at[3]) / 255));
      }
    }
  }

private:
  surface_handle surface_;
  context_handle context_;
  uint32_t width_;
  uint32_t height_;
};

} // namespace

void annotate(picture& image, const image_description& about, uint32_t frame, const render_options& options) {
  if (!options.annotate_patient && !options.annotate_technique) return;
  text_layer layer{image.width, image.height};
  if (!layer.usable()) return;
  if (options.annotate_patient) layer.write(patient_lines(about.captions), false);
  if (options.annotate_technique) layer.write(technique_lines(about, frame), true);
  layer.blend_into(image);
}

} // namespace noctis
