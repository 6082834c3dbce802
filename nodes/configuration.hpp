#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace noctis {

/// A setting that cannot be: the sentence names the key or variable, its value and what is allowed.
class configuration_error : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Everything that can be set, with its default. docs/configuration.md has a line for each.
struct configuration {
  std::string deployment_mode = "local"; ///< local, production, tailnet
  bool debug = false;
  std::filesystem::path data = "./var";
  std::vector<std::string> roles{"ingest", "store", "index", "http", "work"};

  std::string server_host; ///< "" until settled: 127.0.0.1 in local mode, else all interfaces
  std::string server_public_host = "localhost";
  int64_t server_port = 11112;
  std::string server_ae_title = "RUST_SCP";
  std::vector<std::string> server_aliases{"NOCTIS"};
  std::string server_scu_ae_title = "DJANGO_SCU";
  int64_t server_max_pdu_length = 131072; ///< bytes
  bool server_strict_called_aet = true;
  int64_t server_tls_port = 2762;
  std::string server_tls_certificate; ///< "": no TLS, unless HTTPS is used: then its certificate and key
  std::string server_tls_key;
  std::string server_tls_client_ca;

  std::string database_url;
  int64_t database_max_connections = 20;
  std::string redis_url;

  std::string storage_base_path; ///< "" until settled: `data`/storage
  bool storage_organize_by_patient = true;
  bool storage_organize_by_study = true;
  int64_t storage_writers = 16;

  int64_t ingest_max_associations = 512;
  int64_t ingest_max_associations_per_peer = 400;
  int64_t ingest_memory_budget = int64_t{256} << 20; ///< bytes
  std::string ingest_on_conflict = "reject";
  int64_t ingest_study_complete_after = 60;            ///< seconds
  int64_t ingest_quarantine_quota = int64_t{10} << 30; ///< bytes
  int64_t ingest_acse_timeout = 10;                    ///< seconds
  int64_t ingest_dimse_timeout = 60;                   ///< seconds
  int64_t ingest_idle_timeout = 300;                   ///< seconds
  int64_t ingest_store_timeout = 120;                  ///< seconds
  bool ingest_accept_unknown_sop_classes = false;

  int64_t work_forwarders = 2;
  int64_t work_annotations_after = 60; ///< seconds
  bool work_analyse = true;
  int64_t work_analysers = 1;
  int64_t work_reporters = 1;
  int64_t work_analysis_time_limit = 900;                ///< seconds
  int64_t work_analysis_memory_limit = int64_t{3} << 30; ///< bytes
  int64_t work_alert_escalation = 900;                   ///< seconds; 0: never
  int64_t work_niceness = 10;
  std::string work_models; ///< "" until settled: `data`/models

  std::string cluster_node = "noctis";
  std::string cluster_host = "127.0.0.1"; ///< where other nodes reach this one, and what the port is bound to
  int64_t cluster_port = 0;               ///< 0: other nodes cannot connect to this one
  std::string cluster_tls_ca;
  std::string cluster_tls_certificate;
  std::string cluster_tls_key;
  int64_t cluster_replicas = 1;
  int64_t cluster_lease = 5; ///< seconds

  std::string http_host; ///< "" until settled, as `server_host`
  int64_t http_port = 8000;
  std::string http_secret_key; ///< "" until settled: made and kept in `data`/secret-key
  std::vector<std::string> http_allowed_hosts;
  int64_t http_threads = 64;
  int64_t http_max_upload = int64_t{16} << 30; ///< bytes
  std::string http_certificate;
  std::string http_private_key;
  bool http_use_tls = false;
  int64_t http_session_idle_timeout = 1800; ///< seconds
  std::string http_web_root;                ///< "" until settled: ../web beside the program's directory
  std::vector<std::string> http_trusted_proxies;

  [[nodiscard]] bool has_role(const std::string& role) const;
  [[nodiscard]] bool is_local() const { return deployment_mode == "local"; }
};

/// Returns the value of an environment variable, nullptr where it is not set.
using environment = std::function<const char*(const std::string& name)>;

/// Returns the defaults, changed by `json` (the text of config.json, "" for none), changed by the environment, with
/// what depends on other settings settled and the relative paths made absolute. Throws `configuration_error`.
configuration read_configuration(const std::string& json, const environment& env);

/// As `read_configuration`, from the process's environment, for what it does not set from the lines of
/// `$NOCTIS_DATA/run/environment`, and from the file `path` ("": the one that NOCTIS_CONFIG names, else
/// `$NOCTIS_DATA/config.json` or ./config.json where there is one); makes the secret key if there is none.
configuration load_configuration(const std::string& path);

} // namespace noctis
