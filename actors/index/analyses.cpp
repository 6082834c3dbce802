#include "actors/index/analyses.hpp"

#include "actors/index/database_call.hpp"
#include "schema/repositories/analyses/alerts.hpp"
#include "schema/repositories/analyses/analyses.hpp"

namespace noctis {

analyses_actor::behavior_type analyses(analyses_actor::stateful_pointer<analyses_state> self,
                                       schema::database_options options) {
  self->state.database = std::make_unique<schema::database>(std::move(options));
  auto& db = *self->state.database;
  return {
      [&db](const analysis_filter& filter) {
        return database_call([&] { return schema::analyses_repository{db}.list(filter); });
      },
      [&db](const analysis_record& record) {
        return database_call([&] { return schema::analyses_repository{db}.record(record); });
      },
      [&db](const verdict_put& request) {
        return database_call([&] { return schema::analyses_repository{db}.judge(request); });
      },
      [&db](const alert_filter& filter) {
        return database_call([&] { return schema::alerts_repository{db}.list(filter); });
      },
      [&db](const alert_acknowledgement& request) {
        return database_call([&] { return schema::alerts_repository{db}.acknowledge(request); });
      },
      [&db](const alert_escalation& request) {
        return database_call([&] { return schema::alerts_repository{db}.escalate(request); });
      },
      [&db](const analysis_dashboard_request& request) {
        return database_call([&] { return schema::analyses_repository{db}.dashboard(request); });
      },
      [&db](const calibration_request& request) {
        return database_call([&] { return schema::analyses_repository{db}.calibration(request); });
      },
  };
}

} // namespace noctis
