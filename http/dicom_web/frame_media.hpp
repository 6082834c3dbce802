#pragma once

#include "http/request/accept.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace noctis {

/// Returns the media type of frames in a transfer syntax (PS3.18 8.7.3.3): "image/jls"; "application/octet-stream" for
/// native ones and where there is no other.
std::string media_type_of(std::string_view transfer_syntax);

/// Returns the transfer syntax that a media type means where none is named with it; Explicit VR Little Endian for
/// "application/octet-stream" and for what is no media type of frames.
std::string syntax_of_media_type(const std::string& type);

/// How frames go out.
struct frame_form {
  bool multipart = true;
  std::string type;            ///< of a frame: "image/jphc"
  std::string transfer_syntax; ///< of a frame; where it is not the stored one, frames are transcoded
};

/// Returns the form in which the client that accepts these ranges gets frames that are kept in transfer syntax
/// `stored`: as they are where it takes that, else the first form it names that they can be written in. One frame
/// alone may go without a multipart. Throws `refusal` (406) naming what there is.
frame_form choose_frame_form(const std::vector<media_range>& accepted, const std::string& stored, bool lone_frame);

} // namespace noctis
