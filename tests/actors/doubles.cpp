#include "tests/actors/doubles.hpp"

#include <caf/typed_event_based_actor.hpp>

namespace noctis::test {

namespace {

caf::error unused() { return failure(errc::internal, "not in this test"); }

template <class T, class Self>
caf::result<T> answer(Self* self, world& w, const std::string& word, T value) {
  if (auto error = w.hear(word)) return error;
  if (w.is_silent(word)) return self->template make_response_promise<T>();
  return value;
}

template <class Self>
caf::result<void> answer(Self* self, world& w, const std::string& word) {
  if (auto error = w.hear(word)) return error;
  if (w.is_silent(word)) return caf::response_promise{self->make_response_promise()};
  return caf::unit;
}

location stored_at(const std::string& path) { return {"store-1", path, 0, 100, std::string(32, 'a')}; }

storer_actor::behavior_type storer_double(storer_actor::pointer self, const shared_world& w) {
  return {
      [=](const put_file& file) {
        return answer(self, *w, "put", stored_at("put/" + file.where.sop_instance_uid + "-a.dcm"));
      },
      [=](open_atom, const blob&) { return answer(self, *w, "open", stream_id{1}); },
      [=](append_atom, stream_id, const blob& bytes) {
        w->with([&] { w->streamed.append(bytes.data(), bytes.data() + bytes.size()); });
        return answer(self, *w, "append");
      },
      [=](const seal_stream& target) {
        return answer(self, *w, "seal", stored_at("sealed/" + target.where.sop_instance_uid + "-a.dcm"));
      },
      [=](drop_atom, stream_id) { return answer(self, *w, "drop"); },
      [=](remove_atom, const location& file) {
        w->with([&] { w->removed.push_back(file); });
        return answer(self, *w, "remove");
      },
      [=](finish_atom, const location& file) { w->with([&] { w->settled.push_back(file.path); }); },
      [=](retry_atom, const location&) { return answer(self, *w, "doubt"); },
      [=](find_atom, const location&) { return answer(self, *w, "find", w->with([&] { return w->is_there; })); },
      [=](const quarantine_file& what) {
        w->with([&] { w->put_aside.push_back(what); });
        return answer(self, *w, "quarantine", stored_at("quarantine/2026010100/a.dcm"));
      },
      [=](status_atom) { return storer_status{}; },
      [=](metrics_atom) { return std::vector<metric>{}; },
  };
}

struct indexer_double_state {
  std::vector<caf::typed_response_promise<index_result>> held;
  static inline const char* name = "indexer_double";
};

full_indexer_actor::behavior_type indexer_double(full_indexer_actor::stateful_pointer<indexer_double_state> self,
                                                 const shared_world& w) {
  return {
      [=](const index_entry& entry) -> caf::result<index_result> {
        w->with([&] { w->entries.push_back(entry); });
        if (auto error = w->hear("index")) return error;
        if (!w->is_silent("index")) return w->with([&] { return w->result; });
        self->state.held.push_back(self->make_response_promise<index_result>());
        return self->state.held.back();
      },
      [=](retry_atom, int64_t, const location& copy) {
        w->with([&] { w->healed.push_back(copy); });
        return answer(self, *w, "heal");
      },
      [=](const quarantine_entry& entry) {
        w->with([&] { w->recorded.push_back(entry); });
        return answer(self, *w, "record", int64_t{1});
      },
      [=](status_atom) {
        return component_status{"database", true, "connected"};
      },
      [=](metrics_atom) { return std::vector<metric>{}; },
      [=](finish_atom) {
        for (auto& promise : self->state.held) promise.deliver(w->with([&] { return w->result; }));
        self->state.held.clear();
      },
      [](ping_atom) {},
  };
}

query_actor::behavior_type query_double(query_actor::pointer self, const shared_world& w) {
  return {
      [](const study_filter&) -> caf::result<study_page> { return unused(); },
      [](const study_request&) -> caf::result<study_detail> { return unused(); },
      [](const series_request&) -> caf::result<series_row> { return unused(); },
      [](const image_request&) -> caf::result<image_detail> { return unused(); },
      [](const find_request&) -> caf::result<find_page> { return unused(); },
      [](const patient_filter&) -> caf::result<patient_page> { return unused(); },
      [](const patient_request&) -> caf::result<patient_detail> { return unused(); },
      [](const instances_request&) -> caf::result<instance_list> { return unused(); },
      [](const annotation_filter&) -> caf::result<annotation_list> { return unused(); },
      [](const annotation_history_request&) -> caf::result<annotation_list> { return unused(); },
      [](const statistics_request&) -> caf::result<statistics> { return unused(); },
      [=](list_atom, const principal&) {
        return answer(self, *w, "list", ae_list{w->with([&] { return w->entities; })});
      },
      [](status_atom, const principal&) -> caf::result<node_list> { return unused(); },
      [](const quarantine_filter&) -> caf::result<std::vector<quarantine_entry>> { return unused(); },
      [](count_atom, const quarantine_filter&) -> caf::result<int64_t> { return unused(); },
      [](find_atom, const principal&, int64_t) -> caf::result<quarantine_entry> { return unused(); },
      [=](const known_files_request& request) {
        path_list found;
        w->with([&] {
          for (const auto& path : request.paths) {
            if (w->known.count(path) != 0) found.paths.push_back(path);
          }
        });
        return answer(self, *w, "known", std::move(found));
      },
      [](remove_atom, const principal&, int64_t) -> caf::result<void> { return unused(); },
      [](const events_request&) -> caf::result<events_page> { return unused(); },
      [](const preferences_request&) -> caf::result<preference_list> { return unused(); },
  };
}

directory_actor::behavior_type directory_double(directory_actor::pointer,
                                                const std::shared_ptr<shared_services>& offered) {
  return {
      [=](services_atom) {
        const std::lock_guard<std::mutex> guard{offered->mutex};
        return offered->now;
      },
      [](status_atom) { return std::vector<node_status>{}; },
  };
}

peers_actor::behavior_type peers_double(peers_actor::pointer) {
  return {
      [](const caller_request& request) -> caf::result<principal> {
        if (request.calling_aet == "STRANGER") return failure(errc::permission_denied, "not registered here");
        if (request.calling_aet == "UNSURE") return failure(errc::index_unavailable, "no list of callers");
        principal who;
        who.kind = principal_kind::ae;
        who.name = request.calling_aet;
        who.address = request.address;
        who.facilities = {1};
        return who;
      },
      [](const echo_request&) -> caf::result<echo_reply> { return unused(); },
  };
}

} // namespace

void world::refuse(const std::string& word, errc code) {
  with([&] { refused_[word] = code; });
}

void world::silence(const std::string& word) {
  with([&] { silent_.insert(word); });
}

void world::restore(const std::string& word) {
  with([&] {
    refused_.erase(word);
    silent_.erase(word);
  });
}

std::vector<std::string> world::told() const {
  return with([&] { return told_; });
}

size_t world::count(const std::string& word) const {
  return with([&] { return static_cast<size_t>(std::count(told_.begin(), told_.end(), word)); });
}

void world::forget() {
  with([&] { told_.clear(); });
}

caf::error world::hear(const std::string& word) {
  return with([&]() -> caf::error {
    told_.push_back(word);
    const auto found = refused_.find(word);
    return found == refused_.end() ? caf::error{} : failure(found->second, word + " refused");
  });
}

bool world::is_silent(const std::string& word) const {
  return with([&] { return silent_.count(word) != 0; });
}

storer_actor spawn_storer(caf::actor_system& system, const shared_world& w) { return system.spawn(storer_double, w); }

full_indexer_actor spawn_indexer(caf::actor_system& system, const shared_world& w) {
  return system.spawn(indexer_double, w);
}

query_actor spawn_query(caf::actor_system& system, const shared_world& w) { return system.spawn(query_double, w); }

directory_actor spawn_directory(caf::actor_system& system, const std::shared_ptr<shared_services>& offered) {
  return system.spawn(directory_double, offered);
}

peers_actor spawn_peers(caf::actor_system& system) { return system.spawn(peers_double); }

} // namespace noctis::test
