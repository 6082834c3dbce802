#include "actors/association/gate.hpp"
#include "tests/actors/loopback.hpp"
#include "tests/actors/support.hpp"

#include <mutex>
#include <unistd.h>

namespace noctis {

using namespace test;

namespace {

using clock = std::chrono::steady_clock;

struct gate_fixture {
  std::mutex mutex;
  std::vector<requested_association> requests;
  gate_options options;
  gate door;

  gate_fixture() {
    options.host = "127.0.0.1";
    options.request_timeout = std::chrono::seconds{60};
  }

  void start() {
    BOOST_REQUIRE_EQUAL(door.open(options), "");
    door.start([this](requested_association request) {
      const std::lock_guard<std::mutex> guard{mutex};
      requests.push_back(std::move(request));
    });
  }

  size_t count() {
    const std::lock_guard<std::mutex> guard{mutex};
    return requests.size();
  }

  loopback connect() const { return loopback{door.port()}; }

  /// Connects, and waits until the gate has noticed.
  loopback wait_at_the_door() {
    const auto before = door.waiting();
    auto result = connect();
    BOOST_REQUIRE(eventually([&] { return door.waiting() == before + 1; }));
    return result;
  }

  ~gate_fixture() {
    door.close();
    for (const auto& request : requests) ::close(request.socket);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(gates, gate_fixture)

BOOST_AUTO_TEST_CASE(a_whole_request_is_handed_over) {
  start();
  const auto peer = connect();
  peer.send(associate_request());
  BOOST_REQUIRE(eventually([&] { return count() == 1; }));
  BOOST_TEST(requests.at(0).received == associate_request(), boost::test_tools::per_element());
  BOOST_TEST(requests.at(0).address == "127.0.0.1");
  BOOST_TEST(eventually([&] { return door.waiting() == 0; }));
  BOOST_TEST(!peer.is_cut_already());
}

BOOST_AUTO_TEST_CASE(a_request_may_come_byte_by_byte_and_nothing_behind_it_is_read) {
  start();
  const auto peer = connect();
  auto bytes = associate_request(20);
  for (size_t i = 0; i + 1 < bytes.size(); ++i) peer.send({bytes[i]});
  BOOST_TEST(count() == 0u);
  peer.send({bytes.back(), 0x04, 0x00});
  BOOST_REQUIRE(eventually([&] { return count() == 1; }));
  BOOST_TEST(requests.at(0).received == bytes, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(half_open_connections_are_cut_after_the_time_out) {
  options.request_timeout = std::chrono::seconds{1};
  start();
  const auto begin = clock::now();
  const auto silent = connect();
  const auto stalled = connect();
  stalled.send({0x01, 0x00, 0x00});
  BOOST_TEST(silent.is_cut());
  BOOST_TEST(stalled.is_cut());
  BOOST_TEST((clock::now() - begin >= std::chrono::milliseconds{900}));
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(half_open_connections_delay_nobody) {
  start();
  std::vector<loopback> silent;
  for (int i = 0; i < 50; ++i) silent.push_back(connect());
  const auto peer = connect();
  peer.send(associate_request());
  BOOST_TEST(eventually([&] { return count() == 1; }));
  BOOST_TEST(eventually([&] { return door.waiting() == 50; }));
}

BOOST_AUTO_TEST_CASE(what_is_no_request_is_cut_at_once) {
  start();
  const auto browser = connect();
  browser.send({'G', 'E', 'T'});
  const std::vector<uint8_t> abort{0x07, 0, 0, 0, 0, 4, 0, 0, 2, 1}; // PS3.8 9.3.8
  BOOST_TEST(browser.receive(abort.size()) == abort, boost::test_tools::per_element());
  BOOST_TEST(browser.is_cut());
  const auto release = connect();
  release.send({0x05, 0x00, 0x00, 0x00, 0x00, 0x04, 0, 0, 0, 0});
  BOOST_TEST(release.is_cut());
  const auto endless = connect();
  endless.send({0x01, 0x00, 0xFF, 0xFF, 0xFF, 0xFF});
  BOOST_TEST(endless.is_cut());
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(of_a_peer_with_too_many_connections_the_oldest_is_cut) {
  options.max_waiting_per_peer = 2;
  start();
  const auto first = wait_at_the_door();
  const auto second = wait_at_the_door();
  const auto third = connect();
  BOOST_TEST(first.is_cut());
  BOOST_TEST(!second.is_cut_already());
  second.send(associate_request());
  third.send(associate_request());
  BOOST_TEST(eventually([&] { return count() == 2; }));
}

BOOST_AUTO_TEST_CASE(of_too_many_connections_the_oldest_is_cut) {
  options.max_waiting = 2;
  start();
  const auto first = wait_at_the_door();
  const auto second = wait_at_the_door();
  const auto third = connect();
  BOOST_TEST(first.is_cut());
  BOOST_TEST(!second.is_cut_already());
}

BOOST_AUTO_TEST_CASE(a_closed_gate_cuts_who_waits_and_takes_nobody) {
  start();
  const auto port = door.port();
  const auto silent = wait_at_the_door();
  door.close();
  BOOST_TEST(silent.is_cut());
  BOOST_CHECK_THROW(loopback{port}, std::runtime_error);
}

BOOST_AUTO_TEST_CASE(an_address_that_cannot_be_bound_is_told) {
  start();
  gate second;
  auto taken = options;
  taken.port = door.port();
  BOOST_TEST(second.open(taken).find("cannot listen on 127.0.0.1:" + std::to_string(taken.port)) == 0u);
  gate third;
  taken.host = "no.such.host.invalid";
  BOOST_TEST(third.open(taken).find("cannot resolve no.such.host.invalid") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
