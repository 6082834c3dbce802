#include "messages/errors.hpp"
#include "print/paper.hpp"
#include "print/sheet.hpp"

#include <algorithm>
#include <cairo-pdf.h>
#include <cmath>

namespace noctis {

namespace {

cairo_status_t append(void* to, const unsigned char* data, unsigned int length) {
  auto& bytes = *static_cast<std::vector<uint8_t>*>(to);
  bytes.insert(bytes.end(), data, data + length);
  return CAIRO_STATUS_SUCCESS;
}

void say(cairo_surface_t* surface, cairo_pdf_metadata_t what, const std::string& text) {
  if (!text.empty()) cairo_pdf_surface_set_metadata(surface, what, text.c_str());
}

} // namespace

std::vector<paper::page> paper::pages(double top) const {
  std::vector<page> result(1);
  double y = top;
  for (size_t i = 0; i < pieces_.size(); ++i) {
    const auto& one = pieces_[i];
    double needed = one.before + one.height;
    // What is kept together is kept with the first of what follows, as far as a page holds it.
    for (size_t next = i; pieces_[next].keep && next + 1 < pieces_.size() && needed < (sheet::bottom - top) / 2; ++next)
      needed += pieces_[next + 1].before + pieces_[next + 1].height;
    if (y + needed > sheet::bottom && !result.back().empty()) {
      result.emplace_back();
      y = top;
    }
    if (!result.back().empty()) y += one.before;
    result.back().emplace_back(&one, y);
    y += one.height;
  }
  return result;
}

void paper::draw_watermark(cairo_t* to, const std::string& text) const {
  text_style style;
  style.size = 110;
  style.bold = true;
  const auto mark = set(text, style, sheet::height);
  pango_layout_set_width(mark.get(), -1);
  int width = 0;
  int height = 0;
  pango_layout_get_size(mark.get(), &width, &height);
  cairo_save(to);
  cairo_translate(to, sheet::width / 2, sheet::height / 2);
  cairo_rotate(to, -std::atan2(sheet::height, sheet::width));
  const double scale = std::min(1.0, 0.8 * sheet::height / points(width));
  cairo_scale(to, scale, scale);
  cairo_set_source_rgb(to, 0.9, 0.9, 0.9);
  cairo_move_to(to, -points(width) / 2, -points(height) / 2);
  pango_cairo_show_layout(to, mark.get());
  cairo_restore(to);
}

void paper::draw_frame(cairo_t* to, const paper_frame& frame, size_t number, size_t count) const {
  text_style small;
  small.size = 8;
  if (!frame.watermark.empty()) draw_watermark(to, frame.watermark);
  if (!frame.warning.empty()) {
    small.bold = true;
    const auto warning = set(frame.warning, small, sheet::text_width);
    cairo_set_source_rgb(to, 0.8, 0, 0);
    cairo_move_to(to, sheet::margin, 24);
    pango_cairo_show_layout(to, warning.get());
    small.bold = false;
  }
  draw_rule(to, sheet::margin, sheet::height - 48);
  cairo_set_source_rgb(to, 0.35, 0.35, 0.35);
  constexpr double number_width = 70;
  const auto footer = set(frame.footer, small, sheet::text_width - number_width);
  pango_layout_set_ellipsize(footer.get(), PANGO_ELLIPSIZE_END);
  cairo_move_to(to, sheet::margin, sheet::height - 44);
  pango_cairo_show_layout(to, footer.get());
  const auto pages = set("\u200E" + std::to_string(number) + " / " + std::to_string(count), small, number_width);
  pango_layout_set_alignment(pages.get(), PANGO_ALIGN_RIGHT);
  cairo_move_to(to, sheet::margin + sheet::text_width - number_width, sheet::height - 44);
  pango_cairo_show_layout(to, pages.get());
}

caf::expected<std::vector<uint8_t>> paper::pdf(const paper_frame& frame) const {
  std::vector<uint8_t> bytes;
  const auto surface = std::shared_ptr<cairo_surface_t>(
      cairo_pdf_surface_create_for_stream(append, &bytes, sheet::width, sheet::height), cairo_surface_destroy);
  cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_4);
  say(surface.get(), CAIRO_PDF_METADATA_TITLE, frame.title);
  say(surface.get(), CAIRO_PDF_METADATA_AUTHOR, frame.author);
  say(surface.get(), CAIRO_PDF_METADATA_SUBJECT, frame.subject);
  say(surface.get(), CAIRO_PDF_METADATA_KEYWORDS, "language: " + frame.language);
  say(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Noctis PACS");
  say(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, frame.moment);
  say(surface.get(), CAIRO_PDF_METADATA_MOD_DATE, frame.moment);
  const std::shared_ptr<cairo_t> to(cairo_create(surface.get()), cairo_destroy);
  const auto all = pages(sheet::margin);
  for (size_t i = 0; i < all.size(); ++i) {
    draw_frame(to.get(), frame, i + 1, all.size());
    for (const auto& [what, y] : all[i]) what->draw(to.get(), sheet::margin, y);
    cairo_show_page(to.get());
  }
  const auto drawn = cairo_status(to.get());
  cairo_surface_finish(surface.get());
  const auto written = cairo_surface_status(surface.get());
  if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS)
    return failure(errc::internal, std::string{"the PDF cannot be written: "} +
                                       cairo_status_to_string(drawn != CAIRO_STATUS_SUCCESS ? drawn : written));
  return bytes;
}

} // namespace noctis
