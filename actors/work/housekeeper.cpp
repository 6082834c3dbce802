#include "actors/work/housekeeper.hpp"

#include "actors/system/ask_index.hpp"

#include <rapidjson/document.h>

namespace noctis {

namespace {

job_end escalate(running_job& running, const rapidjson::Document& payload) {
  if (!payload.HasMember("alert") || !payload["alert"].IsInt64())
    return failed(failure(errc::invalid_argument, "an escalation names an alert"), true);
  const auto pick = [](const index_service& index) { return index.analyses; };
  const alert_escalation order{running.who(), payload["alert"].GetInt64()};
  const auto escalated = ask_index<bool>(running.self, running.directory, pick, order);
  if (!escalated) return failed(escalated.error(), code_of(escalated.error()) == errc::not_found);
  job_end end;
  end.result = *escalated ? R"({"escalated":true})" : R"({"escalated":false})";
  return end;
}

} // namespace

job_end keep_house(running_job& running) {
  rapidjson::Document payload;
  payload.Parse(running.what.payload.data(), running.what.payload.size());
  const bool names_task =
      !payload.HasParseError() && payload.IsObject() && payload.HasMember("task") && payload["task"].IsString();
  const std::string task = names_task ? payload["task"].GetString() : "";
  if (task == "escalate") return escalate(running, payload);
  if (task == "rest") return {};
  return failed(failure(errc::invalid_argument, "there is no maintenance task \"" + task + "\""), true);
}

} // namespace noctis
