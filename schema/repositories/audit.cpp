#include "schema/repositories/audit.hpp"

#include "schema/array_literal.hpp"
#include "schema/repositories/changes.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

constexpr statement append_entries{"audit_append", R"sql(
insert into audit (account, who, address, request_id, action, outcome, object, facility, study, detail)
select nullif(account, 0), who, address, request_id, action, outcome, object, nullif(facility, 0), nullif(study, 0),
       detail::jsonb
from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[],
            $9::bigint[], $10::text[])
  as e (account, who, address, request_id, action, outcome, object, facility, study, detail))sql"};

} // namespace

void append_audit(query& run, const std::vector<audit_entry>& entries) {
  if (entries.empty()) return;
  array_literal account, who, address, request_id, action, outcome, object, facility, study, detail;
  for (const auto& entry : entries) {
    account.add(entry.who.id);
    who.add(storable(entry.who.name, 256));
    address.add(storable(entry.who.address, 64));
    request_id.add(storable(entry.who.request_id, 128));
    action.add(storable(entry.action, 64));
    outcome.add(storable(entry.outcome, 64));
    object.add(storable(entry.object, 256));
    facility.add(entry.facility);
    study.add(entry.study);
    detail.add(entry.detail);
  }
  run(append_entries, account.str(), who.str(), address.str(), request_id.str(), action.str(), outcome.str(),
      object.str(), facility.str(), study.str(), detail.str());
}

void audit_repository::append(const std::vector<audit_entry>& entries) {
  transact(db_, [&](query& run) { append_audit(run, entries); });
}

} // namespace noctis::schema
