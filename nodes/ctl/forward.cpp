#include "actors/network/forward_order.hpp"
#include "messages/errors.hpp"
#include "nodes/ctl/command.hpp"
#include "schema/repositories/jobs.hpp"
#include "schema/repositories/peers.hpp"

#include <iostream>
#include <memory>

namespace noctis::ctl {

namespace {

void submit_order(context& shared, const forward_order& order, const std::string& priority) {
  const auto checked = order_from_payload(to_payload(order));
  if (!checked) throw command_error(reason_of(checked.error()));
  const auto destination = schema::peers_repository{shared.database()}.find(order.destination);
  if (!destination || destination->host.empty())
    throw command_error("no AE title \"" + printable(order.destination) + "\" with a host: noctisctl ae add");
  job_submission job;
  job.who = system_principal("noctisctl");
  job.queue = forward_queue;
  job.payload = to_payload(order);
  job.priority = priority;
  const auto id = schema::jobs_repository{shared.database()}.submit(job);
  if (shared.json) {
    json_object{}.add("job", id).print();
  } else {
    std::cout << "job " << id << '\n';
  }
}

} // namespace

void add_forward_commands(CLI::App& application, context& shared) {
  auto order = std::make_shared<forward_order>();
  auto priority = std::make_shared<std::string>("routine");
  auto* forward = application.add_subcommand("forward", "have stored images sent to a registered application entity");
  forward->add_option("title", order->destination, "AE title")->required();
  auto* what = forward->add_option_group("what");
  what->add_option("--study", order->study_uid, "Study Instance UID");
  what->add_option("--series", order->series_uid, "Series Instance UID");
  what->add_option("--instance", order->sop_instance_uid, "SOP Instance UID");
  what->require_option(1);
  forward->add_option("--deidentify", order->deidentify, "profile: basic, or basic with options: basic+dates");
  forward->add_option("--priority", *priority)->check(CLI::IsMember({"elective", "routine", "urgent", "stat"}));
  forward->callback([&shared, order, priority] { submit_order(shared, *order, *priority); });
}

} // namespace noctis::ctl
