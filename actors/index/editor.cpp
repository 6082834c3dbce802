#include "actors/index/editor.hpp"

#include "actors/index/database_call.hpp"
#include "actors/index/workitem_attributes.hpp"
#include "dicom/uid.hpp"
#include "schema/repositories/annotations/annotations.hpp"
#include "schema/repositories/deletions.hpp"
#include "schema/repositories/patient_changes.hpp"
#include "schema/repositories/peers.hpp"
#include "schema/repositories/performed_steps.hpp"
#include "schema/repositories/preferences.hpp"
#include "schema/repositories/routing.hpp"
#include "schema/repositories/study_changes.hpp"
#include "schema/repositories/workitems.hpp"

namespace noctis {

namespace {

caf::result<workitem> put_workitem(schema::database& db, const workitem_put& request) {
  auto attributes = workitem_attributes(request.attributes, request.creates);
  if (!attributes) return attributes.error();
  auto whole = request;
  whole.attributes = std::move(*attributes);
  if (whole.uid.empty()) whole.uid = new_uid();
  return database_call([&] { return schema::workitems_repository{db}.put(whole); });
}

caf::result<void> put_step(schema::database& db, const performed_step& step) {
  auto attributes = checked_attributes(step.attributes);
  if (!attributes) return attributes.error();
  auto whole = step;
  whole.attributes = std::move(*attributes);
  return database_call([&] { schema::performed_steps_repository{db}.put(whole); });
}

} // namespace

editor_actor::behavior_type editor(editor_actor::stateful_pointer<editor_state> self, schema::database_options options,
                                   std::chrono::seconds annotations_after) {
  self->state.database = std::make_unique<schema::database>(std::move(options));
  auto& db = *self->state.database;
  return {
      [&db](const study_change& request) {
        return database_call([&] { return schema::study_changes_repository{db}.apply(request); });
      },
      [&db](const delete_request& request) {
        return database_call([&] { schema::deletions_repository{db}.hide(request); });
      },
      [&db](const restore_request& request) {
        return database_call([&] { schema::deletions_repository{db}.show(request); });
      },
      [&db](const merge_request& request) {
        return database_call([&] { return schema::patient_changes_repository{db}.merge(request); });
      },
      [&db](const split_request& request) {
        return database_call([&] { return schema::patient_changes_repository{db}.split(request); });
      },
      [&db, annotations_after](const annotation_put& request) {
        return database_call([&] { return schema::annotations_repository{db, annotations_after}.put(request); });
      },
      [&db, annotations_after](const annotation_removal& request) {
        return database_call([&] { return schema::annotations_repository{db, annotations_after}.remove(request); });
      },
      [&db](const annotation_store_request& request) {
        return database_call([&] { return schema::annotations_repository{db}.store_now(request); });
      },
      [&db](const workitem_put& request) { return put_workitem(db, request); },
      [&db](const workitem_request& request) {
        return database_call([&] { return schema::workitems_repository{db}.find(request); });
      },
      [&db](const workitem_transition& request) {
        return database_call([&] { return schema::workitems_repository{db}.move(request); });
      },
      [&db](const workitem_removal& request) {
        return database_call([&] { schema::workitems_repository{db}.remove(request); });
      },
      [&db](const performed_step& step) { return put_step(db, step); },
      [&db](list_atom, const principal& who) {
        return database_call([&] { return routing_rules{schema::routing_repository{db}.list(who)}; });
      },
      [&db](const routing_rule_put& request) {
        return database_call([&] { return schema::routing_repository{db}.put(request); });
      },
      [&db](remove_atom, const principal& who, int64_t id) {
        return database_call([&] { schema::routing_repository{db}.remove(who, id); });
      },
      [&db](const preference_put& request) {
        return database_call([&] { return schema::preferences_repository{db}.put(request); });
      },
      [&db](const preference_removal& request) {
        return database_call([&] { schema::preferences_repository{db}.remove(request); });
      },
      [&db](const ae_put& request) { return database_call([&] { return schema::peers_repository{db}.put(request); }); },
      [&db](const ae_removal& request) { return database_call([&] { schema::peers_repository{db}.remove(request); }); },
  };
}

} // namespace noctis
