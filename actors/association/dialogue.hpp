#pragma once

#include "actors/association/association.hpp"
#include "actors/association/service_classes.hpp"
#include "dicom/network/command_set.hpp"
#include "dicom/network/dimse.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace noctis {

/// Statuses of responses (PS3.7 annex C, PS3.4 C.4, F.7, J.3).
namespace status {
inline constexpr uint16_t success = 0x0000;
inline constexpr uint16_t processing_failure = 0x0110;
inline constexpr uint16_t duplicate_sop_instance = 0x0111;
inline constexpr uint16_t no_such_sop_instance = 0x0112;
inline constexpr uint16_t invalid_argument = 0x0115;
inline constexpr uint16_t invalid_attribute_value = 0x0106;
inline constexpr uint16_t class_instance_conflict = 0x0119;
inline constexpr uint16_t missing_attribute = 0x0120;
inline constexpr uint16_t sop_class_not_supported = 0x0122;
inline constexpr uint16_t no_such_action = 0x0123;
inline constexpr uint16_t not_authorized = 0x0124;
inline constexpr uint16_t out_of_resources = 0xA700;
inline constexpr uint16_t unable_to_count = 0xA701;
inline constexpr uint16_t unable_to_suboperate = 0xA702;
inline constexpr uint16_t destination_unknown = 0xA801;
inline constexpr uint16_t identifier_mismatch = 0xA900;
inline constexpr uint16_t suboperations_failed = 0xB000;
inline constexpr uint16_t unable_to_process = 0xC001;
inline constexpr uint16_t cancelled = 0xFE00;
inline constexpr uint16_t pending = 0xFF00;
inline constexpr uint16_t pending_without_keys = 0xFF01; ///< optional keys were not supported
} // namespace status

/// What a request has come in: the context, and what a response repeats.
struct request_head {
  T_ASC_PresentationContextID context = 0;
  uint16_t field = 0; ///< the request's command field
  uint16_t message_id = 0;
  std::string sop_class_uid;
};

/// Returns a response to `request`, without a comment where that is "".
command_set response_to(const request_head& request, uint16_t status, const std::string& comment = {});

/// One association from the point of view of its services: who calls, what was negotiated, and how to receive and to
/// answer. Owns the association.
class dialogue {
public:
  dialogue(caf::blocking_actor* self, const association_context& context, const incoming_association& incoming);
  dialogue(const dialogue&) = delete;
  dialogue& operator=(const dialogue&) = delete;
  ~dialogue();

  caf::blocking_actor* const self;
  const association_context& context;
  T_ASC_Association* association;
  dicom_connection* const channel;
  principal who;
  std::string calling; ///< AE title
  std::string called;  ///< AE title
  std::map<T_ASC_PresentationContextID, accepted_context> contexts;
  std::map<std::string, query_features> features; ///< by SOP class

  /// Takes the fragments of a data set, raw.
  OFCondition receive_data_set(T_ASC_PresentationContextID id, const std::function<void(const uint8_t*, size_t)>& take);

  /// Takes a data set of a service, which is small: one above 1 MiB ends the association.
  OFCondition receive_identifier(T_ASC_PresentationContextID id, std::vector<uint8_t>& bytes);

  /// Sends a response, with a data set where there is one.
  OFCondition send(const request_head& request, const command_set& response, const data_set_source& data_set = {});

  /// Sends a response without a data set; a status that is no success is logged with its comment.
  OFCondition refuse(const request_head& request, uint16_t status, const std::string& comment);

  /// Tells whether the peer has withdrawn the request (C-CANCEL, PS3.7 9.3.2.3), without waiting. `ended` becomes bad
  /// when the peer has aborted or sent what it must not send now, and when the node stops.
  bool is_cancelled(const request_head& request, OFCondition& ended);

  /// Whether the peer takes C-STOREs of this class in this syntax over this association; its context, 0 for no.
  [[nodiscard]] T_ASC_PresentationContextID storage_context(const std::string& sop_class_uid,
                                                            const std::string& transfer_syntax_uid) const;

  /// What queries of a SOP class may do over this association.
  [[nodiscard]] query_features features_of(const std::string& sop_class_uid) const;

  [[nodiscard]] int timeout_s() const { return static_cast<int>(context.options.dimse_timeout.count()); }
};

} // namespace noctis
