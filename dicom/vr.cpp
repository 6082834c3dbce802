#include "dicom/vr.hpp"

namespace noctis {

vr vr_named(std::string_view letters) {
  if (letters.size() != 2) return vr::none;
  const auto named = static_cast<vr>(vr_letters(letters[0], letters[1]));
  switch (named) {
  case vr::AE:
  case vr::AS:
  case vr::AT:
  case vr::CS:
  case vr::DA:
  case vr::DS:
  case vr::DT:
  case vr::FD:
  case vr::FL:
  case vr::IS:
  case vr::LO:
  case vr::LT:
  case vr::PN:
  case vr::SH:
  case vr::SL:
  case vr::SQ:
  case vr::SS:
  case vr::ST:
  case vr::SV:
  case vr::TM:
  case vr::UC:
  case vr::UI:
  case vr::UL:
  case vr::UR:
  case vr::US:
  case vr::UT:
  case vr::UV:
    return named;
  default:
    return is_binary(named) ? named : vr::none;
  }
}

std::string letters_of(vr representation) {
  const auto letters = static_cast<uint16_t>(representation);
  return {static_cast<char>(letters >> 8), static_cast<char>(letters & 0xFF)};
}

bool is_binary(vr representation) {
  switch (representation) {
  case vr::OB:
  case vr::OD:
  case vr::OF:
  case vr::OL:
  case vr::OV:
  case vr::OW:
  case vr::UN:
    return true;
  default:
    return false;
  }
}

bool has_one_value(vr representation) {
  return representation == vr::LT || representation == vr::ST || representation == vr::UT || representation == vr::UR;
}

bool has_long_length(vr representation) {
  switch (representation) {
  case vr::SQ:
  case vr::SV:
  case vr::UC:
  case vr::UR:
  case vr::UT:
  case vr::UV:
    return true;
  default:
    return is_binary(representation);
  }
}

bool keeps_leading_spaces(vr representation) {
  return representation == vr::LT || representation == vr::ST || representation == vr::UT || representation == vr::UC;
}

} // namespace noctis
