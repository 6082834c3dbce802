#include "actors/storage/file_store.hpp"
#include "dicom/digest.hpp"
#include "messages/json_text.hpp"
#include "nodes/ctl/command.hpp"
#include "schema/repositories/index/index.hpp"
#include "schema/repositories/locations.hpp"
#include "schema/repositories/purge.hpp"
#include "schema/repositories/quarantine.hpp"

#include <filesystem>
#include <iostream>
#include <memory>
#include <thread>

namespace noctis::ctl {

namespace fs = std::filesystem;

namespace {

constexpr uint64_t piece = uint64_t{1} << 20;
constexpr size_t paths_per_question = 500;
constexpr auto settle_time = std::chrono::seconds{2};

struct report {
  uint64_t rows = 0;
  uint64_t files = 0;
  uint64_t bytes = 0;
  std::vector<std::string> missing;  ///< rows without their file
  std::vector<std::string> corrupt;  ///< files whose bytes changed
  std::vector<std::string> orphaned; ///< files without a row

  [[nodiscard]] bool ok() const { return missing.empty() && corrupt.empty() && orphaned.empty(); }
};

enum class condition : uint8_t { sound, missing, corrupt };

condition examine(const fs::path& base, const location& file, uint64_t& bytes) {
  digest sum;
  for (uint64_t done = 0; done < file.length;) {
    const auto part = storage::read_bytes(base, file.path, file.offset + done, std::min(piece, file.length - done));
    if (!part) return code_of(part.error()) == errc::not_found ? condition::missing : condition::corrupt;
    if (part->empty()) return condition::corrupt;
    sum.update(part->data(), part->size());
    done += part->size();
    bytes += part->size();
  }
  return sum.hex() == file.checksum ? condition::sound : condition::corrupt;
}

class verification {
public:
  verification(context& shared, bool mark)
      : shared_(shared), base_(shared.settings().storage_base_path), node_(shared.settings().cluster_node),
        mark_(mark) {}

  report run() {
    check_rows();
    check_files();
    return std::move(result_);
  }

private:
  void check_rows() {
    schema::locations_repository locations{shared_.database()};
    progress bar{"rows checked"};
    int64_t instance = 0;
    std::string path;
    for (;;) {
      const auto page = locations.page(node_, instance, path);
      if (page.empty()) break;
      for (const auto& copy : page) {
        if (copy.state != schema::location_state::lost) check_row(copy);
        bar.update(++result_.rows);
      }
      instance = page.back().instance;
      path = page.back().where.path;
    }
    bar.finish();
  }

  void check_row(const schema::kept_copy& copy) {
    const auto found = examine(base_, copy.where, result_.bytes);
    if (found == condition::sound) return;
    (found == condition::missing ? result_.missing : result_.corrupt).push_back(copy.where.path);
    if (!mark_) return;
    const auto state = found == condition::missing ? schema::location_state::lost : schema::location_state::corrupt;
    schema::index_repository{shared_.database()}.mark_location(copy.instance, copy.where, state);
  }

  [[nodiscard]] std::vector<std::string> without_row(const std::vector<std::string>& paths) const {
    std::vector<std::string> quarantined;
    std::vector<std::string> stored;
    for (const auto& path : paths) (storage::is_quarantined(path) ? quarantined : stored).push_back(path);
    auto result = schema::locations_repository{shared_.database()}.unknown_paths(node_, stored);
    result = schema::purge_repository{shared_.database()}.unknown_paths(node_, result);
    const auto more = schema::quarantine_repository{shared_.database()}.unknown_paths(node_, quarantined);
    result.insert(result.end(), more.begin(), more.end());
    return result;
  }

  void check_files() {
    progress bar{"files checked"};
    std::vector<std::string> group;
    std::vector<std::string> suspects;
    const auto ask = [&] {
      const auto unknown = without_row(group);
      suspects.insert(suspects.end(), unknown.begin(), unknown.end());
      group.clear();
    };
    for (fs::recursive_directory_iterator it{base_}, end; it != end; ++it) {
      if (it->path().filename() == ".noctis") it.disable_recursion_pending();
      std::error_code gone; // files come and go while the node runs
      if (!it->is_regular_file(gone)) continue;
      group.push_back(it->path().lexically_relative(base_).string());
      bar.update(++result_.files);
      if (group.size() == paths_per_question) ask();
    }
    ask();
    bar.finish();
    if (suspects.empty()) return;
    // A file that is arriving now has its row a moment later, or is gone.
    std::this_thread::sleep_for(settle_time);
    for (size_t i = 0; i < suspects.size(); i += paths_per_question) {
      const auto last = std::min(suspects.size(), i + paths_per_question);
      for (const auto& path : without_row(
               {suspects.begin() + static_cast<ptrdiff_t>(i), suspects.begin() + static_cast<ptrdiff_t>(last)})) {
        if (fs::exists(base_ / path)) result_.orphaned.push_back(path);
      }
    }
  }

  context& shared_;
  fs::path base_;
  std::string node_;
  bool mark_;
  report result_;
};

void print_json(const report& found) {
  json_text json;
  json.begin_object();
  json.field("ok", found.ok());
  json.field("rows", found.rows);
  json.field("files", found.files);
  json.field("bytes", found.bytes);
  json.field("missing", found.missing);
  json.field("corrupt", found.corrupt);
  json.field("orphaned", found.orphaned);
  json.end_object();
  std::cout << json.take() << '\n';
}

void print_text(const report& found) {
  for (const auto& path : found.missing) std::cout << "missing   " << path << '\n';
  for (const auto& path : found.corrupt) std::cout << "corrupt   " << path << '\n';
  for (const auto& path : found.orphaned) std::cout << "orphaned  " << path << '\n';
  std::cout << found.rows << " rows, " << found.files << " files, " << found.bytes << " bytes: "
            << (found.ok()
                    ? "every row has its bytes, every file has its row"
                    : std::to_string(found.missing.size()) + " missing, " + std::to_string(found.corrupt.size()) +
                          " corrupt, " + std::to_string(found.orphaned.size()) + " without a row")
            << '\n';
}

} // namespace

void add_verify_command(CLI::App& application, context& shared) {
  auto* verify = application.add_subcommand(
      "verify", "prove this node's store: every row has its bytes (by checksum), every file has its row");
  auto mark = std::make_shared<bool>(false);
  verify->add_flag("--mark", *mark, "record lost and corrupt copies in the index, so that they are no longer served");
  verify->callback([&shared, mark] {
    const auto found = verification{shared, *mark}.run();
    if (shared.json) {
      print_json(found);
    } else {
      print_text(found);
    }
    if (!found.ok()) throw command_error("the store is not sound");
  });
}

} // namespace noctis::ctl
