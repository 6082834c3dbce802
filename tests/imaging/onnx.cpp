#include "tests/imaging/onnx.hpp"

#include <array>
#include <cstdio>
#include <cstring>

// The few messages of onnx.proto that a small model needs, in protobuf's wire format.

namespace noctis::test {

namespace {

std::string varint(uint64_t value) {
  std::string bytes;
  for (; value >= 128; value >>= 7U) bytes += char(uint8_t(value | 128U));
  return bytes + char(uint8_t(value));
}

std::string field(unsigned number, uint64_t value) { return varint(number << 3U) + varint(value); }

std::string field(unsigned number, const std::string& bytes) {
  return varint(number << 3U | 2U) + varint(bytes.size()) + bytes;
}

std::string node_of(const onnx_node& node) {
  std::string bytes;
  for (const auto& input : node.inputs) bytes += field(1, input);
  bytes += field(2, node.output) + field(3, node.operation + "_" + node.output) + field(4, node.operation);
  for (const auto& [name, numbers] : node.attributes) {
    std::string attribute = field(1, name);
    for (const auto number : numbers) attribute += field(8, uint64_t(number));
    bytes += field(5, attribute + field(20, 7)); // INTS
  }
  return bytes;
}

std::string constant_of(const onnx_constant& constant) {
  std::string bytes;
  for (const auto edge : constant.shape) bytes += field(1, uint64_t(edge));
  std::string raw(constant.values.size() * sizeof(float), '\0');
  std::memcpy(raw.data(), constant.values.data(), raw.size());
  return bytes + field(2, 1) + field(8, constant.name) + field(9, raw); // FLOAT
}

std::string value_of(const std::string& name, const std::vector<int64_t>& shape) {
  std::string dimensions;
  for (const auto edge : shape) dimensions += field(1, field(1, uint64_t(edge)));
  return field(1, name) + field(2, field(1, field(1, 1) + field(2, dimensions)));
}

} // namespace

std::string onnx_model(const std::vector<int64_t>& shape, const std::vector<onnx_node>& nodes,
                       const std::vector<onnx_constant>& constants) {
  std::string graph;
  for (const auto& node : nodes) graph += field(1, node_of(node));
  graph += field(2, std::string("tiny"));
  for (const auto& constant : constants) graph += field(5, constant_of(constant));
  graph += field(11, value_of("x", shape)) + field(12, value_of("y", {}));
  return field(1, 6) + field(2, std::string("noctis")) + field(7, graph) + field(8, field(2, 11));
}

std::string sha256_by_command(const std::string& file) {
  std::array<char, 65> text{};
  auto* pipe = ::popen(("sha256sum '" + file + "'").c_str(), "r");
  if (pipe == nullptr) return {};
  const auto count = std::fread(text.data(), 1, 64, pipe);
  ::pclose(pipe);
  return std::string(text.data(), count);
}

} // namespace noctis::test
