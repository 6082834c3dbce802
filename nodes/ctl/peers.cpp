#include "schema/repositories/peers.hpp"

#include "dicom/network/scu.hpp"
#include "nodes/ctl/command.hpp"
#include "schema/repositories/facilities.hpp"

#include <iostream>
#include <memory>

namespace noctis::ctl {

namespace {

struct ae_options {
  std::string title;
  std::string host;
  int32_t port = 0;
  std::string facility = "Default";
};

void add_entity(context& shared, const ae_options& options) {
  const auto facility = schema::facilities_repository{shared.database()}.find(options.facility);
  if (!facility) throw command_error("no facility \"" + options.facility + "\": noctisctl facility add NAME");
  const auto id =
      schema::peers_repository{shared.database()}.put(options.title, options.host, options.port, facility->id);
  if (shared.json) {
    json_object{}.add("id", id).add("title", options.title).add("facility", facility->name).print();
  } else {
    std::cout << options.title << " is registered for " << printable(facility->name)
              << "; running nodes know it within seconds\n";
  }
}

void list_entities(context& shared) {
  table result{{"title", "host", "port", "facility"}};
  for (const auto& entity : schema::peers_repository{shared.database()}.list(system_principal("noctisctl"))) {
    result.add({entity.title, entity.host, std::to_string(entity.port), entity.facility.name});
  }
  result.print(shared);
}

void echo_peer(context& shared, const ae_options& options) {
  const scu_peer peer{options.host, static_cast<uint16_t>(options.port), options.title,
                      shared.settings().server_scu_ae_title};
  const auto took = noctis::echo(peer);
  if (!took) throw command_error(reason_of(took.error()));
  if (shared.json) {
    json_object{}.add("status", "success").add("microseconds", took->count()).print();
  } else {
    std::cout << options.title << " answers (" << took->count() << " us)\n";
  }
}

} // namespace

void add_peer_commands(CLI::App& application, context& shared) {
  auto* ae = application.add_subcommand("ae", "application entities that may call us, and that we may send to");
  ae->require_subcommand(1);
  auto options = std::make_shared<ae_options>();

  auto* add = ae->add_subcommand("add", "register an application entity, or change it");
  add->add_option("title", options->title, "AE title")->required();
  add->add_option("host", options->host, "host name or address")->required();
  add->add_option("port", options->port, "port")->required()->check(CLI::Range(1, 65535));
  add->add_option("--facility", options->facility, "whose images it sends");
  add->callback([&shared, options] { add_entity(shared, *options); });

  ae->add_subcommand("list", "list the application entities")->callback([&shared] { list_entities(shared); });

  auto* remove = ae->add_subcommand("remove", "forget an application entity");
  remove->add_option("title", options->title, "AE title")->required();
  remove->callback([&shared, options] { schema::peers_repository{shared.database()}.remove(options->title); });

  auto* echo = application.add_subcommand("echo", "verify the connection to an application entity (C-ECHO)");
  echo->add_option("host", options->host, "host name or address")->required();
  echo->add_option("port", options->port, "port")->required()->check(CLI::Range(1, 65535));
  echo->add_option("title", options->title, "AE title")->required();
  echo->callback([&shared, options] { echo_peer(shared, *options); });
}

} // namespace noctis::ctl
