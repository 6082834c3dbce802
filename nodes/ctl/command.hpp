#pragma once

#include "http/client.hpp"
#include "nodes/configuration.hpp"
#include "schema/connection.hpp"

#include <CLI/CLI.hpp>
#include <rapidjson/document.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace noctis::ctl {

/// What went wrong, for the person at the terminal; ends the program with `status`.
class command_error : public std::runtime_error {
public:
  explicit command_error(const std::string& why, int status = 1) : std::runtime_error(why), status_(status) {}
  [[nodiscard]] int status() const { return status_; }

private:
  int status_;
};

/// What all commands share; what a command does not need is not opened.
class context {
public:
  std::string config_path;
  bool json = false;

  const configuration& settings();
  schema::database& database();

  /// A client of this node's REST interface, logged in as an administrator.
  api_client& api();
  /// As `api`, a new one for another thread.
  std::unique_ptr<api_client> new_api();

  [[nodiscard]] std::string base_url();

private:
  std::optional<configuration> settings_;
  std::optional<schema::database> database_;
  std::unique_ptr<api_client> api_;
  std::string bearer_;
};

/// A table for people, or an array of objects with `--json`.
class table {
public:
  explicit table(std::vector<std::string> columns) : columns_(std::move(columns)) {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  void print(const context& shared) const;

private:
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// A JSON object of strings, numbers and lists of strings, in the order in which they are added.
class json_object {
public:
  json_object& add(const std::string& name, const std::string& value);
  json_object& add(const std::string& name, int64_t value);
  json_object& add(const std::string& name, const std::vector<std::string>& values);
  void print() const;

private:
  rapidjson::Document document_{rapidjson::kObjectType};
};

/// A progress bar on the terminal; silent where standard error is not one.
class progress {
public:
  explicit progress(std::string what, uint64_t total = 0) : what_(std::move(what)), total_(total) {}
  void update(uint64_t done);
  void finish();

private:
  std::string what_;
  uint64_t total_;
  uint64_t shown_ = UINT64_MAX;
};

/// Returns `text` fit for a terminal: control characters replaced.
std::string printable(const std::string& text);

/// Returns ms since the epoch as RFC 3339, UTC.
std::string time_text(int64_t ms);

/// Returns the names of all regular files below `paths`, sorted.
std::vector<std::string> files_below(const std::vector<std::string>& paths);

/// Throws the problem that `answer` tells unless its status is one of success.
void require_success(const client_answer& answer);

void add_database_commands(CLI::App& application, context& shared);
void add_user_commands(CLI::App& application, context& shared);
void add_phantom_commands(CLI::App& application, context& shared);
void add_peer_commands(CLI::App& application, context& shared);
void add_quarantine_commands(CLI::App& application, context& shared);
void add_verify_command(CLI::App& application, context& shared);
void add_transfer_commands(CLI::App& application, context& shared);
void add_worklist_commands(CLI::App& application, context& shared);
void add_routing_commands(CLI::App& application, context& shared);
void add_job_commands(CLI::App& application, context& shared);
void add_deletion_commands(CLI::App& application, context& shared);
void add_forward_commands(CLI::App& application, context& shared);
void add_status_commands(CLI::App& application, context& shared);

} // namespace noctis::ctl
