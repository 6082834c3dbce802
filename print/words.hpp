#pragma once

#include <string>

namespace noctis {

/// What reports say besides their own text.
enum class print_word {
  clinical_information,
  technique,
  comparison,
  findings,
  impression,
  recommendations,
  addendum,
  report,
  patient,
  patient_id,
  birth_date,
  sex,
  study,
  study_date,
  accession_number,
  referring_physician,
  key_images,
  values,
  machine_made,
  measured_by_reader,
  draft,
  preliminary,
  final_report,
  amended,
  version,
  signed_by,
  digest,
  not_signed,
  broken,
  no_picture,
  count_of_words
};

/// Returns a word in a language (RFC 5646; en, de, fr, es and sw are known, others are English).
const char* printed(print_word word, const std::string& language);

/// Returns the name of a heading (`report_headings`), which is itself where it is none.
std::string printed_heading(const std::string& heading, const std::string& language);

/// Returns the name of a report's status.
std::string printed_status(const std::string& status, const std::string& language);

/// Whether a language is written from right to left.
bool is_right_to_left(const std::string& language);

} // namespace noctis
