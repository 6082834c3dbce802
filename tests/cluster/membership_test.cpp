#include "actors/storage/reader.hpp"
#include "cluster/membership.hpp"
#include "cluster/node.hpp"
#include "tests/actors/database_fixture.hpp"
#include "tests/actors/doubles.hpp"

#include <caf/io/middleman.hpp>
#include <caf/openssl/manager.hpp>

#include <cstdlib>

namespace noctis {

using namespace test;

namespace {

struct clustered_config : actor_config {
  clustered_config(const std::filesystem::path& certificates, const std::string& node) {
    load<caf::io::middleman>();
    load<caf::openssl::manager>();
    openssl_cafile = certificates / "ca.pem";
    openssl_certificate = certificates / (node + ".pem");
    openssl_key = certificates / (node + ".key");
  }
};

membership_options options_of(const schema::database_options& database, const std::string& name, uint16_t port) {
  membership_options options;
  options.database = database;
  options.self.name = name;
  options.self.roles = {"store"};
  options.self.host = options.bind_to = "127.0.0.1";
  options.self.port = port;
  options.self.version = "1.0";
  options.is_networked = port != 0;
  return options;
}

/// A node with a process's worth of its own: actor system, certificate, port, and a store to offer.
class networked_node {
public:
  networked_node(const std::filesystem::path& certificates, const schema::database_options& database,
                 const std::string& name)
      : config_(certificates, name) {
    store_ = spawn_storer(system_, std::make_shared<world>());
    reader_ = system_.spawn<caf::detached>(reader, certificates);
    node_parts parts;
    parts.name = name;
    parts.offered.stores.push_back({name, store_, reader_});
    parts.directory = directory_ = system_.spawn(directory);
    face_ = system_.spawn(node, parts);
    caf::scoped_actor { system_ } -> send(directory_, face_, parts.offered);
    member_ = system_.spawn<caf::detached>(membership, options_of(database, name, free_port()), face_, directory_);
  }
  networked_node(const networked_node&) = delete;
  networked_node& operator=(const networked_node&) = delete;
  ~networked_node() {
    caf::scoped_actor self{system_};
    const auto end = [&](const auto& handle) {
      self->send_exit(handle, caf::exit_reason::user_shutdown);
      self->wait_for(handle);
    };
    end(member_);
    end(directory_);
    end(face_);
    end(store_);
    end(reader_);
    // An actor system of CAF 0.17 that ends waits for ever for a detached actor that an undelivered message holds.
    BOOST_TEST(eventually([this] { return is_held_here_alone(member_) && is_held_here_alone(reader_); }));
  }

  /// Names of the nodes whose stores this one reaches, sorted.
  std::vector<std::string> stores() {
    std::vector<std::string> names;
    caf::scoped_actor self{system_};
    self->request(directory_, patience, services_atom::value)
        .receive(
            [&](services& found) {
              for (const auto& one : found.stores) names.push_back(one.node);
            },
            [](caf::error& error) { BOOST_ERROR(reason_of(error)); });
    std::sort(names.begin(), names.end());
    return names;
  }

private:
  template <class Handle>
  static bool is_held_here_alone(const Handle& handle) {
    const auto one_more = caf::actor_cast<caf::strong_actor_ptr>(handle);
    return one_more->strong_refs == 2;
  }

  clustered_config config_;
  caf::actor_system system_{config_};
  storer_actor store_;
  reader_actor reader_;
  node_actor face_;
  full_directory_actor directory_;
  membership_actor member_;
};

struct membership_fixture : database_fixture {
  full_directory_actor knows = keep(system.spawn(directory));
  node_actor face = keep(system.spawn(node, node_parts{"alone", {}, {}, {}, {}, {}, {}}));

  membership_actor join(const std::string& name) {
    return keep(system.spawn<caf::detached>(membership, options_of(base.options, name, 0), face, knows));
  }

  /// The state of a node as the table has it, "" while it has none.
  std::string state(const std::string& name) {
    for (const auto& one : schema::nodes_repository{base.db}.list()) {
      if (one.name == name) return one.state;
    }
    return {};
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(memberships, membership_fixture)

BOOST_AUTO_TEST_CASE(nodes_find_each_other_and_notice_when_one_goes) {
  const temporary_directory certificates;
  const auto command = std::string{NOCTIS_CERTIFICATES} + " " + certificates.path().string() + " one two >/dev/null";
  BOOST_REQUIRE_EQUAL(std::system(command.c_str()), 0);
  networked_node one{certificates.path(), base.options, "one"};
  {
    networked_node two{certificates.path(), base.options, "two"};
    const std::vector<std::string> both{"one", "two"};
    BOOST_TEST(eventually([&] { return one.stores() == both; }));
    BOOST_TEST(eventually([&] { return two.stores() == both; }));
    BOOST_TEST(state("two") == "up");
  }
  BOOST_TEST(state("two") == "down");
  BOOST_TEST(eventually([&] { return one.stores() == std::vector<std::string>{"one"}; }));
  networked_node again{certificates.path(), base.options, "two"};
  BOOST_TEST(eventually([&] { return one.stores().size() == 2; }));
}

BOOST_AUTO_TEST_CASE(a_node_holds_its_lease_and_gives_it_up_when_it_ends) {
  const auto member = join("alone");
  BOOST_TEST(eventually([&] { return state("alone") == "up"; }));
  end(member);
  BOOST_TEST(state("alone") == "down");
}

BOOST_AUTO_TEST_CASE(who_comes_second_waits_for_the_name) {
  const auto first = join("alone");
  BOOST_REQUIRE(eventually([&] { return state("alone") == "up"; }));
  const auto incarnation = base.ask("select incarnation from nodes");
  const auto second = join("alone");
  end(first);
  BOOST_TEST(eventually([&] { return state("alone") == "up"; }));
  BOOST_TEST(base.ask("select incarnation from nodes") != incarnation);
}

BOOST_AUTO_TEST_CASE(who_lost_the_name_ends) {
  const auto member = join("alone");
  BOOST_REQUIRE(eventually([&] { return state("alone") == "up"; }));
  test::tell(base.options, "update nodes set incarnation = 'another'");
  self->wait_for(member);
  BOOST_TEST(base.ask("select incarnation from nodes") == "another");
}

BOOST_AUTO_TEST_CASE(it_outlasts_the_database) {
  const auto member = join("alone");
  BOOST_REQUIRE(eventually([&] { return state("alone") == "up"; }));
  shut();
  open();
  const auto renewed = [&] {
    try {
      return base.ask("select max(renewed_at) > now() - interval '900 milliseconds' from nodes") == "t";
    } catch (const std::exception&) {
      return false;
    }
  };
  BOOST_TEST(eventually(renewed));
  end(member);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
