#include "nodes/ctl/command.hpp"
#include "schema/migrator.hpp"
#include "schema/repositories/nodes.hpp"

#include <iostream>

namespace noctis::ctl {

void add_database_commands(CLI::App& application, context& shared) {
  auto* migrate = application.add_subcommand("migrate", "bring the database's schema up to date");
  migrate->callback([&shared] {
    const auto applied = schema::migrate(shared.database());
    table result{{"version", "name"}};
    for (const auto& step : applied) result.add({std::to_string(step.version), step.name});
    if (shared.json || !applied.empty()) {
      result.print(shared);
    } else {
      std::cout << "the schema is up to date (version " << schema::schema_version(shared.database()) << ")\n";
    }
  });

  auto* nodes = application.add_subcommand("nodes", "list the nodes of the cluster");
  nodes->callback([&shared] {
    table result{{"name", "state", "roles", "host", "port", "version", "since"}};
    for (const auto& node : schema::nodes_repository{shared.database()}.list()) {
      std::string roles;
      for (const auto& role : node.roles) roles += (roles.empty() ? "" : ",") + role;
      result.add({node.name, node.state, roles, node.host, std::to_string(node.port), node.version,
                  time_text(node.started_at)});
    }
    result.print(shared);
  });
}

} // namespace noctis::ctl
