#pragma once

#include "http/router.hpp"

namespace noctis {

// Each declares the routes of one resource.
void add_health_routes(router& routes);     ///< /health/, /health/live/
void add_session_routes(router& routes);    ///< /api/auth/…
void add_study_routes(router& routes);      ///< /api/studies/, /dicom/api/studies/…, /dicom/api/series/…
void add_edit_routes(router& routes);       ///< changes to studies, series and images
void add_patient_routes(router& routes);    ///< /api/patients/…
void add_workitem_routes(router& routes);   ///< /api/workitems/…
void add_routing_routes(router& routes);    ///< /api/routes/…
void add_ae_title_routes(router& routes);   ///< /api/ae-titles/…
void add_archive_routes(router& routes);    ///< ZIPs of studies and series, de-identification
void add_annotation_routes(router& routes); ///< /api/annotations/…, /api/studies/…/annotations…
void add_job_routes(router& routes);        ///< /api/jobs/…
void add_image_routes(router& routes);      ///< /dicom/api/images/…
void add_upload_routes(router& routes);     ///< /dicom/api/upload/
void add_system_routes(router& routes);     ///< /dicom/api/system/status/, /dicom/api/scp/test/
void add_metrics_routes(router& routes);    ///< /metrics
void add_quarantine_routes(router& routes); ///< /api/quarantine/…
void add_openapi_routes(router& routes);    ///< /api/openapi.json
void add_event_routes(router& routes);      ///< /api/events/
void add_preference_routes(router& routes); ///< /api/preferences/…
void add_people_routes(router& routes);     ///< /api/users/, /api/destinations/
void add_web_routes(router& routes);        ///< the web application: /, /worklist/, /viewer/…, /assets/…
void add_thumbnail_routes(router& routes);  ///< /dicom-web/…/thumbnail, /dicom/api/images/…/thumbnail/
void add_dicom_web_routes(router& routes);  ///< /dicom-web/…, all of the following

void describe_dicom_web_routes(router& routes); ///< what they take and answer, once they are there
void add_dicom_web_instance_routes(router& routes);
void add_dicom_web_metadata_routes(router& routes);
void add_dicom_web_frame_routes(router& routes);
void add_dicom_web_rendered_routes(router& routes);
void add_dicom_web_search_routes(router& routes);
void add_dicom_web_bulk_data_routes(router& routes);
void add_dicom_web_store_routes(router& routes);
void add_dicom_web_workitem_routes(router& routes);
void add_dicom_web_capability_routes(router& routes);
void add_wado_uri_routes(router& routes); ///< /dicom-web/wado

} // namespace noctis
