#include "nodes/configuration.hpp"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <sstream>

namespace noctis {

namespace {

using rapidjson::Value;
using namespace std::string_literals;

/// One setting: where it stands in config.json, the variable that overrides it, and how its value is taken.
struct setting {
  std::string section; ///< "" for the top level
  std::string key;
  std::string variable; ///< "" for none
  std::function<void(configuration&, const Value&, const std::string& name)> from_json;
  std::function<void(configuration&, const std::string&, const std::string& name)> from_text;
};

[[noreturn]] void refuse(const std::string& name, const std::string& expected) {
  throw configuration_error(name + " must be " + expected);
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream{text};
  for (std::string part; std::getline(stream, part, ',');) {
    part.erase(0, part.find_first_not_of(" \t"));
    part.erase(part.find_last_not_of(" \t") + 1);
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

setting text(std::string section, std::string key, std::string variable, std::string configuration::*member,
             std::vector<std::string> allowed = {}) {
  auto take = [member, allowed](configuration& c, const std::string& value, const std::string& name) {
    if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
      std::string list;
      for (const auto& one : allowed) list += (list.empty() ? "" : ", ") + one;
      refuse(name, "one of " + list + ", not \"" + value + "\"");
    }
    c.*member = value;
  };
  return {std::move(section), std::move(key), std::move(variable),
          [take](configuration& c, const Value& v, const std::string& name) {
            if (!v.IsString()) refuse(name, "a string");
            take(c, v.GetString(), name);
          },
          take};
}

setting number(std::string section, std::string key, std::string variable, int64_t configuration::*member,
               int64_t least, int64_t most) {
  auto take = [member, least, most](configuration& c, int64_t value, const std::string& name) {
    if (value < least || value > most) {
      refuse(name, "a number from " + std::to_string(least) + " to " + std::to_string(most) + ", not " +
                       std::to_string(value));
    }
    c.*member = value;
  };
  return {std::move(section), std::move(key), std::move(variable),
          [take](configuration& c, const Value& v, const std::string& name) {
            if (!v.IsInt64()) refuse(name, "a whole number");
            take(c, v.GetInt64(), name);
          },
          [take](configuration& c, const std::string& value, const std::string& name) {
            size_t used = 0;
            int64_t parsed = 0;
            try {
              parsed = std::stoll(value, &used);
            } catch (const std::exception&) {
              used = 0;
            }
            if (used == 0 || used != value.size()) refuse(name, "a whole number, not \"" + value + "\"");
            take(c, parsed, name);
          }};
}

setting flag(std::string section, std::string key, std::string variable, bool configuration::*member) {
  return {std::move(section), std::move(key), std::move(variable),
          [member](configuration& c, const Value& v, const std::string& name) {
            if (!v.IsBool()) refuse(name, "true or false");
            c.*member = v.GetBool();
          },
          [member](configuration& c, const std::string& value, const std::string& name) {
            auto lower = value;
            std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char x) { return std::tolower(x); });
            const bool yes = lower == "1" || lower == "true" || lower == "yes" || lower == "on";
            const bool no = lower == "0" || lower == "false" || lower == "no" || lower == "off" || lower.empty();
            if (!yes && !no) refuse(name, "true or false, not \"" + value + "\"");
            c.*member = yes;
          }};
}

setting list(std::string section, std::string key, std::string variable,
             std::vector<std::string> configuration::*member) {
  return {std::move(section), std::move(key), std::move(variable),
          [member](configuration& c, const Value& v, const std::string& name) {
            if (!v.IsArray()) refuse(name, "an array of strings");
            std::vector<std::string> values;
            for (const auto& one : v.GetArray()) {
              if (!one.IsString()) refuse(name, "an array of strings");
              values.emplace_back(one.GetString());
            }
            c.*member = std::move(values);
          },
          [member](configuration& c, const std::string& value, const std::string&) { c.*member = split(value); }};
}

const std::vector<setting>& settings() {
  using c = configuration;
  constexpr int64_t port = 65535;
  constexpr int64_t day = 86400;
  constexpr int64_t many = int64_t{1} << 50;
  static const std::vector<setting> all{
      list("", "roles", "NOCTIS_ROLES", &c::roles),
      text("", "deployment_mode", "DEPLOYMENT_MODE", &c::deployment_mode, {"local", "production", "tailnet"}),
      flag("", "debug", "DEBUG", &c::debug),
      text("server", "host", "", &c::server_host),
      text("server", "public_host", "DICOM_SCP_HOST", &c::server_public_host),
      number("server", "port", "DICOM_SCP_PORT", &c::server_port, 1, port),
      text("server", "ae_title", "DICOM_SCP_AE_TITLE", &c::server_ae_title),
      list("server", "aliases", "", &c::server_aliases),
      text("server", "scu_ae_title", "DICOM_SCU_AE_TITLE", &c::server_scu_ae_title),
      number("server", "max_pdu_length", "", &c::server_max_pdu_length, 4096, 131072),
      flag("server", "strict_called_aet", "", &c::server_strict_called_aet),
      number("server", "tls_port", "DICOM_TLS_PORT", &c::server_tls_port, 1, port),
      text("server", "tls_certificate", "DICOM_TLS_CERTIFICATE", &c::server_tls_certificate),
      text("server", "tls_key", "DICOM_TLS_PRIVATE_KEY", &c::server_tls_key),
      text("server", "tls_client_ca", "DICOM_TLS_CLIENT_CA", &c::server_tls_client_ca),
      text("database", "url", "DATABASE_URL", &c::database_url),
      number("database", "max_connections", "", &c::database_max_connections, 16, 200),
      text("redis", "url", "REDIS_URL", &c::redis_url),
      text("storage", "base_path", "", &c::storage_base_path),
      flag("storage", "organize_by_patient", "", &c::storage_organize_by_patient),
      flag("storage", "organize_by_study", "", &c::storage_organize_by_study),
      number("storage", "writers", "", &c::storage_writers, 1, 256),
      number("ingest", "max_associations", "", &c::ingest_max_associations, 1, 4096),
      number("ingest", "max_associations_per_peer", "", &c::ingest_max_associations_per_peer, 1, 4096),
      number("ingest", "memory_budget", "", &c::ingest_memory_budget, int64_t{16} << 20, many),
      text("ingest", "on_conflict", "", &c::ingest_on_conflict, {"reject", "replace"}),
      number("ingest", "study_complete_after", "", &c::ingest_study_complete_after, 1, day),
      number("ingest", "quarantine_quota", "", &c::ingest_quarantine_quota, 0, many),
      number("ingest", "acse_timeout", "", &c::ingest_acse_timeout, 1, 600),
      number("ingest", "dimse_timeout", "", &c::ingest_dimse_timeout, 1, 3600),
      number("ingest", "idle_timeout", "", &c::ingest_idle_timeout, 1, day),
      number("ingest", "store_timeout", "", &c::ingest_store_timeout, 1, 3600),
      flag("ingest", "accept_unknown_sop_classes", "", &c::ingest_accept_unknown_sop_classes),
      number("work", "forwarders", "", &c::work_forwarders, 1, 64),
      number("work", "annotations_after", "", &c::work_annotations_after, 0, day),
      flag("work", "analyse", "", &c::work_analyse),
      number("work", "analysers", "", &c::work_analysers, 1, 64),
      number("work", "reporters", "", &c::work_reporters, 1, 64),
      number("work", "analysis_time_limit", "", &c::work_analysis_time_limit, 1, day),
      number("work", "analysis_memory_limit", "", &c::work_analysis_memory_limit, int64_t{256} << 20, many),
      number("work", "alert_escalation", "", &c::work_alert_escalation, 0, day),
      number("work", "niceness", "", &c::work_niceness, 0, 19),
      text("work", "models", "", &c::work_models),
      text("cluster", "node", "NOCTIS_NODE", &c::cluster_node),
      text("cluster", "host", "", &c::cluster_host),
      number("cluster", "port", "NOCTIS_CLUSTER_PORT", &c::cluster_port, 0, port),
      text("cluster.tls", "ca", "", &c::cluster_tls_ca),
      text("cluster.tls", "certificate", "", &c::cluster_tls_certificate),
      text("cluster.tls", "key", "", &c::cluster_tls_key),
      number("cluster", "replicas", "NOCTIS_REPLICAS", &c::cluster_replicas, 1, 1),
      number("cluster", "lease", "", &c::cluster_lease, 2, 300),
      text("http", "host", "HTTP_HOST", &c::http_host),
      number("http", "port", "HTTP_PORT", &c::http_port, 1, port),
      text("http", "secret_key", "SECRET_KEY", &c::http_secret_key),
      list("http", "allowed_hosts", "ALLOWED_HOSTS", &c::http_allowed_hosts),
      number("http", "threads", "", &c::http_threads, 8, 1024),
      number("http", "max_upload", "", &c::http_max_upload, 1 << 20, many),
      text("http", "certificate", "HTTPS_CERTIFICATE", &c::http_certificate),
      text("http", "private_key", "HTTPS_PRIVATE_KEY", &c::http_private_key),
      flag("http", "use_tls", "USE_HTTPS", &c::http_use_tls),
      number("http", "session_idle_timeout", "", &c::http_session_idle_timeout, 1, day),
      text("http", "web_root", "NOCTIS_WEB_ROOT", &c::http_web_root),
      list("http", "trusted_proxies", "", &c::http_trusted_proxies),
  };
  return all;
}

void take_object(configuration& result, const Value& object, const std::string& section) {
  const auto& all = settings();
  for (const auto& member : object.GetObject()) {
    const std::string key = member.name.GetString();
    auto path = section;
    if (!section.empty()) path += ".";
    path += key;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const setting& s) { return s.section == section && s.key == key; });
    if (found != all.end()) {
      found->from_json(result, member.value, path);
      continue;
    }
    const bool is_section = std::any_of(all.begin(), all.end(), [&](const setting& s) { return s.section == path; });
    if (key.empty() || !is_section)
      throw configuration_error("unknown key " + (path.empty() ? R"("")"s : path) + " in config.json");
    if (!member.value.IsObject()) refuse(path, "an object");
    take_object(result, member.value, path);
  }
}

void take_json(configuration& result, const std::string& json) {
  if (json.empty()) return;
  rapidjson::Document document;
  document.Parse<rapidjson::kParseCommentsFlag | rapidjson::kParseTrailingCommasFlag>(json.data(), json.size());
  if (document.HasParseError()) {
    throw configuration_error("config.json is not JSON at byte " + std::to_string(document.GetErrorOffset()) + ": " +
                              rapidjson::GetParseError_En(document.GetParseError()));
  }
  if (!document.IsObject()) throw configuration_error("config.json must be an object");
  take_object(result, document, {});
}

void take_environment(configuration& result, const environment& env) {
  if (const auto* data = env("NOCTIS_DATA"); data && *data) result.data = data;
  for (const auto& one : settings()) {
    if (one.variable.empty()) continue;
    const auto* value = env(one.variable);
    if (value && *value) one.from_text(result, value, one.variable);
  }
}

void check_roles(const configuration& c) {
  static const std::vector<std::string> known{"ingest", "store", "index", "http", "work"};
  if (c.roles.empty()) throw configuration_error("roles must name at least one of ingest, store, index, http, work");
  for (const auto& role : c.roles) {
    if (std::find(known.begin(), known.end(), role) == known.end()) {
      throw configuration_error("unknown role \"" + role + "\": roles are ingest, store, index, http, work");
    }
  }
}

void check_title(const std::string& name, const std::string& title) {
  constexpr size_t longest = 16; // PS3.5 6.2, AE
  const bool printable =
      std::all_of(title.begin(), title.end(), [](char c) { return c >= ' ' && c <= '~' && c != '\\'; });
  if (title.empty() || title.size() > longest || !printable) {
    refuse(name, "an AE title of 1 to 16 printable characters, not \"" + title + "\"");
  }
}

void settle(configuration& c) {
  check_roles(c);
  check_title("server.ae_title", c.server_ae_title);
  check_title("server.scu_ae_title", c.server_scu_ae_title);
  for (const auto& alias : c.server_aliases) check_title("server.aliases", alias);
  c.data = std::filesystem::absolute(c.data);
  const std::string everywhere = c.is_local() ? "127.0.0.1" : "0.0.0.0";
  if (c.server_host.empty()) c.server_host = everywhere;
  if (c.http_host.empty()) c.http_host = everywhere;
  if (c.storage_base_path.empty()) c.storage_base_path = (c.data / "storage").string();
  c.storage_base_path = std::filesystem::absolute(c.storage_base_path).string();
  if (c.work_models.empty()) c.work_models = (c.data / "models").string();
  const bool has_tls = !c.cluster_tls_ca.empty() && !c.cluster_tls_certificate.empty() && !c.cluster_tls_key.empty();
  if (c.cluster_port != 0 && !has_tls) {
    throw configuration_error("cluster.port needs cluster.tls.ca, cluster.tls.certificate and cluster.tls.key: "
                              "nodes talk over mutual TLS only");
  }
  if (c.http_use_tls && (c.http_certificate.empty() || c.http_private_key.empty())) {
    throw configuration_error("USE_HTTPS needs http.certificate and http.private_key");
  }
  if (c.http_use_tls && c.server_tls_certificate.empty() && c.server_tls_key.empty()) {
    c.server_tls_certificate = c.http_certificate;
    c.server_tls_key = c.http_private_key;
  }
  if (c.server_tls_certificate.empty() != c.server_tls_key.empty()) {
    throw configuration_error("server.tls_certificate and server.tls_key need each other");
  }
}

} // namespace

bool configuration::has_role(const std::string& role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

configuration read_configuration(const std::string& json, const environment& env) {
  configuration result;
  take_json(result, json);
  take_environment(result, env);
  settle(result);
  return result;
}

} // namespace noctis
