#pragma once

#include "schema/repositories/studies.hpp"
#include "tests/schema/fixture.hpp"

namespace noctis::test {

/// An index with two facilities, and somebody who sees all of it.
struct catalogue : migrated {
  schema::database reader{options};
  schema::studies_repository studies{reader};
  principal everyone = system_principal("test");

  catalogue() { tell(options, "insert into facilities (name) values ('North')"); }

  void add(index_entry one) { result_of(index(db, one)); }

  /// Returns the numbers (study UIDs' last parts) of the studies that a filter finds, in order.
  std::string found(study_filter filter) {
    if (filter.who.kind == principal_kind::nobody) filter.who = everyone;
    std::string result;
    for (const auto& study : studies.list(filter).studies)
      result += (result.empty() ? "" : " ") + study.attributes.uid.substr(uid("study", 0).size() - 1);
    return result;
  }
};

/// Returns an entry of a study, series and instance with one number.
inline index_entry of(int study, const std::string& name, const std::string& date = "20240131") {
  auto result = entry(study, study, study);
  result.header.patient.name = name;
  result.header.study.date = date;
  return result;
}

} // namespace noctis::test
