#include "actors/association/instance_receiver.hpp"
#include "actors/system/budget.hpp"
#include "tests/actors/support.hpp"

#include <caf/typed_event_based_actor.hpp>

namespace noctis {

using namespace test;

namespace {

constexpr uint64_t mib = uint64_t{1} << 20;

/// What the double of an intake was given.
struct taken {
  std::mutex mutex;
  std::vector<std::string> told;
  std::vector<size_t> sizes; ///< of pieces
  std::string bytes;
  errc refuse_append = errc::none;

  template <class Use>
  auto with(Use use) {
    const std::lock_guard<std::mutex> guard{mutex};
    return use(*this);
  }
};

intake_actor::behavior_type intake_double(intake_actor::pointer, const std::shared_ptr<taken>& all) {
  const store_outcome kept{disposition::stored, 1, "1.2.3.4", "1.2.31"};
  return {
      [=](const arrival&, const blob& bytes) {
        all->with([&](taken& t) {
          t.told.emplace_back("whole");
          t.bytes = text_of(bytes);
        });
        return kept;
      },
      [=](open_atom, const arrival&) { all->with([](taken& t) { t.told.emplace_back("open"); }); },
      [=](append_atom, const blob& bytes) -> caf::result<void> {
        const auto refused = all->with([&](taken& t) {
          t.told.emplace_back("append");
          t.sizes.push_back(bytes.size());
          t.bytes += text_of(bytes);
          return t.refuse_append;
        });
        if (refused != errc::none) return failure(refused, "refused");
        return caf::unit;
      },
      [=](finish_atom) {
        all->with([](taken& t) { t.told.emplace_back("finish"); });
        return kept;
      },
      [=](drop_atom) { all->with([](taken& t) { t.told.emplace_back("drop"); }); },
  };
}

struct receiver_fixture : actor_fixture {
  std::shared_ptr<taken> all = std::make_shared<taken>();
  intake_actor takes = keep(system.spawn(intake_double, all));
  budget_actor memory = keep(system.spawn(budget, 8 * mib));

  double used() { return metric_of(memory, "noctis_memory_budget_used_bytes"); }

  /// Receives `text` in fragments as a PDU has them.
  caf::expected<store_outcome> receive(memory_lease& lease, const std::string& text) {
    instance_receiver receiver{self.ptr(), takes, lease, announced(), 0, patience};
    constexpr size_t fragment = 16372;
    for (size_t at = 0; at < text.size(); at += fragment)
      receiver.append(reinterpret_cast<const uint8_t*>(text.data()) + at, std::min(fragment, text.size() - at));
    BOOST_TEST(receiver.bytes() == text.size());
    return receiver.finish();
  }
};

std::string pattern(size_t size) {
  std::string result(size, '\0');
  for (size_t i = 0; i < size; ++i) result[i] = static_cast<char>(i * 131 + (i >> 9));
  return result;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(receivers, receiver_fixture)

BOOST_AUTO_TEST_CASE(a_small_object_goes_whole) {
  memory_lease lease{self.ptr(), memory};
  BOOST_REQUIRE(!lease.acquire(patience));
  const auto text = pattern(100'000);
  BOOST_REQUIRE(receive(lease, text));
  BOOST_TEST(all->told == std::vector<std::string>{"whole"}, boost::test_tools::per_element());
  BOOST_TEST((all->bytes == text));
  BOOST_TEST(used() == 1.0 * mib);
}

BOOST_AUTO_TEST_CASE(an_object_as_large_as_a_message_goes_whole_with_a_larger_lease) {
  memory_lease lease{self.ptr(), memory};
  BOOST_REQUIRE(!lease.acquire(patience));
  const auto text = pattern(max_message_bytes);
  BOOST_REQUIRE(receive(lease, text));
  BOOST_TEST(all->told == std::vector<std::string>{"whole"}, boost::test_tools::per_element());
  BOOST_TEST((all->bytes == text));
  BOOST_TEST(lease.bytes() == max_message_bytes);
}

BOOST_AUTO_TEST_CASE(a_large_object_goes_in_pieces_of_a_message_each) {
  memory_lease lease{self.ptr(), memory};
  BOOST_REQUIRE(!lease.acquire(patience));
  const auto text = pattern(2 * max_message_bytes + 5);
  BOOST_REQUIRE(receive(lease, text));
  BOOST_TEST(all->told == (std::vector<std::string>{"open", "append", "append", "append", "finish"}),
             boost::test_tools::per_element());
  BOOST_TEST(all->sizes == (std::vector<size_t>{max_message_bytes, max_message_bytes, 5}),
             boost::test_tools::per_element());
  BOOST_TEST((all->bytes == text));
  BOOST_TEST(used() == static_cast<double>(max_message_bytes));
}

BOOST_AUTO_TEST_CASE(without_room_for_more_the_pieces_are_smaller) {
  BOOST_REQUIRE(!tell(memory, reserve_bytes{6 * mib, true}));
  caf::scoped_actor other{system};
  memory_lease lease{other.ptr(), memory};
  BOOST_REQUIRE(!lease.acquire(patience));
  instance_receiver receiver{other.ptr(), takes, lease, announced(), 0, patience};
  const auto text = pattern(5 * mib / 2);
  receiver.append(reinterpret_cast<const uint8_t*>(text.data()), text.size());
  BOOST_REQUIRE(receiver.finish());
  BOOST_TEST(all->sizes == (std::vector<size_t>{mib, mib, mib / 2}), boost::test_tools::per_element());
  BOOST_TEST((all->bytes == text));
}

BOOST_AUTO_TEST_CASE(a_lease_is_kept_and_given_back) {
  {
    memory_lease lease{self.ptr(), memory};
    BOOST_REQUIRE(!lease.acquire(patience));
    BOOST_REQUIRE(!lease.acquire(patience)); // it has enough
    BOOST_TEST(used() == 1.0 * mib);
    lease.give_back();
    BOOST_TEST(used() == 0);
    BOOST_TEST(lease.bytes() == 0u);
    BOOST_REQUIRE(!lease.acquire(patience));
    BOOST_TEST(used() == 1.0 * mib);
  }
  BOOST_TEST(used() == 0);
}

BOOST_AUTO_TEST_CASE(a_lease_that_is_not_granted_in_time_is_overload_and_holds_nothing) {
  caf::scoped_actor greedy{system};
  greedy->request(memory, patience, reserve_bytes{8 * mib, true}).receive([] {}, [](caf::error&) {});
  memory_lease lease{self.ptr(), memory};
  BOOST_TEST(code_of(lease.acquire(std::chrono::seconds{1})) == errc::overloaded);
  BOOST_TEST(lease.bytes() == 0u);
  greedy->send(memory, release_bytes{8 * mib});
  greedy->request(memory, patience, metrics_atom::value).receive([](std::vector<metric>&) {}, [](caf::error&) {});
  BOOST_TEST(used() == 0);
}

BOOST_AUTO_TEST_CASE(after_a_refused_piece_the_rest_is_ignored_and_the_error_is_told) {
  memory_lease lease{self.ptr(), memory};
  BOOST_REQUIRE(!lease.acquire(patience));
  all->refuse_append = errc::disk_full;
  BOOST_TEST(code_of(receive(lease, pattern(3 * max_message_bytes))) == errc::disk_full);
  BOOST_TEST(eventually([&] { return all->with([](taken& t) { return t.told.back() == "drop"; }); }));
  BOOST_TEST(all->sizes.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_peer_that_goes_away_in_the_middle_drops_the_pieces) {
  memory_lease lease{self.ptr(), memory};
  BOOST_REQUIRE(!lease.acquire(patience));
  instance_receiver receiver{self.ptr(), takes, lease, announced(), 0, patience};
  const auto text = pattern(max_message_bytes + 1);
  receiver.append(reinterpret_cast<const uint8_t*>(text.data()), text.size());
  receiver.drop();
  BOOST_TEST(eventually([&] { return all->with([](taken& t) { return t.told.back() == "drop"; }); }));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
