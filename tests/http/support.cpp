#include "tests/http/support.hpp"

#include "messages/event_place.hpp"
#include "messages/type_ids.hpp"
#include "tests/http/account_doubles.hpp"
#include "tests/http/analysis_doubles.hpp"
#include "tests/http/edit_doubles.hpp"

#include <boost/test/unit_test.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <xxhash.h>

#include <algorithm>

namespace noctis::test {

namespace {

using caf::result;

study_row study() {
  study_row row;
  row.id = 1;
  row.patient = {1, "P1", "", "Yamada^Tarou=山田^太郎", "19700101", "M"};
  row.facility = {1, "Default"};
  row.attributes.uid = "1.2.3";
  row.attributes.date = "20240131";
  row.attributes.time = "102030.5";
  row.attributes.description = "CT <HEAD>";
  row.modalities = {"CT"};
  row.status = "completed";
  row.priority = "stat";
  row.number_of_series = 1;
  row.uploaded_at = 1767225600000;
  row.updated_at = 1767225601000;
  return row;
}

series_row series(const world& w) {
  series_row row;
  row.id = 1;
  row.study_id = 1;
  row.study_uid = "1.2.3";
  row.attributes.uid = "1.2.3.4";
  row.attributes.number = 2;
  row.attributes.modality = "CT";
  row.images = w.images;
  row.number_of_instances = static_cast<int64_t>(w.images.size());
  return row;
}

bool is(const object_key& key, int64_t id, const std::string& uid) { return key.id == id || key.uid == uid; }

caf::error nothing() { return failure(errc::not_found, "There is no such object."); }

annotation annotated(const std::string& author) {
  annotation what;
  what.id = "11111111-2222-4333-8444-555555555555";
  what.study_uid = "1.2.3";
  what.kind = "ellipse";
  what.label = "=1+2, \"quoted\"";
  what.space = "image";
  what.points = {{1, 2.5}};
  what.measurements = {{"mean", -1000, "[hnsf'U]"}, {"area", 47.5, "mm2"}};
  what.version = 2;
  what.author = 4;
  what.username = author.empty() ? "ann" : author;
  return what;
}

query_actor::behavior_type query(query_actor::pointer self, shared_world w) {
  const auto guard = [=] { return std::lock_guard<std::mutex>(w->mutex); };
  return {
      [=](const study_filter& f) -> result<study_page> {
        const auto lock = guard();
        w->filters.push_back(f);
        if (w->silent_index) return self->make_response_promise<study_page>();
        if (!w->database) return failure(errc::database_failure, "relation \"secret\" is broken");
        return study_page{120, false, {study()}};
      },
      [=](const study_request& r) -> result<study_detail> {
        const auto lock = guard();
        if (!is(r.key, 1, "1.2.3")) return nothing();
        return study_detail{study(), {series(*w)}};
      },
      [=](const series_request& r) -> result<series_row> {
        const auto lock = guard();
        if (!is(r.key, 1, "1.2.3.4")) return nothing();
        return series(*w);
      },
      [=](const image_request& r) -> result<image_detail> {
        const auto lock = guard();
        for (const auto& image : w->images) {
          if (is(r.key, image.id, image.attributes.sop_instance_uid)) return image_detail{image, series(*w), study()};
        }
        return nothing();
      },
      [=](const find_request&) -> result<find_page> { return find_page{}; },
      [=](const patient_filter&) -> result<patient_page> { return patient_page{}; },
      [=](const patient_request&) -> result<patient_detail> { return nothing(); },
      [=](const instances_request& r) -> result<instance_list> {
        const auto lock = guard();
        instance_list list;
        for (const auto& image : w->images) {
          if (r.study_uid == "1.2.3" && image.id > r.after && list.images.size() < static_cast<size_t>(r.limit) &&
              (r.sop_instance_uid.empty() || r.sop_instance_uid == image.attributes.sop_instance_uid))
            list.images.push_back(image);
        }
        return list;
      },
      [=](const annotation_filter& f) -> result<annotation_list> {
        if (!is(f.study, 1, "1.2.3")) return nothing();
        return annotation_list{1, "1.2.3", {annotated(f.author)}};
      },
      [=](const annotation_history_request& r) -> result<annotation_list> {
        if (r.id != annotated("").id) return nothing();
        return annotation_list{1, "1.2.3", {annotated(""), annotated("")}};
      },
      [=](const statistics_request&) -> result<statistics> {
        statistics s;
        s.patients = 1;
        s.database_version = "15.5";
        s.queues = {{"ai", 1, 2, 3}};
        return s;
      },
      [=](list_atom, const principal&) -> result<ae_list> { return ae_list{}; },
      [=](status_atom, const principal&) -> result<node_list> {
        return node_list{{{"a", {"store"}, "h", 1, "up", "1.0", 0, 0}}};
      },
      [=](const quarantine_filter&) -> result<std::vector<quarantine_entry>> {
        const auto lock = guard();
        return w->quarantine;
      },
      [=](count_atom, const quarantine_filter&) -> result<int64_t> {
        const auto lock = guard();
        return static_cast<int64_t>(w->quarantine.size());
      },
      [=](find_atom, const principal&, int64_t id) -> result<quarantine_entry> {
        const auto lock = guard();
        for (const auto& entry : w->quarantine) {
          if (entry.id == id) return entry;
        }
        return nothing();
      },
      [=](const events_request& r) -> result<events_page> {
        const auto lock = guard();
        events_page page{w->events.empty() ? "0-0" : w->events.back().id, false, false, {}};
        for (const auto& event : w->events) {
          if (!r.after.empty() && event_place_of(r.after) < event_place_of(event.id)) page.events.push_back(event);
        }
        return page;
      },
      [=](const preferences_request&) -> result<preference_list> { return preference_list{}; },
      [=](const known_files_request&) -> result<path_list> { return path_list{}; },
      [=](remove_atom, const principal&, int64_t id) -> result<void> {
        const auto lock = guard();
        auto& q = w->quarantine;
        q.erase(std::remove_if(q.begin(), q.end(), [=](const auto& e) { return e.id == id; }), q.end());
        return caf::unit;
      },
  };
}

/// Describes a file by its path and the URI of its bulk data.
file_description description_of(world& w, const described_file& file) {
  if (w.files.count(file.path) == 0) return {"", "no such file"};
  ++w.described;
  return {R"({"00080018":{"vr":"UI","Value":[")" + file.path + R"("]},"7FE00010":{"vr":"OW","BulkDataURI":")" +
              file.bulk_data_uri + R"(7FE00010"}})",
          ""};
}

reader_actor::behavior_type reader(reader_actor::pointer, shared_world w) {
  return {
      [=](const read_range& r) -> result<blob> {
        std::lock_guard<std::mutex> lock(w->mutex);
        const auto file = w->files.find(r.path);
        if (file == w->files.end())
          return failure(errc::storage_failure, "open /srv/secret/" + r.path + ": no such file");
        w->largest_piece = std::max<size_t>(w->largest_piece, r.length);
        const auto& all = file->second;
        const auto offset = std::min<size_t>(r.offset, all.size());
        const auto length = std::min<size_t>(r.length, all.size() - offset);
        return blob{
            blob::buffer(all.begin() + static_cast<long>(offset), all.begin() + static_cast<long>(offset + length))};
      },
      [=](const describe_files& request) {
        std::lock_guard<std::mutex> lock(w->mutex);
        file_descriptions result;
        for (const auto& file : request.files) {
          result.files.push_back(description_of(*w, file));
          if (result.files.size() == 7) break; // as where they are long
        }
        return result;
      },
  };
}

storer_actor::behavior_type storer(storer_actor::pointer, shared_world w) {
  const auto unused = [] { return failure(errc::internal, "not in this test"); };
  return {
      [=](const put_file&) -> result<location> { return unused(); },
      [=](open_atom, const blob&) -> result<stream_id> { return unused(); },
      [=](append_atom, const stream_id&, const blob&) -> result<void> { return unused(); },
      [=](const seal_stream&) -> result<location> { return unused(); },
      [=](drop_atom, const stream_id&) -> result<void> { return unused(); },
      [=](remove_atom, const location& where) -> result<void> {
        std::lock_guard<std::mutex> lock(w->mutex);
        w->files.erase(where.path);
        return caf::unit;
      },
      [=](retry_atom, const location&) -> result<void> { return unused(); },
      [=](find_atom, const location&) -> result<bool> { return unused(); },
      [=](const quarantine_file&) -> result<location> { return unused(); },
      [=](finish_atom, const location&) {},
      [=](status_atom) -> result<storer_status> { return unused(); },
      [=](metrics_atom) -> result<std::vector<metric>> { return unused(); },
  };
}

indexer_actor::behavior_type indexer(indexer_actor::pointer, const shared_world&) {
  const auto unused = [] { return failure(errc::internal, "not in this test"); };
  return {
      [=](const index_entry&) -> result<index_result> { return unused(); },
      [=](retry_atom, int64_t, const location&) -> result<void> { return unused(); },
      [=](const quarantine_entry&) -> result<int64_t> { return unused(); },
      [=](status_atom) -> result<component_status> { return unused(); },
      [=](metrics_atom) -> result<std::vector<metric>> { return unused(); },
  };
}

/// Keeps whatever it is given; the SOP Instance UID it answers is the number of what it has kept.
intake_actor::behavior_type intake(intake_actor::pointer, shared_world w) {
  const auto pieces = std::make_shared<std::string>();
  const auto keep = [=](std::string bytes) -> result<store_outcome> {
    std::lock_guard<std::mutex> lock(w->mutex);
    if (w->refuse_with) return w->refuse_with;
    const auto known = std::find(w->kept.begin(), w->kept.end(), bytes) != w->kept.end();
    w->kept.push_back(std::move(bytes));
    return store_outcome{known ? disposition::duplicate : disposition::stored, 1,
                         "1.9." + std::to_string(w->kept.size()), "1.2.3"};
  };
  const auto text = [](const blob& b) { return std::string(b.data(), b.data() + b.size()); };
  return {
      [=](const arrival&, const blob& b) -> result<store_outcome> { return keep(text(b)); },
      [=](open_atom, const arrival&) -> result<void> {
        pieces->clear();
        return caf::unit;
      },
      [=](append_atom, const blob& b) -> result<void> {
        w->largest_piece = std::max(w->largest_piece, b.size());
        *pieces += text(b);
        return caf::unit;
      },
      [=](finish_atom) -> result<store_outcome> { return keep(std::move(*pieces)); },
      [=](drop_atom) {
        std::lock_guard<std::mutex> lock(w->mutex);
        ++w->dropped;
      },
  };
}

peers_actor::behavior_type peers(peers_actor::pointer, const shared_world&) {
  return {
      [](const caller_request&) -> result<principal> { return principal{}; },
      [](const echo_request& r) -> result<echo_reply> {
        if (r.ae_title == "NOBODY") return failure(errc::peer_unreachable, "no connection to NOBODY");
        return echo_reply{1.5};
      },
  };
}

cache_actor::behavior_type cache(cache_actor::pointer, shared_world w) {
  return {
      [=](const rate_request&) -> result<rate_verdict> {
        return failure(errc::cache_unavailable, "connection refused");
      },
      [=](const cache_find& request) -> result<cache_found> {
        std::lock_guard<std::mutex> lock(w->mutex);
        if (!w->redis) return failure(errc::cache_unavailable, "connection refused");
        cache_found found;
        for (const auto& key : request.keys) found.values.push_back(w->cached[key]);
        return found;
      },
      [=](const cache_put& request) -> result<void> {
        std::lock_guard<std::mutex> lock(w->mutex);
        if (!w->redis) return failure(errc::cache_unavailable, "connection refused");
        w->cached[request.key] = request.value;
        return caf::unit;
      },
      [=](status_atom) -> result<component_status> {
        std::lock_guard<std::mutex> lock(w->mutex);
        return component_status{"redis", w->redis, ""};
      },
  };
}

directory_actor::behavior_type directory(directory_actor::pointer self, shared_world w, services there) {
  return {
      [=](services_atom) -> result<services> {
        std::lock_guard<std::mutex> lock(w->mutex);
        auto now = there;
        if (!w->store) now.stores.clear();
        return now;
      },
      [=](status_atom) -> result<std::vector<node_status>> {
        std::lock_guard<std::mutex> lock(w->mutex);
        if (w->silent_directory) return self->make_response_promise<std::vector<node_status>>();
        node_status status;
        status.node = "a";
        status.components = {{"database", w->database, ""}, {"storage", w->store, ""}, {"scp", true, "up"}};
        status.metrics = {{"noctis_test", "A test", metric_kind::histogram, {{"k", "v"}}, 3, {1, 2}, {1, 2, 3}}};
        return std::vector<node_status>{status};
      },
  };
}

} // namespace

std::string part10(size_t size, int seed) {
  std::string bytes(size, '\0');
  auto state = static_cast<uint32_t>(seed) * 2654435761u + 1;
  for (size_t i = 132; i < size; ++i) {
    state = state * 1664525u + 1013904223u;
    bytes[i] = static_cast<char>(state >> 24u);
  }
  bytes.replace(128, 4, "DICM");
  return bytes;
}

std::string checksum(const std::string& bytes) {
  const auto hash = XXH3_128bits(bytes.data(), bytes.size());
  char text[33];
  std::snprintf(text, sizeof(text), "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return text;
}

facade_fixture::config::config() {
  add_message_types<caf::id_block::noctis>();
  add_error_category(caf::atom("noctis"), render_error);
  set("scheduler.policy", caf::atom("sharing"));
}

http_options facade_fixture::default_options() {
  http_options options;
  options.port = 0;
  options.secret_key = "a key for tests that is long enough";
  options.login_limit = 1000;
  options.version = "1.0";
  options.trusted_proxies = {"127.0.0.1"};
  options.stop_grace = std::chrono::milliseconds(300);
  options.log = [](const std::string& line) { BOOST_TEST_MESSAGE(line); };
  return options;
}

facade_fixture::facade_fixture(http_options options) : system_(std::make_unique<caf::actor_system>(config_)) {
  services there;
  there.stores = {{"a", system_->spawn(storer, known), system_->spawn(reader, known)}};
  there.indexes = {{"a", system_->spawn(indexer, known), system_->spawn(query, known), spawn_accounts(*system_, known),
                    spawn_editor(*system_, known), spawn_jobs(*system_, known), spawn_analyses(*system_, known)}};
  http_services neighbours;
  neighbours.node = "a";
  neighbours.directory = system_->spawn(directory, known, there);
  neighbours.peers = system_->spawn(peers, known);
  neighbours.cache = system_->spawn(cache, known);
  neighbours.new_intake = [this] { return system_->spawn(intake, known); };
  const auto add = [this](const auto& handle) { doubles_.push_back(caf::actor_cast<caf::actor>(handle)); };
  add(there.stores[0].storer);
  add(there.stores[0].reader);
  add(there.indexes[0].indexer);
  add(there.indexes[0].query);
  add(there.indexes[0].accounts);
  add(there.indexes[0].editor);
  add(there.indexes[0].jobs);
  add(there.indexes[0].analyses);
  add(neighbours.directory);
  add(neighbours.peers);
  add(neighbours.cache);
  auto spawned = spawn_facade(*system_, std::move(options), neighbours);
  BOOST_REQUIRE(spawned);
  facade = std::move(*spawned);
  caf::scoped_actor self(*system_);
  self->request(facade, std::chrono::seconds(1), ping_atom::value)
      .receive([this](uint16_t p) { port = p; }, [](const caf::error&) {});
}

facade_fixture::~facade_fixture() {
  {
    caf::scoped_actor self(*system_);
    self->send_exit(facade, caf::exit_reason::user_shutdown);
    self->wait_for(facade);
    facade = facade_actor{};
    for (const auto& actor : doubles_) self->send_exit(actor, caf::exit_reason::user_shutdown);
    doubles_.clear();
  }
  system_.reset();
}

void facade_fixture::add_image(int64_t id, const std::string& bytes) {
  std::lock_guard<std::mutex> lock(known->mutex);
  image_row image;
  image.id = id;
  image.attributes.sop_instance_uid = "1.2.3.4." + std::to_string(id);
  image.attributes.sop_class_uid = "1.2.840.10008.5.1.4.1.1.2";
  image.attributes.transfer_syntax_uid = "1.2.840.10008.1.2.1";
  image.attributes.number = static_cast<int32_t>(id);
  const auto path = "f" + std::to_string(id);
  image.locations = {{"a", path, 0, bytes.size(), checksum(bytes)}};
  known->files[path] = bytes;
  known->images.push_back(image);
}

httplib::Client facade_fixture::client() const {
  httplib::Client http("127.0.0.1", port);
  http.set_read_timeout(10);
  http.set_tcp_nodelay(true);
  return http;
}

std::string facade_fixture::access_token() {
  auto http = client();
  const auto answer = http.Post("/api/auth/token/", R"({"username":"ada","password":"right"})", "application/json");
  BOOST_REQUIRE(answer);
  BOOST_REQUIRE_EQUAL(answer->status, 200);
  return json(answer)["access"].GetString();
}

httplib::Client facade_fixture::user() {
  auto http = client();
  http.set_bearer_token_auth(access_token());
  return http;
}

rapidjson::Document facade_fixture::json(const httplib::Result& answer) {
  BOOST_REQUIRE(answer);
  rapidjson::Document document;
  document.Parse(answer->body.c_str());
  BOOST_REQUIRE_MESSAGE(!document.HasParseError(), answer->body);
  return document;
}

} // namespace noctis::test
