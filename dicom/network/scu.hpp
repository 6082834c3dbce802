#pragma once

#include "dicom/network/dimse.hpp"
#include "dicom/part10.hpp"

#include <caf/error.hpp>
#include <caf/expected.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace noctis {

// Outgoing associations. All of this blocks: call it from a thread that may.

/// An application entity to talk to, and how.
struct scu_peer {
  std::string host; ///< name or address
  uint16_t port = 0;
  std::string called_aet;                    ///< at most 16 characters
  std::string calling_aet;                   ///< at most 16 characters
  std::chrono::seconds response_timeout{30}; ///< for each answer; a connection is given up after 10 s
};

/// Verifies `peer` (C-ECHO). Returns how long association, echo and release took. Errors: `invalid_argument` for a
/// title or port that is none, `peer_unreachable`, `peer_refused` (rejected, or a status other than success).
caf::expected<std::chrono::microseconds> echo(const scu_peer& peer);

/// A presentation context to be offered: what a data set to be sent is.
struct offered_context {
  std::string sop_class_uid;
  std::string transfer_syntax_uid;
  bool as_provider = false; ///< we are the SCP of this class (PS3.7 D.3.3.4)
};

/// Returns what the Part 10 file at `path` is. Errors: `not_found` for a file that cannot be read, those of
/// `read_part10_meta`.
caf::expected<offered_context> context_of(const std::string& path);

/// The most contexts that one association can offer (PS3.8 7.1.1.13).
inline constexpr size_t max_offered_contexts = 128;

/// An association over which instances are sent as they are: the data set's bytes are neither decoded nor encoded
/// anew. Not for two threads at once.
class sender {
public:
  /// Opens an association that offers `contexts`, each a pair of its own; the same pair twice counts once. Errors:
  /// those of `echo`; `invalid_argument` for more than 128 pairs or none.
  static caf::expected<sender> open(const scu_peer& peer, const std::vector<offered_context>& contexts);

  ~sender();
  sender(sender&&) noexcept;
  sender& operator=(sender&&) noexcept;

  /// Returns whether the peer takes SOP class `sop_class_uid` in transfer syntax `transfer_syntax_uid`.
  [[nodiscard]] bool accepts(std::string_view sop_class_uid, std::string_view transfer_syntax_uid) const;

  /// Sends the Part 10 file at `path` (C-STORE). Returns the peer's status: 0x0000 success, PS3.4 B.2.3 for others.
  /// Errors: those of `read_part10_meta`; `not_found` for a file that cannot be read; `peer_refused` when its
  /// context was not accepted; `peer_unreachable` when the association broke, after which every file fails so.
  caf::expected<uint16_t> send(const std::string& path);

  /// Sends the instance that `meta` describes, with the bytes of its data set. Returns the peer's answer. Errors: as of
  /// files, and those of `data_set`.
  caf::expected<dimse_answer> send(const part10_meta& meta, const data_set_source& data_set,
                                   const move_originator& originator = {});

  /// Tells the peer of an event of an instance of ours (N-EVENT-REPORT), in implicit VR little endian. Errors: as of
  /// files.
  caf::expected<dimse_answer> report(const event_report& event);

  /// Releases the association. The destructor does so too.
  void close();

private:
  struct association;

  explicit sender(std::unique_ptr<association> open_association);

  std::unique_ptr<association> association_;
};

} // namespace noctis
