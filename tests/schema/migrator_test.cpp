#include "tests/schema/fixture.hpp"

#include <thread>

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

BOOST_AUTO_TEST_SUITE(migrator)

BOOST_AUTO_TEST_CASE(an_empty_database_gets_every_migration_once) {
  const auto options = empty_database();
  database db{options};
  BOOST_TEST(schema_version(db) == 0);
  const auto applied = migrate(db);
  BOOST_TEST(applied.size() == embedded_migrations().size());
  BOOST_TEST(schema_version(db) == embedded_migrations().back().version);
  BOOST_TEST(migrate(db).empty());
  BOOST_TEST(ask(options, "select string_agg(name, ',') from facilities") == "Default");
}

BOOST_AUTO_TEST_CASE(each_previous_version_is_brought_to_the_last) {
  const auto& all = embedded_migrations();
  for (size_t landed = 1; landed < all.size(); ++landed) {
    database db{empty_database()};
    migrate(db, {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(landed)});
    BOOST_TEST(schema_version(db) == static_cast<int32_t>(landed));
    BOOST_TEST(migrate(db).size() == all.size() - landed);
  }
}

BOOST_AUTO_TEST_CASE(an_edited_migration_is_refused) {
  database db{empty_database()};
  migrate(db);
  auto edited = embedded_migrations();
  edited.front().sql += "\n-- one more line";
  BOOST_CHECK_EXCEPTION(migrate(db, edited), database_error, has_code(errc::state_conflict));
}

BOOST_AUTO_TEST_CASE(a_database_newer_than_the_program_is_refused) {
  database db{empty_database()};
  migrate(db);
  auto older = embedded_migrations();
  older.pop_back();
  BOOST_CHECK_EXCEPTION(migrate(db, older), database_error, has_code(errc::state_conflict));
}

BOOST_AUTO_TEST_CASE(a_migration_that_fails_leaves_the_version_before_it) {
  const auto options = empty_database();
  database db{options};
  const std::vector<migration> broken{{1, "create_one", "create table one (a int);"},
                                      {2, "create_two", "create table two (a int); select no_such_function();"}};
  BOOST_CHECK_EXCEPTION(migrate(db, broken), database_error, has_code(errc::database_failure));
  BOOST_TEST(schema_version(db) == 1);
  BOOST_TEST(ask(options, "select to_regclass('two') is null") == "t");
}

BOOST_AUTO_TEST_CASE(two_nodes_that_migrate_at_once_take_turns) {
  const auto options = empty_database();
  std::vector<size_t> applied(2);
  std::vector<std::thread> nodes;
  for (auto& count : applied) {
    nodes.emplace_back([&] {
      database db{options};
      count = migrate(db).size();
    });
  }
  for (auto& node : nodes) node.join();
  BOOST_TEST(applied[0] + applied[1] == embedded_migrations().size());
}

BOOST_AUTO_TEST_SUITE_END()
