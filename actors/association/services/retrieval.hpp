#pragma once

#include "actors/association/dialogue.hpp"
#include "actors/association/query_plan.hpp"
#include "messages/find.hpp"

#include <caf/expected.hpp>

#include <functional>
#include <string>
#include <vector>

namespace noctis {

// What C-MOVE and C-GET have in common (PS3.4 C.4.2, C.4.3).

/// The instances that a retrieval names, in pages of rows.
class retrieved_instances {
public:
  explicit retrieved_instances(dialogue& with) : with_(with) {}

  /// Finds what `plan` names and counts its instances. Errors: those of the index; `not_found` never: nothing found
  /// counts as none.
  caf::expected<uint64_t> find(find_request plan);

  /// Gives each instance to `use`, until that returns false. Errors: those of the index.
  caf::error for_each(const std::function<bool(const image_row&)>& use);

  /// Returns the rows of the next page only, without giving them out; see `upcoming`.
  [[nodiscard]] const std::vector<image_row>& page() const { return page_; }

private:
  struct selection {
    std::string study_uid;
    std::string series_uid;
    std::string sop_instance_uid;
  };

  caf::expected<std::vector<image_row>> read_page(const selection& of, int64_t after);

  dialogue& with_;
  std::vector<selection> selections_;
  std::vector<image_row> page_;
};

/// How the sub-operations of a retrieval went (PS3.4 C.4.2.1.6).
class suboperations {
public:
  explicit suboperations(uint64_t total) : remaining_(total) {}

  /// Notes the end of one with the peer's status, or without any.
  void note(const image_row& instance, const caf::expected<dimse_answer>& answer);

  /// As failed: all that remain.
  void give_up(const image_row& instance);

  /// Adds the four counts to a response; those above 65,535 as that.
  void write_counts(command_set& response, bool with_remaining) const;

  /// The final status: success, B000 with failures or warnings among them, A702 when none was a success.
  [[nodiscard]] uint16_t status() const;

  /// The identifier of a final response: Failed SOP Instance UID List (0008,0058), in implicit or explicit VR little
  /// endian; none where nothing failed.
  [[nodiscard]] data_set_source failures(const std::string& transfer_syntax_uid) const;

  [[nodiscard]] std::string summary() const;

private:
  uint64_t remaining_ = 0;
  uint64_t completed_ = 0;
  uint64_t failed_ = 0;
  uint64_t warned_ = 0;
  std::vector<std::string> failed_uids_;
};

/// A retrieval that was understood.
struct retrieval_request {
  request_head head;
  std::string transfer_syntax_uid; ///< of the context
  find_request plan;
};

/// Receives the identifier of a C-MOVE or C-GET and understands it. Where it cannot, answers so and leaves `understood`
/// false.
OFCondition receive_retrieval(dialogue& with, service_operation operation, retrieval_request& request,
                              bool& understood);

} // namespace noctis
