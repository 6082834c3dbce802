#include "imaging/models/network.hpp"

#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

namespace noctis {

namespace {

/// One line of what OpenCV says.
std::string told_by(const cv::Exception& error) {
  auto text = error.err.substr(0, 200);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

caf::error bad(std::string reason) { return failure(errc::invalid_argument, std::move(reason)); }

} // namespace

struct network::state {
  cv::dnn::Net net;
};

network::network(std::unique_ptr<state> state) : state_(std::move(state)) {}
network::~network() = default;
network::network(network&&) noexcept = default;
network& network::operator=(network&&) noexcept = default;

caf::expected<network> network::read(const std::string& bytes) {
  cv::setNumThreads(1); // the same sums in the same order
  try {
    auto read = std::make_unique<state>();
    read->net = cv::dnn::readNetFromONNX(bytes.data(), bytes.size());
    if (read->net.empty()) return bad("the network is empty");
    read->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    read->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    return network{std::move(read)};
  } catch (const cv::Exception& error) {
    return bad("the network cannot be read: " + told_by(error));
  } catch (const std::exception& error) {
    return bad("the network cannot be read: " + std::string(error.what()));
  }
}

caf::expected<tensor> network::run(const tensor& input) {
  try {
    const cv::Mat blob(int(input.shape.size()), input.shape.data(), CV_32F, const_cast<float*>(input.values.data()));
    state_->net.setInput(blob);
    const auto outputs = state_->net.getUnconnectedOutLayersNames();
    if (outputs.size() != 1) return bad("the network has " + std::to_string(outputs.size()) + " outputs, not one");
    cv::Mat answer = state_->net.forward(outputs.front());
    if (answer.type() != CV_32F) return bad("the network answers with another type than 32-bit numbers");
    if (!answer.isContinuous()) answer = answer.clone();
    tensor result;
    result.shape.assign(answer.size.p, answer.size.p + answer.dims);
    result.values.assign(answer.ptr<float>(), answer.ptr<float>() + answer.total());
    if (!std::all_of(result.values.begin(), result.values.end(), [](float value) { return std::isfinite(value); }))
      return bad("the network answers with something that is no number");
    return result;
  } catch (const cv::Exception& error) {
    return bad("the network cannot take its input: " + told_by(error));
  } catch (const std::exception& error) {
    return bad("the network cannot take its input: " + std::string(error.what()));
  }
}

} // namespace noctis
