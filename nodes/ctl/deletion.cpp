#include "nodes/ctl/command.hpp"
#include "schema/repositories/deletions.hpp"
#include "schema/repositories/locations.hpp"
#include "schema/repositories/purge.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <memory>
#include <unistd.h>

namespace noctis::ctl {

namespace fs = std::filesystem;

namespace {

struct deletion_options {
  std::string level = "study";
  std::string key;
  std::string reason;
  double days = 0;
};

query_level level_of(const std::string& name) {
  return name == "study" ? query_level::study : name == "series" ? query_level::series : query_level::instance;
}

/// A number is a row id, what has dots a UID.
object_key key_of(const std::string& text) {
  const bool is_id = text.find_first_not_of("0123456789") == std::string::npos && text.size() < 19;
  return is_id ? object_key{std::stoll(text), ""} : object_key{0, text};
}

/// Removes a file that a purge has noted. Returns whether it is gone.
bool remove_file(const fs::path& file) {
  if (::unlink(file.c_str()) == 0 || errno == ENOENT) return true;
  std::cerr << "noctisctl: cannot remove " << file.string() << ": " << std::strerror(errno) << '\n';
  return false;
}

/// Removes what purges have noted of this node's store; returns how many files.
uint64_t remove_files(context& shared) {
  const auto& node = shared.settings().cluster_node;
  const fs::path base = shared.settings().storage_base_path;
  schema::purge_repository purge{shared.database()};
  schema::locations_repository locations{shared.database()};
  progress bar{"files removed"};
  uint64_t removed = 0;
  std::string after;
  for (;;) {
    const auto paths = purge.files_of(node, after);
    if (paths.empty()) break;
    std::vector<std::string> gone;
    auto free = locations.unknown_paths(node, paths); // never what a row names
    for (const auto& path : free) {
      if (!remove_file(base / path)) continue;
      gone.push_back(path);
      bar.update(++removed);
    }
    purge.removed(node, gone);
    after = paths.back();
  }
  bar.finish();
  return removed;
}

void run_purge(context& shared, double days) {
  schema::purge_repository purge{shared.database()};
  schema::purge_report total;
  progress bar{"instances purged"};
  for (;;) {
    const auto one = purge.purge_one(system_principal("noctisctl"), days);
    if (one.instances == 0) break;
    total.studies += one.studies;
    total.instances += one.instances;
    total.bytes += one.bytes;
    bar.update(static_cast<uint64_t>(total.instances));
  }
  bar.finish();
  const auto files = remove_files(shared);
  if (shared.json) {
    json_object{}
        .add("studies", total.studies)
        .add("instances", total.instances)
        .add("bytes", total.bytes)
        .add("files_removed", static_cast<int64_t>(files))
        .print();
  } else {
    std::cout << total.studies << " studies, " << total.instances << " instances, " << total.bytes << " bytes purged; "
              << files << " files removed from this node\n";
  }
}

} // namespace

void add_deletion_commands(CLI::App& application, context& shared) {
  auto options = std::make_shared<deletion_options>();
  const auto add = [&](const char* name, const char* what, auto call) {
    auto* command = application.add_subcommand(name, what);
    command->add_option("id", options->key, "numeric id or UID")->required();
    command->add_option("--level", options->level, "what it is")->check(CLI::IsMember({"study", "series", "instance"}));
    command->add_option("--reason", options->reason, "why")->required();
    command->callback([&shared, options, call] {
      schema::deletions_repository deletions{shared.database()};
      call(deletions, system_principal("noctisctl"), *options);
    });
  };
  add("delete", "hide a study, series or instance; its bytes stay until they are purged",
      [](auto& all, const principal& who, const deletion_options& what) {
        all.hide({who, level_of(what.level), key_of(what.key), what.reason});
      });
  add("undelete", "show a deleted study, series or instance again",
      [](auto& all, const principal& who, const deletion_options& what) {
        all.show({who, level_of(what.level), key_of(what.key), what.reason});
      });

  auto* purge = application.add_subcommand(
      "purge", "forget for good what was deleted long ago, and remove its files from this node's store");
  purge->add_option("--older-than", options->days, "days since it was deleted")
      ->required()
      ->check(CLI::Range(0.0, 36'500.0));
  purge->callback([&shared, options] { run_purge(shared, options->days); });
}

} // namespace noctis::ctl
