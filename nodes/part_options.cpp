#include "nodes/part_options.hpp"

#include "nodes/actor_system.hpp"
#include "nodes/version.hpp"

#include <spdlog/spdlog.h>

namespace noctis {

schema::database_options database_of(const configuration& settings, const std::string& part) {
  schema::database_options options;
  options.url = settings.database_url;
  options.application_name = "noctis " + settings.cluster_node + " " + part;
  return options;
}

storage::layout layout_of(const configuration& settings) {
  return {settings.cluster_node, settings.storage_base_path, settings.storage_organize_by_patient,
          settings.storage_organize_by_study};
}

intake_options intake_of(const configuration& settings) {
  return {settings.ingest_on_conflict == "replace" ? conflict_policy::replace : conflict_policy::reject};
}

listener_options listener_of(const configuration& settings) {
  listener_options options;
  options.gate.host = settings.server_host;
  options.gate.port = static_cast<uint16_t>(settings.server_port);
  options.gate.request_timeout = std::chrono::seconds{settings.ingest_acse_timeout};
  if (!settings.server_tls_certificate.empty()) {
    options.secure_gate = options.gate;
    options.secure_gate->port = static_cast<uint16_t>(settings.server_tls_port);
    options.secure_gate->tls = {settings.server_tls_certificate, settings.server_tls_key,
                                settings.server_tls_client_ca};
  }
  options.max_associations = static_cast<size_t>(settings.ingest_max_associations);
  options.max_associations_per_peer = static_cast<size_t>(settings.ingest_max_associations_per_peer);
  options.max_pdu_length = static_cast<uint32_t>(settings.server_max_pdu_length);
  auto& association = options.association;
  association.rules.titles = settings.server_aliases;
  association.rules.titles.push_back(settings.server_ae_title);
  association.rules.strict_called_title = settings.server_strict_called_aet;
  association.rules.accept_unknown_classes = settings.ingest_accept_unknown_sop_classes;
  association.dimse_timeout = std::chrono::seconds{settings.ingest_dimse_timeout};
  association.idle_timeout = std::chrono::seconds{settings.ingest_idle_timeout};
  association.store_timeout = std::chrono::seconds{settings.ingest_store_timeout};
  association.calling_title = settings.server_scu_ae_title;
  association.intake = intake_of(settings);
  return options;
}

peers_options peers_of(const configuration& settings) {
  peers_options options;
  options.callers_must_be_registered = !settings.is_local();
  options.own_host = settings.is_local() ? settings.server_host : settings.server_public_host;
  options.own_port = static_cast<uint16_t>(settings.server_port);
  options.own_title = settings.server_ae_title;
  options.calling_title = settings.server_scu_ae_title;
  return options;
}

membership_options membership_of(const configuration& settings) {
  membership_options options;
  options.database = database_of(settings, "membership");
  options.self.name = settings.cluster_node;
  options.self.roles = settings.roles;
  options.self.host = settings.cluster_host;
  options.self.port = static_cast<int32_t>(settings.cluster_port);
  options.self.version = version;
  options.bind_to = settings.cluster_host;
  options.is_networked = is_clustered(settings);
  options.lease = std::chrono::seconds{settings.cluster_lease};
  return options;
}

http_options http_of(const configuration& settings) {
  http_options options;
  options.host = settings.http_host;
  options.port = static_cast<uint16_t>(settings.http_port);
  options.local_mode = settings.is_local();
  options.allowed_hosts = settings.http_allowed_hosts;
  options.trusted_proxies = settings.http_trusted_proxies;
  if (settings.http_use_tls) {
    options.certificate = settings.http_certificate;
    options.private_key = settings.http_private_key;
  }
  options.secret_key = settings.http_secret_key;
  options.session_idle_timeout = std::chrono::seconds{settings.http_session_idle_timeout};
  options.web_root = settings.http_web_root;
  options.max_upload = static_cast<uint64_t>(settings.http_max_upload);
  options.threads = static_cast<size_t>(settings.http_threads);
  options.version = version;
  options.scp_host = settings.server_public_host;
  options.scp_port = static_cast<uint16_t>(settings.server_port);
  options.ae_title = settings.server_ae_title;
  options.log = [](const std::string& line) { spdlog::warn("http: {}", line); };
  return options;
}

worker_options worker_of(const configuration& settings) {
  worker_options options;
  options.program = worker_beside_this_program();
  options.niceness = static_cast<int>(settings.work_niceness);
  options.memory = static_cast<uint64_t>(settings.work_analysis_memory_limit);
  options.time = std::chrono::seconds{settings.work_analysis_time_limit};
  return options;
}

worker_options codec_worker_of() {
  worker_options options;
  options.program = worker_beside_this_program();
  options.niceness = 0;
  options.time = std::chrono::seconds{60};
  return options;
}

worker_options paper_worker_of(const configuration& settings) {
  auto options = worker_of(settings);
  options.niceness = 0;
  options.time = std::chrono::seconds{20};
  return options;
}

} // namespace noctis
