#include "nodes/ctl/command.hpp"

#include "actors/accounts/passwords.hpp"
#include "http/auth/token.hpp"
#include "messages/json_text.hpp"
#include "schema/repositories/sessions.hpp"
#include "schema/repositories/users.hpp"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <unistd.h>

namespace noctis::ctl {

namespace fs = std::filesystem;

namespace {

constexpr auto session_lifetime = std::chrono::hours{12};

/// Opens a session of the first active administrator and returns its access token.
std::string administrators_token(schema::database& database, const std::string& secret_key) {
  for (const auto& user : schema::users_repository{database}.list()) {
    if (!user.active || user.profile.role != "admin") continue;
    const auto session = random_hex(16);
    schema::sessions_repository{database}.open(session, user.profile.id, sha256_hex(random_hex(32)), session_lifetime,
                                               "noctisctl");
    const auto now = static_cast<int64_t>(std::time(nullptr));
    token_claims claims;
    claims.user = user.profile.id;
    claims.session = session;
    claims.expires = now + std::chrono::seconds{session_lifetime}.count();
    return token_signer{secret_key}.sign(claims, now);
  }
  throw command_error("there is no active administrator: noctisctl user add NAME --superuser");
}

} // namespace

const configuration& context::settings() {
  if (!settings_) settings_ = load_configuration(config_path);
  return *settings_;
}

schema::database& context::database() {
  if (!database_) {
    if (settings().database_url.empty()) {
      throw command_error("DATABASE_URL is not set, and NOCTIS_DATA/run/environment does not tell it either");
    }
    schema::database_options options;
    options.url = settings().database_url;
    options.application_name = "noctisctl";
    database_.emplace(options);
  }
  return *database_;
}

std::string context::base_url() {
  const auto& host = settings().http_host;
  const bool any = host == "0.0.0.0" || host == "::";
  return std::string{settings().http_use_tls ? "https://" : "http://"} + (any ? "127.0.0.1" : host) + ":" +
         std::to_string(settings().http_port);
}

std::unique_ptr<api_client> context::new_api() {
  if (bearer_.empty()) bearer_ = administrators_token(database(), settings().http_secret_key);
  return std::make_unique<api_client>(base_url(), bearer_);
}

api_client& context::api() {
  if (!api_) api_ = new_api();
  return *api_;
}

void table::print(const context& shared) const {
  if (shared.json) {
    json_text json;
    json.begin_array();
    for (const auto& row : rows_) {
      json.begin_object();
      for (size_t i = 0; i < columns_.size(); ++i) json.field(columns_[i], row[i]);
      json.end_object();
    }
    json.end_array();
    std::cout << json.take() << '\n';
    return;
  }
  std::vector<size_t> widths;
  for (size_t i = 0; i < columns_.size(); ++i) {
    widths.push_back(columns_[i].size());
    for (const auto& row : rows_) widths[i] = std::max(widths[i], printable(row[i]).size());
  }
  const auto print_row = [&](const std::vector<std::string>& row) {
    for (size_t i = 0; i < row.size(); ++i) {
      const auto text = printable(row[i]);
      std::cout << text << (i + 1 == row.size() ? "" : std::string(widths[i] - text.size() + 2, ' '));
    }
    std::cout << '\n';
  };
  print_row(columns_);
  for (const auto& row : rows_) print_row(row);
}

json_object& json_object::add(const std::string& name, const std::string& value) {
  auto& memory = document_.GetAllocator();
  document_.AddMember(rapidjson::Value{name.c_str(), memory}, rapidjson::Value{value.c_str(), memory}, memory);
  return *this;
}

json_object& json_object::add(const std::string& name, int64_t value) {
  auto& memory = document_.GetAllocator();
  document_.AddMember(rapidjson::Value{name.c_str(), memory}, rapidjson::Value{value}, memory);
  return *this;
}

json_object& json_object::add(const std::string& name, const std::vector<std::string>& values) {
  auto& memory = document_.GetAllocator();
  rapidjson::Value list{rapidjson::kArrayType};
  for (const auto& value : values) list.PushBack(rapidjson::Value{value.c_str(), memory}, memory);
  document_.AddMember(rapidjson::Value{name.c_str(), memory}, list, memory);
  return *this;
}

void json_object::print() const { std::cout << json_of(document_) << '\n'; }

void progress::update(uint64_t done) {
  static const bool is_terminal = ::isatty(STDERR_FILENO) == 1;
  if (!is_terminal) return;
  constexpr uint64_t width = 40;
  constexpr uint64_t step = 200;
  const auto share = total_ == 0 ? done / step : done * step / total_;
  if (share == shown_) return;
  shown_ = share;
  std::cerr << '\r' << what_ << ' ';
  if (total_ != 0) {
    const auto filled = static_cast<size_t>(std::min(done * width / total_, width));
    std::cerr << '[' << std::string(filled, '#') << std::string(width - filled, ' ') << "] " << done << '/' << total_;
  } else {
    std::cerr << done;
  }
  std::cerr << std::flush;
}

void progress::finish() {
  if (shown_ != UINT64_MAX) std::cerr << '\n';
}

std::string printable(const std::string& text) {
  auto result = text;
  for (auto& c : result) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  }
  return result;
}

std::string time_text(int64_t ms) {
  const auto seconds = static_cast<std::time_t>(ms / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[32];
  std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

std::vector<std::string> files_below(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const auto& path : paths) {
    if (!fs::is_directory(path)) {
      if (!fs::exists(path)) throw command_error("no such file or directory: " + path);
      files.push_back(path);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator{path}) {
      if (entry.is_regular_file()) files.push_back(entry.path().string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

void require_success(const client_answer& answer) {
  if (answer.status >= 200 && answer.status < 300) return;
  if (answer.status == 0) throw command_error("noctisd does not answer: " + answer.body);
  rapidjson::Document problem;
  problem.Parse(answer.body.c_str());
  const bool tells =
      !problem.HasParseError() && problem.IsObject() && problem.HasMember("detail") && problem["detail"].IsString();
  throw command_error(tells ? problem["detail"].GetString() : "noctisd answered " + std::to_string(answer.status));
}

} // namespace noctis::ctl
