#include "tests/messages/support.hpp"

#include <boost/test/unit_test.hpp>
#include <caf/actor_registry.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <functional>
#include <optional>
#include <random>

namespace noctis {

namespace {

using test::deserialize;
using test::filler;
using test::message_system;
using test::serialized;
using test::wire;

/// One message type, as functions: what the tests do is compiled once, not for each type.
struct sample {
  std::string name;
  wire filled;
  wire empty;
  caf::message message; ///< filled
  /// Reads `bytes` over a filled value; returns what was read as it would be sent on.
  std::function<std::optional<wire>(const wire& bytes)> read;
  std::function<wire(const caf::message& received)> content;
};

template <class T>
sample sample_of(caf::actor_system& system, const char* name) {
  T value;
  filler source{system};
  if (auto error = source(value)) throw std::runtime_error("not filled: " + system.render(error));
  const auto read = [&system, value](const wire& bytes) -> std::optional<wire> {
    auto received = value;
    if (deserialize(system, bytes, received)) return std::nullopt;
    return serialized(system, received);
  };
  const auto content = [&system](const caf::message& received) {
    return received.match_elements<T>() ? serialized(system, received.get_as<T>(0)) : wire{};
  };
  return {name, serialized(system, value), serialized(system, T{}), caf::make_message(value), read, content};
}

#define NOCTIS_SAMPLE(type) sample_of<type>(system, #type)

std::vector<sample> every_message(caf::actor_system& system) {
  return {
      NOCTIS_SAMPLE(blob),
      NOCTIS_SAMPLE(principal),
      NOCTIS_SAMPLE(instance_header),
      NOCTIS_SAMPLE(location),
      NOCTIS_SAMPLE(arrival),
      NOCTIS_SAMPLE(parsed_instance),
      NOCTIS_SAMPLE(store_outcome),
      NOCTIS_SAMPLE(put_file),
      NOCTIS_SAMPLE(stream_id),
      NOCTIS_SAMPLE(seal_stream),
      NOCTIS_SAMPLE(quarantine_file),
      NOCTIS_SAMPLE(read_range),
      NOCTIS_SAMPLE(describe_files),
      NOCTIS_SAMPLE(file_descriptions),
      NOCTIS_SAMPLE(index_entry),
      NOCTIS_SAMPLE(index_result),
      NOCTIS_SAMPLE(quarantine_entry),
      NOCTIS_SAMPLE(std::vector<quarantine_entry>),
      NOCTIS_SAMPLE(storer_status),
      NOCTIS_SAMPLE(study_filter),
      NOCTIS_SAMPLE(study_page),
      NOCTIS_SAMPLE(study_request),
      NOCTIS_SAMPLE(study_detail),
      NOCTIS_SAMPLE(series_request),
      NOCTIS_SAMPLE(series_row),
      NOCTIS_SAMPLE(image_request),
      NOCTIS_SAMPLE(image_detail),
      NOCTIS_SAMPLE(instances_request),
      NOCTIS_SAMPLE(instance_list),
      NOCTIS_SAMPLE(statistics_request),
      NOCTIS_SAMPLE(statistics),
      NOCTIS_SAMPLE(quarantine_filter),
      NOCTIS_SAMPLE(known_files_request),
      NOCTIS_SAMPLE(path_list),
      NOCTIS_SAMPLE(find_request),
      NOCTIS_SAMPLE(find_page),
      NOCTIS_SAMPLE(patient_filter),
      NOCTIS_SAMPLE(patient_page),
      NOCTIS_SAMPLE(patient_request),
      NOCTIS_SAMPLE(patient_detail),
      NOCTIS_SAMPLE(annotation_filter),
      NOCTIS_SAMPLE(annotation_history_request),
      NOCTIS_SAMPLE(annotation_list),
      NOCTIS_SAMPLE(annotation_put),
      NOCTIS_SAMPLE(annotation_removal),
      NOCTIS_SAMPLE(annotation_result),
      NOCTIS_SAMPLE(annotation_store_request),
      NOCTIS_SAMPLE(annotation_order),
      NOCTIS_SAMPLE(annotation_plan),
      NOCTIS_SAMPLE(annotation_report),
      NOCTIS_SAMPLE(study_change),
      NOCTIS_SAMPLE(delete_request),
      NOCTIS_SAMPLE(restore_request),
      NOCTIS_SAMPLE(merge_request),
      NOCTIS_SAMPLE(split_request),
      NOCTIS_SAMPLE(workitem),
      NOCTIS_SAMPLE(workitem_put),
      NOCTIS_SAMPLE(workitem_request),
      NOCTIS_SAMPLE(workitem_transition),
      NOCTIS_SAMPLE(workitem_removal),
      NOCTIS_SAMPLE(performed_step),
      NOCTIS_SAMPLE(routing_rules),
      NOCTIS_SAMPLE(routing_rule_put),
      NOCTIS_SAMPLE(undelivered_request),
      NOCTIS_SAMPLE(delivery_report),
      NOCTIS_SAMPLE(job),
      NOCTIS_SAMPLE(job_submission),
      NOCTIS_SAMPLE(job_claim),
      NOCTIS_SAMPLE(job_progress),
      NOCTIS_SAMPLE(job_end),
      NOCTIS_SAMPLE(job_filter),
      NOCTIS_SAMPLE(job_page),
      NOCTIS_SAMPLE(login_request),
      NOCTIS_SAMPLE(session_grant),
      NOCTIS_SAMPLE(refresh_request),
      NOCTIS_SAMPLE(logout_request),
      NOCTIS_SAMPLE(authenticate_request),
      NOCTIS_SAMPLE(authenticated),
      NOCTIS_SAMPLE(people_request),
      NOCTIS_SAMPLE(people_list),
      NOCTIS_SAMPLE(events_request),
      NOCTIS_SAMPLE(events_page),
      NOCTIS_SAMPLE(preferences_request),
      NOCTIS_SAMPLE(preference_list),
      NOCTIS_SAMPLE(preference_put),
      NOCTIS_SAMPLE(preference_outcome),
      NOCTIS_SAMPLE(preference_removal),
      NOCTIS_SAMPLE(ae_list),
      NOCTIS_SAMPLE(ae_put),
      NOCTIS_SAMPLE(ae_removal),
      NOCTIS_SAMPLE(ae_row),
      NOCTIS_SAMPLE(caller_request),
      NOCTIS_SAMPLE(echo_request),
      NOCTIS_SAMPLE(echo_reply),
      NOCTIS_SAMPLE(node_list),
      NOCTIS_SAMPLE(rate_request),
      NOCTIS_SAMPLE(rate_verdict),
      NOCTIS_SAMPLE(cache_find),
      NOCTIS_SAMPLE(cache_found),
      NOCTIS_SAMPLE(cache_put),
      NOCTIS_SAMPLE(reserve_bytes),
      NOCTIS_SAMPLE(release_bytes),
      NOCTIS_SAMPLE(std::vector<metric>),
      NOCTIS_SAMPLE(component_status),
      NOCTIS_SAMPLE(node_status),
      NOCTIS_SAMPLE(std::vector<node_status>),
  };
}

#undef NOCTIS_SAMPLE

struct samples_fixture : message_system {
  std::vector<sample> samples = every_message(system);
};

node_actor::behavior_type silent_node(node_actor::pointer) {
  return {
      [](services_atom) { return services{}; },
      [](status_atom) { return node_status{}; },
      [](ping_atom) { return std::string{"silent"}; },
      [](drain_atom) {},
  };
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(round_trip, samples_fixture)

BOOST_AUTO_TEST_CASE(a_filled_message_comes_back_as_it_was) {
  for (const auto& one : samples) {
    BOOST_TEST_CONTEXT(one.name) {
      BOOST_CHECK(one.read(one.filled) == one.filled);
      BOOST_CHECK(one.filled != one.empty);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_empty_message_comes_back_empty) {
  for (const auto& one : samples) BOOST_CHECK_MESSAGE(one.read(one.empty) == one.empty, one.name);
}

BOOST_AUTO_TEST_CASE(a_message_travels_by_its_name) {
  for (const auto& one : samples) {
    caf::message received;
    BOOST_REQUIRE_MESSAGE(!deserialize(system, serialized(system, one.message), received), one.name);
    BOOST_CHECK_MESSAGE(one.content(received) == one.filled, one.name);
  }
}

BOOST_AUTO_TEST_CASE(every_truncation_of_a_message_is_an_error) {
  for (const auto& one : samples) {
    for (size_t length = 0; length < one.filled.size(); ++length) {
      const wire cut{one.filled.begin(), one.filled.begin() + static_cast<ptrdiff_t>(length)};
      BOOST_REQUIRE_MESSAGE(!one.read(cut), one.name << " took " << length << " of " << one.filled.size() << " bytes");
    }
  }
}

// The top bits stay: with them a length grows to gigabytes, which CAF allocates unseen. That is why nodes talk over
// mutual TLS only.
BOOST_AUTO_TEST_CASE(flipped_bits_make_an_error_or_another_value) {
  std::mt19937 random{20240131};
  for (const auto& one : samples) {
    for (int i = 0; i < 300; ++i) {
      auto damaged = one.filled;
      for (auto flips = random() % 4 + 1; flips > 0; --flips) {
        auto& byte = damaged[random() % damaged.size()];
        byte = static_cast<char>(byte ^ static_cast<char>(1u << random() % 7));
      }
      if (const auto again = one.read(damaged)) BOOST_REQUIRE_MESSAGE(again->size() <= damaged.size(), one.name);
    }
  }
}

BOOST_AUTO_TEST_CASE(services_carry_their_actors) {
  const auto face = system.spawn(silent_node);
  services offered;
  offered.stores.push_back({"store-1", {}, {}});
  offered.indexes.push_back({"index-1", {}, {}, {}});
  services received;
  BOOST_REQUIRE(!deserialize(system, serialized(system, offered), received));
  BOOST_REQUIRE_EQUAL(received.stores.size(), 1u);
  BOOST_CHECK_EQUAL(received.stores.front().node, "store-1");
  BOOST_CHECK(!received.stores.front().storer);
  BOOST_CHECK_EQUAL(received.indexes.front().node, "index-1");

  system.registry().put(face.id(), caf::actor_cast<caf::strong_actor_ptr>(face));
  node_actor known;
  BOOST_REQUIRE(!deserialize(system, serialized(system, face), known));
  BOOST_CHECK(known == face);
  system.registry().erase(face.id());
  caf::anon_send_exit(face, caf::exit_reason::user_shutdown);
}

BOOST_AUTO_TEST_CASE(an_error_keeps_its_code_and_sentence_on_the_way) {
  const auto sent = failure(errc::disk_full, "no space on store-1");
  caf::error received;
  BOOST_REQUIRE(!deserialize(system, serialized(system, sent), received));
  BOOST_CHECK(code_of(received) == errc::disk_full);
  BOOST_CHECK_EQUAL(reason_of(received), "no space on store-1");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
