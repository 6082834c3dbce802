#include "nodes/wiring.hpp"

#include "actors/accounts/accounts.hpp"
#include "actors/accounts/passwords.hpp"
#include "actors/association/listener.hpp"
#include "actors/index/analyses.hpp"
#include "actors/index/editor.hpp"
#include "actors/index/indexer.hpp"
#include "actors/index/jobs.hpp"
#include "actors/index/query.hpp"
#include "actors/index/query_pool.hpp"
#include "actors/index/reports.hpp"
#include "actors/network/peers.hpp"
#include "actors/storage/reader.hpp"
#include "actors/storage/recovery.hpp"
#include "actors/storage/storer.hpp"
#include "actors/system/budget.hpp"
#include "actors/system/cache.hpp"
#include "actors/work/installed_models.hpp"
#include "actors/work/thumbnailer.hpp"
#include "actors/work/typesetter.hpp"
#include "cluster/directory.hpp"
#include "cluster/membership.hpp"
#include "cluster/node.hpp"
#include "http/facade.hpp"
#include "nodes/crews.hpp"
#include "nodes/part_options.hpp"

#include <caf/actor_pool.hpp>
#include <caf/send.hpp>
#include <spdlog/spdlog.h>

#include <memory>

namespace noctis {

namespace {

// Actors of a kind that take turns, each with a connection.
constexpr size_t editors = 2;
constexpr size_t job_keepers = 4;
constexpr size_t report_keepers = 2;

/// Theirs, and one each for indexer, accounts, membership and analyses; the rest of a node's connections read.
constexpr size_t busy_connections = 4 + editors + job_keepers + report_keepers;

/// Several actors of one kind behind one address, which take turns.
template <class Spawn>
caf::actor pool(caf::event_based_actor* self, size_t size, Spawn spawn) {
  return caf::actor_pool::make(
      self->context(), size, [spawn] { return erase_type(spawn()); }, caf::actor_pool::round_robin());
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
    index.analyses = find<analyses_actor>(running, "analyses");
    index.reports = find<reports_actor>(running, "reports");
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
                     options.queues_of_complete = {thumbnail_queue};
                     if (settings->work_analyse) options.queues_of_complete.emplace_back(analysis_queue);
                     return erase_type(self->spawn<caf::detached>(indexer, options));
                   }});
  specs.push_back({"query", [settings](caf::event_based_actor* self, const running_children&) {
                     const auto readers = static_cast<size_t>(settings->database_max_connections) - busy_connections;
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
                     return pool(self, editors, [self, settings] {
                       return self->spawn<caf::detached>(editor, database_of(*settings, "editor"),
                                                         std::chrono::seconds{settings->work_annotations_after});
                     });
                   }});
  specs.push_back({"jobs", [settings](caf::event_based_actor* self, const running_children&) {
                     return pool(self, job_keepers, [self, settings] {
                       return self->spawn<caf::detached>(jobs, database_of(*settings, "jobs"));
                     });
                   }});
  specs.push_back({"analyses", [settings](caf::event_based_actor* self, const running_children&) {
                     return erase_type(self->spawn<caf::detached>(analyses, database_of(*settings, "analyses")));
                   }});
  specs.push_back({"reports", [settings](caf::event_based_actor* self, const running_children&) {
                     return pool(self, report_keepers, [self, settings] {
                       reports_options options;
                       options.database = database_of(*settings, "reports");
                       options.seal_key = derived_key(settings->http_secret_key, "seal of reports");
                       return self->spawn<caf::detached>(reports, options);
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
                     services.typeset = [worker = paper_worker_of(*settings), directory = services.directory](
                                            caf::blocking_actor* asker, const principal& who,
                                            const typeset_order& order) -> caf::expected<std::vector<uint8_t>> {
                       auto made = typeset(asker, directory, worker, who, order, {});
                       if (!made) return std::move(made.error());
                       return std::move(made->pdf);
                     };
                     services.list_models = [options = worker_of(*settings), directory = settings->work_models] {
                       return installed_models(options, directory);
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
  if (settings->has_role("http")) add_http(specs, settings);
  if (settings->has_role("work")) add_work(specs, settings);
  options.started = [settings](const running_children& running) {
    caf::anon_send(find<full_directory_actor>(running, "directory"), find<node_actor>(running, "node"),
                   parts_of(*settings, running).offered);
  };
  options.given_up = std::move(give_up);
  return options;
}

} // namespace noctis
