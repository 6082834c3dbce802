#include "schema/repositories/index/writer.hpp"

#include "schema/array_columns.hpp"
#include "schema/array_literal.hpp"
#include "schema/repositories/index/rules.hpp"
#include "schema/repositories/index/statements.hpp"
#include "schema/rows.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace noctis::schema {

namespace {

std::string joined(const std::set<std::string>& words) {
  std::string result;
  for (const auto& word : words) result += (result.empty() ? "" : "\\") + word;
  return result;
}

/// Returns a date and the time of that day as one text, "" for neither.
std::string moment(const std::string& date, const std::string& time) {
  return date.empty() && time.empty() ? "" : (date.empty() ? std::string(8, ' ') : date) + time;
}

/// Returns the attributes of a level, which all have an object.
const std::string& object_or_empty(const std::string& kept) {
  static const std::string empty = "{}";
  return kept.empty() ? empty : kept;
}

/// Gives the rows their ids; all of them must be there.
template <class Map>
void take_ids(const pqxx::result& rows, size_t expected, Map& drafts) {
  if (static_cast<size_t>(rows.size()) != expected) throw lost_race{};
  for (const auto& row : rows) drafts.at(row[1].template as<std::string>()).id = row[0].template as<int64_t>();
}

struct facility_total {
  int64_t patients = 0, studies = 0, series = 0, instances = 0, bytes = 0;
};

} // namespace

void index_writer::write(std::vector<draft>& drafts) {
  std::vector<draft*> waiting;
  waiting.reserve(drafts.size());
  for (auto& one : drafts) waiting.push_back(&one);
  const auto uid_of = [](const draft* one) -> const std::string& {
    return one->entry.header.instance.sop_instance_uid;
  };
  std::stable_sort(waiting.begin(), waiting.end(),
                   [&](const draft* a, const draft* b) { return uid_of(a) < uid_of(b); });
  while (!waiting.empty()) {
    round_draft round;
    std::vector<draft*> later;
    for (auto* one : waiting) {
      const bool twice = !round.drafts.empty() && uid_of(round.drafts.back()) == uid_of(one);
      (twice ? later : round.drafts).push_back(one);
    }
    write_round(round);
    waiting = std::move(later);
  }
}

void index_writer::write_round(round_draft& round) {
  lock_studies(round);
  look_up(round);
  look_up_identities(round);
  // In the order of arrival, so that the first of a new study decides what its row says.
  auto by_arrival = round.drafts;
  std::sort(by_arrival.begin(), by_arrival.end(),
            [](const draft* a, const draft* b) { return a->position < b->position; });
  for (auto* one : by_arrival) judge(*one, round);
  create_patients(round);
  create_studies(round);
  create_series(round);
  begin_workitems(round);
  show_hidden(round);
  set_aside_replaced(round);
  insert_instances(round);
  count(round);
  send_on(round);
  answer_duplicates(round);
}

void index_writer::lock_studies(round_draft& round) {
  std::set<std::string> uids;
  for (const auto* one : round.drafts) uids.insert(one->entry.header.study.uid);
  for (const auto& row : run_(index_sql::lock_studies, array_of(uids))) {
    auto& study = round.studies[row[1].as<std::string>()];
    study.id = row[0].as<int64_t>();
    study.facility = row[2].as<int64_t>();
    study.facility_name = row[3].as<std::string>();
    study.patient = row[4].as<int64_t>();
    study.patient_id = row[5].as<std::string>();
    study.issuer = row[6].as<std::string>();
    study.hidden = row[7].as<bool>();
  }
}

void index_writer::look_up(round_draft& round) {
  array_columns wanted{2};
  for (const auto* one : round.drafts)
    wanted.add(one->entry.header.series.uid, one->entry.header.instance.sop_instance_uid);
  for (const auto& row : run_.all(index_sql::look_up, wanted.parameters())) {
    auto& one = *round.drafts[row[0].as<size_t>() - 1];
    if (!row[1].is_null()) {
      auto& series = round.series[one.entry.header.series.uid];
      series.id = row[1].as<int64_t>();
      series.study_uid = row[2].as<std::string>();
      series.hidden = row[10].as<bool>();
    }
    one.known.reset();
    if (!row[3].is_null())
      one.known =
          known_instance{row[3].as<int64_t>(),     row[4].as<int32_t>(), row[5].as<int64_t>(), row[6].as<std::string>(),
                         row[7].as<std::string>(), row[8].as<int64_t>(), row[9].as<bool>()};
  }
}

/// Another Patient ID than the study's patient has may be one of those that the study came under, or that of a patient
/// who was merged. Nearly always there is none to ask for.
void index_writer::look_up_identities(round_draft& round) {
  array_columns wanted{3};
  std::vector<draft*> asking;
  for (auto* one : round.drafts) {
    const auto study = round.studies.find(one->entry.header.study.uid);
    if (study == round.studies.end() || is_patient_of(*one, study->second)) continue;
    wanted.add(study->second.id, one->entry.header.patient.issuer, one->entry.header.patient.id);
    asking.push_back(one);
  }
  if (asking.empty()) return;
  for (const auto& row : run_.all(index_sql::find_identities, wanted.parameters()))
    asking[row[0].as<size_t>() - 1]->is_known_identity = true;
}

/// Whether nothing of a patient, whose row is locked, was to be seen before this batch. True once.
bool index_writer::is_first_of_patient(int64_t patient) {
  const auto row = run_(index_sql::look_at_patient, patient)[0];
  if (row[1].as<bool>()) throw lost_race{};
  return counted_patients_.insert(patient).second && !row[0].as<bool>();
}

void index_writer::create_patients(round_draft& round) {
  std::vector<study_draft*> fresh;
  for (auto& [uid, study] : round.studies) {
    if (study.id == 0) fresh.push_back(&study);
  }
  const auto key = [](const study_draft* study) { return std::tie(study->facility, study->issuer, study->patient_id); };
  std::stable_sort(fresh.begin(), fresh.end(),
                   [&](const study_draft* a, const study_draft* b) { return key(a) < key(b); });
  for (auto* study : fresh) {
    const auto& who = study->first->patient;
    const auto known =
        run_(index_sql::find_patient, study->facility, who.issuer, who.id, who.name, who.birth_date, who.sex);
    if (!known.empty()) {
      study->patient = known[0][0].as<int64_t>();
      study->new_patient = is_first_of_patient(study->patient);
      continue;
    }
    const auto made =
        run_(index_sql::create_patient, study->facility, who.issuer, who.id, who.name, who.birth_date, who.sex);
    if (made.empty()) throw lost_race{};
    study->patient = made[0][0].as<int64_t>();
    study->new_patient = counted_patients_.insert(study->patient).second;
    // Without a Patient ID people share nothing that could be confused.
    if (made[0][1].as<int32_t>() > 0 && !who.id.empty())
      run_(index_sql::flag_patients, study->facility, who.issuer, who.id);
  }
  for (auto& [uid, study] : round.studies) {
    if (!study.hidden || study.arrivals == 0) continue;
    run_(index_sql::lock_patient, study.patient);
    study.new_patient = is_first_of_patient(study.patient);
  }
}

/// Of scheduled procedure steps, those that a new study is of are in progress now.
void index_writer::begin_workitems(const round_draft& round) {
  std::vector<int64_t> fresh;
  for (const auto& [uid, study] : round.studies) {
    if (study.first) fresh.push_back(study.id);
  }
  if (!fresh.empty()) run_(index_sql::begin_workitems, array_of(fresh));
}

/// Shows what was deleted and came again; rows of its study and series are shown where they are counted.
void index_writer::show_hidden(const round_draft& round) {
  std::vector<int64_t> ids;
  for (const auto* one : round.drafts) {
    if (one->shows) ids.push_back(one->known->id);
  }
  if (!ids.empty() && static_cast<size_t>(run_(index_sql::show_instances, array_of(ids)).size()) != ids.size())
    throw lost_race{};
}

void index_writer::create_studies(round_draft& round) {
  array_columns rows{10};
  size_t count = 0;
  for (const auto& [uid, study] : round.studies) {
    if (study.id != 0) continue;
    const auto& a = study.first->study;
    rows.add(uid, study.facility, study.patient, a.id, a.date, a.time, a.accession_number, a.description,
             a.referring_physician, object_or_empty(a.kept));
    ++count;
  }
  if (count != 0) {
    const auto made = run_.all(index_sql::create_studies, rows.parameters());
    take_ids(made, count, round.studies);
  }
}

void index_writer::create_series(round_draft& round) {
  array_columns rows{15};
  size_t count = 0;
  for (const auto& [uid, series] : round.series) {
    if (series.id != 0) continue;
    const auto& a = series.first->series;
    rows.add(uid, round.studies.at(series.study_uid).id, a.number, a.modality, a.description, a.body_part, a.laterality,
             a.date, a.time, a.protocol_name, a.manufacturer, a.station_name, a.institution_name,
             a.frame_of_reference_uid, object_or_empty(a.kept));
    ++count;
  }
  if (count != 0) {
    const auto made = run_.all(index_sql::create_series, rows.parameters());
    take_ids(made, count, round.series);
  }
}

void index_writer::set_aside_replaced(const round_draft& round) {
  std::vector<int64_t> ids;
  for (const auto* one : round.drafts) {
    if (one->writes && one->known) ids.push_back(one->known->id);
  }
  if (!ids.empty() && static_cast<size_t>(run_(index_sql::set_aside, array_of(ids)).size()) != ids.size())
    throw lost_race{};
}

caf::optional<int32_t> index_writer::image_type_of(const instance_attributes& a) const {
  if (a.image_type.empty()) return caf::none;
  return terms_.of(a.image_type);
}

void index_writer::insert_instances(round_draft& round) {
  array_columns rows{25};
  std::unordered_map<std::string, draft*> writing;
  for (auto* one : round.drafts) {
    if (!one->writes) continue;
    const auto& a = one->entry.header.instance;
    const auto& file = one->entry.file;
    rows.add(a.sop_instance_uid, round.series.at(one->entry.header.series.uid).id,
             int64_t{one->known ? one->known->version + 1 : 1}, int64_t{terms_.of(a.sop_class_uid)},
             int64_t{terms_.of(a.transfer_syntax_uid)}, int64_t{terms_.of(a.character_set)},
             int64_t{terms_.of(sender_of(one->entry))}, a.number, int64_t{a.number_of_frames}, a.rows, a.columns,
             a.bits_allocated, file.data_set_digest, static_cast<int64_t>(file.where.length), one->entry.received_at,
             int64_t{terms_.of(file.where.node)}, file.where.path, static_cast<int64_t>(file.where.offset),
             file.where.checksum, image_type_of(a), a.acquisition, moment(a.content_date, a.content_time),
             moment(a.acquisition_date, a.acquisition_time), moment(a.creation_date, a.creation_time),
             optional_text{a.kept});
    writing[a.sop_instance_uid] = one;
  }
  if (writing.empty()) return;
  const auto made = run_.all(index_sql::insert_instances, rows.parameters());
  if (static_cast<size_t>(made.size()) != writing.size()) throw lost_race{};
  for (const auto& row : made) {
    auto& one = *writing.at(row[1].as<std::string>());
    const bool replaces = one.known && !one.known->hidden;
    one.answer = index_result{replaces ? disposition::replaced : disposition::stored, row[0].as<int64_t>(), {}};
  }
}

void index_writer::count(const round_draft& round) {
  array_columns series_rows{3};
  array_columns event_rows{5};
  for (const auto& [uid, series] : round.series) {
    if (series.arrivals == 0) continue;
    const auto& study = round.studies.at(series.study_uid);
    series_rows.add(series.id, series.instances, series.bytes);
    event_rows.add(study.facility, study.id, series.study_uid, uid, series.arrivals);
  }
  array_columns study_rows{6};
  std::map<int64_t, facility_total> totals;
  for (const auto& [uid, study] : round.studies) {
    if (study.arrivals == 0) continue;
    study_rows.add(study.id, study.series, study.instances, study.bytes, joined(study.modalities), study.body_part);
    auto& total = totals[study.facility];
    total.patients += study.new_patient ? 1 : 0;
    total.studies += study.first || study.hidden ? 1 : 0;
    total.series += study.series;
    total.instances += study.instances;
    total.bytes += study.bytes;
  }
  array_columns facility_rows{6};
  for (const auto& [facility, total] : totals)
    facility_rows.add(facility, total.patients, total.studies, total.series, total.instances, total.bytes);
  if (totals.empty()) return;
  std::vector<std::string> parameters;
  for (const auto* part : {&series_rows, &study_rows, &facility_rows, &event_rows}) part->append_to(parameters);
  run_.all(index_sql::count, parameters);
}

/// Has what is new, or to be seen again, sent where the routing rules say.
void index_writer::send_on(const round_draft& round) {
  array_columns rows{3};
  bool any = false;
  for (const auto* one : round.drafts) {
    const auto* result = std::get_if<index_result>(&one->answer);
    if (!result || !(one->writes || one->shows)) continue;
    for (const auto rule : one->rules) {
      rows.add(rule, round.studies.at(one->entry.header.study.uid).id, result->instance_id);
      any = true;
    }
  }
  if (any) run_.all(index_sql::route, rows.parameters());
}

void index_writer::answer_duplicates(round_draft& round) {
  std::unordered_map<int64_t, draft*> duplicates;
  std::vector<int64_t> ids;
  for (auto* one : round.drafts) {
    const auto* result = std::get_if<index_result>(&one->answer);
    if (!one->writes && result) {
      duplicates[result->instance_id] = one;
      ids.push_back(result->instance_id);
    }
  }
  if (ids.empty()) return;
  for (const auto& row : run_(index_sql::find_locations, array_of(ids))) {
    auto& one = *duplicates.at(row[0].as<int64_t>());
    auto& result = std::get<index_result>(one.answer);
    result.kept.push_back(location_from(row, 1));
    const auto& kept = result.kept.back();
    const auto& came = one.entry.file.where;
    if (kept.node == came.node && kept.path == came.path && kept.offset == came.offset)
      result.what = disposition::stored;
  }
}

} // namespace noctis::schema
