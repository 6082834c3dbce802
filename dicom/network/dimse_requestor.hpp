#pragma once

#include "dicom/network/dimse.hpp"
#include "dicom/network/scu.hpp"
#include "dicom/part10.hpp"

#include <caf/error.hpp>
#include <caf/expected.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace noctis {

/// One outgoing association over DCMTK, for dicom/network/scu.cpp alone.
class dimse_requestor {
public:
  dimse_requestor();
  ~dimse_requestor();
  dimse_requestor(const dimse_requestor&) = delete;
  dimse_requestor& operator=(const dimse_requestor&) = delete;

  /// Requests an association that offers each of `contexts`, at most 128, by itself.
  caf::error connect(const scu_peer& peer, const std::vector<offered_context>& contexts);

  /// Returns the id of the accepted presentation context for this pair, 0 where there is none.
  [[nodiscard]] uint8_t context_for(const std::string& sop_class_uid, const std::string& transfer_syntax_uid) const;

  /// Sends a C-ECHO and returns the status of the answer.
  caf::expected<uint16_t> echo();

  /// Sends a C-STORE and returns the answer.
  caf::expected<dimse_answer> store(uint8_t context, const part10_meta& meta, const data_set_source& data_set,
                                    const move_originator& originator);

  /// Sends an N-EVENT-REPORT (PS3.7 10.1.1) of an event of `sop_instance_uid` and returns the answer.
  caf::expected<dimse_answer> report_event(uint8_t context, const event_report& event);

  /// Releases the association, where it is open.
  void release();

private:
  struct dul;

  caf::expected<dimse_answer> answer_to(uint16_t request_field, const caf::expected<uint16_t>& message_id);
  caf::error lost(const std::string& reason);

  std::unique_ptr<dul> dul_;
  int response_timeout_ = 0; ///< seconds
};

} // namespace noctis
