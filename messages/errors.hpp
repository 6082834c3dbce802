#pragma once

#include <caf/atom.hpp>
#include <caf/error.hpp>
#include <caf/make_message.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace noctis {

/// Why a request failed. The context of a `caf::error` made from it is one sentence that names what is wrong.
enum class errc : uint8_t {
  none = 0,
  invalid_argument,            ///< a request holds a value that its field does not allow
  malformed_data_set,          ///< the bytes are not a data set in the announced transfer syntax
  truncated_data_set,          ///< the data set ends inside an element
  limit_exceeded,              ///< depth, length or count above what this system accepts
  missing_identifier,          ///< an attribute that identifies the instance is absent or empty
  invalid_identifier,          ///< a UID holds other than digits and dots, or is longer than 64 characters
  sop_class_mismatch,          ///< data set and command name different SOP classes
  sop_instance_mismatch,       ///< data set and command name different SOP instances
  unsupported_transfer_syntax, ///< a transfer syntax UID that is not one
  instance_conflict,           ///< the SOP instance is kept already with different bytes
  patient_conflict,            ///< the study is kept already for a different patient
  facility_conflict,           ///< the study belongs to another facility
  series_conflict,             ///< the series is kept already in a different study
  quota_exceeded,              ///< a quota (quarantine, facility) is used up
  overloaded,                  ///< memory budget or association limit reached
  disk_full,                   ///< no space left on the store
  storage_failure,             ///< the store could not write, sync or read
  storage_unavailable,         ///< no node with the role store can be reached
  index_unavailable,           ///< no node with the role index, or its database, can be reached
  database_failure,            ///< the database refused a statement
  in_doubt,                    ///< the database went away in the middle of a commit
  cache_unavailable,           ///< Redis cannot be reached
  timeout,                     ///< no answer in time
  not_found,                   ///< no such object, or the principal may not know of it
  permission_denied,           ///< the principal lacks a permission
  unauthenticated,             ///< no valid credentials
  rate_limited,                ///< too many attempts; context tells the seconds to wait
  state_conflict,              ///< the object's state does not allow the change
  peer_unreachable,            ///< no connection to another system
  peer_refused,                ///< another system answered with a failure
  cancelled,                   ///< withdrawn by its sender
  shutting_down,               ///< the node is on its way out
  internal,                    ///< a defect of this program
};

/// Returns the name of `code` as it stands in the enumeration, e.g. "disk_full"; "unknown" for other values.
std::string to_string(errc code);

/// Returns the code with this name, `errc::internal` where there is none.
errc errc_from_string(const std::string& name);

/// Returns the C-STORE response status for `code` (PS3.4 B.2.3, PS3.7 annex C): 0xA700 out of resources,
/// 0xA900 data set does not match SOP class, 0xC000 cannot understand, 0x0000 for `errc::none`.
uint16_t dimse_status(errc code);

/// Returns the HTTP status for `code` (RFC 9110).
int http_status(errc code);

/// Whether no repetition can make a store that ended with `code` a success: such an object goes to quarantine.
bool is_final_refusal(errc code);

/// Returns the `errc` in `error`. CAF's own errors map to what they mean to us: a request that found its
/// receiver dead is `storage_unavailable`'s like, so callers that know better say so; here `timeout` for a
/// request time-out and `internal` for the rest.
errc code_of(const caf::error& error);

/// Returns the sentence that came with `error`, or its rendering where it has none.
std::string reason_of(const caf::error& error);

/// Renders an error of our category for CAF's logs: "disk_full: …".
std::string render_error(uint8_t code, caf::atom_value category, const caf::message& context);

/// Returns the error `code` with the sentence `reason`.
caf::error failure(errc code, std::string reason);

} // namespace noctis

CAF_ERROR_CODE_ENUM(noctis::errc, "noctis")
