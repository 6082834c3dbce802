#include "dicom/character_set.hpp"

#include "dicom/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iconv.h>
#include <utility>
#include <vector>

namespace noctis {

namespace {

constexpr const char* latin1 = "ISO-8859-1";
constexpr const char* utf8 = "UTF-8";
constexpr const char* shift_jis = "CP932"; ///< holds JIS X 0201, whose upper half has the same codes
constexpr const char* euc_jp = "EUC-JP";   ///< JIS X 0208 and 0212 with the high bits set
constexpr const char* euc_kr = "EUC-KR";
constexpr const char* gbk = "GBK"; ///< holds GB 2312
constexpr const char* gb18030 = "GB18030";
constexpr const char* thai = "TIS-620";
constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr char escape = '\x1B';

struct registration {
  int number; ///< in the ISO register of character sets, as in "ISO_IR 100" and "ISO 2022 IR 100"
  const char* name;
};

constexpr std::array<registration, 16> registrations{{
    {13, shift_jis},
    {58, gbk},
    {100, latin1},
    {101, "ISO-8859-2"},
    {109, "ISO-8859-3"},
    {110, "ISO-8859-4"},
    {126, "ISO-8859-7"},
    {127, "ISO-8859-6"},
    {138, "ISO-8859-8"},
    {144, "ISO-8859-5"},
    {148, "ISO-8859-9"},
    {149, euc_kr},
    {166, thai},
    {192, utf8},
    {203, "ISO-8859-15"},
}};

/// What a term of Specific Character Set names: an iconv name, nullptr for ASCII and for what only an escape
/// sequence brings in (JIS X 0208 and 0212).
const char* name_of_term(std::string_view term) {
  if (term == "GB18030") return gb18030;
  if (term == "GBK" || term == "GB2312") return gbk;
  if (term == "UTF-8" || term == "UTF8") return utf8;
  const auto at = term.rfind("IR");
  if (at == std::string_view::npos) return nullptr;
  int number = 0;
  for (const char c : term.substr(at + 2)) {
    if (c >= '0' && c <= '9' && number < 1000) number = number * 10 + (c - '0');
  }
  const auto found = std::find_if(registrations.begin(), registrations.end(),
                                  [number](const auto& row) { return row.number == number; });
  return found == registrations.end() ? nullptr : found->name;
}

/// What an escape sequence puts into the lower (G0) or upper (G1) half of the code table.
enum class lower_half : uint8_t { single_byte, jis_x_0208, jis_x_0212 };

struct designation {
  std::string_view sequence; ///< after ESC
  bool is_lower;
  lower_half lower;
  const char* upper;
};

constexpr std::array<designation, 19> designations{{
    {"(B", true, lower_half::single_byte, nullptr},        {"(J", true, lower_half::single_byte, nullptr},
    {"$B", true, lower_half::jis_x_0208, nullptr},         {"$@", true, lower_half::jis_x_0208, nullptr},
    {"$(D", true, lower_half::jis_x_0212, nullptr},        {")I", false, lower_half::single_byte, shift_jis},
    {"$)C", false, lower_half::single_byte, euc_kr},       {"$)A", false, lower_half::single_byte, gbk},
    {"-A", false, lower_half::single_byte, latin1},        {"-B", false, lower_half::single_byte, "ISO-8859-2"},
    {"-C", false, lower_half::single_byte, "ISO-8859-3"},  {"-D", false, lower_half::single_byte, "ISO-8859-4"},
    {"-F", false, lower_half::single_byte, "ISO-8859-7"},  {"-G", false, lower_half::single_byte, "ISO-8859-6"},
    {"-H", false, lower_half::single_byte, "ISO-8859-8"},  {"-L", false, lower_half::single_byte, "ISO-8859-5"},
    {"-M", false, lower_half::single_byte, "ISO-8859-9"},  {"-T", false, lower_half::single_byte, thai},
    {"-b", false, lower_half::single_byte, "ISO-8859-15"},
}};

/// Returns the row whose sequence `rest` begins with, nullptr where there is none.
const designation* find_designation(std::string_view rest) {
  const auto found = std::find_if(designations.begin(), designations.end(), [rest](const auto& row) {
    return rest.substr(0, row.sequence.size()) == row.sequence;
  });
  return found == designations.end() ? nullptr : &*found;
}

bool high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool graphic(char c) { return c > 0x20 && c < 0x7F; }

bool falls_back_at(char c, text_kind kind) {
  if (c == '\r' || c == '\n' || c == '\f' || c == '\t') return true;
  if (c == '\\') return kind != text_kind::long_text;
  return kind == text_kind::person_name && (c == '^' || c == '=');
}

} // namespace

/// The iconv conversions to UTF-8 that one decoder has used.
class text_decoder::converters {
public:
  converters() = default;
  converters(const converters&) = delete;
  converters& operator=(const converters&) = delete;
  ~converters() {
    for (auto& [name, handle] : open_) {
      if (handle != invalid()) iconv_close(handle);
    }
  }

  /// Appends `bytes` in UTF-8 to `out`. Returns how many replacement characters it took.
  size_t append(const char* name, std::string_view bytes, std::string& out) {
    auto* const handle = find(name);
    if (handle == invalid()) {
      for (size_t i = 0; i < bytes.size(); ++i) out += replacement;
      return bytes.size();
    }
    iconv(handle, nullptr, nullptr, nullptr, nullptr);
    size_t replaced = 0;
    auto* in = const_cast<char*>(bytes.data()); // iconv's interface has no const; it only reads
    size_t left = bytes.size();
    std::array<char, 256> piece;
    while (left > 0) {
      char* to = piece.data();
      size_t room = piece.size();
      const auto done = iconv(handle, &in, &left, &to, &room);
      const int reason = done == static_cast<size_t>(-1) ? errno : 0;
      out.append(piece.data(), piece.size() - room);
      if (reason != 0 && reason != E2BIG) { // no character, or the rest of one
        out += replacement;
        ++replaced;
        ++in;
        --left;
      }
    }
    return replaced;
  }

private:
  // What POSIX says iconv_open returns when it fails.
  static iconv_t invalid() { return reinterpret_cast<iconv_t>(intptr_t{-1}); } // NOLINT(performance-no-int-to-ptr)

  iconv_t find(const char* name) {
    for (auto& [known, handle] : open_) {
      if (std::strcmp(known, name) == 0) return handle;
    }
    open_.emplace_back(name, iconv_open(utf8, name));
    return open_.back().second;
  }

  std::vector<std::pair<const char*, iconv_t>> open_;
};

text_decoder::text_decoder(std::string_view specific_character_set) {
  const auto terms = split_values(specific_character_set);
  if (terms.empty()) return;
  first_ = name_of_term(terms.front());
  const bool stands_alone = first_ == utf8 || first_ == gb18030 || first_ == gbk;
  extended_ = !stands_alone && (terms.size() > 1 || terms.front().find("IR") != std::string_view::npos);
}

text_decoder::~text_decoder() = default;
text_decoder::text_decoder(text_decoder&&) noexcept = default;
text_decoder& text_decoder::operator=(text_decoder&&) noexcept = default;

std::string text_decoder::decode(std::string_view bytes, text_kind kind) {
  const bool plain = std::none_of(bytes.begin(), bytes.end(), [](char c) { return high(c) || c == escape; });
  if (plain) return std::string{bytes};
  if (!converters_) converters_ = std::make_unique<converters>();
  if (extended_ && bytes.find(escape) != std::string_view::npos) return decode_extended(bytes, kind);
  if (first_ == nullptr) return decode_undeclared(bytes);
  std::string out;
  out.reserve(bytes.size() * 2);
  converters_->append(first_, bytes, out);
  return out;
}

std::string text_decoder::decode_undeclared(std::string_view bytes) {
  std::string out;
  if (converters_->append(utf8, bytes, out) == 0) return out;
  out.clear();
  converters_->append(latin1, bytes, out);
  return out;
}

std::string text_decoder::decode_extended(std::string_view bytes, text_kind kind) {
  auto lower = lower_half::single_byte;
  const char* const first = first_ ? first_ : latin1;
  const char* upper = first;
  std::string out;
  out.reserve(bytes.size() * 2);
  for (size_t at = 0; at < bytes.size();) {
    const char c = bytes[at];
    if (c == escape) {
      const auto* row = find_designation(bytes.substr(++at));
      if (row == nullptr) continue;
      at += row->sequence.size();
      if (row->is_lower)
        lower = row->lower;
      else
        upper = row->upper;
    } else if (high(c)) {
      const auto begin = at;
      while (at < bytes.size() && high(bytes[at])) ++at;
      converters_->append(upper, bytes.substr(begin, at - begin), out);
    } else if (lower != lower_half::single_byte && graphic(c) && at + 1 < bytes.size() && graphic(bytes[at + 1])) {
      std::string euc = lower == lower_half::jis_x_0212 ? "\x8F" : "";
      euc += static_cast<char>(bytes[at] | 0x80);
      euc += static_cast<char>(bytes[at + 1] | 0x80);
      converters_->append(euc_jp, euc, out);
      at += 2;
    } else {
      out += c;
      ++at;
      if (falls_back_at(c, kind)) {
        lower = lower_half::single_byte;
        upper = first;
      }
    }
  }
  return out;
}

} // namespace noctis
