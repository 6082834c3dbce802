#pragma once

#include <optional>
#include <string>
#include <vector>

namespace noctis {

/// One media range of an Accept header.
struct media_range {
  std::string type; ///< "multipart/related", "application/*", "*/*", in lower case
  std::string of;   ///< the `type` parameter of multipart/related, in lower case
  std::string transfer_syntax;
  double quality = 1;
};

/// The ranges of an Accept header, the preferred first; `*/*` alone where it is empty.
std::vector<media_range> parse_accept(const std::string& header);

/// The media type of a Content-Type header; all empty where it has none.
media_range parse_content_type(const std::string& header);

/// A form in which something can be given.
struct media_offer {
  std::string type; ///< "application/dicom+json", "multipart/related"
  std::string of;   ///< of the parts, where it is multipart/related

  /// Returns it as Accept and Content-Type have it.
  [[nodiscard]] std::string text() const;
};

struct media_choice {
  size_t offer = 0;                           ///< index of the one that was chosen
  std::vector<std::string> transfer_syntaxes; ///< those that are welcome in it, the preferred first; none: any
};

/// Returns the offer that the client likes best, and among equals the first; none where it likes none.
std::optional<media_choice> choose_media(const std::vector<media_range>& accepted,
                                         const std::vector<media_offer>& offers);

/// Returns what is offered as the end of a sentence: "a, b or c".
std::string list_of(const std::vector<media_offer>& offers);

} // namespace noctis
