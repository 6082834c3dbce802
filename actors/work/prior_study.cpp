#include "actors/work/prior_study.hpp"

#include "actors/system/ask_index.hpp"
#include "actors/work/analyst.hpp"
#include "dicom/digest.hpp"
#include "messages/edit.hpp"

#include <algorithm>
#include <ctime>

namespace noctis {

namespace {

constexpr size_t most_studies = 5; ///< that are looked at, to each side

/// Returns the days from the epoch to a date, YYYYMMDD; none for what is no date.
std::optional<int64_t> day_of(const std::string& date) {
  std::tm parts{};
  const auto* end = strptime(date.c_str(), "%Y%m%d", &parts);
  if (date.size() != 8 || end == nullptr || *end != '\0') return std::nullopt;
  return timegm(&parts) / 86400;
}

bool is_earlier(const study_attributes& a, const study_attributes& b) {
  return a.date != b.date ? a.date < b.date : !a.time.empty() && a.time < b.time;
}

/// Whether two studies show the same kind of image.
bool share_modality(const study_row& a, const study_row& b) {
  return std::any_of(a.modalities.begin(), a.modalities.end(), [&](const std::string& each) {
    return each != "SR" && each != "SEG" &&
           std::find(b.modalities.begin(), b.modalities.end(), each) != b.modalities.end();
  });
}

bool is_done(const analysis_run& run, const std::string& analyser, const analysis_input& series) {
  return run.analyser == analyser && run.state == "done" && run.series_uid == series.series_uid &&
         run.input_digest == series.digest;
}

/// Returns the first of the analysers that was done on a series; "": none was.
std::string analyser_of(const analysis_input& series, const std::vector<analysis_run>& runs,
                        const std::vector<std::string>& analysers) {
  const auto found = std::find_if(analysers.begin(), analysers.end(), [&](const std::string& name) {
    return std::any_of(runs.begin(), runs.end(), [&](const auto& run) { return is_done(run, name, series); });
  });
  return found == analysers.end() ? std::string{} : *found;
}

/// Returns the series on which `analyser` was done, the one with the most images; null: none.
const analysis_input* analysed_series(const std::vector<analysis_input>& series, const std::vector<analysis_run>& runs,
                                      const std::string& analyser) {
  const analysis_input* result = nullptr;
  for (const auto& each : series) {
    const bool fits =
        std::any_of(runs.begin(), runs.end(), [&](const auto& run) { return is_done(run, analyser, each); });
    if (fits && (result == nullptr || each.images.size() > result->images.size())) result = &each;
  }
  return result;
}

} // namespace

caf::expected<patient_history> patient_history::of(running_job& running, const study_row& study) {
  patient_history result{running};
  if (!day_of(study.attributes.date)) return result;
  const auto patient = ask_index<patient_detail>(running.self, running.directory, query_of,
                                                 patient_request{running.who(), study.patient.id});
  if (!patient) return patient.error();
  if (!patient->identity_conflict) result.take(patient->studies, study);
  return result;
}

/// `studies` are the newest first.
void patient_history::take(const std::vector<study_row>& studies, const study_row& study) {
  const auto today = *day_of(study.attributes.date);
  for (const auto& each : studies) {
    const auto day = day_of(each.attributes.date);
    if (each.id == study.id || !day || !share_modality(each, study)) continue;
    if (is_earlier(study.attributes, each.attributes) && !each.ai_status.empty()) later_.push_back(each);
    if (is_earlier(each.attributes, study.attributes) && earlier_.size() < most_studies)
      earlier_.push_back({each.id, each.attributes.date, static_cast<double>(today - *day), false, {}, {}});
  }
  std::reverse(later_.begin(), later_.end());
  if (later_.size() > most_studies) later_.resize(most_studies);
}

/// A study that was deleted meanwhile has no series.
caf::error patient_history::read(earlier_study& study) {
  if (study.is_read) return {};
  const auto detail = ask_index<study_detail>(running_.self, running_.directory, query_of,
                                              study_request{running_.who(), {study.id, {}}, true});
  if (!detail && code_of(detail.error()) != errc::not_found) return detail.error();
  if (detail) {
    auto runs = ask_index<analysis_list>(running_.self, running_.directory, analyses_of,
                                         analysis_filter{running_.who(), {study.id, {}}, false});
    if (!runs) return std::move(runs.error());
    study.series = inputs_of(*detail);
    study.runs = std::move(runs->runs);
  }
  study.is_read = true;
  return {};
}

caf::expected<std::optional<prior_input>> patient_history::prior_of(const analysis_input& series,
                                                                    const std::vector<analysis_run>& runs,
                                                                    const std::vector<std::string>& analysers) {
  std::optional<prior_input> result;
  const auto analyser = analyser_of(series, runs, analysers);
  if (analyser.empty()) return result;
  for (auto& each : earlier_) {
    if (auto error = read(each)) return error;
    const auto* found = analysed_series(each.series, each.runs, analyser);
    if (found == nullptr) continue;
    result = prior_input{*found, each.date, each.days, analyser};
    break;
  }
  return result;
}

std::string digest_of_both(const analysis_input& series, const prior_input& prior) {
  const auto both = series.digest + " " + prior.series.digest + " " + prior.analyser;
  return digest_of(both.data(), both.size());
}

} // namespace noctis
