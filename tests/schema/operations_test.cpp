#include "schema/repositories/audit.hpp"
#include "schema/repositories/locations.hpp"
#include "schema/repositories/nodes.hpp"
#include "schema/repositories/peers.hpp"
#include "schema/repositories/quarantine.hpp"
#include "tests/schema/fixture.hpp"

#include <thread>

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

node_row node(const std::string& name) {
  node_row row;
  row.name = name;
  row.roles = {"ingest", "store"};
  row.host = "10.0.0.1";
  row.port = 4000;
  row.version = "0.1.0";
  return row;
}

quarantine_entry object(int number, int64_t facility) {
  quarantine_entry entry;
  entry.received_at = 1'700'000'000'000;
  entry.reason = "instance_conflict";
  entry.detail = "instance 1.2.3 is kept with other bytes";
  entry.sop_instance_uid = "../../" + std::to_string(number);
  entry.calling_aet = "CT1";
  entry.address = "10.0.0.9";
  entry.facility = facility;
  entry.where = {"store-1", "quarantine/" + std::to_string(number), 0, 700, digest(number)};
  return entry;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(operations, migrated)

BOOST_AUTO_TEST_CASE(a_lease_is_held_by_one_process_until_it_runs_out) {
  nodes_repository nodes{db, std::chrono::milliseconds{300}};
  nodes.join(node("a"), "one");
  BOOST_CHECK_EXCEPTION(nodes.join(node("a"), "two"), database_error, has_code(errc::state_conflict));
  nodes.join(node("a"), "one");
  nodes.renew("a", "one");
  BOOST_CHECK_EXCEPTION(nodes.renew("a", "two"), database_error, has_code(errc::state_conflict));
  BOOST_REQUIRE(nodes.list().size() == 1u);
  BOOST_TEST(nodes.list()[0].state == "up");
  BOOST_TEST((nodes.list()[0].roles == std::vector<std::string>{"ingest", "store"}));
  BOOST_TEST(nodes.list()[0].port == 4000);
  nodes.drain("a", "one");
  BOOST_TEST(nodes.list()[0].state == "draining");
  std::this_thread::sleep_for(std::chrono::milliseconds{400});
  BOOST_TEST(nodes.list()[0].state == "down");
  nodes.join(node("a"), "two");
  BOOST_TEST(nodes.list()[0].state == "up");
  BOOST_CHECK_EXCEPTION(nodes.renew("a", "one"), database_error, has_code(errc::state_conflict));
}

BOOST_AUTO_TEST_CASE(a_node_that_leaves_gives_its_name_away) {
  nodes_repository nodes{db};
  nodes.join(node("a"), "one");
  nodes.leave("a", "two");
  BOOST_TEST(nodes.list()[0].state == "up");
  nodes.leave("a", "one");
  BOOST_TEST(nodes.list()[0].state == "down");
  BOOST_CHECK_EXCEPTION(nodes.renew("a", "one"), database_error, has_code(errc::state_conflict));
  nodes.join(node("a"), "two");
  BOOST_CHECK_EXCEPTION(nodes.join(node("no/name"), "x"), database_error, has_code(errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(application_entities_are_put_found_and_removed) {
  peers_repository peers{db};
  const auto id = peers.put("CT1", "10.0.0.2", 104, 1);
  BOOST_TEST(peers.put("CT1", "", 0, 1) == id);
  BOOST_TEST(peers.find("CT1")->host == "");
  BOOST_TEST(peers.find("CT1")->facility.name == "Default");
  BOOST_TEST(!peers.find("CT2"));
  BOOST_TEST(peers.list(entity(1)).size() == 1u);
  BOOST_TEST(peers.list(entity(2)).empty());
  BOOST_TEST(peers.list({}).empty());
  for (const auto* title : {"", "SEVENTEEN_LETTERS", "A\\B", " A", "\xC3\x84"})
    BOOST_CHECK_EXCEPTION(peers.put(title, "h", 104, 1), database_error, has_code(errc::invalid_argument));
  BOOST_CHECK_EXCEPTION(peers.put("CT3", "h", 70000, 1), database_error, has_code(errc::invalid_argument));
  BOOST_CHECK_EXCEPTION(peers.put("CT3", "h", 104, 9), database_error, has_code(errc::invalid_argument));
  peers.remove("CT1");
  BOOST_CHECK_EXCEPTION(peers.remove("CT1"), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(quarantined_objects_are_listed_newest_first_and_counted) {
  quarantine_repository quarantine{db};
  const auto everyone = system_principal("test");
  const auto first = quarantine.add(object(1, 1));
  BOOST_TEST(quarantine.add(object(1, 1)) == first);
  auto without_bytes = object(2, 0);
  without_bytes.where = {};
  const auto second = quarantine.add(without_bytes);
  BOOST_TEST(quarantine.count(everyone) == 2);
  BOOST_TEST(quarantine.count(entity(1)) == 1);
  BOOST_TEST(quarantine.count({}) == 0);
  quarantine_filter filter;
  filter.who = everyone;
  BOOST_REQUIRE(quarantine.list(filter).size() == 2u);
  BOOST_TEST(quarantine.list(filter)[0].id == second);
  BOOST_TEST(quarantine.list(filter)[0].where.path == "");
  const auto found = quarantine.find(entity(1), first);
  BOOST_TEST(found.sop_instance_uid == "../../1");
  BOOST_TEST(found.where.checksum == digest(1));
  BOOST_TEST(found.where.length == 700u);
  BOOST_TEST(found.received_at == 1'700'000'000'000);
  BOOST_TEST(quarantine.bytes_of("store-1") == 700);
  BOOST_TEST((quarantine.unknown_paths("store-1", {"quarantine/1", "quarantine/9", "\xff"}) ==
              std::vector<std::string>{"quarantine/9", "\xff"}));
  BOOST_CHECK_EXCEPTION(quarantine.find(entity(1), second), database_error, has_code(errc::not_found));
  BOOST_CHECK_EXCEPTION(quarantine.remove(entity(2), first), database_error, has_code(errc::not_found));
  quarantine.remove(everyone, first);
  BOOST_TEST(quarantine.bytes_of("store-1") == 0);
}

BOOST_AUTO_TEST_CASE(the_audit_log_grows_and_never_changes) {
  audit_repository audit{db};
  audit_entry seen;
  seen.who = entity(1);
  seen.action = "study.view";
  seen.object = "1.2.3";
  seen.study = 5;
  seen.detail = R"({"by":"\"quotes\""})";
  audit.append({seen, seen});
  audit.append({});
  BOOST_TEST(ask("select count(*) || ' ' || min(who) || ' ' || min(detail->>'by') from audit") == "2 CT1 \"quotes\"");
  BOOST_CHECK_THROW(tell(options, "update audit set who = 'x'"), std::exception);
  BOOST_CHECK_THROW(tell(options, "delete from audit"), std::exception);
  BOOST_CHECK_THROW(tell(options, "truncate audit"), std::exception);
}

BOOST_AUTO_TEST_CASE(the_copies_of_a_node_are_walked_in_pages) {
  for (int i = 1; i <= 5; ++i) index(db, entry(1, 1, i));
  locations_repository locations{db};
  std::vector<std::string> uids;
  int64_t instance = 0;
  std::string path;
  for (auto page = locations.page("store-1", instance, path, 2); !page.empty();
       page = locations.page("store-1", instance, path, 2)) {
    for (const auto& copy : page) uids.push_back(copy.sop_instance_uid);
    instance = page.back().instance;
    path = page.back().where.path;
  }
  BOOST_REQUIRE(uids.size() == 5u);
  BOOST_TEST(uids[4] == uid("instance", 5));
  BOOST_TEST(locations.page("store-2", 0, "").empty());
  BOOST_TEST(locations.page("store-1", 0, "", 1)[0].where.checksum == digest(1'000'001));
}

BOOST_AUTO_TEST_CASE(files_without_a_row_are_told_from_those_with_one) {
  index(db, entry(1, 1, 1));
  const auto known = entry(1, 1, 1).file.where.path;
  auto other = entry(1, 1, 1);
  other.file.data_set_digest = digest(99);
  other.file.where.path = "x/" + uid("instance", 1) + "-0002.dcm";
  other.on_conflict = conflict_policy::replace;
  index(db, other);
  locations_repository locations{db};
  const auto orphan = "x/" + uid("instance", 1) + "-0003.dcm";
  const auto unknown =
      locations.unknown_paths("store-1", {known, orphan, "odd\xff name", other.file.where.path, "x/1.2.3-4.dcm"});
  BOOST_TEST((unknown == std::vector<std::string>{orphan, "odd\xff name", "x/1.2.3-4.dcm"}));
  BOOST_TEST(locations.unknown_paths("store-2", {known}).size() == 1u);
  BOOST_TEST(sop_instance_uid_of("a/b/1.2.3-0a.dcm") == "1.2.3");
  BOOST_TEST(sop_instance_uid_of("a/b/1.2.3") == "");
}

BOOST_AUTO_TEST_SUITE_END()
