#include "print/printed_report.hpp"

#include "print/words.hpp"

#include <algorithm>
#include <ctime>

namespace noctis {

namespace {

/// One writing of a name: family and given name with a comma, then what else there is.
std::string shown_writing(const std::string& writing) {
  std::string result;
  size_t begin = 0;
  for (int part = 0; begin <= writing.size(); ++part) {
    const auto end = std::min(writing.find('^', begin), writing.size());
    const auto text = writing.substr(begin, end - begin);
    if (!text.empty()) result += (result.empty() ? "" : part == 1 ? ", " : " ") + text;
    begin = end + 1;
  }
  return result;
}

} // namespace

std::string shown_person(const std::string& name) {
  std::string result;
  size_t begin = 0;
  while (begin <= name.size()) {
    const auto end = std::min(name.find('=', begin), name.size());
    const auto text = shown_writing(name.substr(begin, end - begin));
    if (!text.empty()) result += result.empty() ? text : " (" + text + ")";
    begin = end + 1;
  }
  return result;
}

std::string shown_date(const std::string& date) {
  if (date.size() != 8 || date.find_first_not_of("0123456789") != std::string::npos) return date;
  return date.substr(0, 4) + "-" + date.substr(4, 2) + "-" + date.substr(6, 2);
}

std::string shown_time(int64_t ms) {
  const auto seconds = static_cast<std::time_t>(ms / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[40];
  return {text, std::strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S UTC", &parts)};
}

std::vector<std::pair<std::string, std::string>> printed_identity(const printed_report& report) {
  const auto& study = report.what.study;
  const auto& language = report.what.content.language;
  std::vector<std::pair<std::string, std::string>> result;
  const auto add = [&](print_word name, const std::string& value) {
    if (!value.empty()) result.emplace_back(printed(name, language), value);
  };
  add(print_word::patient, shown_person(study.patient.name));
  add(print_word::patient_id, study.patient.patient_id);
  add(print_word::birth_date, shown_date(study.patient.birth_date));
  add(print_word::sex, study.patient.sex);
  add(print_word::study, study.attributes.description);
  add(print_word::study_date, shown_date(study.attributes.date));
  add(print_word::accession_number, study.attributes.accession_number);
  add(print_word::referring_physician, shown_person(study.attributes.referring_physician));
  return result;
}

std::string printed_value(const report_value& value, const std::string& language) {
  const auto kind = value.source == "analysis" ? print_word::machine_made : print_word::measured_by_reader;
  return printed_heading(value.heading, language) + ": " + value.text + " — " + value.origin + " (" +
         printed(kind, language) + ")";
}

} // namespace noctis
