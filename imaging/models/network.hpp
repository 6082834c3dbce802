#pragma once

#include <caf/expected.hpp>

#include <memory>
#include <string>
#include <vector>

namespace noctis {

/// Numbers with a shape, the last axis fastest.
struct tensor {
  std::vector<int> shape;
  std::vector<float> values;
};

/// A neural network of an ONNX file, run on the CPU on one thread: the same input gives the same output.
class network {
public:
  ~network();
  network(network&&) noexcept;
  network& operator=(network&&) noexcept;

  /// Reads a network. Error: `invalid_argument` where the bytes are no ONNX network that OpenCV's DNN module knows.
  static caf::expected<network> read(const std::string& bytes);

  /// Returns the network's only output. Errors: `invalid_argument` where it cannot take the input, has more than one
  /// output, or answers with something other than finite numbers.
  caf::expected<tensor> run(const tensor& input);

private:
  struct state;
  explicit network(std::unique_ptr<state> state);
  std::unique_ptr<state> state_;
};

} // namespace noctis
