#pragma once

#include "http/files/deflate.hpp"
#include "http/request/context.hpp"

#include <functional>
#include <optional>
#include <string>

namespace noctis {

inline constexpr const char* dicom_json = "application/dicom+json";

/// Answers with a text, compressed where the client takes that and it is worth it.
void send_text(context& c, int status, const std::string& text, const std::string& type);

/// Answers 200 with a JSON array whose elements come in compressed pieces, each a list divided by commas. `first` is
/// the first piece; `next` gives the others and none at the end. What it throws cuts the connection.
void send_json_array(context& c, std::optional<deflated> first, std::function<std::optional<deflated>()> next,
                     const std::string& type = dicom_json);

} // namespace noctis
