#pragma once

#include "dicom/part10.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace noctis::test {

/// Returns the folder with real DICOM files: NOCTIS_TEST_DATA, by default ../shared/data beside the repository.
std::filesystem::path real_data();

/// Returns whether it is there; tells the tester when it isn't.
bool has_real_data();

/// Returns all bytes of a file.
std::vector<uint8_t> bytes_of(const std::filesystem::path& path);

/// A Part 10 file of the real data.
struct real_file {
  std::filesystem::path path;
  std::vector<uint8_t> bytes;
  part10_meta meta;

  [[nodiscard]] const uint8_t* data_set() const { return bytes.data() + meta.data_set_offset; }
  [[nodiscard]] size_t data_set_size() const { return bytes.size() - meta.data_set_offset; }
};

/// Returns the paths of all files under `folder` of the real data, sorted.
std::vector<std::filesystem::path> paths_under(const std::string& folder = "");

/// Reads the file at `path` into `file`. Returns false where it is no Part 10 file.
bool load(const std::filesystem::path& path, real_file& file);

} // namespace noctis::test
