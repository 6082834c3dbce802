#pragma once

#include "messages/ingest.hpp"

#include <filesystem>

namespace noctis::storage {

/// Returns what the headers of Part 10 files below `base` say. Reads each from its start to its Pixel Data, in pieces;
/// what cannot be read or understood has a problem in the place of its document.
file_descriptions describe(const std::filesystem::path& base, const describe_files& request);

} // namespace noctis::storage
