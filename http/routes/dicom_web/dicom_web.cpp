#include "http/routes/routes.hpp"

namespace noctis {

void add_dicom_web_routes(router& routes) {
  add_dicom_web_instance_routes(routes);
  add_dicom_web_metadata_routes(routes);
  add_dicom_web_frame_routes(routes);
  add_dicom_web_rendered_routes(routes);
  add_dicom_web_search_routes(routes);
  add_dicom_web_bulk_data_routes(routes);
  add_dicom_web_store_routes(routes);
  add_dicom_web_workitem_routes(routes);
  add_wado_uri_routes(routes);
  add_dicom_web_capability_routes(routes);
  describe_dicom_web_routes(routes);
}

} // namespace noctis
