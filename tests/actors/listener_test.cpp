#include "actors/association/listener.hpp"
#include "actors/system/budget.hpp"
#include "dicom/network/scu.hpp"
#include "tests/actors/doubles.hpp"
#include "tests/actors/loopback.hpp"
#include "tests/actors/support.hpp"

namespace noctis {

using namespace test;

namespace {

using clock = std::chrono::steady_clock;

struct listener_fixture : actor_fixture {
  temporary_directory files;
  shared_world w = std::make_shared<world>();
  std::shared_ptr<shared_services> offered = std::make_shared<shared_services>();
  storer_actor store = keep(spawn_storer(system, w));
  full_indexer_actor index = keep(spawn_indexer(system, w));
  directory_actor directory = keep(spawn_directory(system, offered));
  peers_actor callers = keep(spawn_peers(system));
  budget_actor memory = keep(system.spawn(budget, uint64_t{32} << 20));
  listener_options options;
  scu_peer peer;
  full_listener_actor door;

  listener_fixture() {
    services now;
    now.stores.push_back({"store-1", store, {}});
    now.indexes.push_back({"index-1", index, {}, {}});
    offered->set(now);
    options.gate.host = "127.0.0.1";
    options.association.rules.titles = {"NOCTIS"};
    peer.host = "127.0.0.1";
    peer.called_aet = "NOCTIS";
    peer.calling_aet = "SENDER";
    peer.response_timeout = std::chrono::seconds{10};
  }

  void start() {
    options.gate.port = peer.port = free_port();
    association_context context;
    context.options = options.association;
    context.peers = callers;
    context.directory = directory;
    context.budget = memory;
    door = keep(system.spawn<caf::detached>(listener, options, context));
    const auto status = get<component_status>(door, status_atom::value);
    BOOST_REQUIRE_MESSAGE(status.ok, status.message);
  }

  sender open() const {
    auto association = sender::open(peer, {{"1.2.840.10008.5.1.4.1.1.7", "1.2.840.10008.1.2.1"}});
    BOOST_REQUIRE_MESSAGE(association, reason_of(association));
    return std::move(*association);
  }

  [[nodiscard]] std::string file(const std::string& uid, size_t padding = 0) const {
    const auto path = files.path() / (uid + ".dcm");
    write_file(path, text_of(part10_file(uid, padding)));
    return path.string();
  }

  uint16_t send(sender& association, const std::string& path) {
    const auto status = association.send(path);
    BOOST_REQUIRE_MESSAGE(status, reason_of(status));
    return *status;
  }

  double active() { return metric_of(door, "noctis_associations_active"); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(listeners, listener_fixture)

BOOST_AUTO_TEST_CASE(it_answers_an_echo) {
  start();
  const auto took = echo(peer);
  BOOST_REQUIRE_MESSAGE(took, reason_of(took));
  BOOST_TEST(eventually([&] { return active() == 0; }));
  BOOST_TEST(metric_of(door, "noctis_associations_accepted_total") == 1);
}

BOOST_AUTO_TEST_CASE(it_stores_what_is_sent_and_tells_the_status) {
  start();
  auto association = open();
  for (const auto* uid : {"1.2.3.1", "1.2.3.2", "1.2.3.3"}) BOOST_TEST(send(association, file(uid)) == 0x0000);
  w->refuse("put", errc::disk_full);
  BOOST_TEST(send(association, file("1.2.3.4")) == 0xA700);
  w->restore("put");
  w->refuse("index", errc::instance_conflict);
  BOOST_TEST(send(association, file("1.2.3.5")) == 0xC000);
  w->restore("index");
  BOOST_TEST(send(association, file("1.2.3.6")) == 0x0000);
  association.close();
  BOOST_TEST(w->with([&] { return w->entries.front().from.calling_aet; }) == "SENDER");
  BOOST_TEST(eventually([&] { return active() == 0; }));
  BOOST_TEST(metric_of(door, "noctis_received_bytes_total") > 0);
}

BOOST_AUTO_TEST_CASE(it_streams_what_is_large) {
  start();
  auto association = open();
  const auto path = file("1.2.3.4", 10'000'000);
  BOOST_TEST(send(association, path) == 0x0000);
  BOOST_TEST(w->count("append") >= 3u);
  BOOST_TEST((w->with([&] { return w->streamed; }) == text_of(data_set("1.2.3.4", 10'000'000))));
}

BOOST_AUTO_TEST_CASE(it_rejects_strangers_and_wrong_titles) {
  start();
  peer.called_aet = "OTHER";
  BOOST_TEST(code_of(echo(peer)) == errc::peer_refused);
  peer.called_aet = "NOCTIS";
  peer.calling_aet = "STRANGER";
  BOOST_TEST(code_of(echo(peer)) == errc::peer_refused);
  peer.calling_aet = "UNSURE";
  BOOST_TEST(code_of(echo(peer)) == errc::peer_refused);
  peer.calling_aet = "SENDER";
  BOOST_TEST(code_of(echo(peer)) == errc::none);
}

BOOST_AUTO_TEST_CASE(it_rejects_more_associations_than_allowed) {
  options.max_associations = 2;
  start();
  auto first = open();
  const auto second = open();
  BOOST_TEST(code_of(echo(peer)) == errc::peer_refused);
  BOOST_TEST(metric_of(door, "noctis_associations_rejected_total") == 1);
  first.close();
  BOOST_REQUIRE(eventually([&] { return active() == 1; }));
  BOOST_TEST(code_of(echo(peer)) == errc::none);
}

BOOST_AUTO_TEST_CASE(it_rejects_more_associations_of_one_peer_than_allowed) {
  options.max_associations_per_peer = 1;
  start();
  const auto first = open();
  BOOST_TEST(code_of(echo(peer)) == errc::peer_refused);
}

BOOST_AUTO_TEST_CASE(what_is_no_association_request_is_survived) {
  start();
  const loopback garbage{peer.port};
  garbage.send(associate_request(200));
  BOOST_TEST(garbage.is_cut());
  BOOST_TEST(code_of(echo(peer)) == errc::none);
  BOOST_TEST(metric_of(door, "noctis_associations_rejected_total") == 1);
}

BOOST_AUTO_TEST_CASE(drained_it_takes_nobody_and_answers_when_the_last_has_gone) {
  start();
  auto association = open();
  auto drained = self->request(door, patience, drain_atom::value);
  BOOST_REQUIRE(eventually([&] { return !get<component_status>(door, status_atom::value).ok; }));
  BOOST_TEST(get<component_status>(door, status_atom::value).message == "draining");
  BOOST_TEST(code_of(echo(peer)) == errc::peer_refused);
  BOOST_TEST(send(association, file("1.2.3.4")) == 0x0000);
  association.close();
  drained.receive([] {}, [](caf::error& error) { BOOST_FAIL(reason_of(error)); });
  BOOST_TEST(!tell(door, drain_atom::value));
}

BOOST_AUTO_TEST_CASE(on_exit_an_idle_association_ends_within_its_grace) {
  start();
  auto association = open();
  BOOST_TEST(send(association, file("1.2.3.4")) == 0x0000);
  const auto begin = clock::now();
  end(door);
  BOOST_TEST((clock::now() - begin < std::chrono::seconds{20})); // far below the idle time-out
  BOOST_TEST(code_of(association.send(file("1.2.3.5"))) == errc::peer_unreachable);
  BOOST_TEST(code_of(echo(peer)) == errc::peer_unreachable);
}

BOOST_AUTO_TEST_CASE(on_exit_the_message_under_way_is_answered_first) {
  start();
  auto association = open();
  w->silence("index");
  caf::expected<uint16_t> status{failure(errc::internal, "not sent")};
  const auto path = file("1.2.3.4");
  std::thread sending{[&] { status = association.send(path); }};
  BOOST_REQUIRE(eventually([&] { return w->count("index") == 1; }));
  self->send_exit(door, caf::exit_reason::user_shutdown);
  BOOST_TEST(eventually([&] { return code_of(echo(peer)) == errc::peer_unreachable; }));
  self->send(index, finish_atom::value);
  sending.join();
  BOOST_REQUIRE_MESSAGE(status, reason_of(status));
  BOOST_TEST(*status == 0x0000);
  self->wait_for(door);
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_is_told) {
  start();
  association_context context;
  const auto second = keep(system.spawn<caf::detached>(listener, options, context));
  const auto status = get<component_status>(second, status_atom::value);
  BOOST_TEST(!status.ok);
  BOOST_TEST(status.message.find("cannot listen on") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
