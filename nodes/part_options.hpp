#pragma once

#include "actors/association/listener.hpp"
#include "actors/intake/intake.hpp"
#include "actors/network/peers.hpp"
#include "actors/storage/file_store.hpp"
#include "actors/work/worker_process.hpp"
#include "cluster/membership.hpp"
#include "http/facade.hpp"
#include "nodes/configuration.hpp"
#include "schema/connection.hpp"

#include <string>

namespace noctis {

// What the configuration means for each part of a node.

/// `part` is how the connection calls itself in PostgreSQL.
schema::database_options database_of(const configuration& settings, const std::string& part);
storage::layout layout_of(const configuration& settings);
intake_options intake_of(const configuration& settings);
listener_options listener_of(const configuration& settings);
peers_options peers_of(const configuration& settings);
membership_options membership_of(const configuration& settings);
http_options http_of(const configuration& settings);

/// Of the process that does pixel work in the background.
worker_options worker_of(const configuration& settings);

/// Of the processes in which codecs run while somebody waits for the frames.
worker_options codec_worker_of();

/// Of the process that makes a paper while somebody waits for it.
worker_options paper_worker_of(const configuration& settings);

} // namespace noctis
