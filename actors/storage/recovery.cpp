#include "actors/storage/recovery.hpp"

#include "actors/clock.hpp"
#include "actors/intake/instance_reader.hpp"
#include "actors/storage/leftovers.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace noctis {

namespace {

constexpr auto answer_timeout = std::chrono::seconds{60};
constexpr auto retry_interval = std::chrono::seconds{2};
constexpr auto checkpoint_interval = std::chrono::seconds{15};
constexpr int64_t settled_after_ms = 90'000; // beyond every time-out between file and row
constexpr uint64_t piece = uint64_t{1} << 20;

struct reading {
  location file;
  parsed_instance parsed;
};

arrival found_again(int64_t facility) {
  arrival about;
  about.from = system_principal("recovery", facility);
  about.by = channel::recovery;
  about.part10 = true;
  return about;
}

/// Reads a file once for its header, its digest and its checksum.
caf::expected<reading> read_again(const storage::layout& where, const std::string& path) {
  reading result;
  result.file = {where.node, path, 0, 0, {}};
  digest sum;
  instance_reader reader{found_again(storage::facility_of(path))};
  for (;;) {
    auto bytes = storage::read_bytes(where.base_path, path, result.file.length, piece);
    if (!bytes) return bytes.error();
    if (bytes->empty()) break;
    sum.update(bytes->data(), bytes->size());
    result.file.length += bytes->size();
    if (auto error = reader.feed(*bytes)) return error;
  }
  result.file.checksum = sum.hex();
  auto parsed = reader.finish();
  if (!parsed) return parsed.error();
  result.parsed = std::move(*parsed);
  return result;
}

/// Whether to offer a file to the index again would end the same way.
bool is_refused(errc code) { return is_final_refusal(code) || code == errc::permission_denied; }

const store_service* own_store(const services& reachable, const std::string& node) {
  for (const auto& store : reachable.stores) {
    if (store.node == node) return &store;
  }
  return nullptr;
}

} // namespace

void recovery_state::start(storage::layout layout, directory_actor services_directory) {
  where = std::move(layout);
  directory = std::move(services_directory);
  self->delayed_send(self, checkpoint_interval, status_atom::value);
}

void recovery_state::search() {
  for (auto& path : storage::leftovers(where, storage::read_checkpoint(where), now_ms())) {
    waiting.push_back(std::move(path));
  }
  has_searched = true;
  if (!waiting.empty()) spdlog::info("recovery looks at {} files written since the checkpoint", waiting.size());
  if (!is_settling) settle();
}

void recovery_state::add(const location& file) {
  waiting.push_back(file.path);
  if (!is_settling) settle();
}

void recovery_state::settle() {
  is_settling = !waiting.empty() || !unknown.empty();
  if (!is_settling) return;
  self->request(directory, answer_timeout, services_atom::value)
      .then(
          [this](const services& reachable) {
            if (reachable.indexes.empty() || !own_store(reachable, where.node)) {
              try_later(failure(errc::index_unavailable, "no index can be reached"));
            } else if (!unknown.empty()) {
              settle_one(unknown.front(), reachable);
            } else {
              ask_for_rows(reachable);
            }
          },
          [this](const caf::error& error) { try_later(error); });
}

void recovery_state::try_later(const caf::error& why) {
  spdlog::warn("recovery waits for the index: {}", reason_of(why));
  self->delayed_send(self, retry_interval, ping_atom::value);
}

void recovery_state::ask_for_rows(const services& reachable) {
  known_files_request question{where.node, {}};
  const auto count = std::min(waiting.size(), largest_question);
  question.paths.assign(waiting.begin(), waiting.begin() + static_cast<ptrdiff_t>(count));
  self->request(reachable.indexes.front().query, answer_timeout, question)
      .then(
          [this, asked = question.paths](path_list& known) {
            std::sort(known.paths.begin(), known.paths.end());
            for (const auto& path : asked) {
              waiting.pop_front();
              if (!std::binary_search(known.paths.begin(), known.paths.end(), path)) unknown.push_back(path);
            }
            settle();
          },
          [this](const caf::error& error) { try_later(error); });
}

void recovery_state::settle_one(const std::string& path, const services& reachable) {
  const auto& index = reachable.indexes.front();
  if (storage::is_quarantined(path)) {
    settle_quarantined(path, index);
    return;
  }
  auto found = read_again(where, path);
  if (!found) {
    if (code_of(found.error()) == errc::not_found) {
      next(path, "gone");
    } else {
      put_aside(path, found.error(), reachable);
    }
    return;
  }
  const index_entry entry{found_again(storage::facility_of(path)),
                          found->parsed.header,
                          {found->file, found->parsed.data_set_digest},
                          now_ms(),
                          conflict_policy::reject};
  self->request(index.indexer, answer_timeout, entry)
      .then([this, path, file = found->file,
             reachable](const index_result& result) { answered(path, file, result, reachable); },
            [this, path, reachable](const caf::error& error) {
              if (is_refused(code_of(error))) {
                put_aside(path, error, reachable);
              } else {
                try_later(error);
              }
            });
}

void recovery_state::answered(const std::string& path, const location& file, const index_result& result,
                              const services& reachable) {
  if (result.what != disposition::duplicate) {
    next(path, "indexed");
    return;
  }
  const auto is_lost = [this](const location& kept) {
    return kept.node == where.node && !std::filesystem::exists(where.base_path / kept.path);
  };
  if (std::all_of(result.kept.begin(), result.kept.end(), is_lost)) {
    self->request(reachable.indexes.front().indexer, answer_timeout, retry_atom::value, result.instance_id, file)
        .then([this, path] { next(path, "taken for a copy that was lost"); },
              [this](const caf::error& error) { try_later(error); });
    return;
  }
  self->send(own_store(reachable, where.node)->storer, remove_atom::value, file);
  next(path, "removed: the instance is kept already");
}

void recovery_state::put_aside(const std::string& path, const caf::error& reason, const services& reachable) {
  quarantine_file what;
  what.path = path;
  what.facility = storage::facility_of(path);
  self->request(own_store(reachable, where.node)->storer, answer_timeout, what)
      .then(
          [this, path, reason](const location& kept) {
            spdlog::warn("recovery put {} aside: {}", path, reason_of(reason));
            put_aside_for[kept.path] = reason;
            unknown.push_back(kept.path);
            next(path, "in quarantine");
          },
          [this, path](const caf::error& error) {
            spdlog::error("recovery leaves {}: {}", path, reason_of(error));
            next(path, "left where it is");
          });
}

void recovery_state::settle_quarantined(const std::string& path, const index_service& index) {
  quarantine_entry entry;
  entry.received_at = now_ms();
  entry.reason = to_string(errc::internal);
  entry.detail = "found in the quarantine without a row";
  std::error_code ignored;
  entry.where = {where.node, path, 0, std::filesystem::file_size(where.base_path / path, ignored), {}};
  entry.facility = storage::facility_of(path);
  if (auto found = read_again(where, path); !found) {
    if (code_of(found.error()) == errc::not_found) {
      next(path, "gone");
      return;
    }
    entry.reason = to_string(code_of(found.error()));
    entry.detail = reason_of(found.error());
  } else {
    entry.sop_instance_uid = found->parsed.header.instance.sop_instance_uid;
    entry.study_instance_uid = found->parsed.header.study.uid;
  }
  if (const auto known = put_aside_for.find(path); known != put_aside_for.end()) {
    entry.reason = to_string(code_of(known->second));
    entry.detail = reason_of(known->second);
  }
  self->request(index.indexer, answer_timeout, entry)
      .then([this, path](int64_t) { next(path, "listed in quarantine"); },
            [this](const caf::error& error) {
              // What the database refuses for its own sake must not keep others waiting.
              std::rotate(unknown.begin(), unknown.begin() + 1, unknown.end());
              try_later(error);
            });
}

void recovery_state::next(const std::string& path, const char* how) {
  spdlog::info("recovery: {} {}", path, how);
  put_aside_for.erase(path);
  unknown.pop_front();
  settle();
}

void recovery_state::keep_checkpoint() {
  if (has_searched && !is_settling) {
    if (auto error = storage::write_checkpoint(where, now_ms() - settled_after_ms)) {
      spdlog::warn("the store's checkpoint stays behind: {}", reason_of(error));
    }
  }
  self->delayed_send(self, checkpoint_interval, status_atom::value);
}

full_recovery_actor::behavior_type recovery(full_recovery_actor::stateful_pointer<recovery_state> self,
                                            storage::layout where, directory_actor directory) {
  self->state.self = self;
  self->state.start(std::move(where), std::move(directory));
  return {
      [self](retry_atom, const location& file) { self->state.add(file); },
      [self](count_atom) { return static_cast<uint64_t>(self->state.waiting.size() + self->state.unknown.size()); },
      [self](open_atom) { self->state.search(); },
      [self](ping_atom) { self->state.settle(); },
      [self](status_atom) { self->state.keep_checkpoint(); },
  };
}

} // namespace noctis
