#pragma once

#include "dicom/network/dimse.hpp"
#include "messages/actors.hpp"

#include <caf/blocking_actor.hpp>
#include <caf/expected.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noctis {

// Storage Commitment (PS3.4 J): whether what a modality has sent may be deleted there.

inline constexpr std::string_view storage_commitment_class = "1.2.840.10008.1.20.1";
inline constexpr std::string_view storage_commitment_instance = "1.2.840.10008.1.20.1.1"; ///< the well-known one

/// The queue of jobs whose payload is a commitment request.
inline constexpr const char* commitment_queue = "commitment";

/// An instance that a modality wants to be kept.
struct instance_reference {
  std::string sop_class_uid;
  std::string sop_instance_uid;
};

struct commitment_request {
  std::string transaction_uid;
  std::string calling_aet; ///< whom to tell
  int64_t facility = 0;    ///< of the caller
  std::vector<instance_reference> references;
};

/// Reads the action information of an N-ACTION (PS3.4 J.3.2.1.1), as DICOM JSON. Errors: `missing_identifier` without a
/// transaction UID or references, `invalid_identifier` for what is no UID; both name the attribute.
caf::expected<commitment_request> read_commitment(std::string_view json);

/// Returns a request as the payload of a job, and the other way round. Error: `invalid_argument`.
std::string to_payload(const commitment_request& request);
caf::expected<commitment_request> commitment_from_payload(std::string_view payload);

/// An instance that is not committed, and why (PS3.4 J.3.3.1.1.2).
struct failed_reference {
  instance_reference instance;
  uint16_t reason = 0; ///< 0x0112 no such instance, 0x0119 class conflict, 0x0110 processing failure
};

struct commitment_result {
  std::vector<instance_reference> kept;
  std::vector<failed_reference> failed;
  std::vector<failed_reference> unknown; ///< the store or index could not be asked; another time they may
};

/// Tells of each reference whether the index has it, in this class and visible to `who`, and whether the bytes of a
/// copy are all there and right. Blocks. `go_on` is asked before each: false ends the check, the rest is unknown.
commitment_result check_commitment(caf::blocking_actor* self, const directory_actor& directory, const principal& who,
                                   const commitment_request& request, const std::function<bool()>& go_on);

/// Returns the event that tells of `result`, in transfer syntax `transfer_syntax_uid`; what is unknown counts as
/// failed.
caf::expected<event_report> report_of(const commitment_request& request, const commitment_result& result,
                                      std::string_view transfer_syntax_uid);

} // namespace noctis
