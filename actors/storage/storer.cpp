#include "actors/storage/storer.hpp"

#include "actors/clock.hpp"

#include <algorithm>
#include <sys/statvfs.h>
#include <system_error>

namespace noctis {

namespace fs = std::filesystem;

namespace {

uint64_t bytes_below(const fs::path& directory) {
  uint64_t total = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it{directory, error}, end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->is_regular_file(ignored)) total += it->file_size(ignored);
  }
  return total;
}

caf::error no_such_stream(stream_id id) {
  return failure(errc::not_found, "no open stream " + std::to_string(id.value));
}

} // namespace

void storer_state::start(storer_options given, recovery_actor settles) {
  options = std::move(given);
  recovery = std::move(settles);
  self->send(recovery, open_atom::value);
  quarantined_bytes = bytes_below(options.where.base_path / storage::quarantine_directory);
  for (size_t i = 0; i < std::max<size_t>(options.writers, 1); ++i) {
    slots.push_back({self->spawn<caf::detached + caf::linked>(writer, options.where), false, {}});
  }
}

std::string storer_state::hour() {
  latest_hour = std::max(latest_hour, storage::hour_name(now_ms()));
  return latest_hour;
}

storer_state::slot* storer_state::idle_writer(const std::string& directory) {
  slot* any = nullptr;
  for (auto& candidate : slots) {
    if (candidate.busy) continue;
    if (candidate.known.count(directory) != 0) return &candidate;
    if (!any || candidate.known.size() < any->known.size()) any = &candidate;
  }
  return any;
}

void storer_state::assign(slot& chosen, task job) {
  chosen.busy = true;
  if (chosen.known.size() >= remembered_directories) chosen.known.clear();
  chosen.known.insert(job.directory);
  const auto position = static_cast<size_t>(&chosen - slots.data());
  job.run(chosen.writer, [this, position] {
    slots[position].busy = false;
    run_waiting();
  });
}

void storer_state::enqueue(task job) {
  if (auto* free = idle_writer(job.directory)) {
    assign(*free, std::move(job));
    return;
  }
  waiting_bytes += job.bytes;
  waiting.push_back(std::move(job));
}

void storer_state::run_waiting() {
  while (!waiting.empty()) {
    auto* free = idle_writer(waiting.front().directory);
    if (!free) return;
    auto job = std::move(waiting.front());
    waiting.pop_front();
    waiting_bytes -= job.bytes;
    assign(*free, std::move(job));
  }
}

caf::result<location> storer_state::put(const put_file& file) {
  const auto owner = know_owner(); // before the promise, which takes the sender
  auto promise = self->make_response_promise<location>();
  const auto arrived = hour();
  auto run = [this, promise, file, arrived, owner](const writer_actor& writer, const std::function<void()>& free) {
    self->request(writer, caf::infinite, file, arrived)
        .then(
            [this, promise, free, owner](location& done) mutable {
              made(owner, done);
              promise.deliver(std::move(done));
              free();
            },
            [this, promise, free](caf::error& error) mutable {
              ++failures;
              promise.deliver(std::move(error));
              free();
            });
  };
  enqueue({storage::directory_of(options.where, arrived, file.where), file.bytes.size(), std::move(run)});
  return promise;
}

caf::result<stream_id> storer_state::open(const blob& preamble) {
  const stream_id id{++last_stream};
  auto writer_of_stream = self->spawn<caf::detached + caf::linked>(writer, options.where);
  streams[id.value] = {writer_of_stream, know_owner()};
  auto promise = self->make_response_promise<stream_id>();
  self->request(writer_of_stream, caf::infinite, open_atom::value, preamble, hour())
      .then([promise, id]() mutable { promise.deliver(id); },
            [this, promise, id](caf::error& error) mutable {
              ++failures;
              close(id);
              promise.deliver(std::move(error));
            });
  return promise;
}

caf::result<location> storer_state::seal(const seal_stream& target) {
  const auto found = streams.find(target.id.value);
  if (found == streams.end()) return no_such_stream(target.id);
  auto promise = self->make_response_promise<location>();
  self->request(found->second.writer, caf::infinite, target)
      .then(
          [this, promise, id = target.id, owner = found->second.owner](location& done) mutable {
            made(owner, done);
            close(id);
            promise.deliver(std::move(done));
          },
          [this, promise, id = target.id](caf::error& error) mutable {
            ++failures;
            close(id);
            promise.deliver(std::move(error));
          });
  return promise;
}

caf::result<location> storer_state::quarantine(const quarantine_file& what) {
  const auto stream = streams.find(what.stream.value);
  if (what.stream.value != 0 && stream == streams.end()) return no_such_stream(what.stream);
  if (quarantined_bytes >= options.quarantine_quota) {
    if (what.stream.value != 0) close(what.stream);
    return failure(errc::quota_exceeded, "the quarantine is full: " + std::to_string(quarantined_bytes) + " bytes");
  }
  const auto found = streams.find(what.stream.value);
  if (what.stream.value != 0 && found == streams.end()) return no_such_stream(what.stream);
  auto promise = self->make_response_promise<location>();
  auto settle = [this, promise](const writer_actor& writer, const quarantine_file& object,
                                const std::function<void()>& free) {
    self->request(writer, caf::infinite, object, hour())
        .then(
            [this, promise, free](location& kept) mutable {
              quarantined_bytes += kept.length;
              promise.deliver(std::move(kept));
              free();
            },
            [promise, free](caf::error& error) mutable {
              promise.deliver(std::move(error));
              free();
            });
  };
  if (what.stream.value != 0) {
    settle(stream->second.writer, what, [this, id = what.stream] { close(id); });
  } else {
    enqueue({{}, what.bytes.size(), [settle, what](const writer_actor& writer, const std::function<void()>& free) {
               settle(writer, what, free);
             }});
  }
<<<<<<< HEAD
=======
  settle(found->second.writer, what, [this, id = what.stream] { close(id); });
>>>>>>> tests
  return promise;
}

void storer_state::close(stream_id id) {
  const auto found = streams.find(id.value);
  if (found == streams.end()) return;
  self->unlink_from(found->second.writer);
  self->send_exit(found->second.writer, caf::exit_reason::user_shutdown);
  streams.erase(found);
}

caf::actor_addr storer_state::know_owner() {
  auto owner = caf::actor_cast<caf::actor_addr>(self->current_sender());
  if (owner && unsettled.emplace(owner, std::set<std::string>{}).second) self->monitor(owner);
  return owner;
}

void storer_state::made(const caf::actor_addr& owner, const location& file) {
  ++stored_files;
  stored_bytes += file.length;
  const auto found = unsettled.find(owner);
  if (found != unsettled.end()) {
    found->second.insert(file.path);
  } else {
    self->send(recovery, retry_atom::value, file);
  }
}

void storer_state::settled(const caf::strong_actor_ptr& owner, const location& file) {
  const auto found = unsettled.find(caf::actor_cast<caf::actor_addr>(owner));
  if (found != unsettled.end()) found->second.erase(file.path);
}

void storer_state::owner_ended(const caf::actor_addr& owner) {
  std::vector<stream_id> orphans;
  for (const auto& [id, stream] : streams) {
    if (stream.owner == owner) orphans.push_back({id});
  }
  for (const auto id : orphans) close(id);
  const auto found = unsettled.find(owner);
  if (found == unsettled.end()) return;
  for (const auto& path : found->second) {
    self->send(recovery, retry_atom::value, location{options.where.node, path, 0, 0, {}});
  }
  unsettled.erase(found);
}

storer_status storer_state::status() const {
  storer_status result;
  result.node = options.where.node;
  result.base_path = options.where.base_path.string();
  struct statvfs space {};
  if (::statvfs(result.base_path.c_str(), &space) == 0) {
    result.capacity_bytes = uint64_t{space.f_blocks} * space.f_frsize;
    result.free_bytes = uint64_t{space.f_bavail} * space.f_frsize;
  }
  const auto busy = std::count_if(slots.begin(), slots.end(), [](const slot& s) { return s.busy; });
  result.pending_files = waiting.size() + static_cast<uint64_t>(busy);
  result.pending_bytes = waiting_bytes;
  result.open_streams = streams.size();
  return result;
}

std::vector<metric> storer_state::metrics() const {
  const auto now = status();
  const auto number = [](uint64_t value) { return static_cast<double>(value); };
  return {
      {"noctis_store_files_total", "Files made durable.", metric_kind::counter, {}, number(stored_files), {}, {}},
      {"noctis_store_bytes_total", "Bytes made durable.", metric_kind::counter, {}, number(stored_bytes), {}, {}},
      {"noctis_store_failures_total",
       "Files that could not be written.",
       metric_kind::counter,
       {},
       number(failures),
       {},
       {}},
      {"noctis_store_pending_files",
       "Files being written or waiting.",
       metric_kind::gauge,
       {},
       number(now.pending_files),
       {},
       {}},
      {"noctis_store_open_streams",
       "Large files arriving now.",
       metric_kind::gauge,
       {},
       number(now.open_streams),
       {},
       {}},
      {"noctis_store_free_bytes", "Free space of the store.", metric_kind::gauge, {}, number(now.free_bytes), {}, {}},
      {"noctis_store_capacity_bytes", "Size of the store.", metric_kind::gauge, {}, number(now.capacity_bytes), {}, {}},
      {"noctis_quarantine_bytes", "Bytes in quarantine.", metric_kind::gauge, {}, number(quarantined_bytes), {}, {}},
  };
}

storer_actor::behavior_type storer(storer_actor::stateful_pointer<storer_state> self, storer_options options,
                                   recovery_actor recovery) {
  self->state.self = self;
  self->state.start(std::move(options), std::move(recovery));
  self->set_down_handler([self](const caf::down_msg& down) { self->state.owner_ended(down.source); });
  return {
      [self](const put_file& file) { return self->state.put(file); },
      [self](open_atom, const blob& preamble) { return self->state.open(preamble); },
      [self](append_atom, stream_id id, const blob& bytes) -> caf::result<void> {
        const auto found = self->state.streams.find(id.value);
        if (found == self->state.streams.end()) return no_such_stream(id);
        return self->delegate(found->second.writer, append_atom::value, bytes);
      },
      [self](const seal_stream& target) { return self->state.seal(target); },
      [self](drop_atom, stream_id id) { self->state.close(id); },
      [self](finish_atom, const location& file) { self->state.settled(self->current_sender(), file); },
      [self](remove_atom, const location& file) -> caf::result<void> {
        self->state.settled(self->current_sender(), file);
        if (storage::is_quarantined(file.path)) {
          self->state.quarantined_bytes -= std::min(self->state.quarantined_bytes, file.length);
        }
        return self->delegate(self->state.slots.front().writer, remove_atom::value, file);
      },
      [self](retry_atom, const location& file) -> caf::result<void> {
        self->state.settled(self->current_sender(), file);
        return self->delegate(self->state.recovery, retry_atom::value, file);
      },
      [self](find_atom, const location& file) {
        return self->delegate(self->state.slots.back().writer, find_atom::value, file);
      },
      [self](const quarantine_file& what) {
        self->state.settled(self->current_sender(), location{{}, what.path, 0, 0, {}});
        return self->state.quarantine(what);
      },
      [self](status_atom) { return self->state.status(); },
      [self](metrics_atom) { return self->state.metrics(); },
  };
}

} // namespace noctis
