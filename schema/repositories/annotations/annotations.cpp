#include "schema/repositories/annotations/annotations.hpp"

#include "schema/repositories/annotations/changes.hpp"
#include "schema/repositories/annotations/rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>

namespace noctis::schema {

namespace {

const std::string select_versions = "select " NOCTIS_ANNOTATION_COLUMNS " from " NOCTIS_ANNOTATION_TABLES " where ";

// A document that was begun is finished first; what has changed since comes after it.
constexpr statement begin_documents{"annotations_plan", R"sql(
update annotation_sets t set planned = case when t.planned > t.stored then t.planned else t.serial end
from studies s, users u
where s.id = t.study and u.id = t.author and t.study = $1 and t.author = $2 and t.serial > t.stored
returning t.id, t.planned, t.key_objects, t.key, coalesce(nullif(u.full_name, ''), u.username), t.stored_uid,
  t.stored_class)sql"};

constexpr statement find_contents{
    "annotations_contents",
    "select * from (select distinct on (v.annotation) " NOCTIS_ANNOTATION_COLUMNS " from " NOCTIS_ANNOTATION_TABLES
    " where t.id = $1 and v.serial <= $2 order by v.annotation, v.version desc) c order by 9, 1"};

constexpr statement note_stored{"annotations_stored", R"sql(
update annotation_sets set stored = $2, stored_uid = coalesce(nullif($3, ''), stored_uid),
  stored_class = coalesce(nullif($4, ''), stored_class)
where id = $1 and stored < $2 returning id)sql"};

constexpr statement note_document{"annotations_document", R"sql(
with held as (
  select distinct on (v.annotation) v.annotation, v.version, v.deleted
  from annotations a join annotation_versions v on v.annotation = a.id
  where a.set_id = $1 and v.serial <= $2 order by v.annotation, v.version desc)
update annotation_versions v set document = $3 from held h
where v.annotation = h.annotation and v.version = h.version and not h.deleted)sql"};

annotation_document document_from(query& run, const pqxx::row& row) {
  annotation_document result;
  result.set = row[0].as<int64_t>();
  result.serial = row[1].as<int64_t>();
  result.key_objects = row[2].as<bool>();
  result.key = row[3].as<std::string>();
  result.author = row[4].as<std::string>();
  result.former_uid = row[5].as<std::string>();
  result.former_class = row[6].as<std::string>();
  for (const auto& version : run(find_contents, result.set, result.serial)) {
    auto what = annotation_from(version);
    result.at = std::max(result.at, what.updated_at);
    if (!what.deleted) result.annotations.push_back(std::move(what));
  }
  return result;
}

} // namespace

annotation_list annotations_repository::list(const annotation_filter& filter) {
  require(filter.who, permission::study_view);
  return read(db_, [&](query& run) {
    const auto study = find_annotated_study(run, filter.who, filter.study);
    annotation_list result{study.id, study.uid, {}};
    for (const auto& row : run.once(select_versions +
                                        "t.study = $1::bigint and v.version = a.version "
                                        "and not a.deleted and ($2 = '' or u.username = $2) "
                                        "order by a.created_at, a.id limit " +
                                        std::to_string(most_annotations),
                                    {std::to_string(study.id), storable(filter.author, 150)}))
      result.annotations.push_back(annotation_from(row));
    return result;
  });
}

annotation_list annotations_repository::history(const annotation_history_request& request) {
  require(request.who, permission::study_view);
  return read(db_, [&](query& run) {
    annotation_list result;
    if (!is_uuid(request.id)) throw_no_annotation(request.id);
    for (const auto& row :
         run.once(select_versions + visible_to(request.who, "s.facility") + " and a.id = $1::uuid order by v.version",
                  {request.id}))
      result.annotations.push_back(annotation_from(row));
    if (result.annotations.empty()) throw_no_annotation(request.id);
    result.study = result.annotations.front().study;
    result.study_uid = result.annotations.front().study_uid;
    return result;
  });
}

annotation_result annotations_repository::put(const annotation_put& request) {
  check_annotation(request);
  return transact(db_, [&](query& run) { return annotation_change{run, request.who, store_after_}.put(request.what); });
}

annotation_result annotations_repository::remove(const annotation_removal& request) {
  require(request.who, permission::annotation_write);
  if (!is_uuid(request.id)) throw_no_annotation(request.id);
  return transact(db_, [&](query& run) {
    return annotation_change{run, request.who, store_after_}.remove(request.id, request.version);
  });
}

int64_t annotations_repository::store_now(const annotation_store_request& request) {
  require(request.who, permission::annotation_write);
  return transact(db_, [&](query& run) {
    const auto study = find_annotated_study(run, request.who, request.study);
    return submit_annotation_job(run, study, request.who.id, std::chrono::seconds{0});
  });
}

annotation_plan annotations_repository::plan(const annotation_order& order) {
  return transact(db_, [&](query& run) {
    annotation_plan result;
    for (const auto& row : run(begin_documents, order.study, order.author))
      result.documents.push_back(document_from(run, row));
    return result;
  });
}

void annotations_repository::stored(const annotation_report& report) {
  transact(db_, [&](query& run) {
    const bool is_news =
        !run(note_stored, report.set, report.serial, report.sop_instance_uid, report.sop_class_uid).empty();
    if (is_news && !report.sop_instance_uid.empty())
      run(note_document, report.set, report.serial, report.sop_instance_uid);
  });
}

} // namespace noctis::schema
