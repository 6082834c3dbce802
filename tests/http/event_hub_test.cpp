#include "http/events/event_hub.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace noctis;

namespace {

principal viewer_of(int64_t facility, int64_t id = 7) {
  principal who;
  who.kind = principal_kind::user;
  who.id = id;
  who.permissions = static_cast<uint32_t>(permission::study_view);
  who.facilities = {facility};
  return who;
}

event_row stored(int number, int64_t facility = 1) {
  return {"10-" + std::to_string(number), "instance.stored", facility, "{\"n\":" + std::to_string(number) + "}"};
}

events_page page_of(std::vector<event_row> events) { return {events.back().id, false, false, std::move(events)}; }

struct hub_fixture {
  http_options options;
  event_hub_options limits{10, 3, 100, std::chrono::milliseconds{60'000}, std::chrono::milliseconds{300}};
  std::unique_ptr<event_hub> hub = std::make_unique<event_hub>(limits);
  std::map<std::string, int> clients;

  ~hub_fixture() {
    for (const auto& [session, socket] : clients) close(socket);
  }

  void listen(const std::string& session, const principal& who, const std::string& since = "10-0",
              std::set<std::string> types = {}) {
    int pair[2];
    BOOST_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    clients[session] = pair[1];
    hub->add(std::make_unique<connection>(pair[0], nullptr, options),
             {who, session, std::move(types), *event_place_of(since)}, "");
  }

  /// What arrives until nothing has for a while; "END" where the stream ends.
  std::string heard(const std::string& session, int patience = 150) {
    std::string text;
    pollfd item{clients.at(session), POLLIN, 0};
    while (poll(&item, 1, patience) > 0) {
      char bytes[65536];
      const auto got = recv(item.fd, bytes, sizeof(bytes), 0);
      if (got <= 0) return text + "END";
      text.append(bytes, static_cast<size_t>(got));
    }
    return text;
  }

  /// Whether something arrives within 5 s; what it is is thrown away.
  bool hears(const std::string& session) {
    for (int i = 0; i < 250; ++i) {
      if (!heard(session, 20).empty()) return true;
    }
    return false;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(event_hubs, hub_fixture)

BOOST_AUTO_TEST_CASE(events_reach_those_who_may_see_them) {
  listen("north", viewer_of(1));
  listen("south", viewer_of(2));
  listen("picky", viewer_of(1), "10-0", {"study.updated"});
  hub->publish(page_of({stored(1)}));
  BOOST_TEST(heard("north") == "id: 10-1\nevent: instance.stored\ndata: {\"n\":1}\n\n");
  BOOST_TEST(heard("south") == "");
  BOOST_TEST(heard("picky") == "");
  BOOST_TEST((hub->position() == event_place_of("10-1")));
}

BOOST_AUTO_TEST_CASE(what_is_urgent_is_for_all_of_the_facility_and_what_is_of_no_facility_for_those_who_see_all) {
  event_subscription one{viewer_of(1), "", {}, {}};
  BOOST_TEST(concerns(one, {"1-1", "alert.raised", 1, "{}"}));
  BOOST_TEST(!concerns(one, {"1-1", "alert.raised", 2, "{}"}));
  BOOST_TEST(concerns(one, stored(1)));
  BOOST_TEST(!concerns(one, stored(1, 0)));
  BOOST_TEST(!concerns(one, {"1-1", "alert.patient_identity", 1, "{}"}));
  one.who.permissions = 0;
  BOOST_TEST(!concerns(one, stored(1)));
  one.who = system_principal("x");
  BOOST_TEST(concerns(one, stored(1, 0)));
  BOOST_TEST(concerns(one, {"1-1", "alert.patient_identity", 1, "{}"}));
}

BOOST_AUTO_TEST_CASE(each_begins_where_it_left_off) {
  listen("first", viewer_of(1));
  hub->publish(page_of({stored(1), stored(2), stored(3)}));
  listen("late", viewer_of(1), "10-2");
  BOOST_TEST(heard("late").find("10-3") != std::string::npos);
  listen("ahead", viewer_of(1), "10-5");
  hub->publish(page_of({stored(4), stored(5), stored(6)}));
  const auto text = heard("ahead");
  BOOST_TEST(text.find("10-5") == std::string::npos);
  BOOST_TEST(text.find("10-6") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(who_missed_too_much_is_told) {
  listen("first", viewer_of(1));
  std::vector<event_row> many;
  for (int i = 1; i <= 150; ++i) many.push_back(stored(i));
  hub->publish(page_of(many));
  listen("late", viewer_of(1), "10-3");
  BOOST_TEST(heard("late").find("event: resync\ndata: {}") != std::string::npos);
  events_page gap{"20-1", true, false, {}};
  hub->publish(gap);
  BOOST_TEST(heard("late").find("id: 20-1\nevent: resync") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_stream_ends_with_its_session) {
  listen("a", viewer_of(1));
  listen("b", viewer_of(1));
  BOOST_TEST(hub->sessions().size() == 2u);
  hub->end("a");
  BOOST_TEST(heard("a") == "END");
  hub->update("b", viewer_of(2));
  hub->publish(page_of({stored(1)}));
  BOOST_TEST(heard("b") == "");
  hub->stop();
  BOOST_TEST(heard("b") == "END");
}

BOOST_AUTO_TEST_CASE(a_client_that_goes_away_is_forgotten) {
  listen("a", viewer_of(1));
  BOOST_TEST(hub->size() == 1u);
  close(clients.at("a"));
  clients.clear();
  for (int i = 0; i < 200 && hub->size() > 0; ++i) usleep(10'000);
  BOOST_TEST(hub->size() == 0u);
  BOOST_TEST(!hub->position());
}

BOOST_AUTO_TEST_CASE(one_who_reads_nothing_is_cut_off_and_holds_up_nobody) {
  listen("slow", viewer_of(1));
  listen("quick", viewer_of(1));
  const std::string padding(20'000, 'x');
  for (int i = 1; i <= 90; ++i) {
    auto event = stored(i);
    event.payload = "\"" + padding + "\"";
    hub->publish(page_of({event}));
    BOOST_REQUIRE(hears("quick"));
  }
  for (int i = 0; i < 300 && hub->size() > 1; ++i) usleep(10'000);
  BOOST_TEST(hub->size() == 1u);
}

BOOST_AUTO_TEST_CASE(streams_are_counted_by_user) {
  for (const auto* session : {"a", "b", "c"}) listen(session, viewer_of(1));
  BOOST_TEST(!hub->has_room(7));
  BOOST_TEST(hub->has_room(8));
}

BOOST_AUTO_TEST_SUITE_END()
