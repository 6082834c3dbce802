#include "actors/index/query.hpp"

#include "actors/index/database_call.hpp"
#include "actors/index/find_workitems.hpp"
#include "schema/repositories/annotations/annotations.hpp"
#include "schema/repositories/events.hpp"
#include "schema/repositories/find/find.hpp"
#include "schema/repositories/locations.hpp"
#include "schema/repositories/nodes.hpp"
#include "schema/repositories/patients.hpp"
#include "schema/repositories/peers.hpp"
#include "schema/repositories/preferences.hpp"
#include "schema/repositories/purge.hpp"
#include "schema/repositories/quarantine.hpp"
#include "schema/repositories/studies.hpp"

#include <algorithm>
#include <iterator>

namespace noctis {

namespace {

constexpr size_t most_paths = 1000;

path_list known_files(schema::database& database, const known_files_request& request) {
  if (request.paths.size() > most_paths) {
    throw schema::database_error(errc::invalid_argument, "more than 1,000 paths in one question");
  }
  auto unknown = schema::locations_repository{database}.unknown_paths(request.node, request.paths);
  unknown = schema::quarantine_repository{database}.unknown_paths(request.node, unknown);
  unknown = schema::purge_repository{database}.unknown_paths(request.node, unknown);
  std::sort(unknown.begin(), unknown.end());
  path_list known;
  std::copy_if(request.paths.begin(), request.paths.end(), std::back_inserter(known.paths),
               [&](const auto& path) { return !std::binary_search(unknown.begin(), unknown.end(), path); });
  return known;
}

} // namespace

query_worker::behavior_type query(query_worker::stateful_pointer<query_state> self, schema::database_options options) {
  self->state.database = std::make_unique<schema::database>(std::move(options));
  auto& db = *self->state.database;
  return {
      [&db](const study_filter& filter) {
        return database_call([&] { return schema::studies_repository{db}.list(filter); });
      },
      [&db](const study_request& request) {
        return database_call([&] { return schema::studies_repository{db}.study(request); });
      },
      [&db](const series_request& request) {
        return database_call([&] { return schema::studies_repository{db}.series(request); });
      },
      [&db](const image_request& request) {
        return database_call([&] { return schema::studies_repository{db}.image(request); });
      },
      [&db](const find_request& request) {
        const bool asks_workitems = request.level == query_level::workitem;
        return database_call(
            [&] { return asks_workitems ? find_workitems(db, request) : schema::find_repository{db}.find(request); });
      },
      [&db](const patient_filter& filter) {
        return database_call([&] { return schema::patients_repository{db}.list(filter); });
      },
      [&db](const patient_request& request) {
        return database_call([&] { return schema::patients_repository{db}.patient(request); });
      },
      [&db](const instances_request& request) {
        return database_call([&] { return schema::studies_repository{db}.instances(request); });
      },
      [&db](const annotation_filter& filter) {
        return database_call([&] { return schema::annotations_repository{db}.list(filter); });
      },
      [&db](const annotation_history_request& request) {
        return database_call([&] { return schema::annotations_repository{db}.history(request); });
      },
      [&db](const statistics_request& request) {
        return database_call([&] { return schema::studies_repository{db}.totals(request); });
      },
      [&db](list_atom, const principal& who) {
        return database_call([&] { return ae_list{schema::peers_repository{db}.list(who)}; });
      },
      [&db](status_atom, const principal&) {
        return database_call([&] { return node_list{schema::nodes_repository{db}.list()}; });
      },
      [&db](const quarantine_filter& filter) {
        return database_call([&] { return schema::quarantine_repository{db}.list(filter); });
      },
      [&db](count_atom, const quarantine_filter& filter) {
        return database_call([&] { return schema::quarantine_repository{db}.count(filter.who); });
      },
      [&db](find_atom, const principal& who, int64_t id) {
        return database_call([&] { return schema::quarantine_repository{db}.find(who, id); });
      },
      [&db](const events_request& request) {
        return database_call([&] { return schema::events_repository{db}.after(request); });
      },
      [&db](const preferences_request& request) {
        return database_call([&] { return schema::preferences_repository{db}.list(request); });
      },
      [&db](const known_files_request& request) { return database_call([&] { return known_files(db, request); }); },
      [&db](remove_atom, const principal& who, int64_t id) {
        return database_call([&] { schema::quarantine_repository{db}.remove(who, id); });
      },
      [](ping_atom) {},
  };
}

} // namespace noctis
