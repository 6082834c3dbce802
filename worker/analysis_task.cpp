#include "worker/analysis_task.hpp"

#include "messages/errors.hpp"

namespace noctis {

namespace {

/// Reads members of a JSON object, and remembers the first that is wrong.
class member_reader {
public:
  explicit member_reader(const rapidjson::Value& json, std::string prefix = {})
      : json_(json), prefix_(std::move(prefix)) {}

  void text(const char* name, std::string& into, bool is_needed = true) {
    if (const auto* value = find(name, is_needed, "a string", [](const auto& v) { return v.IsString(); }))
      into = value->GetString();
  }

  template <class Number>
  void number(const char* name, Number& into, bool is_needed = true) {
    if (const auto* value = find(name, is_needed, "a number", [](const auto& v) { return v.IsUint64(); }))
      into = static_cast<Number>(value->GetUint64());
  }

  void real(const char* name, double& into) {
    if (const auto* value = find(name, true, "a number", [](const auto& v) { return v.IsNumber(); }))
      into = value->GetDouble();
  }

  [[nodiscard]] const caf::error& error() const { return error_; }

private:
  template <class Fits>
  const rapidjson::Value* find(const char* name, bool is_needed, const char* what, Fits fits) {
    const auto found = json_.FindMember(name);
    if (found == json_.MemberEnd() && !is_needed) return nullptr;
    if (found != json_.MemberEnd() && fits(found->value)) return &found->value;
    if (!error_) error_ = failure(errc::invalid_argument, "the task's " + prefix_ + name + " must be " + what);
    return nullptr;
  }

  const rapidjson::Value& json_;
  std::string prefix_;
  caf::error error_;
};

caf::error read_known(const rapidjson::Value& json, analysis_task& task) {
  if (!json.HasMember("known")) return {};
  auto wrong = failure(errc::invalid_argument, "the task's known must be a list of pairs");
  if (!json["known"].IsArray()) return wrong;
  for (const auto& each : json["known"].GetArray()) {
    if (!each.IsArray() || each.Size() != 2 || !each[0].IsString() || !each[1].IsString()) return wrong;
    task.known.emplace_back(each[0].GetString(), each[1].GetString());
  }
  return {};
}

caf::error read_prior(const rapidjson::Value& json, analysis_task& task) {
  if (!json.HasMember("prior")) return {};
  if (!json["prior"].IsObject()) return failure(errc::invalid_argument, "the task's prior must be an object");
  member_reader members{json["prior"], "prior."};
  auto& prior = task.prior.emplace();
  members.text("analyser", prior.analyser);
  members.text("study_uid", prior.study_uid);
  members.text("series_uid", prior.series_uid);
  members.text("study_date", prior.study_date);
  members.real("days", prior.days);
  members.number("instances", prior.instances);
  return members.error();
}

} // namespace

caf::expected<analysis_task> read_analysis_task(const rapidjson::Value& json) {
  analysis_task task;
  member_reader members{json};
  members.text("study_uid", task.study_uid);
  members.text("series_uid", task.series_uid);
  members.text("input_digest", task.input_digest);
  members.number("instances", task.instances);
  members.number("memory", task.memory, false);
  members.number("at", task.at, false);
  members.text("signature", task.signature, false);
  members.text("models", task.models, false);
  if (members.error()) return members.error();
  if (auto error = read_known(json, task)) return error;
  if (auto error = read_prior(json, task)) return error;
  return task;
}

caf::expected<std::string> models_in(const rapidjson::Value& json) {
  std::string models;
  member_reader members{json};
  members.text("models", models, false);
  if (members.error()) return members.error();
  return models;
}

} // namespace noctis
