#pragma once

#include "dicom/part10.hpp"
#include "dicom/scu.hpp"

#include <caf/error.hpp>
#include <caf/expected.hpp>

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace noctis {

/// Returns a DIMSE status as people write it: "0xA700".
std::string status_text(uint16_t status);

/// One outgoing association over DCMTK, for dicom/scu.cpp alone.
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

  /// Sends a C-STORE of what is left in `data_set` and returns the status of the answer.
  caf::expected<uint16_t> store(uint8_t context, const part10_meta& meta, std::istream& data_set);

  /// Releases the association, where it is open.
  void release();

private:
  struct dul;

  caf::error lost(const std::string& reason);
  caf::error write_pdv(uint8_t context, bool is_command, bool is_last, uint8_t* bytes, size_t size);
  caf::error write_data_set(uint8_t context, std::istream& data_set);

  std::unique_ptr<dul> dul_;
  int response_timeout_ = 0; ///< seconds
};

} // namespace noctis
