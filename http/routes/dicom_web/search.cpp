#include "http/dicom_web/search.hpp"

#include "http/routes/routes.hpp"

namespace noctis {

namespace {

constexpr tag_number study_instance_uid = 0x0020000D;
constexpr tag_number series_instance_uid = 0x0020000E;

/// A search at a level, within the study and the series that the path names.
route_handler searching(query_level level) {
  return [level](context& c) {
    const auto target = target_of(c);
    auto request = read_search(c, level);
    const auto within = [&](tag_number tag, const std::string& uid) {
      if (!uid.empty()) request.keys.push_back({{tag}, {uid}});
    };
    within(study_instance_uid, target.study);
    within(series_instance_uid, target.series);
    answer_search(c, std::move(request),
                  [root = web_root(c)](const std::string& match) { return with_retrieve_url(match, root); });
  };
}

} // namespace

void add_dicom_web_search_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  routes.add("GET", "/dicom-web/studies", viewers, searching(query_level::study));
  routes.add("GET", "/dicom-web/series", viewers, searching(query_level::series));
  routes.add("GET", "/dicom-web/instances", viewers, searching(query_level::instance));
  routes.add("GET", "/dicom-web/studies/<study>/series", viewers, searching(query_level::series));
  routes.add("GET", "/dicom-web/studies/<study>/instances", viewers, searching(query_level::instance));
  routes.add("GET", "/dicom-web/studies/<study>/series/<series>/instances", viewers, searching(query_level::instance));
}

} // namespace noctis
