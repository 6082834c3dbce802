#include "schema/repositories/annotations/changes.hpp"

#include "schema/repositories/annotations/rows.hpp"
#include "schema/repositories/changes.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

constexpr statement find_current{"annotations_current",
                                 "select " NOCTIS_ANNOTATION_COLUMNS ", s.facility, t.id from " NOCTIS_ANNOTATION_TABLES
                                 " where a.id = $1::uuid and v.version = a.version"};
// By itself: a row that was waited for is joined to what it was before.
constexpr statement lock_annotation{"annotations_lock", "select from annotations where id = $1::uuid for update"};
constexpr statement find_instance{"annotations_image", R"sql(
select c.term, i.number_of_frames
from series r join instances i on i.series = r.id join terms c on c.id = i.sop_class
where r.study = $1 and r.uid = $2 and i.sop_uid = $3 and i.replaced_at is null)sql"};
constexpr statement find_series{"annotations_series", "select from series where study = $1 and uid = $2"};
constexpr statement same_content{"annotations_content", R"sql(
select content = $3::jsonb from annotation_versions where annotation = $1::uuid and version = $2)sql"};
constexpr statement count_live{"annotations_count", R"sql(
select count(*) from annotation_sets t join annotations a on a.set_id = t.id where t.study = $1 and not a.deleted)sql"};
constexpr statement open_set{"annotations_set", R"sql(
insert into annotation_sets (study, author, key_objects) values ($1, $2, $3)
on conflict (study, author, key_objects) do update set serial = annotation_sets.serial returning id)sql"};
constexpr statement next_serial{"annotations_serial",
                                "update annotation_sets set serial = serial + 1 where id = $1 returning serial"};
constexpr statement insert_annotation{
    "annotations_insert",
    "insert into annotations (id, set_id) values ($1::uuid, $2) on conflict do nothing returning id"};
constexpr statement raise_version{"annotations_raise",
                                  "update annotations set version = version + 1, deleted = $2 where id = $1::uuid"};
constexpr statement insert_version{"annotations_version", R"sql(
insert into annotation_versions (annotation, version, deleted, serial, content)
select a.id, a.version, a.deleted, $2, $3::jsonb from annotations a where a.id = $1::uuid)sql"};
constexpr statement submit_job{"annotations_job", R"sql(
insert into jobs as j (queue, unique_key, facility, max_attempts, run_after, payload)
values ($1, 'annotations ' || $2::bigint || ' ' || $3::bigint, $4, 20, now() + make_interval(secs => $5),
        jsonb_build_object('study', $2::bigint, 'author', $3::bigint, 'study_uid', $6::text))
on conflict (unique_key) where state in ('pending', 'running') do update set
  run_after = case when j.state = 'pending' and j.run_after > now() then excluded.run_after else j.run_after end,
  again_after = case when j.state = 'running' then least(j.again_after, excluded.run_after) end
returning id)sql"};

constexpr statement find_unwritten{
    "annotations_unwritten",
    "select distinct author from annotation_sets where study = $1 and serial > stored order by 1"};

[[noreturn]] void refuse(const std::string& sentence) { throw database_error(errc::invalid_argument, sentence); }

} // namespace

annotated_study find_annotated_study(query& run, const principal& who, const object_key& key) {
  const std::vector<std::string> named{key.id != 0 ? std::to_string(key.id) : storable(key.uid, 64)};
  const auto rows = run.once("select id, facility, uid from studies where " + visible_to(who, "facility") + " and " +
                                 (key.id != 0 ? "id = $1::bigint" : "uid = $1"),
                             named);
  if (rows.empty()) throw database_error(errc::not_found, "there is no study " + named.front());
  return {rows[0][0].as<int64_t>(), rows[0][1].as<int64_t>(), rows[0][2].as<std::string>()};
}

void throw_no_annotation(const std::string& id) {
  throw database_error(errc::not_found, "there is no annotation " + storable(id, 64));
}

void check_annotation(const annotation_put& request) {
  require(request.who, permission::annotation_write);
  if (request.who.kind != principal_kind::user || request.who.id <= 0)
    throw database_error(errc::permission_denied, "\"" + request.who.name + "\" is not a user, who alone annotates");
  const auto problems = problems_of(request.what);
  if (!problems.empty()) refuse(problems.begin()->first + ": " + problems.begin()->second);
  for (const auto* text : {&request.what.label, &request.what.view}) {
    if (storable(*text, text->size()) != *text) refuse("label and view are UTF-8 without NUL");
  }
}

int64_t submit_annotation_job(query& run, const annotated_study& study, int64_t author, std::chrono::seconds delay) {
  return run(submit_job, annotation_queue, study.id, author, study.facility, delay.count(), study.uid)[0][0]
      .as<int64_t>();
}

void resume_annotation_jobs(query& run, const annotated_study& study) {
  for (const auto& row : run(find_unwritten, study.id))
    submit_annotation_job(run, study, row[0].as<int64_t>(), std::chrono::seconds{0});
}

void annotation_change::find(const std::string& id) {
  run_(lock_annotation, id);
  const auto rows = run_(find_current, id);
  exists_ = !rows.empty();
  if (!exists_) return;
  known_ = annotation_from(rows[0]);
  study_ = {known_.study, rows[0][12].as<int64_t>(), known_.study_uid};
  set_ = rows[0][13].as<int64_t>();
  if (!who_.sees_facility(study_.facility)) throw_no_annotation(id);
  if (known_.author != who_.id)
    throw database_error(errc::permission_denied, "annotation " + id + " is " + known_.username + "'s");
}

void annotation_change::find_image(annotation& what) const {
  if (what.sop_instance_uid.empty()) {
    if (run_(find_series, study_.id, what.series_uid).empty())
      refuse("series_instance_uid: study " + study_.uid + " has no series " + what.series_uid);
    return;
  }
  const auto rows = run_(find_instance, study_.id, what.series_uid, what.sop_instance_uid);
  if (rows.empty())
    refuse("sop_instance_uid: series " + what.series_uid + " of study " + study_.uid + " has no instance " +
           what.sop_instance_uid);
  what.sop_class_uid = rows[0][0].as<std::string>();
  what.number_of_frames = rows[0][1].as<int32_t>();
  if (what.frame > what.number_of_frames)
    refuse("frame: the image has " + std::to_string(what.number_of_frames) + " frames");
}

bool annotation_change::has_content(const std::string& content) const {
  return !known_.deleted && run_(same_content, known_.id, known_.version, content)[0][0].as<bool>();
}

annotation_result annotation_change::put(annotation what) {
  find(what.id);
  const auto study = find_annotated_study(run_, who_, {0, what.study_uid});
  if (!exists_) {
    if (what.version != 0) throw_no_annotation(what.id);
    study_ = study;
    find_image(what);
    return create(what, content_of(what));
  }
  if (study.id != study_.id) refuse("study_instance_uid: the annotation is in study " + study_.uid);
  if (what.kind != known_.kind) refuse("kind: the annotation is a " + known_.kind);
  find_image(what);
  const auto content = content_of(what);
  const bool is_latest = what.version == known_.version;
  if ((is_latest || what.version + 1 == known_.version) && has_content(content))
    return {known_.version == 1 ? annotation_effect::created : annotation_effect::changed, known_};
  if (!is_latest) return {annotation_effect::conflict, known_};
  return add_version(content, false);
}

annotation_result annotation_change::remove(const std::string& id, int64_t version) {
  find(id);
  if (!exists_) throw_no_annotation(id);
  if (known_.deleted && (version == known_.version || version + 1 == known_.version))
    return {annotation_effect::changed, known_};
  if (version != known_.version) return {annotation_effect::conflict, known_};
  return add_version(content_of(known_), true);
}

annotation_result annotation_change::create(const annotation& what, const std::string& content) {
  if (run_(count_live, study_.id)[0][0].as<int64_t>() >= most_annotations)
    throw database_error(errc::limit_exceeded, "a study has at most 10,000 annotations");
  set_ = run_(open_set, study_.id, who_.id, what.kind == "key_image")[0][0].as<int64_t>();
  if (run_(insert_annotation, what.id, set_).empty()) {
    if (run_(find_current, what.id).empty())
      throw database_error(errc::state_conflict, "the identifier " + what.id + " is taken");
    throw lost_race{}; // somebody else has made it since it was looked for
  }
  const auto serial = run_(next_serial, set_)[0][0].as<int64_t>();
  run_(insert_version, what.id, serial, content);
  return finish(annotation_effect::created, what.id, false);
}

annotation_result annotation_change::add_version(const std::string& content, bool deleted) {
  const auto serial = run_(next_serial, set_)[0][0].as<int64_t>();
  run_(raise_version, known_.id, deleted);
  run_(insert_version, known_.id, serial, content);
  return finish(annotation_effect::changed, known_.id, deleted);
}

annotation_result annotation_change::finish(annotation_effect effect, const std::string& id, bool deleted) {
  const auto now = current(id);
  const std::string what = deleted ? "delete" : "save";
  submit_annotation_job(run_, study_, who_.id, store_after_);
  record_change(run_,
                {who_, "annotation." + what, "ok", id, study_.facility, study_.id,
                 R"({"study_id":)" + std::to_string(study_.id) + R"(,"study_instance_uid":)" + json_string(study_.uid) +
                     R"(,"annotation":)" + json_string(id) + R"(,"version":)" + std::to_string(now.version) +
                     R"(,"author":)" + json_string(now.username) + "}"},
                "annotation." + what + "d");
  return {effect, now};
}

annotation annotation_change::current(const std::string& id) const {
  return annotation_from(run_(find_current, id)[0]);
}

} // namespace noctis::schema
