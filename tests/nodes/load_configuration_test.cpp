#include "nodes/configuration.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sys/stat.h>

namespace noctis {

namespace fs = std::filesystem;

namespace {

/// A NOCTIS_DATA of its own, in which the process also works; the environment is as before afterwards.
struct private_data {
  fs::path directory;
  fs::path before = fs::current_path();
  std::map<std::string, std::string> saved;

  private_data() {
    auto name = (fs::temp_directory_path() / "noctis-nodes-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(name.data()));
    directory = name;
    fs::current_path(directory);
    for (const auto* variable : {"NOCTIS_CONFIG", "SECRET_KEY", "HTTP_PORT", "DATABASE_URL", "NOCTIS_DATA"}) {
      if (const auto* value = std::getenv(variable)) saved[variable] = value;
      ::unsetenv(variable);
    }
    set("NOCTIS_DATA", directory / "data");
  }
  private_data(const private_data&) = delete;
  private_data& operator=(const private_data&) = delete;
  ~private_data() {
    for (const auto* variable : {"NOCTIS_CONFIG", "SECRET_KEY", "HTTP_PORT", "DATABASE_URL", "NOCTIS_DATA"})
      ::unsetenv(variable);
    for (const auto& [variable, value] : saved) ::setenv(variable.c_str(), value.c_str(), 1);
    fs::current_path(before);
    fs::remove_all(directory);
  }

  static void set(const char* name, const std::string& value) { ::setenv(name, value.c_str(), 1); }

  /// Writes a file below the private directory.
  void write(const fs::path& path, const std::string& text) const {
    fs::create_directories((directory / path).parent_path());
    std::ofstream{directory / path} << text;
  }
};

auto tells(const std::string& part) {
  return [part](const configuration_error& error) { return std::string{error.what()}.find(part) != std::string::npos; };
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(loading, private_data)

BOOST_AUTO_TEST_CASE(a_secret_key_is_made_once_and_kept_for_its_owner_alone) {
  const auto first = load_configuration({});
  BOOST_CHECK_EQUAL(first.http_secret_key.size(), 64u);
  struct stat status {};
  BOOST_REQUIRE_EQUAL(::stat((directory / "data/secret-key").c_str(), &status), 0);
  BOOST_CHECK_EQUAL(status.st_mode & 0777u, 0600u);
  BOOST_CHECK_EQUAL(load_configuration({}).http_secret_key, first.http_secret_key);
}

BOOST_AUTO_TEST_CASE(a_secret_key_that_is_set_is_not_written_down) {
  set("SECRET_KEY", "of the environment");
  BOOST_CHECK_EQUAL(load_configuration({}).http_secret_key, "of the environment");
  BOOST_CHECK(!fs::exists(directory / "data/secret-key"));
}

BOOST_AUTO_TEST_CASE(an_empty_secret_key_file_is_an_error) {
  write("data/secret-key", "\n");
  BOOST_CHECK_EXCEPTION(load_configuration({}), configuration_error, tells("secret-key is empty"));
}

BOOST_AUTO_TEST_CASE(what_the_start_script_left_counts_where_the_environment_is_silent) {
  write("data/run/environment", "# written by start-dev.sh\nDATABASE_URL=postgresql:///noctis?host=/run/db\n"
                                "HTTP_PORT=8100\nnot a variable\n");
  auto settings = load_configuration({});
  BOOST_CHECK_EQUAL(settings.database_url, "postgresql:///noctis?host=/run/db");
  BOOST_CHECK_EQUAL(settings.http_port, 8100);
  set("HTTP_PORT", "8200");
  settings = load_configuration({});
  BOOST_CHECK_EQUAL(settings.http_port, 8200);
}

BOOST_AUTO_TEST_CASE(the_file_beside_the_data_is_found_before_that_of_the_directory) {
  write("config.json", R"({"http": {"port": 8001}})");
  BOOST_CHECK_EQUAL(load_configuration({}).http_port, 8001);
  write("data/config.json", R"({"http": {"port": 8002}})");
  BOOST_CHECK_EQUAL(load_configuration({}).http_port, 8002);
}

BOOST_AUTO_TEST_CASE(a_named_file_goes_before_those_and_must_exist) {
  write("data/config.json", R"({"http": {"port": 8002}})");
  write("named.json", R"({"http": {"port": 8003}})");
  write("given.json", R"({"http": {"port": 8004}})");
  set("NOCTIS_CONFIG", directory / "named.json");
  BOOST_CHECK_EQUAL(load_configuration({}).http_port, 8003);
  BOOST_CHECK_EQUAL(load_configuration(directory / "given.json").http_port, 8004);
  BOOST_CHECK_EXCEPTION(load_configuration(directory / "absent.json"), configuration_error, tells("absent.json"));
  set("NOCTIS_CONFIG", directory / "missing.json");
  BOOST_CHECK_EXCEPTION(load_configuration({}), configuration_error, tells("missing.json"));
}

BOOST_AUTO_TEST_CASE(data_that_cannot_be_made_is_an_error_that_names_it) {
  write("blocked", "a file");
  set("NOCTIS_DATA", directory / "blocked" / "data");
  BOOST_CHECK_EXCEPTION(load_configuration({}), configuration_error, tells("blocked/data"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
