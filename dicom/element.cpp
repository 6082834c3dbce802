#include "dicom/element.hpp"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctag.h>

#include <cstdio>
#include <cstring>

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
  return unknown ? std::string{} : std::string{name};
}

std::string describe_tag(tag_number tag) {
  char number[16];
  std::snprintf(number, sizeof number, "(%04X,%04X)", tag >> 16, tag & 0xFFFF);
  const auto keyword = keyword_of(tag);
  return keyword.empty() ? number : keyword + " " + number;
}

vr dictionary_vr(tag_number tag) {
  const auto entry = dictionary_tag(tag);
  switch (entry.getEVR()) {
  case EVR_xs:
  case EVR_lt:
    return entry.getEVR() == EVR_xs ? vr::US : vr::OW;
  case EVR_ox:
  case EVR_px:
    return vr::OW;
  case EVR_up:
    return vr::UL;
  default:
    break;
  }
  const char* letters = entry.getVR().getValidVRName();
  if (letters == nullptr || std::strlen(letters) != 2)
    return vr::UN;
  return static_cast<vr>(vr_letters(letters[0], letters[1]));
}

} // namespace noctis
