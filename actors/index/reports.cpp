#include "actors/index/reports.hpp"

#include "actors/accounts/passwords.hpp"
#include "actors/index/database_call.hpp"
#include "schema/repositories/facilities.hpp"
#include "schema/repositories/reports/notes.hpp"
#include "schema/repositories/reports/reports.hpp"
#include "schema/repositories/reports/signatures.hpp"
#include "schema/repositories/reports/templates.hpp"
#include "schema/repositories/reports/turnaround.hpp"

namespace noctis {

namespace {

constexpr size_t secret_bytes = 32;

/// What became of a signature, which stands behind a password.
caf::result<report> sign(reports_state& state, const report_signing& request) {
  schema::report_signatures_repository signatures{*state.database, state.options.seal_key};
  return database_call([&] {
    const auto hash = signatures.password_hash(request.who);
    const bool is_right = verify_password(hash.empty() ? state.nobodys_hash : hash, request.password);
    if (!is_right || hash.empty()) throw schema::database_error(errc::unauthenticated, "The password is wrong.");
    return signatures.sign(request);
  });
}

} // namespace

reports_actor::behavior_type reports(reports_actor::stateful_pointer<reports_state> self, reports_options options) {
  auto& state = self->state;
  state.options = std::move(options);
  state.database = std::make_unique<schema::database>(state.options.database);
  state.nobodys_hash = hash_password(random_hex(secret_bytes));
  const auto drafts = [&state] { return schema::reports_repository{*state.database, state.options.seal_key}; };
  const auto notes = [&state] { return schema::report_notes_repository{*state.database}; };
  const auto versions = [&state] {
    return schema::report_signatures_repository{*state.database, state.options.seal_key};
  };
  const auto templates = [&state] { return schema::report_templates_repository{*state.database}; };
  return {
      [drafts](const report_filter& filter) { return database_call([&] { return drafts().list(filter); }); },
      [drafts](const report_request& request) { return database_call([&] { return drafts().find(request); }); },
      [drafts](const report_opening& request) { return database_call([&] { return drafts().open(request); }); },
      [drafts](const report_saving& request) { return database_call([&] { return drafts().save(request); }); },
      [drafts](const report_claim& request) { return database_call([&] { return drafts().claim(request); }); },
      [drafts](const report_release& request) { return database_call([&] { drafts().release(request); }); },
      [&state](const report_signing& request) { return sign(state, request); },
      [drafts](const report_amendment& request) { return database_call([&] { return drafts().amend(request); }); },
      [versions](list_atom, const report_request& request) {
        return database_call([&] { return versions().list(request); });
      },
      [versions](const report_documents& documents) { return database_call([&] { versions().stored(documents); }); },
      [notes](const report_attachment_put& request) { return database_call([&] { return notes().attach(request); }); },
      [notes](const report_attachment_request& request) {
        return database_call([&] { return notes().attachments(request); });
      },
      [notes](const report_attachment_removal& request) { return database_call([&] { notes().detach(request); }); },
      [notes](const report_communication_put& request) { return database_call([&] { return notes().tell(request); }); },
      [notes](const report_communication_request& request) {
        return database_call([&] { return notes().communications(request); });
      },
      [templates](list_atom, const principal& who) { return database_call([&] { return templates().list(who); }); },
      [templates](const report_template_put& request) {
        return database_call([&] { return templates().put(request); });
      },
      [templates](const report_template_removal& request) {
        return database_call([&] { templates().remove(request); });
      },
      [&state](const letterhead_request& request) {
        return database_call([&] { return schema::facilities_repository{*state.database}.letterhead_of(request); });
      },
      [&state](const turnaround_request& request) {
        return database_call([&] { return schema::report_turnaround(*state.database, request); });
      },
  };
}

} // namespace noctis
