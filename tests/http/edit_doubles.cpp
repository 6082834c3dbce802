#include "tests/http/edit_doubles.hpp"

#include <caf/typed_event_based_actor.hpp>

namespace noctis::test {

namespace {

using caf::result;

constexpr int64_t unknown = 404;

caf::error nothing() { return failure(errc::not_found, "There is no such object."); }

const char* name_of(query_level level) {
  switch (level) {
  case query_level::study:
    return "study";
  case query_level::series:
    return "series";
  default:
    return "instance";
  }
}

struct notes {
  shared_world w;
  void operator()(const std::string& what) const {
    std::lock_guard<std::mutex> lock(w->mutex);
    w->edits.push_back(what);
  }
};

std::string text(const object_key& key) { return key.uid.empty() ? std::to_string(key.id) : key.uid; }

workitem step(const std::string& uid, const std::string& attributes, const std::string& state = "SCHEDULED") {
  return {1, uid, state, 1, attributes, 0};
}

job kept_job() {
  job result;
  result.id = 7;
  result.queue = "forward";
  result.state = "pending";
  result.priority = "routine";
  result.payload = "{}";
  return result;
}

/// Version 0 makes an annotation, 7 is not the last.
annotation_effect effect_on(int64_t version) {
  return version == 0   ? annotation_effect::created
         : version == 7 ? annotation_effect::conflict
                        : annotation_effect::changed;
}

constexpr auto kept_step = R"({"00100020":{"vr":"LO","Value":["P1"]},"00400100":{"vr":"SQ","Value":[)"
                           R"({"00080060":{"vr":"CS","Value":["CT"]},"00400002":{"vr":"DA","Value":["20260203"]},)"
                           R"("00400003":{"vr":"TM","Value":["1020"]}}]}})";

editor_actor::behavior_type editor(editor_actor::pointer, const notes& note) {
  return {
      [=](const study_change& r) -> result<study_row> {
        if (r.key.id == unknown) return nothing();
        note("change " + text(r.key) + " " + r.status.value_or("-") + " " + r.priority.value_or("-") + " " +
             std::to_string(r.assigned_to.value_or(-1)));
        study_row row;
        row.id = 1;
        row.status = r.status.value_or("completed");
        row.priority = r.priority.value_or("routine");
        return row;
      },
      [=](const delete_request& r) -> result<void> {
        if (r.key.id == unknown) return nothing();
        note(std::string("hide ") + name_of(r.level) + " " + text(r.key) + " " + r.reason);
        return caf::unit;
      },
      [=](const restore_request& r) -> result<void> {
        note(std::string("show ") + name_of(r.level) + " " + text(r.key) + " " + r.reason);
        return caf::unit;
      },
      [=](const merge_request& r) -> result<patient_row> {
        note("merge " + std::to_string(r.from) + " " + std::to_string(r.into));
        return patient_row{r.into, "P1", "", "A", "19700101", "M"};
      },
      [=](const split_request& r) -> result<patient_row> {
        note("split " + std::to_string(r.studies.size()) + " " + r.into.patient_id + " " + r.into.birth_date);
        return r.into;
      },
      [=](const annotation_put& r) -> result<annotation_result> {
        note("annotate " + r.what.id + " " + r.what.kind + " " + std::to_string(r.what.version) + " " + r.what.view);
        auto current = r.what;
        ++current.version;
        return annotation_result{effect_on(r.what.version), current};
      },
      [=](const annotation_removal& r) -> result<annotation_result> {
        note("erase " + r.id + " " + std::to_string(r.version));
        return annotation_result{effect_on(r.version), {}};
      },
      [=](const annotation_store_request& r) -> result<int64_t> {
        if (r.study.id == unknown) return nothing();
        note("store " + text(r.study));
        return kept_job().id;
      },
      [=](const workitem_put& r) -> result<workitem> {
        note("put " + r.uid + " " + r.attributes);
        return step(r.creates ? "1.2.9" : r.uid, r.attributes);
      },
      [=](const workitem_request& r) -> result<workitem> {
        if (r.uid == "1.404") return nothing();
        return step(r.uid, kept_step);
      },
      [=](const workitem_transition& r) -> result<workitem> {
        note("move " + r.uid + " " + r.state + " " + r.reason);
        return step(r.uid, kept_step, r.state);
      },
      [=](const workitem_removal& r) -> result<void> {
        note("withdraw " + r.uid);
        return caf::unit;
      },
      [=](const performed_step&) -> result<void> { return caf::unit; },
      [=](list_atom, const principal&) -> result<routing_rules> {
        routing_rule rule;
        rule.id = 3;
        rule.name = "all CT";
        rule.destination = "WS1";
        rule.attributes = {{{0x00400275, 0x00400007}, {"HEAD*"}}};
        return routing_rules{{rule}};
      },
      [=](const preference_put& r) -> result<preference_outcome> {
        note("keep " + r.name + " " + std::to_string(r.version) + " " + r.value);
        return preference_outcome{r.version == 0, {r.name, r.version == 0 ? r.value : "[7]", 1, 0}};
      },
      [=](const preference_removal& r) -> result<void> {
        note("forget " + r.name);
        return caf::unit;
      },
      [=](const routing_rule_put& r) -> result<routing_rule> {
        note("rule " + std::to_string(r.rule.id) + " " + r.rule.name + " " +
             std::to_string(r.rule.attributes.empty() ? 0 : r.rule.attributes[0].path.back()));
        return r.rule;
      },
      [=](remove_atom, const principal&, int64_t id) -> result<void> {
        note("no rule " + std::to_string(id));
        return caf::unit;
      },
      [=](const ae_put& r) -> result<ae_row> {
        note("ae " + r.entity.title + " " + r.entity.host + " " + std::to_string(r.entity.port));
        return r.entity;
      },
      [=](const ae_removal& r) -> result<void> {
        note("no ae " + std::to_string(r.id));
        return caf::unit;
      },
  };
}

result<job> job_of(int64_t id, const std::string& state) {
  if (id != kept_job().id) return nothing();
  auto found = kept_job();
  found.state = state;
  return found;
}

jobs_actor::behavior_type jobs(jobs_actor::pointer, const notes& note) {
  return {
      [=](const job_submission& r) -> result<int64_t> {
        note("job " + r.queue + " " + r.payload);
        return kept_job().id;
      },
      [=](const job_claim&) -> result<std::vector<job>> { return std::vector<job>{}; },
      [=](const job_handout&) -> result<std::vector<job_token>> { return std::vector<job_token>{}; },
      [=](const queue_request&) -> result<queue_states> { return queue_states{}; },
      [=](const job_progress&) -> result<bool> { return false; },
      [=](const job_end&) -> result<void> { return caf::unit; },
      [=](const job_filter& r) -> result<job_page> {
        note("jobs " + r.queue + " " + r.state);
        return job_page{1, {kept_job()}};
      },
      [=](find_atom, const principal&, int64_t id) -> result<job> { return job_of(id, "pending"); },
      [=](cancel_atom, const principal&, int64_t id) -> result<job> { return job_of(id, "cancelled"); },
      [=](retry_atom, const principal&, int64_t id) -> result<job> { return job_of(id, "pending"); },
      [=](const undelivered_request&) -> result<instance_list> { return instance_list{}; },
      [=](const delivery_report&) -> result<void> { return caf::unit; },
      [=](const annotation_order&) -> result<annotation_plan> { return annotation_plan{}; },
      [=](const annotation_report&) -> result<void> { return caf::unit; },
  };
}

} // namespace

editor_actor spawn_editor(caf::actor_system& system, const shared_world& w) { return system.spawn(editor, notes{w}); }

jobs_actor spawn_jobs(caf::actor_system& system, const shared_world& w) { return system.spawn(jobs, notes{w}); }

} // namespace noctis::test
