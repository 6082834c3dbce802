#include "http/context.hpp"
#include "http/file_response.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

void file(context& c) {
  const auto found = c.actors->query<image_detail>(image_request{c.who, c.key()});
  send_file(c, found.image.locations, found.image.attributes.sop_instance_uid + ".dcm");
}

} // namespace

void add_image_routes(router& routes) {
  routes.add("GET", "/dicom/api/images/<id>/file/", access::may(permission::study_view), file);
}

} // namespace noctis
