#include "imaging/models/model_analyser.hpp"

#include "imaging/analysers/applies.hpp"
#include "imaging/concepts.hpp"
#include "imaging/models/network.hpp"
#include "imaging/models/sampling.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace noctis {

namespace {

constexpr float half = 0.5F;

std::string text_of(const std::vector<int>& shape) {
  std::string text;
  for (const auto edge : shape) text += (text.empty() ? "" : " × ") + std::to_string(edge);
  return text;
}

/// Applies the activation over labels that lie `count` values apart from one another.
void activate(model_activation activation, size_t labels, tensor& output) {
  const auto count = output.values.size() / labels;
  if (activation == model_activation::sigmoid)
    for (auto& value : output.values) value = 1 / (1 + std::exp(-value));
  if (activation != model_activation::softmax) return;
  for (size_t i = 0; i < count; ++i) {
    auto greatest = output.values[i];
    for (size_t label = 1; label < labels; ++label) greatest = std::max(greatest, output.values[label * count + i]);
    float sum = 0;
    for (size_t label = 0; label < labels; ++label) {
      auto& value = output.values[label * count + i];
      sum += value = std::exp(value - greatest);
    }
    for (size_t label = 0; label < labels; ++label) output.values[label * count + i] /= sum;
  }
}

class model_run {
public:
  model_run(const model_manifest& manifest, const volume& image, analysis& result)
      : manifest_(manifest), image_(image), result_(result), sampling_(manifest.input, image),
        labels_(manifest.output == model_output::segmentation ? image.voxels.size() : 0) {}

  caf::error run(network& net, const run_control& control) {
    for (size_t n = 0; n < sampling_.inputs(); ++n) {
      auto output = net.run(sampling_.input_of(n));
      if (!output) return output.error();
      if (auto error = check(*output)) return error;
      activate(manifest_.activation, manifest_.labels.size(), *output);
      if (manifest_.output == model_output::segmentation)
        sampling_.give_labels(n, labels_of(*output), labels_);
      else
        keep_greatest(n, output->values);
      if (auto error = reached(control, double(n + 1) / double(sampling_.inputs()))) return error;
    }
    if (manifest_.output == model_output::segmentation)
      report_volumes();
    else
      report_values();
    return caf::none;
  }

private:
  [[nodiscard]] caf::error check(const tensor& output) const {
    auto shape = manifest_.input.shape;
    shape[1] = int(manifest_.labels.size());
    const bool fits = manifest_.output == model_output::segmentation ? output.shape == shape
                                                                     : output.values.size() == manifest_.labels.size();
    if (fits) return caf::none;
    const auto expected =
        manifest_.output == model_output::segmentation ? text_of(shape) : std::to_string(manifest_.labels.size());
    return failure(errc::invalid_argument,
                   "the network's output is " + text_of(output.shape) + ", the manifest says " + expected);
  }

  /// The label of each point: the greatest of several, or the only one where its share is half or more.
  [[nodiscard]] std::vector<uint8_t> labels_of(const tensor& output) const {
    const auto labels = manifest_.labels.size();
    const auto count = output.values.size() / labels;
    std::vector<uint8_t> result(count);
    for (size_t i = 0; i < count; ++i) {
      size_t best = 0;
      for (size_t label = 1; label < labels; ++label)
        if (output.values[label * count + i] > output.values[best * count + i]) best = label;
      const bool is_any = labels > 1 || output.values[i] >= half;
      result[i] = is_any && manifest_.labels[best].code ? uint8_t(best + 1) : uint8_t{0};
    }
    return result;
  }

  void keep_greatest(size_t n, const std::vector<float>& values) {
    if (greatest_.empty()) {
      greatest_ = values;
      slices_.assign(values.size(), n);
      return;
    }
    for (size_t label = 0; label < values.size(); ++label)
      if (values[label] > greatest_[label]) {
        greatest_[label] = values[label];
        slices_[label] = n;
      }
  }

  void report_values() {
    for (size_t label = 0; label < greatest_.size(); ++label) {
      const auto& each = manifest_.labels[label];
      measurement found{*each.code, double(greatest_[label]), "1", {}, {}, {}};
      if (!manifest_.input.is_volume())
        found.position =
            image_.point_of(double(image_.size[0] - 1) / 2, double(image_.size[1] - 1) / 2, double(slices_[label]));
      if (each.urgent_from && found.value >= *each.urgent_from) raise(each.code->meaning, found.value);
      result_.measurements.push_back(std::move(found));
    }
  }

  void raise(const std::string& what, double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value);
    result_.priority = urgency::urgent;
    result_.urgency_reason += (result_.urgency_reason.empty() ? "" : "; ") + ("the model gives " + what + " " + text);
  }

  void report_volumes() {
    mask labels{manifest_.name, {}, image_.frames, labels_on_slices(image_, labels_)};
    for (size_t label = 0; label < manifest_.labels.size(); ++label) {
      const auto& code = manifest_.labels[label].code;
      if (!code) continue;
      const auto voxels = std::count(labels_.begin(), labels_.end(), uint8_t(label + 1));
      result_.measurements.push_back({concepts::volume(), double(voxels) * image_.voxel_ml(), "ml", *code, {}, {}});
      labels.segments.push_back({uint8_t(label + 1), concepts::anatomical_structure(), *code, {}});
    }
    result_.masks.push_back(std::move(labels));
  }

  const model_manifest& manifest_;
  const volume& image_;
  analysis& result_;
  model_sampling sampling_;
  std::vector<uint8_t> labels_;
  std::vector<float> greatest_;
  std::vector<size_t> slices_;
};

} // namespace

caf::expected<std::unique_ptr<analyser>> model_analyser::load(const model_entry& model) {
  if (!model.ready) return failure(errc::state_conflict, "the model is refused: " + model.reason);
  auto bytes = network_bytes(model);
  if (!bytes) return bytes.error();
  return std::unique_ptr<analyser>(new model_analyser(model.manifest, std::move(*bytes)));
}

std::string model_analyser::version() const { return manifest_.version + "+" + manifest_.sha256.substr(0, 12); }

applicability model_analyser::applies_to(const series_traits& traits) const {
  if (traits.modality != manifest_.modality)
    return {false, "the modality is " + (traits.modality.empty() ? "absent" : traits.modality) + ", not " +
                       manifest_.modality};
  if (traits.modality == "CT")
    if (auto ct = is_ct(traits); !ct.applies) return ct;
  if (manifest_.without_contrast && !traits.contrast_agent.empty()) return {false, "contrast agent was given"};
  if (std::any_of(manifest_.words.begin(), manifest_.words.end(),
                  [&](const std::string& word) { return shows(traits, {word}); }))
    return {true, {}};
  return {false, "the headers name nothing that the model is for but '" + shown_text(traits) + "'"};
}

caf::expected<analysis> model_analyser::analyse(const volume& image, const series_traits&,
                                                const run_control& control) const {
  auto net = network::read(bytes_);
  if (!net) return net.error();
  analysis result;
  result.analyser = name();
  result.version = version();
  result.warnings = image.warnings;
  model_run run{manifest_, image, result};
  if (auto error = run.run(*net, control)) return error;
  return result;
}

} // namespace noctis
