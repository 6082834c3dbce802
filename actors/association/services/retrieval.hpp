#pragma once

#include "actors/association/dialogue.hpp"
#include "messages/find.hpp"

#include <caf/expected.hpp>

#include <string>
#include <vector>

namespace noctis {

// What C-MOVE and C-GET have in common (PS3.4 C.4.2, C.4.3).

/// A retrieval that was understood.
struct retrieval_request {
  request_head head;
  std::string transfer_syntax_uid; ///< of the context
  find_request plan;
};

/// Receives the identifier of a C-MOVE or C-GET. Where it is none, answers so and leaves `understood` false.
OFCondition receive_retrieval(dialogue& with, service_operation operation, retrieval_request& request,
                              bool& understood);

/// The instances that a retrieval names.
class retrieved_instances {
public:
  explicit retrieved_instances(dialogue& with) : with_(with) {}

  /// Finds what `plan` names and counts its instances. Errors: those of the index.
  caf::expected<uint64_t> find(find_request plan);

  /// Returns the next instances, about a thousand; none at the end. Errors: those of the index.
  caf::expected<std::vector<image_row>> next_page();

private:
  caf::error select(find_request plan);
  void rewind();

  dialogue& with_;
  std::vector<instances_request> selections_;
  size_t at_ = 0; ///< the selection that is being read
};

/// How the sub-operations of a retrieval went (PS3.4 C.4.2.1.6).
class suboperations {
public:
  explicit suboperations(uint64_t total) : remaining_(total) {}

  /// Notes how one ended: with the peer's status, or without any.
  void note(const image_row& instance, const caf::expected<dimse_answer>& answer);

  /// A pending response, or the last one after a C-CANCEL.
  [[nodiscard]] command_set progress(const request_head& head, uint16_t status) const;

  /// Sends the last response: success, B000 where some failed, A702 where all did; with the list of those that failed.
  OFCondition conclude(dialogue& with, const retrieval_request& request) const;

  /// For the log: "12 sent, 1 failed".
  [[nodiscard]] std::string summary() const;

private:
  void write_counts(command_set& response) const;
  [[nodiscard]] data_set_source failures(const std::string& transfer_syntax_uid) const;

  uint64_t remaining_ = 0;
  uint64_t completed_ = 0;
  uint64_t failed_ = 0;
  uint64_t warned_ = 0;
  std::string failed_uids_; ///< divided by "\"
  std::string last_failure_;
};

/// The status with which a retrieval that cannot begin is answered (PS3.4 table C.4-2).
uint16_t retrieval_status(const caf::error& error);

} // namespace noctis
