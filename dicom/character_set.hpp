#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace noctis {

/// At which characters code extensions fall back to the first character set (PS3.5 6.1.2.5.3).
enum class text_kind : uint8_t {
  value,       ///< line ends and "\"
  person_name, ///< those, "^" and "="
  long_text,   ///< line ends alone (ST, LT, UT)
};

/// Decodes the text of a data set to UTF-8: every Specific Character Set of PS3.3 C.12.1.1.2, with code extensions
/// (ISO 2022) and the common misspellings of its terms. Text without a character set, which should be ASCII, is read
/// as UTF-8 where it is valid as such, as Latin 1 otherwise. Bytes that stand for no character become U+FFFD.
class text_decoder {
public:
  /// `specific_character_set`: the raw value of (0008,0005).
  explicit text_decoder(std::string_view specific_character_set = {});
  ~text_decoder();
  text_decoder(text_decoder&&) noexcept;
  text_decoder& operator=(text_decoder&&) noexcept;

  /// Returns `bytes` in UTF-8, valid whatever they are. Padding and control characters stay.
  std::string decode(std::string_view bytes, text_kind kind = text_kind::value);

private:
  class converters;

  std::string decode_extended(std::string_view bytes, text_kind kind);
  std::string decode_undeclared(std::string_view bytes);

  std::unique_ptr<converters> converters_; ///< opened when first needed
  const char* first_ = nullptr;            ///< iconv's name of the first character set, none for ASCII
  bool extended_ = false;                  ///< escape sequences may switch the character set
};

} // namespace noctis
