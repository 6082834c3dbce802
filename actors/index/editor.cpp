#include "actors/index/editor.hpp"

#include "actors/index/database_call.hpp"
#include "actors/index/workitem_attributes.hpp"
#include "schema/repositories/peers.hpp"
#include "schema/repositories/workitems.hpp"

namespace noctis {

namespace {

caf::result<workitem> put_workitem(schema::database& db, const workitem_put& request) {
  auto attributes = workitem_attributes(request.attributes, request.creates);
  if (!attributes) return attributes.error();
  auto whole = request;
  whole.attributes = std::move(*attributes);
  if (whole.uid.empty()) whole.uid = random_uid();
  return database_call([&] { return schema::workitems_repository{db}.put(whole); });
}

caf::error not_offered() { return failure(errc::internal, "this change is not offered yet"); }

} // namespace

editor_actor::behavior_type editor(editor_actor::stateful_pointer<editor_state> self,
                                   schema::database_options options) {
  self->state.database = std::make_unique<schema::database>(std::move(options));
  auto& db = *self->state.database;
  return {
      [](const study_change&) -> caf::result<study_row> { return not_offered(); },
      [](const delete_request&) -> caf::result<void> { return not_offered(); },
      [](const restore_request&) -> caf::result<void> { return not_offered(); },
      [](const merge_request&) -> caf::result<patient_row> { return not_offered(); },
      [](const split_request&) -> caf::result<patient_row> { return not_offered(); },
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
      [](const performed_step&) -> caf::result<void> { return not_offered(); },
      [](list_atom, const principal&) -> caf::result<routing_rules> { return not_offered(); },
      [](const routing_rule_put&) -> caf::result<routing_rule> { return not_offered(); },
      [](remove_atom, const principal&, int64_t) -> caf::result<void> { return not_offered(); },
      [&db](const ae_put& request) { return database_call([&] { return schema::peers_repository{db}.put(request); }); },
      [&db](const ae_removal& request) { return database_call([&] { schema::peers_repository{db}.remove(request); }); },
  };
}

} // namespace noctis
