#pragma once

#include "actors/storage/file_store.hpp"
#include "messages/actors.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <memory>
#include <string>

namespace noctis {

/// One thread that makes files durable for a storer, which spawns it: shared ones write whole files, each open
/// stream has one of its own. It blocks in the disk, so it is detached. It forgets an unfinished stream on EXIT.
/// The string in a message is the hour (`storage::hour_name`) in which the file arrived.
using writer_actor = caf::typed_actor<
    // Writes a file whole.
    caf::replies_to<put_file, std::string>::with<location>,
    // Begins the one stream of this writer with these bytes.
    caf::reacts_to<open_atom, blob, std::string>,
    // Appends to the stream.
    caf::reacts_to<append_atom, blob>,
    // Makes the stream a durable file.
    caf::replies_to<seal_stream>::with<location>,
    // Puts an object aside.
    caf::replies_to<quarantine_file, std::string>::with<location>,
    // Removes a file.
    caf::reacts_to<remove_atom, location>,
    // Whether a file is there in its full length.
    caf::replies_to<find_atom, location>::with<bool>>;

struct writer_state {
  storage::layout where;
  std::unique_ptr<storage::directories> directories;
  storage::write_buffer buffer;
  std::unique_ptr<storage::unfinished_file> stream;
  std::string stream_hour;
  static inline const char* name = "writer";

  caf::expected<location> put(const put_file& file, const std::string& hour);
  caf::error open(const blob& preamble, const std::string& hour);
  caf::error append(const blob& bytes);
  caf::expected<location> seal(const placement& target);
  caf::expected<location> put_aside(const quarantine_file& what, const std::string& hour);
  [[nodiscard]] caf::error remove(const location& file) const;
  [[nodiscard]] bool find(const location& file) const;

private:
  caf::expected<location> publish(storage::unfinished_file& file, const std::string& directory,
                                  const std::string& name);
  caf::expected<location> move_aside(const std::string& path, const std::string& directory, const std::string& name);
};

writer_actor::behavior_type writer(writer_actor::stateful_pointer<writer_state> self, storage::layout where);

} // namespace noctis
