#include "actors/storage/storer.hpp"
#include "dicom/digest.hpp"
#include "schema/repositories/locations.hpp"
#include "tests/actors/storage_fixture.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>

#include <set>

namespace noctis {

using namespace test;

namespace {

struct storer_fixture : storage_fixture {
  storer_actor store;

  storer_fixture() { store = start(); }

  [[nodiscard]] std::string content(const location& file) const { return content_of(base.path() / file.path); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(storers, storer_fixture)

BOOST_AUTO_TEST_CASE(a_file_is_where_the_answer_says) {
  const auto file = get<location>(store, whole("1.2.3.4", "data"));
  BOOST_TEST(file.node == "store-1");
  BOOST_TEST(file.offset == 0u);
  BOOST_TEST(file.length == 11u);
  BOOST_TEST(file.checksum == digest_of("header data", 11));
  BOOST_TEST(content(file) == "header data");
  BOOST_TEST(schema::sop_instance_uid_of(file.path) == "1.2.3.4");
  BOOST_TEST(files() == std::vector<std::string>{file.path}, boost::test_tools::per_element());
  BOOST_TEST(metric_of(store, "noctis_store_files_total") == 1);
  BOOST_TEST(metric_of(store, "noctis_store_bytes_total") == 11);
}

BOOST_AUTO_TEST_CASE(many_files_at_once_are_all_written) {
  constexpr int count = 200;
  std::vector<decltype(self->request(store, patience, put_file{}))> pending;
  for (int i = 0; i < count; ++i) {
    const auto text = std::to_string(i);
    pending.push_back(self->request(store, patience, whole("1.2." + text, text)));
  }
  std::set<std::string> paths;
  for (int i = 0; i < count; ++i) {
    pending[static_cast<size_t>(i)].receive(
        [&](location& file) {
          BOOST_TEST(content(file) == "header " + std::to_string(i));
          paths.insert(file.path);
        },
        [](caf::error& error) { BOOST_FAIL(reason_of(error)); });
  }
  BOOST_TEST(paths.size() == size_t{count});
  const auto status = get<storer_status>(store, status_atom::value);
  BOOST_TEST(status.pending_files == 0u);
  BOOST_TEST(status.pending_bytes == 0u);
  BOOST_TEST(metric_of(store, "noctis_store_files_total") == count);
}

BOOST_AUTO_TEST_CASE(one_instance_twice_makes_two_files) {
  const auto first = get<location>(store, whole("1.2.3.4", "data"));
  const auto second = get<location>(store, whole("1.2.3.4", "data"));
  BOOST_TEST(first.path != second.path);
  BOOST_TEST(first.checksum == second.checksum);
}

BOOST_AUTO_TEST_CASE(a_stream_becomes_a_file) {
  const auto id = get<stream_id>(store, open_atom::value, bytes_of("header "));
  BOOST_REQUIRE(!tell(store, append_atom::value, id, bytes_of("one ")));
  BOOST_REQUIRE(!tell(store, append_atom::value, id, bytes_of("two")));
  BOOST_TEST(get<storer_status>(store, status_atom::value).open_streams == 1u);
  const auto file = get<location>(store, seal_stream{id, {1, "0123456789abcdef", "1.2.3", "1.2.3.4"}});
  BOOST_TEST(content(file) == "header one two");
  BOOST_TEST(file.checksum == digest_of("header one two", 14));
  BOOST_TEST(files().size() == 1u);
  BOOST_TEST(get<storer_status>(store, status_atom::value).open_streams == 0u);
  BOOST_TEST(code_of(tell(store, append_atom::value, id, bytes_of("late"))) == errc::not_found);
  BOOST_TEST(code_of(ask<location>(store, seal_stream{id, {}})) == errc::not_found);
}

BOOST_AUTO_TEST_CASE(a_stream_that_is_dropped_leaves_nothing) {
  const auto id = get<stream_id>(store, open_atom::value, bytes_of("header"));
  BOOST_TEST(files().size() == 1u);
  BOOST_REQUIRE(!tell(store, drop_atom::value, id));
  BOOST_TEST(eventually([&] { return files().empty(); }));
  BOOST_TEST(code_of(tell(store, append_atom::value, id, bytes_of("late"))) == errc::not_found);
}

BOOST_AUTO_TEST_CASE(a_stream_goes_with_its_opener) {
  const auto opener = system.spawn([this](caf::event_based_actor* actor) -> caf::behavior {
    actor->request(store, caf::infinite, open_atom::value, bytes_of("header")).then([](stream_id) {});
    return {[](int) {}};
  });
  BOOST_REQUIRE(eventually([&] { return files().size() == 1; }));
  end(opener);
  BOOST_TEST(eventually([&] { return files().empty(); }));
  BOOST_TEST(get<storer_status>(store, status_atom::value).open_streams == 0u);
}

BOOST_AUTO_TEST_CASE(a_store_that_ends_leaves_no_unfinished_file) {
  get<stream_id>(store, open_atom::value, bytes_of("header"));
  end(store);
  BOOST_TEST(eventually([&] { return files().empty(); }));
}

BOOST_AUTO_TEST_CASE(a_file_can_be_found_and_removed) {
  auto file = get<location>(store, whole("1.2.3.4", "data"));
  BOOST_TEST(get<bool>(store, find_atom::value, file));
  auto longer = file;
  ++longer.length;
  BOOST_TEST(!get<bool>(store, find_atom::value, longer));
  BOOST_REQUIRE(!tell(store, remove_atom::value, file));
  BOOST_TEST(!get<bool>(store, find_atom::value, file));
  BOOST_TEST(files().empty());
  BOOST_TEST(!tell(store, remove_atom::value, file)); // once more is no error
}

BOOST_AUTO_TEST_CASE(nothing_outside_is_found_or_removed) {
  const auto outside = base.path().parent_path() / (base.path().filename().string() + "-outside");
  write_file(outside, "precious");
  for (const auto& path : {"../" + outside.filename().string(), outside.string()}) {
    BOOST_TEST(!get<bool>(store, find_atom::value, location{"store-1", path, 0, 1, {}}));
    BOOST_TEST(code_of(tell(store, remove_atom::value, location{"store-1", path, 0, 1, {}})) == errc::invalid_argument);
  }
  BOOST_TEST(content_of(outside) == "precious");
  std::filesystem::remove(outside);
}

BOOST_AUTO_TEST_CASE(a_file_of_doubt_goes_to_recovery) {
  BOOST_REQUIRE(!tell(store, retry_atom::value, location{"store-1", "a.dcm", 0, 1, {}}));
  BOOST_TEST(given->load() == 1u);
}

BOOST_AUTO_TEST_CASE(a_file_whose_owner_ends_before_its_row_goes_to_recovery) {
  const auto write_as = [this](bool settle) {
    const auto owner = system.spawn([this, settle](caf::event_based_actor* actor) -> caf::behavior {
      actor->request(store, caf::infinite, whole("1.2.3.4", "data")).then([this, settle, actor](const location& file) {
        if (settle) actor->send(store, finish_atom::value, file);
        actor->quit();
      });
      return {};
    });
    self->wait_for(owner);
  };
  write_as(true);
  write_as(false);
  BOOST_TEST(eventually([&] { return given->load() == 1; }));
  BOOST_TEST(files().size() == 2u);
}

BOOST_AUTO_TEST_CASE(the_status_tells_of_disk_and_work) {
  const auto status = get<storer_status>(store, status_atom::value);
  BOOST_TEST(status.node == "store-1");
  BOOST_TEST(status.base_path == base.path().string());
  BOOST_TEST(status.capacity_bytes > 0u);
  BOOST_TEST(status.free_bytes > 0u);
  BOOST_TEST(status.free_bytes <= status.capacity_bytes);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
