#include "http/routes/routes.hpp"

#include <stdexcept>

namespace noctis {

namespace {

constexpr auto dicom_json = "application/dicom+json";
constexpr auto instances = "multipart/related; type=\"application/dicom\"";
constexpr auto octets = "multipart/related; type=\"application/octet-stream\"";
constexpr auto png = "image/png";
constexpr auto jpeg = "image/jpeg";

/// What PS3.18 says of a resource. Of several media types that a client may ask for, the first is the usual one.
struct resource {
  const char* method;
  const char* pattern;
  const char* summary;
  std::vector<std::string> parameters;
  const char* body; ///< media type, nullptr: none
  std::vector<std::pair<int, std::string>> answers;
};

#define NOCTIS_STUDY "/dicom-web/studies/<study>"
#define NOCTIS_SERIES NOCTIS_STUDY "/series/<series>"
#define NOCTIS_INSTANCE NOCTIS_SERIES "/instances/<instance>"
#define NOCTIS_FRAMES NOCTIS_INSTANCE "/frames/<frames>"

std::vector<resource> resources() {
  const std::vector<std::string> search{"attributes", "includefield", "fuzzymatching", "limit", "offset"};
  const std::vector<std::string> picture{"viewport", "window", "quality", "annotation"};
  const std::vector<std::pair<int, std::string>> matches{{200, dicom_json}, {204, ""}};
  const std::vector<std::pair<int, std::string>> pictures{{200, jpeg}, {200, png}};
  const std::vector<std::pair<int, std::string>> many_pictures{{200, R"(multipart/related; type="image/jpeg")"},
                                                               {200, R"(multipart/related; type="image/png")"}};
  return {
      {"GET", "/dicom-web/studies", "Searches for studies", search, nullptr, matches},
      {"GET", "/dicom-web/series", "Searches for series", search, nullptr, matches},
      {"GET", "/dicom-web/instances", "Searches for instances", search, nullptr, matches},
      {"GET", NOCTIS_STUDY "/series", "Searches for series of a study", search, nullptr, matches},
      {"GET", NOCTIS_STUDY "/instances", "Searches for instances of a study", search, nullptr, matches},
      {"GET", NOCTIS_SERIES "/instances", "Searches for instances of a series", search, nullptr, matches},
      {"GET", NOCTIS_STUDY, "The instances of a study", {}, nullptr, {{200, instances}}},
      {"GET", NOCTIS_SERIES, "The instances of a series", {}, nullptr, {{200, instances}}},
      {"GET", NOCTIS_INSTANCE, "An instance", {}, nullptr, {{200, instances}, {200, "application/dicom"}}},
      {"GET", NOCTIS_STUDY "/metadata", "What the headers of a study say", {}, nullptr, {{200, dicom_json}}},
      {"GET", NOCTIS_SERIES "/metadata", "What the headers of a series say", {}, nullptr, {{200, dicom_json}}},
      {"GET", NOCTIS_INSTANCE "/metadata", "What an instance's header says", {}, nullptr, {{200, dicom_json}}},
      {"GET",
       NOCTIS_FRAMES,
       "Frames, by their numbers with commas between",
       {},
       nullptr,
       {{200, octets}, {206, octets}}},
      {"GET", NOCTIS_STUDY "/rendered", "Pictures of a study", picture, nullptr, many_pictures},
      {"GET", NOCTIS_SERIES "/rendered", "Pictures of a series", picture, nullptr, many_pictures},
      {"GET", NOCTIS_INSTANCE "/rendered", "A picture of an instance", picture, nullptr, pictures},
      {"GET", NOCTIS_FRAMES "/rendered", "A picture of a frame", picture, nullptr, pictures},
      {"POST", "/dicom-web/studies", "Keeps instances", {}, instances, {{200, dicom_json}, {202, dicom_json}}},
      {"POST", NOCTIS_STUDY, "Keeps instances of a study", {}, instances, {{200, dicom_json}, {202, dicom_json}}},
      {"GET", "/dicom-web/workitems", "Searches for procedure steps", search, nullptr, matches},
      {"GET", "/dicom-web/workitems/<workitem>", "A procedure step", {}, nullptr, {{200, dicom_json}}},
  };
}

} // namespace

void describe_dicom_web_routes(router& routes) {
  for (auto& one : resources()) {
    auto* found = routes.find(one.method, one.pattern);
    if (found == nullptr) throw std::logic_error(std::string("there is no route ") + one.method + " " + one.pattern);
    found->says(one.summary).takes(one.parameters);
    if (one.body != nullptr) found->accepts("", one.body);
    for (const auto& [status, type] : one.answers) found->answers_with(status, type);
  }
}

} // namespace noctis
