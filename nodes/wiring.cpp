#include "nodes/wiring.hpp"

#include "actors/accounts/accounts.hpp"
#include "actors/association/listener.hpp"
#include "actors/index/editor.hpp"
#include "actors/index/indexer.hpp"
#include "actors/index/jobs.hpp"
#include "actors/index/query.hpp"
#include "actors/index/query_pool.hpp"
#include "actors/network/annotator.hpp"
#include "actors/network/forwarder.hpp"
#include "actors/network/peers.hpp"
#include "actors/storage/reader.hpp"
#include "actors/storage/recovery.hpp"
#include "actors/storage/storer.hpp"
#include "actors/system/budget.hpp"
#include "actors/system/cache.hpp"
#include "cluster/directory.hpp"
#include "cluster/membership.hpp"
#include "cluster/node.hpp"
#include "http/facade.hpp"
#include "nodes/actor_system.hpp"
#include "nodes/version.hpp"

#include <caf/actor_pool.hpp>
#include <caf/send.hpp>
#include <spdlog/spdlog.h>

#include <memory>

namespace noctis {

namespace {

/// Editors, and keepers of the ledger of jobs, each with a connection.
constexpr size_t changers = 2;

using settings_ptr = std::shared_ptr<const configuration>;

template <class Handle>
Handle find(const running_children& running, const char* name) {
  const auto found = running.find(name);
  return found == running.end() ? Handle{} : caf::actor_cast<Handle>(found->second);
}

template <class Handle>
caf::actor erase_type(const Handle& handle) {
  return caf::actor_cast<caf::actor>(handle);
}

/// Several actors of one kind behind one address, which take turns.
template <class Spawn>
caf::actor pool(caf::event_based_actor* self, size_t size, Spawn spawn) {
  return caf::actor_pool::make(
      self->context(), size, [spawn] { return erase_type(spawn()); }, caf::actor_pool::round_robin());
}

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

node_parts parts_of(const configuration& settings, const running_children& running) {
  node_parts parts;
  parts.name = settings.cluster_node;
  parts.listener = find<listener_actor>(running, "listener");
  parts.budget = find<budget_actor>(running, "budget");
  parts.cache = find<cache_actor>(running, "cache");
  parts.directory = find<full_directory_actor>(running, "directory");
  if (settings.has_role("store")) {
    parts.offered.stores.push_back(
        {settings.cluster_node, find<storer_actor>(running, "storer"), find<reader_actor>(running, "reader")});
  }
  if (settings.has_role("index")) {
    auto& index = parts.offered.indexes.emplace_back();
    index.node = settings.cluster_node;
    index.indexer = find<indexer_actor>(running, "indexer");
    index.query = find<query_actor>(running, "query");
    parts.queries = find<metrics_protocol>(running, "query");
    index.accounts = find<accounts_actor>(running, "accounts");
    index.editor = find<editor_actor>(running, "editor");
    index.jobs = find<jobs_actor>(running, "jobs");
  }
  return parts;
}

void add_store(std::vector<child_spec>& specs, const settings_ptr& settings) {
  specs.push_back({"recovery", [settings](caf::event_based_actor* self, const running_children& running) {
                     return erase_type(self->spawn<caf::detached>(recovery, layout_of(*settings),
                                                                  find<directory_actor>(running, "directory")));
                   }});
  specs.push_back({"storer", [settings](caf::event_based_actor* self, const running_children& running) {
                     storer_options options;
                     options.where = layout_of(*settings);
                     options.writers = static_cast<size_t>(settings->storage_writers);
                     options.quarantine_quota = static_cast<uint64_t>(settings->ingest_quarantine_quota);
                     return erase_type(self->spawn(storer, options, find<recovery_actor>(running, "recovery")));
                   }});
  specs.push_back({"reader", [settings](caf::event_based_actor* self, const running_children&) {
                     constexpr size_t readers = 4;
                     return pool(self, readers, [self, settings] {
                       return self->spawn<caf::detached>(reader, std::filesystem::path{settings->storage_base_path});
                     });
                   }});
}

void add_index(std::vector<child_spec>& specs, const settings_ptr& settings) {
  specs.push_back({"indexer", [settings](caf::event_based_actor* self, const running_children&) {
                     indexer_options options;
                     options.database = database_of(*settings, "indexer");
                     options.study_complete_after = std::chrono::seconds{settings->ingest_study_complete_after};
                     return erase_type(self->spawn<caf::detached>(indexer, options));
                   }});
  specs.push_back({"query", [settings](caf::event_based_actor* self, const running_children&) {
                     // One connection each for indexer, accounts and membership; the rest reads.
                     const auto readers = static_cast<size_t>(settings->database_max_connections) - 3 - 2 * changers;
                     query_pool_options options;
                     options.workers = readers;
                     options.make_worker = [&system = self->system(), settings] {
                       auto database = database_of(*settings, "query");
                       database.statement_timeout = std::chrono::seconds{20};
                       return erase_type(system.spawn<caf::detached>(query, database));
                     };
                     return self->spawn(query_pool, options);
                   }});
  specs.push_back({"accounts", [settings](caf::event_based_actor* self, const running_children&) {
                     accounts_options options;
                     options.database = database_of(*settings, "accounts");
                     return erase_type(self->spawn<caf::detached>(accounts, options));
                   }});
  specs.push_back({"editor", [settings](caf::event_based_actor* self, const running_children&) {
                     return pool(self, changers, [self, settings] {
                       return self->spawn<caf::detached>(editor, database_of(*settings, "editor"),
                                                         std::chrono::seconds{settings->work_annotations_after});
                     });
                   }});
  specs.push_back({"jobs", [settings](caf::event_based_actor* self, const running_children&) {
                     return pool(self, changers, [self, settings] {
                       return self->spawn<caf::detached>(jobs, database_of(*settings, "jobs"));
                     });
                   }});
}

void add_listener(std::vector<child_spec>& specs, const settings_ptr& settings) {
  specs.push_back({"listener", [settings](caf::event_based_actor* self, const running_children& running) {
                     association_context context;
                     context.options = listener_of(*settings).association;
                     context.peers = find<peers_actor>(running, "peers");
                     context.directory = find<directory_actor>(running, "directory");
                     context.budget = find<budget_actor>(running, "budget");
                     return erase_type(self->spawn<caf::detached>(listener, listener_of(*settings), context));
                   }});
}

void add_forwarders(std::vector<child_spec>& specs, const settings_ptr& settings) {
  for (int64_t i = 1; i <= settings->work_forwarders; ++i) {
    const auto name = "forwarder-" + std::to_string(i);
    specs.push_back({name, [settings, name](caf::event_based_actor* self, const running_children& running) {
                       outgoing_options options;
                       options.calling_title = settings->server_scu_ae_title;
                       options.deidentification_secret = settings->http_secret_key;
                       return erase_type(self->spawn<caf::detached>(forwarder,
                                                                    find<directory_actor>(running, "directory"),
                                                                    settings->cluster_node + "/" + name, options));
                     }});
  }
}

void add_annotator(std::vector<child_spec>& specs, const settings_ptr& settings) {
  specs.push_back({"annotator", [settings](caf::event_based_actor* self, const running_children& running) {
                     annotator_options options;
                     options.intake = intake_of(*settings);
                     return erase_type(self->spawn<caf::detached>(annotator,
                                                                  find<directory_actor>(running, "directory"),
                                                                  settings->cluster_node + "/annotator", options));
                   }});
}

void add_face(std::vector<child_spec>& specs, const settings_ptr& settings) {
  specs.push_back({"node", [settings](caf::event_based_actor* self, const running_children& running) {
                     return erase_type(self->spawn(node, parts_of(*settings, running)));
                   }});
  specs.push_back({"membership", [settings](caf::event_based_actor* self, const running_children& running) {
                     return erase_type(self->spawn<caf::detached>(membership, membership_of(*settings),
                                                                  find<node_actor>(running, "node"),
                                                                  find<full_directory_actor>(running, "directory")));
                   }});
}

void add_http(std::vector<child_spec>& specs, const settings_ptr& settings) {
  specs.push_back({"http", [settings](caf::event_based_actor* self, const running_children& running) {
                     http_services services;
                     services.node = settings->cluster_node;
                     services.directory = find<directory_actor>(running, "directory");
                     services.peers = find<peers_actor>(running, "peers");
                     services.cache = find<cache_actor>(running, "cache");
                     auto& system = self->home_system();
                     services.new_intake = [&system, settings, directory = services.directory] {
                       return system.spawn(intake, directory, intake_of(*settings));
                     };
                     auto facade = spawn_facade(system, http_of(*settings), services);
                     if (facade) return erase_type(*facade);
                     spdlog::critical("HTTP does not start: {}", reason_of(facade.error()));
                     return self->spawn(
                         [reason = facade.error()](caf::event_based_actor* failed) { failed->quit(reason); });
                   }});
}

} // namespace

supervisor_options wire(const configuration& given, std::function<void(const std::string&)> give_up) {
  const auto settings = std::make_shared<const configuration>(given);
  supervisor_options options;
  auto& specs = options.children;
  specs.push_back({"directory", [](caf::event_based_actor* self, const running_children&) {
                     return erase_type(self->spawn(directory));
                   }});
  specs.push_back({"budget", [settings](caf::event_based_actor* self, const running_children&) {
                     return erase_type(self->spawn(budget, static_cast<uint64_t>(settings->ingest_memory_budget)));
                   }});
  specs.push_back({"cache", [settings](caf::event_based_actor* self, const running_children&) {
                     return erase_type(self->spawn<caf::detached>(cache, settings->redis_url));
                   }});
  specs.push_back({"peers", [settings](caf::event_based_actor* self, const running_children& running) {
                     return erase_type(
                         self->spawn(peers, find<directory_actor>(running, "directory"), peers_of(*settings)));
                   }});
  if (settings->has_role("store")) add_store(specs, settings);
  if (settings->has_role("index")) add_index(specs, settings);
  if (settings->has_role("ingest")) add_listener(specs, settings);
  add_face(specs, settings);
  if (settings->has_role("work")) {
    add_forwarders(specs, settings);
    add_annotator(specs, settings);
  }
  if (settings->has_role("http")) add_http(specs, settings);
  options.started = [settings](const running_children& running) {
    caf::anon_send(find<full_directory_actor>(running, "directory"), find<node_actor>(running, "node"),
                   parts_of(*settings, running).offered);
  };
  options.given_up = std::move(give_up);
  return options;
}

} // namespace noctis
