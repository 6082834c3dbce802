#include "dicom/text_encoder.hpp"

#include "dicom/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <map>
#include <vector>

namespace noctis {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Returns the bytes of the character that begins `text`.
size_t character_size(std::string_view text) {
  size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return size;
}

/// At which characters the first character set must be active again (PS3.5 6.1.2.5.3).
bool resets_at(char c, text_kind kind) {
  if (c == '\r' || c == '\n' || c == '\f' || c == '\t') return true;
  if (c == '\\') return kind != text_kind::long_text;
  return kind == text_kind::person_name && (c == '^' || c == '=');
}

/// One direction of iconv, from UTF-8.
class converter {
public:
  explicit converter(const char* to) : handle_(iconv_open(to, "UTF-8")) {}
  converter(const converter&) = delete;
  converter& operator=(const converter&) = delete;
  ~converter() {
    if (is_open()) iconv_close(handle_);
  }

  /// Returns all of `text`, none where a character has no code.
  caf::optional<std::string> convert(std::string_view text) {
    if (!is_open()) return caf::none;
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    std::string out(text.size() * 2 + 4, '\0');
    auto* in = const_cast<char*>(text.data()); // iconv's interface has no const; it only reads
    size_t left = text.size();
    char* to = out.data();
    size_t room = out.size();
    if (iconv(handle_, &in, &left, &to, &room) != 0) return caf::none; // above 0: characters that it approximated
    out.resize(out.size() - room);
    return out;
  }

private:
  // What POSIX says iconv_open returns when it fails.
  [[nodiscard]] bool is_open() const { return reinterpret_cast<intptr_t>(handle_) != -1; }

  iconv_t handle_;
};

} // namespace

/// A character set that a term of (0008,0005) names.
struct text_encoder::repertoire {
  enum class place : uint8_t {
    upper,      ///< one byte with its high bit set (G1)
    upper_pair, ///< two of them
    lower_pair, ///< two bytes without it (G0)
    whole,      ///< all of a text at once, without code extensions
  };

  std::string_view term; ///< what stands behind "ISO_IR " or "ISO 2022 IR "; or all of it
  const char* iconv_name;
  place where;
  std::string_view escape; ///< that designates it
};

/// The character sets of one encoder and, while it works, which of them are active.
class text_encoder::state {
public:
  explicit state(std::string_view specific_character_set) {
    const auto terms = split_values(specific_character_set);
    for (size_t i = 0; i < terms.size(); ++i) {
      const auto* found = find(terms[i]);
      if (found == nullptr) continue;
      if (i == 0 && found->where != repertoire::place::lower_pair) first_ = found;
      if (i == 0 && found->term == "13") roman_ = "\x1B(J";
      sets_.push_back(found);
    }
  }

  caf::optional<std::string> encode(std::string_view text, text_kind kind) {
    if (is_ascii(text)) return std::string{text};
    if (first_ != nullptr && first_->where == repertoire::place::whole) return use(*first_).convert(text);
    out_.clear();
    lower_ = nullptr;
    upper_ = first_;
    while (!text.empty()) {
      const auto size = character_size(text);
      if (!append(text.substr(0, size), kind)) return caf::none;
      text.remove_prefix(size);
    }
    leave_lower();
    return std::move(out_);
  }

private:
  static const repertoire* find(std::string_view term);

  converter& use(const repertoire& set) {
    auto& open = converters_[set.iconv_name];
    if (!open) open = std::make_unique<converter>(set.iconv_name);
    return *open;
  }

  bool append(std::string_view character, text_kind kind) {
    if (is_ascii(character)) {
      leave_lower();
      if (resets_at(character.front(), kind)) leave_upper();
      out_ += character;
      return true;
    }
    for (const auto* set : order()) {
      if (auto code = code_of(*set, character)) {
        designate(*set);
        out_ += *code;
        return true;
      }
    }
    return false;
  }

  /// Returns the sets to look into: what is active first.
  std::vector<const repertoire*> order() const {
    std::vector<const repertoire*> result;
    for (const auto* active : {lower_, upper_}) {
      if (active != nullptr) result.push_back(active);
    }
    result.insert(result.end(), sets_.begin(), sets_.end());
    return result;
  }

  caf::optional<std::string> code_of(const repertoire& set, std::string_view character) {
    auto code = use(set).convert(character);
    if (!code) return caf::none;
    const bool single = set.where == repertoire::place::upper;
    const bool high =
        std::all_of(code->begin(), code->end(), [](char c) { return static_cast<unsigned char>(c) >= 0xA0; });
    if (set.term == "159") { // EUC-JP gives what is of JIS X 0212 three bytes
      if (code->size() != 3 || code->front() != '\x8F') return caf::none;
      code->erase(0, 1);
    } else if (code->size() != (single ? 1 : 2) || !high) {
      return caf::none;
    }
    if (set.where == repertoire::place::lower_pair) {
      for (auto& c : *code) c = static_cast<char>(c & 0x7F);
    }
    return code;
  }

  void designate(const repertoire& set) {
    const bool is_lower = set.where == repertoire::place::lower_pair;
    auto& active = is_lower ? lower_ : upper_;
    if (!is_lower) leave_lower();
    if (active == &set) return;
    out_.append("\x1B").append(set.escape);
    active = &set;
  }

  void leave_lower() {
    if (lower_ == nullptr) return;
    out_ += roman_;
    lower_ = nullptr;
  }

  void leave_upper() {
    if (upper_ == first_) return;
    if (first_ != nullptr && !first_->escape.empty()) out_.append("\x1B").append(first_->escape);
    upper_ = first_;
  }

  std::vector<const repertoire*> sets_;
  std::map<std::string, std::unique_ptr<converter>> converters_;
  const repertoire* first_ = nullptr;
  std::string_view roman_ = "\x1B(B"; ///< brings the first character set's lower half back
  const repertoire* lower_ = nullptr; ///< what G0 holds besides ASCII
  const repertoire* upper_ = nullptr; ///< what G1 holds
  std::string out_;
};

const text_encoder::repertoire* text_encoder::state::find(std::string_view term) {
  using place = repertoire::place;
  static constexpr std::array<repertoire, 19> rows{{
      {"13", "CP932", place::upper, ")I"},
      {"58", "GB2312", place::upper_pair, "$)A"},
      {"87", "EUC-JP", place::lower_pair, "$B"},
      {"100", "ISO-8859-1", place::upper, "-A"},
      {"101", "ISO-8859-2", place::upper, "-B"},
      {"109", "ISO-8859-3", place::upper, "-C"},
      {"110", "ISO-8859-4", place::upper, "-D"},
      {"126", "ISO-8859-7", place::upper, "-F"},
      {"127", "ISO-8859-6", place::upper, "-G"},
      {"138", "ISO-8859-8", place::upper, "-H"},
      {"144", "ISO-8859-5", place::upper, "-L"},
      {"148", "ISO-8859-9", place::upper, "-M"},
      {"149", "EUC-KR", place::upper_pair, "$)C"},
      {"159", "EUC-JP", place::lower_pair, "$(D"},
      {"166", "TIS-620", place::upper, "-T"},
      {"203", "ISO-8859-15", place::upper, "-b"},
      {"192", "UTF-8", place::whole, ""},
      {"GB18030", "GB18030", place::whole, ""},
      {"GBK", "GBK", place::whole, ""},
  }};
  const auto at = term.rfind("IR ");
  const auto number = at == std::string_view::npos ? term : term.substr(at + 3);
  const auto* found = std::find_if(rows.begin(), rows.end(), [number](const auto& row) { return row.term == number; });
  return found == rows.end() ? nullptr : found;
}

text_encoder::text_encoder(std::string_view specific_character_set)
    : state_(std::make_unique<state>(specific_character_set)) {}

text_encoder::~text_encoder() = default;
text_encoder::text_encoder(text_encoder&&) noexcept = default;
text_encoder& text_encoder::operator=(text_encoder&&) noexcept = default;

caf::optional<std::string> text_encoder::encode(std::string_view text, text_kind kind) {
  return state_->encode(text, kind);
}

} // namespace noctis
