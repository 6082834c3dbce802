#pragma once

#include "messages/actors.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <filesystem>

namespace noctis {

/// Reads from the store below `base_path`. It blocks in the disk, so it is detached; the node runs several
/// behind one address.
reader_actor::behavior_type reader(reader_actor::pointer self, std::filesystem::path base_path);

} // namespace noctis
