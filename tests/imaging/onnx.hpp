#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace noctis::test {

/// A node of a small ONNX graph.
struct onnx_node {
  std::string operation;
  std::vector<std::string> inputs;
  std::string output;
  std::vector<std::pair<std::string, std::vector<int64_t>>> attributes; ///< lists of whole numbers
};

/// A constant of it.
struct onnx_constant {
  std::string name;
  std::vector<int64_t> shape;
  std::vector<float> values;
};

/// Returns the bytes of an ONNX model (IR 6, operator set 11): input "x" of `shape`, output "y".
std::string onnx_model(const std::vector<int64_t>& shape, const std::vector<onnx_node>& nodes,
                       const std::vector<onnx_constant>& constants = {});

/// Returns SHA-256 in hexadecimal, by the command of the system.
std::string sha256_by_command(const std::string& file);

} // namespace noctis::test
