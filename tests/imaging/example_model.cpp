#include "tests/imaging/onnx.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

// Installs a model that tests of whole systems know: of each slice of a CT of the head, stretched to 64 × 64, the
// logistic function of its mean HU / 1000.

namespace {

void write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  if (!out.flush()) throw std::runtime_error(path.string() + " cannot be written");
}

} // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "example_model DIRECTORY: installs a model there\n";
    return 2;
  }
  try {
    const std::filesystem::path directory{arguments[1]};
    std::filesystem::create_directories(directory);
    const auto network = directory / "brightness.onnx";
    write(network, noctis::test::onnx_model({1, 1, 64, 64},
                                            {{"GlobalAveragePool", {"x"}, "m", {}}, {"Sigmoid", {"m"}, "y", {}}}));
    write(directory / "brightness.json",
          R"({"name":"brightness","version":"1.0","description":"How bright the brightest slice is","licence":"MIT",
 "sha256":")" +
              noctis::test::sha256_by_command(network.string()) +
              R"(","input":{"shape":[1,1,64,64],"layout":"NCHW","normalisation":{"mean":0,"deviation":1000}},
 "output":{"kind":"classification","labels":[{"code":{"value":"BRIGHT","scheme":"99TEST","meaning":"Brightness"}}]},
 "applies_to":{"modality":"CT","words":["head"]},"limits":{"seconds":10,"memory_mib":256}})");
  } catch (const std::exception& wrong) {
    std::cerr << "example_model: " << wrong.what() << '\n';
    return 1;
  }
  return 0;
}
