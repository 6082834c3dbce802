#include "nodes/actor_system.hpp"

#include "messages/type_ids.hpp"

#include <caf/io/middleman.hpp>
#include <caf/openssl/manager.hpp>

namespace noctis {

bool is_clustered(const configuration& settings) { return !settings.cluster_tls_ca.empty(); }

noctis_system_config::noctis_system_config(const configuration& settings) {
  add_message_types<caf::id_block::noctis>();
  add_error_category(caf::atom("noctis"), render_error);
  set("scheduler.policy", caf::atom("sharing"));
  if (!is_clustered(settings)) return;
  load<caf::io::middleman>();
  load<caf::openssl::manager>();
  openssl_cafile = settings.cluster_tls_ca;
  openssl_certificate = settings.cluster_tls_certificate;
  openssl_key = settings.cluster_tls_key;
  set("middleman.heartbeat-interval", caf::timespan{std::chrono::seconds{1}});
  set("middleman.connection-timeout", caf::timespan{std::chrono::seconds{3}});
}

} // namespace noctis
