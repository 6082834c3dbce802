#pragma once

#include "tests/actors/support.hpp"
#include "tests/schema/fixture.hpp"

namespace noctis::test {

/// An actor system and a migrated database, which can be shut to everyone for a while.
struct database_fixture : actor_fixture {
  migrated base;

  /// Ends all sessions and lets no new ones in.
  void shut() const {
    tell(server(), "alter database " + name() + " with allow_connections false");
    tell(server(), "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name() + "'");
  }
  void open() const { tell(server(), "alter database " + name() + " with allow_connections true"); }

  using actor_fixture::ask;
  using actor_fixture::tell;

private:
  static void tell(const schema::database_options& options, const std::string& sql) { test::tell(options, sql); }
  [[nodiscard]] std::string name() const {
    const auto end = base.options.url.find('?');
    const auto begin = base.options.url.rfind('/', end) + 1;
    return base.options.url.substr(begin, end - begin);
  }
  [[nodiscard]] schema::database_options server() const {
    auto options = base.options;
    options.url.replace(options.url.find("/" + name()) + 1, name().size(), "postgres");
    return options;
  }
};

} // namespace noctis::test
