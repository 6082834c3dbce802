#pragma once

#include <caf/expected.hpp>
#include <cairo.h>
#include <pango/pangocairo.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace noctis {

/// How a text looks. Lengths are points (1/72 inch).
struct text_style {
  double size = 10;
  bool bold = false;
  double red = 0, green = 0, blue = 0;
  double before = 0; ///< space above its first line
  bool keep = false; ///< not at the end of a page, away from what follows
  bool centred = false;
};

/// A picture with a caption below it.
struct paper_picture {
  const std::vector<uint8_t>* jpeg = nullptr;
  uint32_t width = 0;
  uint32_t height = 0;
  std::string caption;
};

/// What stands on every page, and what the file says of itself.
struct paper_frame {
  std::string title;
  std::string author;
  std::string subject;
  std::string language;
  std::string moment;    ///< ISO 8601: when it was made, as the file says
  std::string footer;    ///< at the left; the page's number is at the right
  std::string watermark; ///< across each page; "": none
  std::string warning;   ///< in red on top of each page; "": none
};

/// Sheets of A4 on which things are put below each other; then they become the pages of a PDF. Text is UTF-8 of any
/// script; each paragraph has its own direction. For one thread.
class paper {
public:
  /// `right_to_left`: the direction of paragraphs that have none of their own.
  explicit paper(bool right_to_left);

  /// Puts paragraphs, which newlines end.
  void put_text(const std::string& text, const text_style& style);

  /// Puts names with their values in two columns, between two lines.
  void put_fields(const std::vector<std::pair<std::string, std::string>>& fields);

  /// Puts pictures two in a row. One without bytes shows its caption alone.
  void put_pictures(const std::vector<paper_picture>& pictures);

  /// Puts a PNG in its own shape, at most that high; nothing where it is none.
  void put_logo(const std::vector<uint8_t>& png, double most_height);

  /// Puts a thin line across.
  void put_line();

  /// Returns the pages as a PDF. Error: `internal` where it cannot be written.
  caf::expected<std::vector<uint8_t>> pdf(const paper_frame& frame) const;

private:
  using layout = std::shared_ptr<PangoLayout>;
  using drawing = std::function<void(cairo_t* to, double x, double y)>;

  struct piece {
    double before = 0;
    double height = 0;
    bool keep = false;
    drawing draw;
  };
  using page = std::vector<std::pair<const piece*, double>>; ///< pieces with their places from the top

  [[nodiscard]] layout set(const std::string& text, const text_style& style, double width) const;
  void put_lines(const layout& set, const text_style& style, double before);
  [[nodiscard]] std::vector<page> pages(double top) const;
  void draw_frame(cairo_t* to, const paper_frame& frame, size_t number, size_t count) const;
  void draw_watermark(cairo_t* to, const std::string& text) const;

  bool right_to_left_;
  std::shared_ptr<PangoContext> context_;
  std::vector<piece> pieces_;
};

} // namespace noctis
