#pragma once

#include <string>
#include <utility>
#include <vector>

namespace noctis::test {

using zip_entries = std::vector<std::pair<std::string, std::string>>; ///< name and content

/// A ZIP made by libarchive, written as a stream: sizes follow in data descriptors.
std::string make_zip(const zip_entries& entries, const std::string& options = "");

} // namespace noctis::test
