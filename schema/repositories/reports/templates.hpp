#pragma once

#include "messages/reports.hpp"
#include "schema/connection.hpp"

namespace noctis::schema {

/// Templates of reports, which all facilities share.
class report_templates_repository {
public:
  explicit report_templates_repository(database& db) : db_(db) {}

  /// Every template by name.
  report_templates list(const principal& who);

  /// Makes a template (id 0), or changes one that has still the version that is known. Throws `not_found`;
  /// `invalid_argument`; `state_conflict` for another version, or a name that another has.
  report_template put(const report_template_put& request);

  /// Throws `not_found`.
  void remove(const report_template_removal& request);

private:
  database& db_;
};

} // namespace noctis::schema
