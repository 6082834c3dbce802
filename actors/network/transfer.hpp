#pragma once

#include "actors/storage/stored_instance.hpp"
#include "dicom/deidentification/deidentify.hpp"
#include "dicom/network/dimse.hpp"
#include "dicom/network/scu.hpp"
#include "messages/actors.hpp"

#include <caf/blocking_actor.hpp>
#include <caf/expected.hpp>

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace noctis {

/// Sends stored instances to one application entity, over as many associations as their presentation contexts need, one
/// after the other. Each is offered as it is kept and in the fallback syntaxes. What C-MOVE and the forwarder send
/// with; it blocks, on the thread of the actor it was made for.
class transfer {
public:
  transfer(caf::blocking_actor* self, directory_actor directory, scu_peer destination, move_originator originator = {});

  /// Has everything de-identified by the profile that `profile` names before it is sent; `secret`: what new UIDs are
  /// derived from. Errors: those of `parse_profile`.
  caf::error deidentify(const std::string& profile, const std::string& secret);

  /// Tells what will be sent next, so that one association offers contexts for all of it.
  void expect(const std::vector<image_row>& rows);

  /// Sends one instance; returns the peer's answer. Errors: `peer_unreachable`, `peer_refused`, those of
  /// `stored_instance` and `prepare`. A peer that cannot be reached, or twice in a row did not answer, is not asked
  /// again: the rest fails at once.
  caf::expected<dimse_answer> send(const image_row& row);

  /// Releases the association. The destructor does so too.
  void close() { association_.reset(); }

private:
  using context_pair = std::pair<std::string, std::string>; ///< SOP class and transfer syntax

  caf::error open_for(const context_pair& needed);
  caf::expected<byte_source> without_identity(stored_instance& stored) const;
  caf::expected<dimse_answer> send_over(sender& association, const image_row& row);

  caf::blocking_actor* self_;
  directory_actor directory_;
  scu_peer destination_;
  move_originator originator_;
  std::optional<deidentification> deidentification_;
  std::vector<context_pair> expected_;
  std::set<context_pair> offered_; ///< by the association, or the one that was refused
  std::optional<sender> association_;
  caf::error refused_;  ///< why there is no association for `offered_`
  caf::error given_up_; ///< why nothing more is sent
  int lost_in_a_row_ = 0;
};

} // namespace noctis
