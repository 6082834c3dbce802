#pragma once

#include "messages/actors.hpp"

#include <caf/type_id.hpp>

// Every type that travels in a message. Types travel by name, so the order is free; a vector of ours needs a
// line of its own.
CAF_BEGIN_TYPE_ID_BLOCK(noctis, first_custom_type_id)

CAF_ADD_TYPE_ID(noctis, (noctis::blob))
CAF_ADD_TYPE_ID(noctis, (noctis::principal))

CAF_ADD_TYPE_ID(noctis, (noctis::instance_header))
CAF_ADD_TYPE_ID(noctis, (noctis::location))

CAF_ADD_TYPE_ID(noctis, (noctis::arrival))
CAF_ADD_TYPE_ID(noctis, (noctis::parsed_instance))
CAF_ADD_TYPE_ID(noctis, (noctis::store_outcome))
CAF_ADD_TYPE_ID(noctis, (noctis::put_file))
CAF_ADD_TYPE_ID(noctis, (noctis::stream_id))
CAF_ADD_TYPE_ID(noctis, (noctis::seal_stream))
CAF_ADD_TYPE_ID(noctis, (noctis::quarantine_file))
CAF_ADD_TYPE_ID(noctis, (noctis::read_range))
CAF_ADD_TYPE_ID(noctis, (noctis::index_entry))
CAF_ADD_TYPE_ID(noctis, (noctis::index_result))
CAF_ADD_TYPE_ID(noctis, (noctis::quarantine_entry))
CAF_ADD_TYPE_ID(noctis, (std::vector<noctis::quarantine_entry>))
CAF_ADD_TYPE_ID(noctis, (noctis::storer_status))

CAF_ADD_TYPE_ID(noctis, (noctis::study_filter))
CAF_ADD_TYPE_ID(noctis, (noctis::study_page))
CAF_ADD_TYPE_ID(noctis, (noctis::study_request))
CAF_ADD_TYPE_ID(noctis, (noctis::study_detail))
CAF_ADD_TYPE_ID(noctis, (noctis::series_request))
CAF_ADD_TYPE_ID(noctis, (noctis::series_row))
CAF_ADD_TYPE_ID(noctis, (noctis::image_request))
CAF_ADD_TYPE_ID(noctis, (noctis::image_detail))
CAF_ADD_TYPE_ID(noctis, (noctis::instances_request))
CAF_ADD_TYPE_ID(noctis, (noctis::instance_list))
CAF_ADD_TYPE_ID(noctis, (noctis::statistics_request))
CAF_ADD_TYPE_ID(noctis, (noctis::statistics))
CAF_ADD_TYPE_ID(noctis, (noctis::quarantine_filter))
CAF_ADD_TYPE_ID(noctis, (noctis::known_files_request))
CAF_ADD_TYPE_ID(noctis, (noctis::path_list))

CAF_ADD_TYPE_ID(noctis, (noctis::login_request))
CAF_ADD_TYPE_ID(noctis, (noctis::session_grant))
CAF_ADD_TYPE_ID(noctis, (noctis::refresh_request))
CAF_ADD_TYPE_ID(noctis, (noctis::logout_request))
CAF_ADD_TYPE_ID(noctis, (noctis::authenticate_request))
CAF_ADD_TYPE_ID(noctis, (noctis::authenticated))

CAF_ADD_TYPE_ID(noctis, (noctis::ae_list))
CAF_ADD_TYPE_ID(noctis, (noctis::caller_request))
CAF_ADD_TYPE_ID(noctis, (noctis::echo_request))
CAF_ADD_TYPE_ID(noctis, (noctis::echo_reply))
CAF_ADD_TYPE_ID(noctis, (noctis::node_list))
CAF_ADD_TYPE_ID(noctis, (noctis::rate_request))
CAF_ADD_TYPE_ID(noctis, (noctis::rate_verdict))
CAF_ADD_TYPE_ID(noctis, (noctis::reserve_bytes))
CAF_ADD_TYPE_ID(noctis, (noctis::release_bytes))
CAF_ADD_TYPE_ID(noctis, (std::vector<noctis::metric>))
CAF_ADD_TYPE_ID(noctis, (noctis::component_status))
CAF_ADD_TYPE_ID(noctis, (noctis::node_status))
CAF_ADD_TYPE_ID(noctis, (std::vector<noctis::node_status>))
CAF_ADD_TYPE_ID(noctis, (noctis::services))
CAF_ADD_TYPE_ID(noctis, (noctis::node_actor))

CAF_END_TYPE_ID_BLOCK(noctis)
