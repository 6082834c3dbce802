#include "dicom/network/scu.hpp"
#include "dicom/part10.hpp"
#include "nodes/ctl/command.hpp"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iostream>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

namespace noctis::ctl {

namespace {

struct outcome {
  std::string file;
  std::string status; ///< stored, duplicate, refused; or a DIMSE status in hex
  std::string detail;
};

void print_outcomes(context& shared, const std::vector<outcome>& outcomes, bool all) {
  table result{{"file", "status", "detail"}};
  for (const auto& one : outcomes) {
    if (all || shared.json) result.add({one.file, one.status, one.detail});
  }
  result.print(shared);
}

/// Uploads one file (which may be a ZIP) and adds a line for each object in it.
void import_file(api_client& api, const std::string& file, std::vector<outcome>& outcomes) {
  const auto answer = api.upload(file);
  rapidjson::Document document;
  document.Parse(answer.body.c_str());
  if (document.HasParseError() || !document.IsObject() || !document.HasMember("results")) {
    outcomes.push_back({file, "refused", answer.status == 0 ? answer.body : "HTTP " + std::to_string(answer.status)});
    return;
  }
  for (const auto& entry : document["results"].GetArray()) {
    const auto field = [&entry](const char* name) {
      return entry.HasMember(name) && entry[name].IsString() ? std::string{entry[name].GetString()} : std::string{};
    };
    const auto status = field("status");
    outcomes.push_back({file, status, status == "refused" ? field("reason") : field("sop_instance_uid")});
  }
}

void import_files(context& shared, const std::vector<std::string>& paths) {
  const auto files = files_below(paths);
  constexpr size_t most_threads = 4;
  std::vector<outcome> outcomes;
  std::mutex guard;
  std::atomic<size_t> next{0};
  progress bar{"files imported", files.size()};
  const auto work = [&](api_client& api) {
    for (size_t i = next++; i < files.size(); i = next++) {
      std::vector<outcome> of_file;
      import_file(api, files[i], of_file);
      const std::lock_guard lock{guard};
      outcomes.insert(outcomes.end(), of_file.begin(), of_file.end());
      bar.update(std::min<size_t>(next, files.size()));
    }
  };
  std::vector<std::unique_ptr<api_client>> clients;
  std::vector<std::thread> threads;
  threads.reserve(most_threads);
  for (size_t i = 0; i < std::min(most_threads, files.size()); ++i) clients.push_back(shared.new_api());
  for (auto& client : clients) threads.emplace_back([&work, &client] { work(*client); });
  for (auto& thread : threads) thread.join();
  bar.finish();
  std::sort(outcomes.begin(), outcomes.end(), [](const outcome& a, const outcome& b) { return a.file < b.file; });
  const auto count = [&](const char* status) {
    return std::count_if(outcomes.begin(), outcomes.end(), [&](const outcome& o) { return o.status == status; });
  };
  const auto refused = count("refused");
  if (shared.json || refused != 0) {
    outcomes.erase(std::remove_if(outcomes.begin(), outcomes.end(),
                                  [&](const outcome& o) { return !shared.json && o.status != "refused"; }),
                   outcomes.end());
    print_outcomes(shared, outcomes, true);
  }
  if (!shared.json) {
    std::cout << count("stored") << " stored, " << count("duplicate") << " there already, " << refused << " refused\n";
  }
  if (refused != 0) throw command_error("not everything was imported");
}

struct send_options {
  std::string host;
  int32_t port = 0;
  std::string title;
  std::string calling;
  std::vector<std::string> paths;
};

struct outgoing {
  std::string file;
  offered_context context;
};

std::vector<outgoing> read_headers(const std::vector<std::string>& files, std::vector<outcome>& outcomes) {
  std::vector<outgoing> result;
  for (const auto& file : files) {
    std::ifstream stream{file, std::ios::binary};
    std::vector<uint8_t> head(max_part10_header);
    stream.read(reinterpret_cast<char*>(head.data()), static_cast<std::streamsize>(head.size()));
    const auto size = static_cast<size_t>(stream.gcount());
    const auto reading = read_part10_meta(head.data(), size, size < head.size());
    if (reading && reading->state == part10_state::complete) {
      result.push_back({file, {reading->meta.sop_class_uid, reading->meta.transfer_syntax_uid}});
    } else {
      outcomes.push_back({file, "unreadable", reading ? "the header is too long" : reason_of(reading.error())});
    }
  }
  return result;
}

/// Sends as many of `files`, from `first` on, as one association has contexts for; returns the first that is left.
size_t send_group(const scu_peer& peer, const std::vector<outgoing>& files, size_t first,
                  std::vector<outcome>& outcomes, progress& bar) {
  std::set<std::pair<std::string, std::string>> pairs;
  std::vector<offered_context> offered;
  auto last = first;
  for (; last < files.size(); ++last) {
    const auto& context = files[last].context;
    if (pairs.size() == max_offered_contexts && pairs.count({context.sop_class_uid, context.transfer_syntax_uid}) == 0)
      break;
    if (pairs.insert({context.sop_class_uid, context.transfer_syntax_uid}).second) offered.push_back(context);
  }
  auto association = sender::open(peer, offered);
  for (auto i = first; i < last; ++i) {
    if (!association) {
      outcomes.push_back({files[i].file, "failed", reason_of(association.error())});
      continue;
    }
    const auto status = association->send(files[i].file);
    if (status) {
      outcomes.push_back({files[i].file, status_text(*status), {}});
    } else {
      outcomes.push_back({files[i].file, "failed", reason_of(status.error())});
    }
    bar.update(i + 1);
  }
  return last;
}

void send_files(context& shared, const send_options& options) {
  const scu_peer peer{options.host, static_cast<uint16_t>(options.port), options.title,
                      options.calling.empty() ? shared.settings().server_scu_ae_title : options.calling};
  std::vector<outcome> outcomes;
  const auto files = read_headers(files_below(options.paths), outcomes);
  progress bar{"files sent", files.size()};
  for (size_t first = 0; first < files.size();) first = send_group(peer, files, first, outcomes, bar);
  bar.finish();
  const auto failures =
      std::count_if(outcomes.begin(), outcomes.end(), [](const outcome& o) { return o.status != "0x0000"; });
  print_outcomes(shared, outcomes, true);
  if (failures != 0) throw command_error(std::to_string(failures) + " files were not taken");
}

} // namespace

void add_transfer_commands(CLI::App& application, context& shared) {
  auto paths = std::make_shared<std::vector<std::string>>();
  auto* import = application.add_subcommand("import", "store the DICOM files and ZIPs below directories");
  import->add_option("paths", *paths, "directories and files")->required();
  import->callback([&shared, paths] { import_files(shared, *paths);
});

auto options = std::make_shared<send_options>();
auto* send = application.add_subcommand("send", "send DICOM files as they are to an application entity (C-STORE)");
send->add_option("host", options->host, "host name or address")->required();
send->add_option("port", options->port, "port")->required()->check(CLI::Range(1, 65535));
send->add_option("title", options->title, "AE title")->required();
send->add_option("paths", options->paths, "directories and files")->required();
send->add_option("--calling", options->calling, "our AE title");
send->callback([&shared, options] { send_files(shared, *options); });
} // namespace noctis::ctl

} // namespace noctis::ctl
