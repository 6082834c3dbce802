#pragma once

#include "actors/association/negotiation.hpp"
#include "actors/association/service_classes.hpp"
#include "dicom/matching.hpp"
#include "messages/find.hpp"

#include <caf/expected.hpp>
#include <rapidjson/document.h>

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// The identifier of a C-FIND, C-MOVE or C-GET request.
struct query_identifier {
  rapidjson::Document json; ///< DICOM JSON
  identifier_query query;
  std::string character_set; ///< raw Specific Character Set (0008,0005)
};

/// Reads an identifier in transfer syntax `transfer_syntax_uid`. Errors: those of `data_set_json` and `match_keys_of`.
caf::expected<query_identifier> read_identifier(const std::vector<uint8_t>& bytes,
                                                const std::string& transfer_syntax_uid);

/// Returns what a C-FIND asks, without its principal. Where relational queries were not negotiated, the unique keys of
/// the levels above must have single values (PS3.4 C.4.1.2.2). Error: `invalid_argument`, which names what is missing
/// or wrong.
caf::expected<find_request> plan_find(information_model model, const query_identifier& identifier,
                                      const query_features& features);

/// Returns the query for the patients, studies, series or instances that a C-MOVE or C-GET names: by unique keys alone,
/// without wildcards (PS3.4 C.4.2.1.4). Its matches come with study, series and SOP instance UIDs as far as their level
/// has them. Error: as `plan_find`.
caf::expected<find_request> plan_retrieve(information_model model, const query_identifier& identifier,
                                          const query_features& features);

} // namespace noctis
