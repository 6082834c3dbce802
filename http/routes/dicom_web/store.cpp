#include "http/dicom_web/store_request.hpp"
#include "http/dicom_web/target.hpp"
#include "http/request/multipart.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

void store(context& c) {
  const auto target = target_of(c);
  const auto header = c.request.get_header_value("Content-Type");
  const auto type = parse_content_type(header);
  const auto multipart = type.type == "multipart/related";
  const auto known_root = type.of.empty() || type.of == "application/dicom" || type.of == "application/dicom+json";
  if ((!multipart && type.type != "application/dicom") || (multipart && !known_root))
    throw refusal(problem_of(415, "Instances are taken as application/dicom, or as multipart/related with the type "
                                  "application/dicom or application/dicom+json."));
  if (c.body == nullptr) throw refusal(errc::invalid_argument, "The request holds no instances.");
  store_request request(c, target.study);
  if (!multipart) return answer_store(c, request.read_file());
  const auto boundary = multipart_boundary(header);
  if (boundary.empty()) throw refusal(errc::invalid_argument, "The Content-Type names no boundary that is allowed.");
  answer_store(c, request.read_parts(boundary));
}

} // namespace

void add_dicom_web_store_routes(router& routes) {
  const auto senders = access::may(permission::study_upload);
  routes.add("POST", "/dicom-web/studies", senders, store);
  routes.add("POST", "/dicom-web/studies/<study>", senders, store);
}

} // namespace noctis
