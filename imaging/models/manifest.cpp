#include "imaging/models/manifest.hpp"

#include "messages/errors.hpp"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace noctis {

namespace {

constexpr int greatest_edge = 4096;
constexpr double most_values = 1U << 27U; // of one input: 512 MiB
constexpr size_t most_labels = 200;

/// Reads an object's members; remembers the first fault.
class member_reader {
public:
  member_reader(const rapidjson::Value& object, std::string path, std::string& fault)
      : object_(object), path_(std::move(path)), fault_(fault) {
    if (!object_.IsObject()) blame("", "must be an object");
  }

  /// Complains about the first key that isn't one of `known`.
  void only(std::initializer_list<std::string_view> known) {
    if (!object_.IsObject()) return;
    for (const auto& member : object_.GetObject()) {
      const std::string_view name{member.name.GetString(), member.name.GetStringLength()};
      if (std::find(known.begin(), known.end(), name) == known.end())
        return blame(std::string(name), "is no key of a manifest");
    }
  }

  [[nodiscard]] const rapidjson::Value* find(const char* key) const {
    if (!object_.IsObject()) return nullptr;
    const auto found = object_.FindMember(key);
    return found != object_.MemberEnd() ? &found->value : nullptr;
  }

  const rapidjson::Value& need(const char* key) {
    static const rapidjson::Value nothing{rapidjson::kNullType};
    const auto* value = find(key);
    if (value == nullptr) blame(key, "is absent");
    return value != nullptr ? *value : nothing;
  }

  std::string text(const char* key, size_t most) {
    const auto& value = need(key);
    if (value.IsString() && value.GetStringLength() > 0 && value.GetStringLength() <= most)
      return {value.GetString(), value.GetStringLength()};
    blame(key, "must be a text of 1 to " + std::to_string(most) + " bytes");
    return {};
  }

  double number(const char* key, double low, double high) { return number_of(need(key), key, low, high); }

  double number_of(const rapidjson::Value& value, const std::string& key, double low, double high) {
    if (value.IsNumber() && value.GetDouble() >= low && value.GetDouble() <= high) return value.GetDouble();
    blame(key, "must be a number that is possible here");
    return low;
  }

  std::vector<double> numbers(const char* key, size_t least, size_t most, double low, double high) {
    std::vector<double> result;
    const auto& value = need(key);
    if (!value.IsArray() || value.Size() < least || value.Size() > most) {
      blame(key, "must be a list of " + std::to_string(least) +
                     (most > least ? " to " + std::to_string(most) : std::string{}) + " numbers");
      result.assign(least, low);
      return result;
    }
    for (const auto& each : value.GetArray()) result.push_back(number_of(each, key, low, high));
    return result;
  }

  [[nodiscard]] member_reader object(const char* key) { return {need(key), path_ + key + ".", fault_}; }

  void blame(const std::string& key, const std::string& what) {
    if (fault_.empty()) fault_ = "'" + path_ + key + "' " + what;
  }

private:
  const rapidjson::Value& object_;
  std::string path_;
  std::string& fault_;
};

coded_concept code_of(member_reader code) {
  code.only({"value", "scheme", "meaning"});
  return {code.text("value", 64), code.text("scheme", 16), code.text("meaning", 64)};
}

void read_shape(member_reader& input, model_input& result) {
  for (const auto edge : input.numbers("shape", 4, 5, 1, greatest_edge)) {
    if (edge != std::floor(edge)) input.blame("shape", "must hold whole numbers");
    result.shape.push_back(int(edge));
  }
  double values = 1;
  for (const auto edge : result.shape) values *= edge;
  if (result.shape[0] != 1 || result.shape[1] != 1)
    input.blame("shape", "must begin with 1, 1: one image, one channel");
  if (values > most_values) input.blame("shape", "holds more than 134,217,728 values");
  const auto layout = input.text("layout", 5);
  if (layout != (result.is_volume() ? "NCDHW" : "NCHW"))
    input.blame("layout", "must be NCHW for a shape of four numbers, NCDHW for one of five");
}

void read_normalisation(member_reader normal, model_normalisation& result) {
  normal.only({"window", "mean", "deviation"});
  if (normal.find("window") != nullptr) {
    if (normal.find("mean") != nullptr || normal.find("deviation") != nullptr)
      normal.blame("window", "cannot stand beside 'mean' and 'deviation'");
    const auto window = normal.numbers("window", 2, 2, -1e6, 1e6);
    if (!(window[1] > window[0])) normal.blame("window", "must go from a lower to a higher value");
    result = {window[0], window[1] - window[0], true};
    return;
  }
  result = {normal.number("mean", -1e6, 1e6), normal.number("deviation", 1e-6, 1e6), false};
}

void read_input(member_reader input, model_input& result) {
  input.only({"shape", "layout", "spacing_mm", "normalisation"});
  read_shape(input, result);
  if (input.find("spacing_mm") != nullptr) {
    const auto count = result.shape.size() - 2;
    const auto spacing = input.numbers("spacing_mm", count, count, 0.01, 100);
    result.spacing_mm = vector3{spacing[0], spacing[1], spacing.size() > 2 ? spacing[2] : 0};
  }
  read_normalisation(input.object("normalisation"), result.normalisation);
}

void read_label(member_reader label, model_manifest& result) {
  label.only({"code", "urgent_from"});
  model_label each;
  const bool is_background = label.need("code").IsNull();
  if (is_background && result.output == model_output::classification)
    label.blame("code", "may be null for the background of a segmentation alone");
  if (!is_background) each.code = code_of(label.object("code"));
  if (label.find("urgent_from") != nullptr) {
    if (result.output != model_output::classification) label.blame("urgent_from", "is for classifications alone");
    each.urgent_from = label.number("urgent_from", -1e9, 1e9);
  }
  result.labels.push_back(std::move(each));
}

void read_output(member_reader output, model_manifest& result, std::string& fault) {
  output.only({"kind", "activation", "labels"});
  const auto kind = output.text("kind", 32);
  if (kind != "classification" && kind != "segmentation")
    output.blame("kind", "must be classification or segmentation");
  result.output = kind == "segmentation" ? model_output::segmentation : model_output::classification;
  if (output.find("activation") != nullptr) {
    const auto activation = output.text("activation", 16);
    if (activation != "none" && activation != "sigmoid" && activation != "softmax")
      output.blame("activation", "must be none, sigmoid or softmax");
    result.activation = activation == "sigmoid"   ? model_activation::sigmoid
                        : activation == "softmax" ? model_activation::softmax
                                                  : model_activation::none;
  }
  const auto& labels = output.need("labels");
  if (!labels.IsArray() || labels.Empty() || labels.Size() > most_labels)
    return output.blame("labels", "must be a list of 1 to 200 labels");
  for (rapidjson::SizeType i = 0; i < labels.Size(); ++i)
    read_label({labels[i], "output.labels[" + std::to_string(i) + "].", fault}, result);
  if (std::none_of(result.labels.begin(), result.labels.end(), [](const auto& each) { return bool(each.code); }))
    output.blame("labels", "must name something other than background");
}

void read_rules(member_reader rules, model_manifest& result) {
  rules.only({"modality", "words", "without_contrast"});
  result.modality = rules.text("modality", 16);
  if (const auto* contrast = rules.find("without_contrast"); contrast != nullptr) {
    if (!contrast->IsBool()) return rules.blame("without_contrast", "must be true or false");
    result.without_contrast = contrast->GetBool();
  }
  const auto& words = rules.need("words");
  if (!words.IsArray() || words.Empty() || words.Size() > 50)
    return rules.blame("words", "must be a list of 1 to 50 words");
  for (const auto& word : words.GetArray()) {
    if (!word.IsString() || word.GetStringLength() == 0 || word.GetStringLength() > 64)
      return rules.blame("words", "must hold texts of 1 to 64 bytes");
    result.words.emplace_back(word.GetString(), word.GetStringLength());
  }
}

void check_names(member_reader& whole, const model_manifest& result) {
  const auto all = [](const std::string& text, std::string_view allowed) {
    return text.find_first_not_of(allowed) == std::string::npos;
  };
  if (!all(result.name, "abcdefghijklmnopqrstuvwxyz0123456789-"))
    whole.blame("name", "may hold lower-case letters, digits and '-' alone");
  if (result.sha256.size() != 64 || !all(result.sha256, "0123456789abcdef"))
    whole.blame("sha256", "must be 64 lower-case hexadecimal digits");
}

} // namespace

caf::expected<model_manifest> manifest_of(std::string_view json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (document.HasParseError())
    return failure(errc::invalid_argument,
                   "the manifest is no JSON: " + std::string(rapidjson::GetParseError_En(document.GetParseError())) +
                       " (byte " + std::to_string(document.GetErrorOffset()) + ")");
  std::string fault;
  model_manifest result;
  member_reader whole{document, "", fault};
  whole.only({"name", "version", "description", "licence", "sha256", "input", "output", "applies_to", "limits"});
  result.name = whole.text("name", 40);
  result.version = whole.text("version", 32);
  result.description = whole.text("description", 1000);
  result.licence = whole.text("licence", 200);
  result.sha256 = whole.text("sha256", 64);
  check_names(whole, result);
  read_input(whole.object("input"), result.input);
  read_output(whole.object("output"), result, fault);
  read_rules(whole.object("applies_to"), result);
  auto limits = whole.object("limits");
  limits.only({"seconds", "memory_mib"});
  result.seconds = limits.number("seconds", 0.1, 86400);
  result.memory_mib = size_t(limits.number("memory_mib", 16, 1 << 20));
  if (!fault.empty()) return failure(errc::invalid_argument, "the manifest's " + fault);
  return result;
}

} // namespace noctis
