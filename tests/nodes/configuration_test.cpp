#include "nodes/configuration.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

namespace noctis {

namespace {

using variables = std::map<std::string, std::string>;

configuration read(const std::string& json = {}, const variables& set = {}) {
  return read_configuration(json, [&](const std::string& name) -> const char* {
    const auto found = set.find(name);
    return found == set.end() ? nullptr : found->second.c_str();
  });
}

/// Whether reading fails with a sentence that has `part` in it.
void refuses(const std::string& part, const std::string& json, const variables& set = {}) {
  BOOST_CHECK_EXCEPTION(read(json, set), configuration_error, [&](const configuration_error& error) {
    BOOST_TEST_MESSAGE(error.what());
    return std::string{error.what()}.find(part) != std::string::npos;
  });
}

} // namespace

BOOST_AUTO_TEST_SUITE(settings)

BOOST_AUTO_TEST_CASE(without_anything_set_the_contract_holds) {
  const auto c = read();
  BOOST_CHECK_EQUAL(c.deployment_mode, "local");
  BOOST_CHECK(c.is_local());
  for (const auto* role : {"ingest", "store", "index", "http", "work"}) BOOST_CHECK_MESSAGE(c.has_role(role), role);
  BOOST_CHECK(!c.has_role("nothing"));
  BOOST_CHECK_EQUAL(c.server_host, "127.0.0.1");
  BOOST_CHECK_EQUAL(c.server_port, 11112);
  BOOST_CHECK_EQUAL(c.server_ae_title, "RUST_SCP");
  BOOST_CHECK(c.server_aliases == std::vector<std::string>{"NOCTIS"});
  BOOST_CHECK_EQUAL(c.server_scu_ae_title, "DJANGO_SCU");
  BOOST_CHECK_EQUAL(c.http_host, "127.0.0.1");
  BOOST_CHECK_EQUAL(c.http_port, 8000);
  BOOST_CHECK_EQUAL(c.ingest_on_conflict, "reject");
  BOOST_CHECK_EQUAL(c.cluster_port, 0);
  BOOST_CHECK(c.data.is_absolute());
  BOOST_CHECK_EQUAL(c.storage_base_path, (c.data / "storage").string());
}

BOOST_AUTO_TEST_CASE(outside_local_mode_it_listens_on_all_interfaces) {
  for (const auto* mode : {"production", "tailnet"}) {
    const auto c = read({}, {{"DEPLOYMENT_MODE", mode}});
    BOOST_CHECK(!c.is_local());
    BOOST_CHECK_EQUAL(c.server_host, "0.0.0.0");
    BOOST_CHECK_EQUAL(c.http_host, "0.0.0.0");
  }
  BOOST_CHECK_EQUAL(read(R"({"server": {"host": "10.0.0.1"}})", {{"DEPLOYMENT_MODE", "production"}}).server_host,
                    "10.0.0.1");
}

BOOST_AUTO_TEST_CASE(the_file_goes_over_the_defaults) {
  const auto c = read(R"({
    // comments and trailing commas are welcome
    "roles": ["store", "index"],
    "server": {"port": 104, "ae_title": "PACS", "aliases": [], "strict_called_aet": false},
    "database": {"url": "postgresql://db/noctis", "max_connections": 20},
    "storage": {"base_path": "/srv/images", "organize_by_patient": false},
    "ingest": {"memory_budget": 1073741824, "on_conflict": "replace"},
    "work": {},
  })");
  BOOST_CHECK(c.roles == (std::vector<std::string>{"store", "index"}));
  BOOST_CHECK_EQUAL(c.server_port, 104);
  BOOST_CHECK_EQUAL(c.server_ae_title, "PACS");
  BOOST_CHECK(c.server_aliases.empty());
  BOOST_CHECK(!c.server_strict_called_aet);
  BOOST_CHECK_EQUAL(c.database_url, "postgresql://db/noctis");
  BOOST_CHECK_EQUAL(c.database_max_connections, 20);
  BOOST_CHECK_EQUAL(c.storage_base_path, "/srv/images");
  BOOST_CHECK(!c.storage_organize_by_patient);
  BOOST_CHECK(c.storage_organize_by_study);
  BOOST_CHECK_EQUAL(c.ingest_memory_budget, 1073741824);
  BOOST_CHECK_EQUAL(c.ingest_on_conflict, "replace");
}

BOOST_AUTO_TEST_CASE(the_environment_goes_over_the_file) {
  const auto* json = R"({"roles": ["http"], "server": {"port": 104, "ae_title": "FILE"}, "debug": false,
                         "http": {"allowed_hosts": ["a"]}})";
  const auto c = read(json, {{"NOCTIS_ROLES", "store, index ,"},
                             {"DICOM_SCP_PORT", "11200"},
                             {"DEBUG", "True"},
                             {"ALLOWED_HOSTS", "one.example,two.example"},
                             {"NOCTIS_DATA", "/srv/noctis"},
                             {"DICOM_SCP_AE_TITLE", ""}});
  BOOST_CHECK(c.roles == (std::vector<std::string>{"store", "index"}));
  BOOST_CHECK_EQUAL(c.server_port, 11200);
  BOOST_CHECK(c.debug);
  BOOST_CHECK(c.http_allowed_hosts == (std::vector<std::string>{"one.example", "two.example"}));
  BOOST_CHECK_EQUAL(c.data.string(), "/srv/noctis");
  BOOST_CHECK_EQUAL(c.storage_base_path, "/srv/noctis/storage");
  BOOST_CHECK_EQUAL(c.server_ae_title, "FILE"); // an empty variable is not set
}

BOOST_AUTO_TEST_CASE(an_unknown_key_is_named) {
  refuses("unknown key sever", R"({"sever": {}})");
  refuses("unknown key server.prot", R"({"server": {"prot": 1}})");
  refuses("unknown key cluster.tls.cert", R"({"cluster": {"tls": {"cert": "x"}}})");
  refuses("unknown key work.anything", R"({"work": {"anything": 1}})");
  refuses("unknown key \"\"", R"({"": {"roles": ["http"]}})");
}

BOOST_AUTO_TEST_CASE(a_wrong_type_names_its_key) {
  refuses("server.port must be a whole number", R"({"server": {"port": "11112"}})");
  refuses("server.port must be a whole number", R"({"server": {"port": 1.5}})");
  refuses("server.ae_title must be a string", R"({"server": {"ae_title": 5}})");
  refuses("server.aliases must be an array of strings", R"({"server": {"aliases": "NOCTIS"}})");
  refuses("server.aliases must be an array of strings", R"({"server": {"aliases": [1]}})");
  refuses("debug must be true or false", R"({"debug": 1})");
  refuses("server must be an object", R"({"server": []})");
  refuses("cluster.tls must be an object", R"({"cluster": {"tls": 1}})");
  refuses("config.json must be an object", "[]");
  refuses("not JSON at byte", "{\"server\": ");
  refuses("DICOM_SCP_PORT must be a whole number", {}, {{"DICOM_SCP_PORT", "11112x"}});
  refuses("DICOM_SCP_PORT must be a whole number", {}, {{"DICOM_SCP_PORT", "99999999999999999999"}});
  refuses("DEBUG must be true or false", {}, {{"DEBUG", "perhaps"}});
}

BOOST_AUTO_TEST_CASE(a_number_out_of_range_names_what_is_allowed) {
  refuses("server.port must be a number from 1 to 65535, not 0", R"({"server": {"port": 0}})");
  refuses("HTTP_PORT must be a number from 1 to 65535, not 65536", {}, {{"HTTP_PORT", "65536"}});
  refuses("HTTP_PORT must be a number from 1 to 65535, not -1", {}, {{"HTTP_PORT", "-1"}});
  refuses("server.max_pdu_length", R"({"server": {"max_pdu_length": 131073}})");
  refuses("ingest.memory_budget", R"({"ingest": {"memory_budget": 1000}})");
  refuses("database.max_connections", R"({"database": {"max_connections": 3}})");
  refuses("cluster.replicas", R"({"cluster": {"replicas": 0}})");
  BOOST_CHECK_EQUAL(read(R"({"server": {"port": 65535}})").server_port, 65535);
}

BOOST_AUTO_TEST_CASE(a_choice_names_what_can_be_chosen) {
  refuses("deployment_mode must be one of local, production, tailnet, not \"cloud\"",
          R"({"deployment_mode": "cloud"})");
  refuses("DEPLOYMENT_MODE must be one of", {}, {{"DEPLOYMENT_MODE", "Local"}});
  refuses("ingest.on_conflict must be one of reject, replace", R"({"ingest": {"on_conflict": "keep"}})");
}

BOOST_AUTO_TEST_CASE(a_role_must_be_one_of_the_five) {
  refuses("unknown role \"viewer\"", R"({"roles": ["store", "viewer"]})");
  refuses("unknown role \"Store\"", {}, {{"NOCTIS_ROLES", "Store"}});
  refuses("roles must name at least one", R"({"roles": []})");
  refuses("roles must name at least one", {}, {{"NOCTIS_ROLES", " , "}});
}

BOOST_AUTO_TEST_CASE(an_ae_title_fits_the_standard) {
  refuses("server.ae_title must be an AE title", R"({"server": {"ae_title": ""}})");
  refuses("server.ae_title must be an AE title", {}, {{"DICOM_SCP_AE_TITLE", "SEVENTEEN_LETTERS"}});
  refuses("server.scu_ae_title must be an AE title", R"({"server": {"scu_ae_title": "A\\B"}})");
  refuses("server.aliases must be an AE title", R"({"server": {"aliases": ["GOOD", "BÄD"]}})");
  BOOST_CHECK_EQUAL(read({}, {{"DICOM_SCP_AE_TITLE", "SIXTEEN_LETTERS_"}}).server_ae_title, "SIXTEEN_LETTERS_");
}

BOOST_AUTO_TEST_CASE(the_cluster_port_needs_certificates) {
  refuses("cluster.port needs cluster.tls.ca", R"({"cluster": {"port": 4242}})");
  refuses("cluster.port needs cluster.tls.ca", R"({"cluster": {"tls": {"ca": "a", "key": "k"}}})",
          {{"NOCTIS_CLUSTER_PORT", "4242"}});
  const auto c = read(R"({"cluster": {"port": 4242, "tls": {"ca": "a", "certificate": "c", "key": "k"}}})");
  BOOST_CHECK_EQUAL(c.cluster_port, 4242);
}

BOOST_AUTO_TEST_CASE(https_needs_a_certificate) {
  refuses("USE_HTTPS needs http.certificate", {}, {{"USE_HTTPS", "yes"}});
  const auto c =
      read({}, {{"USE_HTTPS", "on"}, {"HTTPS_CERTIFICATE", "/etc/cert.pem"}, {"HTTPS_PRIVATE_KEY", "/etc/key.pem"}});
  BOOST_CHECK(c.http_use_tls);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
