#pragma once

#include "http/dicom_web/identity.hpp"
#include "http/request/context.hpp"
#include "messages/errors.hpp"

#include <string>
#include <vector>

namespace noctis {

/// What became of one instance of a store request.
struct store_result {
  instance_identity what;
  errc code = errc::none; ///< none: it is kept
  std::string reason;     ///< why it is not
};

/// Returns the Failure Reason (0008,1197) of an instance that is not kept (PS3.18 table I.1-1).
uint16_t failure_reason(errc code);

/// Returns the status of a store request with these results, of which there is at least one (PS3.18 10.5.3.1): 200 all
/// are kept, 202 some, 409 none, 503 none for want of means.
int store_status(const std::vector<store_result>& results);

/// Returns the Store Instances Response Module (PS3.18 I.1) as DICOM JSON. `root`: see `web_root`.
std::string store_response(const std::vector<store_result>& results, const std::string& root);

/// Answers with status and response, as JSON or, where the client prefers it, XML.
void answer_store(context& c, const std::vector<store_result>& results);

} // namespace noctis
