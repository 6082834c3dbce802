#include "tests/dicom/real_files.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

namespace noctis::test {

namespace fs = std::filesystem;

fs::path real_data() {
  const char* configured = std::getenv("NOCTIS_TEST_DATA");
  return configured ? configured : NOCTIS_TEST_DATA_DEFAULT;
}

bool has_real_data() {
  if (fs::is_directory(real_data())) return true;
  BOOST_TEST_MESSAGE("skipped: no real DICOM files in " << real_data() << " (NOCTIS_TEST_DATA)");
  return false;
}

std::vector<uint8_t> bytes_of(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<fs::path> paths_under(const std::string& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator{real_data() / folder}) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool load(const fs::path& path, real_file& file) {
  file.path = path;
  file.bytes = bytes_of(path);
  auto reading = read_part10_meta(file.bytes.data(), file.bytes.size(), true);
  if (!reading) return false;
  file.meta = std::move(reading->meta);
  return true;
}

} // namespace noctis::test
