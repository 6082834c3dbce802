#pragma once

#include "dicom/character_set.hpp"

#include <caf/optional.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace noctis {

/// Encodes UTF-8 for a data set: the other way of `text_decoder`, for every defined term of Specific Character Set
/// (PS3.3 C.12.1.1.2), with code extensions where it has several values.
class text_encoder {
public:
  /// `specific_character_set`: the value of (0008,0005), its values divided by "\"; "": ASCII alone.
  explicit text_encoder(std::string_view specific_character_set);
  ~text_encoder();
  text_encoder(text_encoder&&) noexcept;
  text_encoder& operator=(text_encoder&&) noexcept;

  /// Returns `text` in the character set; none where that has no code for one of its characters or it is no UTF-8.
  caf::optional<std::string> encode(std::string_view text, text_kind kind = text_kind::value);

private:
  struct repertoire;
  class state;

  std::unique_ptr<state> state_;
};

} // namespace noctis
