#pragma once

#include <cairo.h>
#include <pango/pango.h>

// The measures of a sheet of A4 in points. For the sources of this room alone.

namespace noctis {

namespace sheet {
inline constexpr double width = 595.28;
inline constexpr double height = 841.89;
inline constexpr double margin = 56;
inline constexpr double text_width = width - 2 * margin;
inline constexpr double bottom = height - 62; ///< where text ends
} // namespace sheet

/// Returns points from Pango's units.
inline double points(int units) { return static_cast<double>(units) / PANGO_SCALE; }

/// Draws a thin line across the text.
inline void draw_rule(cairo_t* to, double x, double y) {
  cairo_set_source_rgb(to, 0.6, 0.6, 0.6);
  cairo_set_line_width(to, 0.6);
  cairo_move_to(to, x, y);
  cairo_line_to(to, x + sheet::text_width, y);
  cairo_stroke(to);
}

} // namespace noctis
