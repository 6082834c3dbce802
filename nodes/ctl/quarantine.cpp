#include "schema/repositories/quarantine.hpp"

#include "actors/storage/file_store.hpp"
#include "nodes/ctl/command.hpp"

#include <filesystem>
#include <iostream>
#include <memory>

namespace noctis::ctl {

namespace fs = std::filesystem;

namespace {

constexpr int32_t page_size = 200;

principal operator_principal() { return system_principal("noctisctl"); }

void list_objects(context& shared) {
  schema::quarantine_repository quarantine{shared.database()};
  table result{
      {"id", "received_at", "reason", "detail", "sop_instance_uid", "calling_aet", "address", "bytes", "node", "path"}};
  for (int32_t page = 1;; ++page) {
    const auto entries = quarantine.list({operator_principal(), page, page_size});
    for (const auto& entry : entries) {
      result.add({std::to_string(entry.id), time_text(entry.received_at), entry.reason, entry.detail,
                  entry.sop_instance_uid, entry.calling_aet, entry.address, std::to_string(entry.where.length),
                  entry.where.node, entry.where.path});
    }
    if (entries.size() < static_cast<size_t>(page_size)) break;
  }
  result.print(shared);
}

void export_object(context& shared, int64_t id, const std::string& target) {
  const auto entry = schema::quarantine_repository{shared.database()}.find(operator_principal(), id);
  if (entry.where.path.empty()) throw command_error("its bytes were not kept: the quarantine was full");
  if (entry.where.node != shared.settings().cluster_node) {
    throw command_error("its bytes are on node " + entry.where.node + ": run this there");
  }
  const auto source = fs::path{shared.settings().storage_base_path} / entry.where.path;
  std::error_code error;
  fs::copy_file(source, target, error);
  if (error) throw command_error("cannot copy " + source.string() + " to " + target + ": " + error.message());
  std::cout << target << '\n';
}

} // namespace

void add_quarantine_commands(CLI::App& application, context& shared) {
  auto* quarantine = application.add_subcommand("quarantine", "objects that arrived and could not be indexed");
  quarantine->require_subcommand(1);
  auto id = std::make_shared<int64_t>();
  auto target = std::make_shared<std::string>();

  quarantine->add_subcommand("list", "list them, newest first")->callback([&shared] { list_objects(shared); });

  auto* retry = quarantine->add_subcommand("retry", "store an object as if it arrived now");
  retry->add_option("id", *id)->required();
  retry->callback([&shared, id] {
    const auto answer = shared.api().post("/api/quarantine/" + std::to_string(*id) + "/retry/");
    require_success(answer);
    std::cout << answer.body << '\n';
  });

  auto* remove = quarantine->add_subcommand("delete", "delete an object and its bytes");
  remove->add_option("id", *id)->required();
  remove->callback(
      [&shared, id] { require_success(shared.api().remove("/api/quarantine/" + std::to_string(*id) + "/")); });

  auto* out = quarantine->add_subcommand("export", "copy an object's bytes to a file");
  out->add_option("id", *id)->required();
  out->add_option("file", *target)->required();
  out->callback([&shared, id, target] { export_object(shared, *id, *target); });
}

} // namespace noctis::ctl
