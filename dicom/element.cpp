#include "dicom/element.hpp"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctag.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace noctis {

namespace {

DcmTag dictionary_tag(tag_number tag) {
  return DcmTag{static_cast<Uint16>(tag >> 16), static_cast<Uint16>(tag & 0xFFFF)};
}

} // namespace

std::string keyword_of(tag_number tag) {
  auto entry = dictionary_tag(tag);
  const char* name = entry.getTagName();
  const bool unknown = name == nullptr || std::strcmp(name, DcmTag_ERROR_TagName) == 0 ||
                       std::strncmp(name, "Unknown", 7) == 0 || std::strncmp(name, "Private", 7) == 0;
  constexpr std::string_view retired = "RETIRED_"; // which DCMTK puts before keywords, and "ACR_NEMA_" where is none
  std::string_view keyword{unknown ? "" : name};
  if (keyword.substr(0, retired.size()) == retired) keyword.remove_prefix(retired.size());
  return keyword.find('_') == std::string_view::npos ? std::string{keyword} : std::string{};
}

tag_number tag_of_keyword(const std::string& keyword) {
  const auto is_letter = [](unsigned char c) { return std::isalnum(c) != 0; };
  if (keyword.empty() || !std::all_of(keyword.begin(), keyword.end(), is_letter)) return 0;
  DcmTag found;
  if (DcmTag::findTagFromName(keyword.c_str(), found).bad()) return 0;
  return static_cast<tag_number>(found.getGroup()) << 16 | found.getElement();
}

std::string describe_tag(tag_number tag) {
  char number[16];
  std::snprintf(number, sizeof number, "(%04X,%04X)", tag >> 16, tag & 0xFFFF);
  const auto keyword = keyword_of(tag);
  return keyword.empty() ? number : keyword + " " + number;
}

std::string tag_digits(tag_number tag) {
  char digits[9];
  std::snprintf(digits, sizeof digits, "%08X", tag);
  return digits;
}

vr dictionary_vr(tag_number tag, bool signed_pixels) {
  const bool is_private = (tag >> 16 & 1) != 0;
  if (is_private) return (tag & 0xFFFF) >= 0x10 && (tag & 0xFFFF) <= 0xFF ? vr::LO : vr::UN;
  const auto entry = dictionary_tag(tag);
  switch (entry.getEVR()) {
  case EVR_xs:
    return signed_pixels ? vr::SS : vr::US;
  case EVR_lt:
  case EVR_ox:
  case EVR_px:
    return vr::OW;
  case EVR_up:
    return vr::UL;
  default:
    break;
  }
  const char* letters = entry.getVR().getValidVRName();
  if (letters == nullptr || std::strlen(letters) != 2) return vr::UN;
  return static_cast<vr>(vr_letters(letters[0], letters[1]));
}

} // namespace noctis
