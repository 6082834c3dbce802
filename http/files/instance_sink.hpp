#pragma once

#include "http/gateway.hpp"

#include <functional>
#include <string>
#include <vector>

namespace noctis {

/// What became of one uploaded file.
struct upload_result {
  std::string name;
  std::string status; ///< stored, duplicate, refused, or skipped: nothing to keep
  std::string sop_instance_uid;
  std::string study_instance_uid;
  std::string reason;     ///< why it was refused or skipped
  errc code = errc::none; ///< the same as a code
};

/// Brings Part 10 files to an intake, one after the other: small ones in one message, large ones in pieces.
/// Used by one thread.
class instance_sink {
public:
  /// Bytes that tell whether something is a Part 10 file (PS3.10 7.1).
  static constexpr size_t magic_end = 132;

  instance_sink(gateway& actors, const std::function<intake_actor()>& new_intake, principal from, channel by);
  ~instance_sink();
  instance_sink(const instance_sink&) = delete;
  instance_sink& operator=(const instance_sink&) = delete;

  void begin();
  /// Takes the next bytes; does nothing once the file is refused.
  void write(const char* data, size_t size);
  /// All bytes are there: answers what became of them, without a name.
  upload_result finish();
  /// The sender went away; nothing of the file is kept.
  void drop();
  /// Refuses the file that began, whatever follows.
  void refuse(std::string reason, errc code = errc::invalid_argument);

  [[nodiscard]] bool refused() const { return !reason_.empty(); }

private:
  void send_piece();
  void refuse(const caf::error& error);
  [[nodiscard]] arrival what_arrives() const;
  const intake_actor& intake();

  gateway& actors_;
  const std::function<intake_actor()>& new_intake_;
  const principal from_;
  const channel by_;
  intake_actor intake_;
  blob::buffer buffer_;
  bool open_ = false; ///< the intake has an instance that comes in pieces
  bool checked_ = false;
  std::string reason_;
  errc code_ = errc::none;
};

} // namespace noctis
