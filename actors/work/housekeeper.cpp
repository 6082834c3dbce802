#include "actors/work/housekeeper.hpp"

#include "actors/system/ask_index.hpp"
#include "messages/json_members.hpp"

namespace noctis {

namespace {

job_end escalate(running_job& running, json_members& payload) {
  alert_escalation order{running.who(), 0};
  payload.whole("alert", order.id);
  if (payload.error()) return failed(payload.error(), true);
  const auto pick = [](const index_service& index) { return index.analyses; };
  const auto escalated = ask_index<bool>(running.self, running.directory, pick, order);
  if (!escalated) return failed(escalated.error(), code_of(escalated.error()) == errc::not_found);
  job_end end;
  end.result = *escalated ? R"({"escalated":true})" : R"({"escalated":false})";
  return end;
}

} // namespace

job_end keep_house(running_job& running) {
  std::string task;
  json_members payload{running.what.payload, "maintenance"};
  payload.text("task", task);
  if (payload.error()) return failed(payload.error(), true);
  if (task == "escalate") return escalate(running, payload);
  if (task == "rest") return {};
  return failed(failure(errc::invalid_argument, "there is no maintenance task \"" + task + "\""), true);
}

} // namespace noctis
