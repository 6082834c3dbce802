#include "print/paper.hpp"

#include "print/sheet.hpp"

#include <algorithm>
#include <fribidi.h>
#include <string_view>

namespace noctis {

namespace {

constexpr const char* left_to_right = "\u200E"; ///< makes numbers and dates run so where the rest does not
constexpr size_t longest_run = 4000;            ///< bytes that are set at once: longer paragraphs are cut between words

double height_of(PangoLayout* layout) {
  int height = 0;
  pango_layout_get_size(layout, nullptr, &height);
  return points(height);
}

/// Where a piece of at most `most` bytes ends: after a space where there is one, else between characters.
size_t run_length(std::string_view text, size_t most) {
  if (text.size() <= most) return text.size();
  const auto space = text.rfind(' ', most - 1);
  if (space != std::string_view::npos && space > most / 2) return space + 1;
  // A word without end is slow to break into lines; of scripts without spaces each character is a word.
  constexpr size_t longest_word = 500;
  const auto is_ascii =
      std::all_of(text.begin(), text.begin() + longest_word, [](unsigned char c) { return c < 0x80; });
  size_t end = is_ascii ? longest_word : most;
  while (end > 1 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80) --end;
  return end;
}

/// Control characters become visible (U+2400 …), so that a text says all that it holds.
std::string visible(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == '\t') {
      result += "    ";
    } else if (byte < 0x20) {
      result += {'\xE2', '\x90', static_cast<char>(0x80 + byte)};
    } else if (byte == 0x7F) {
      result += "\xE2\x90\xA1";
    } else {
      result += c;
    }
  }
  return result;
}

/// What has no letters stays as it is read: dates, numbers.
std::string left_to_right_number(const std::string& text) {
  const bool is_number = text.find_first_not_of("0123456789-.:/ ") == std::string::npos;
  return is_number ? left_to_right + text : text;
}

/// The direction of the first letter that has one, else `usual`.
PangoDirection direction_of(const std::string& text, PangoDirection usual) {
  glong count = 0;
  const std::unique_ptr<gunichar, decltype(&g_free)> letters(
      g_utf8_to_ucs4_fast(text.data(), static_cast<glong>(text.size()), &count), g_free);
  std::vector<FriBidiCharType> kinds(static_cast<size_t>(count));
  fribidi_get_bidi_types(letters.get(), static_cast<FriBidiStrIndex>(count), kinds.data());
  const auto found = fribidi_get_par_direction(kinds.data(), static_cast<FriBidiStrIndex>(count));
  if (found == FRIBIDI_PAR_ON) return usual;
  return FRIBIDI_IS_RTL(found) ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR;
}

/// Lines as they were typed, whichever way they end.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> result(1);
  for (size_t i = 0; i < text.size(); ++i) {
    const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (pair) continue;
    if (text[i] == '\n' || text[i] == '\r')
      result.emplace_back();
    else
      result.back() += text[i];
  }
  return result;
}

struct png_source {
  const std::vector<uint8_t>& bytes;
  size_t at = 0;
};

cairo_status_t read_png(void* from, unsigned char* data, unsigned int length) {
  auto& source = *static_cast<png_source*>(from);
  if (source.bytes.size() - source.at < length) return CAIRO_STATUS_READ_ERROR;
  std::copy_n(source.bytes.begin() + static_cast<std::ptrdiff_t>(source.at), length, data);
  source.at += length;
  return CAIRO_STATUS_SUCCESS;
}

using surface_handle = std::shared_ptr<cairo_surface_t>;

surface_handle owned(cairo_surface_t* surface) { return {surface, cairo_surface_destroy}; }

/// A surface that goes into the PDF as the JPEG that it is.
surface_handle jpeg_surface(const std::vector<uint8_t>& jpeg, uint32_t width, uint32_t height) {
  auto surface =
      owned(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width), static_cast<int>(height)));
  auto* kept = new std::vector<uint8_t>(jpeg);
  const auto release = [](void* bytes) { delete static_cast<std::vector<uint8_t>*>(bytes); };
  if (cairo_surface_set_mime_data(surface.get(), CAIRO_MIME_TYPE_JPEG, kept->data(), kept->size(), release, kept) !=
      CAIRO_STATUS_SUCCESS)
    delete kept;
  return surface;
}

void draw_surface(cairo_t* to, cairo_surface_t* surface, double x, double y, double scale) {
  cairo_save(to);
  cairo_translate(to, x, y);
  cairo_scale(to, scale, scale);
  cairo_set_source_surface(to, surface, 0, 0);
  cairo_paint(to);
  cairo_restore(to);
}

} // namespace

paper::paper(bool right_to_left)
    : right_to_left_(right_to_left),
      context_(pango_font_map_create_context(pango_cairo_font_map_get_default()), g_object_unref) {
  pango_cairo_context_set_resolution(context_.get(), 72);
  auto* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_.get(), options);
  cairo_font_options_destroy(options);
}

paper::layout paper::set(const std::string& typed, const text_style& style, double width) const {
  const auto text = visible(typed);
  const auto direction = direction_of(text, right_to_left_ ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_context_set_base_dir(context_.get(), direction);
  layout result(pango_layout_new(context_.get()), g_object_unref);
  auto* font = pango_font_description_from_string("DejaVu Sans, Droid Sans Fallback");
  pango_font_description_set_size(font, static_cast<int>(style.size * PANGO_SCALE));
  if (style.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(result.get(), font);
  pango_font_description_free(font);
  // Letters that melt into one (ff, fi) are found and copied as a letter that nobody typed: a digest would be another.
  auto* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_font_features_new("liga=0, clig=0"));
  pango_layout_set_attributes(result.get(), attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_auto_dir(result.get(), FALSE);
  pango_layout_set_width(result.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(result.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(result.get(), 1.15F);
  const auto start = direction == PANGO_DIRECTION_RTL ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
  pango_layout_set_alignment(result.get(), style.centred ? PANGO_ALIGN_CENTER : start);
  pango_layout_set_text(result.get(), text.data(), static_cast<int>(text.size()));
  return result;
}

void paper::put_lines(const layout& set, const text_style& style, double before) {
  auto* lines = pango_layout_get_iter(set.get());
  do {
    PangoRectangle extents;
    pango_layout_iter_get_line_extents(lines, nullptr, &extents);
    const double ascent = points(pango_layout_iter_get_baseline(lines) - extents.y);
    const std::shared_ptr<PangoLayoutLine> line(pango_layout_line_ref(pango_layout_iter_get_line_readonly(lines)),
                                                pango_layout_line_unref);
    pieces_.push_back({before, points(extents.height), style.keep,
                       [set, line, ascent, style, start = points(extents.x)](cairo_t* to, double x, double y) {
                         cairo_set_source_rgb(to, style.red, style.green, style.blue);
                         cairo_move_to(to, x + start, y + ascent);
                         pango_cairo_show_layout_line(to, line.get());
                       }});
    before = 0;
  } while (pango_layout_iter_next_line(lines) != FALSE);
  pango_layout_iter_free(lines);
}

void paper::put_text(const std::string& text, const text_style& style) {
  double before = style.before;
  for (const auto& typed : lines_of(text)) {
    std::string_view rest = typed;
    do {
      const auto length = run_length(rest, longest_run);
      put_lines(set(std::string{rest.substr(0, length)}, style, sheet::text_width), style, before);
      rest.remove_prefix(length);
      before = 0;
    } while (!rest.empty());
  }
}

void paper::put_line() {
  pieces_.push_back({6, 4, false, [](cairo_t* to, double x, double y) { draw_rule(to, x, y + 2); }});
}

void paper::put_fields(const std::vector<std::pair<std::string, std::string>>& fields) {
  constexpr double column = sheet::text_width / 2;
  text_style name;
  name.size = 7.5;
  name.red = name.green = name.blue = 0.35;
  text_style value;
  value.size = 10;
  put_line();
  for (size_t i = 0; i < fields.size(); i += 2) {
    piece row;
    row.before = 2;
    std::vector<std::pair<layout, layout>> cells;
    for (size_t j = i; j < std::min(i + 2, fields.size()); ++j) {
      cells.emplace_back(set(fields[j].first, name, column - 10),
                         set(left_to_right_number(fields[j].second), value, column - 10));
      row.height = std::max(row.height, height_of(cells.back().first.get()) + height_of(cells.back().second.get()));
    }
    row.draw = [cells](cairo_t* to, double x, double y) {
      for (const auto& [label, text] : cells) {
        cairo_set_source_rgb(to, 0.35, 0.35, 0.35);
        cairo_move_to(to, x, y);
        pango_cairo_show_layout(to, label.get());
        cairo_set_source_rgb(to, 0, 0, 0);
        cairo_move_to(to, x, y + height_of(label.get()));
        pango_cairo_show_layout(to, text.get());
        x += column;
      }
    };
    pieces_.push_back(std::move(row));
  }
  put_line();
}

void paper::put_pictures(const std::vector<paper_picture>& pictures) {
  constexpr double gap = 12;
  constexpr double column = (sheet::text_width - gap) / 2;
  constexpr double most_height = 210;
  text_style caption;
  caption.size = 8.5;
  struct cell {
    surface_handle picture;
    layout caption;
    double scale = 0;
    double height = 0;
  };
  for (size_t i = 0; i < pictures.size(); i += 2) {
    piece row;
    row.before = 8;
    std::vector<cell> cells;
    for (size_t j = i; j < std::min(i + 2, pictures.size()); ++j) {
      const auto& one = pictures[j];
      cell made;
      if (one.jpeg != nullptr && !one.jpeg->empty() && one.width > 0 && one.height > 0) {
        made.picture = jpeg_surface(*one.jpeg, one.width, one.height);
        made.scale = std::min(column / one.width, most_height / one.height);
        made.height = made.scale * one.height + 3;
      }
      made.caption = set(one.caption, caption, column);
      row.height = std::max(row.height, made.height + height_of(made.caption.get()));
      cells.push_back(std::move(made));
    }
    row.draw = [cells](cairo_t* to, double x, double y) {
      for (const auto& one : cells) {
        if (one.picture) draw_surface(to, one.picture.get(), x, y, one.scale);
        cairo_set_source_rgb(to, 0, 0, 0);
        cairo_move_to(to, x, y + one.height);
        pango_cairo_show_layout(to, one.caption.get());
        x += column + gap;
      }
    };
    pieces_.push_back(std::move(row));
  }
}

void paper::put_logo(const std::vector<uint8_t>& png, double most_height) {
  png_source source{png};
  const auto logo = owned(cairo_image_surface_create_from_png_stream(read_png, &source));
  if (cairo_surface_status(logo.get()) != CAIRO_STATUS_SUCCESS) return;
  const double width = cairo_image_surface_get_width(logo.get());
  const double height = cairo_image_surface_get_height(logo.get());
  if (width <= 0 || height <= 0) return;
  const double scale = std::min(most_height / height, sheet::text_width / width);
  pieces_.push_back({0, scale * height, true,
                     [logo, scale](cairo_t* to, double x, double y) { draw_surface(to, logo.get(), x, y, scale); }});
}

} // namespace noctis
