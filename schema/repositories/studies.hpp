#pragma once

#include "messages/query.hpp"
#include "schema/connection.hpp"

namespace noctis::schema {

/// The catalogue as a principal sees it. What the principal may not see is `not_found`, as is what does not exist;
/// values that a field does not allow are `invalid_argument` with a sentence that names the field.
class studies_repository {
public:
  explicit studies_repository(database& db) : db_(db) {}

  /// A page of the worklist. `count` ends at 100,000, or at 1,000 where words are looked for; pages reach to 100,000.
  study_page list(const study_filter& filter);

  /// A study with its series by number, and their images by instance number.
  study_detail study(const study_request& request);

  /// A series with its images by instance number.
  series_row series(const series_request& request);

  /// An image with the series and the study that it belongs to.
  image_detail image(const image_request& request);

  /// Current versions of the instances of a study, a series or one instance in it, by id. Throws `not_found` where
  /// there is no such study, series or instance; an empty list ends a walk.
  instance_list instances(const instances_request& request);

  /// Totals of the facilities that the principal sees.
  statistics totals(const statistics_request& request);

private:
  database& db_;
};

} // namespace noctis::schema
