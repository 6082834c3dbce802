#define BOOST_TEST_MODULE data_set_replay
#include "tests/dicom/real_files.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

using namespace noctis::test;

namespace {

constexpr auto time_for_mutants = std::chrono::seconds{8};
constexpr size_t longest_input = 24 << 10; // bytes: the headers, and some of what follows
constexpr uint8_t ways = 6;                // of the fuzz target, which reads from the first byte how to take the rest:
constexpr uint8_t as_file = 5;             // as a Part 10 file, or as a data set in one of five transfer syntaxes …
constexpr uint8_t steps = 6 * ways;        // … and in pieces of seven bytes

using input = std::vector<uint8_t>;

/// Changes an input as broken devices, broken disks and attackers do.
class mutator {
public:
  input operator()(input bytes) {
    for (auto count = pick(1, 4); count > 0; --count) change(bytes);
    return bytes;
  }

private:
  size_t pick(size_t low, size_t high) { return std::uniform_int_distribution<size_t>{low, high}(random_); }

  void change(input& bytes) {
    constexpr uint8_t telling[]{0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF, 'S', 'Q', 'U', 'N', 0x1B, '\\'};
    if (bytes.size() < 16) return;
    const auto at = pick(1, bytes.size() - 9);
    const auto here = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (pick(0, 5)) {
    case 0:
      *here = static_cast<uint8_t>(pick(0, 255));
      break;
    case 1:
      *here = telling[pick(0, std::size(telling) - 1)];
      break;
    case 2: // an undefined length
      std::fill(here, here + 4, uint8_t{0xFF});
      break;
    case 3:
      bytes.resize(at + 1);
      break;
    case 4:
      bytes.erase(here, here + static_cast<std::ptrdiff_t>(pick(1, 8)));
      break;
    default: { // the same part again
      const input part(here, here + static_cast<std::ptrdiff_t>(pick(1, std::min<size_t>(bytes.size() - at, 512))));
      bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(pick(1, bytes.size())), part.begin(), part.end());
    }
    }
  }

  std::mt19937 random_{20240131};
};

std::vector<input> seeds() {
  std::vector<input> result;
  for (const auto& path : paths_under()) {
    auto bytes = bytes_of(path);
    bytes.resize(std::min(bytes.size(), longest_input));
    real_file file;
    if (load(path, file) && file.meta.data_set_offset < bytes.size()) {
      input data_set(bytes.begin() + static_cast<std::ptrdiff_t>(file.meta.data_set_offset), bytes.end());
      data_set.insert(data_set.begin(), static_cast<uint8_t>(steps + result.size() % as_file));
      result.push_back(std::move(data_set));
    }
    bytes.insert(bytes.begin(), steps + as_file);
    result.push_back(std::move(bytes));
  }
  return result;
}

} // namespace

BOOST_AUTO_TEST_CASE(no_input_is_too_short) {
  for (int first = 0; first < 256; ++first) {
    input bytes{static_cast<uint8_t>(first)};
    for (int size = 0; size < 20; ++size) {
      BOOST_TEST(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()) == 0);
      bytes.push_back(static_cast<uint8_t>(size * 37));
    }
  }
}

BOOST_AUTO_TEST_CASE(real_files_and_their_mutants_are_survived) {
  if (!has_real_data()) return;
  const auto originals = seeds();
  for (const auto& bytes : originals) BOOST_TEST(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()) == 0);
  mutator mutate;
  size_t count = 0;
  const auto end = std::chrono::steady_clock::now() + time_for_mutants;
  while (std::chrono::steady_clock::now() < end) {
    const auto bytes = mutate(originals[count++ % originals.size()]);
    BOOST_TEST(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()) == 0);
  }
  BOOST_TEST_MESSAGE(count << " mutants");
}
