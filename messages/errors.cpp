#include "messages/errors.hpp"

#include <caf/deep_to_string.hpp>
#include <caf/sec.hpp>

#include <array>

namespace noctis {

namespace {

struct errc_row {
  errc code;
  const char* name;
  uint16_t dimse;
  int http;
};

constexpr uint16_t success = 0x0000;
constexpr uint16_t out_of_resources = 0xA700;
constexpr uint16_t mismatch = 0xA900;
constexpr uint16_t cannot_understand = 0xC000;

// The one place where our codes meet DIMSE and HTTP.
constexpr std::array<errc_row, 34> table{{
    {errc::none, "none", success, 200},
    {errc::invalid_argument, "invalid_argument", cannot_understand, 400},
    {errc::malformed_data_set, "malformed_data_set", cannot_understand, 422},
    {errc::truncated_data_set, "truncated_data_set", cannot_understand, 422},
    {errc::limit_exceeded, "limit_exceeded", cannot_understand, 413},
    {errc::missing_identifier, "missing_identifier", mismatch, 422},
    {errc::invalid_identifier, "invalid_identifier", mismatch, 422},
    {errc::sop_class_mismatch, "sop_class_mismatch", mismatch, 422},
    {errc::sop_instance_mismatch, "sop_instance_mismatch", mismatch, 422},
    {errc::unsupported_transfer_syntax, "unsupported_transfer_syntax", cannot_understand, 415},
    {errc::instance_conflict, "instance_conflict", cannot_understand, 409},
    {errc::patient_conflict, "patient_conflict", cannot_understand, 409},
    {errc::facility_conflict, "facility_conflict", cannot_understand, 409},
    {errc::series_conflict, "series_conflict", cannot_understand, 409},
    {errc::quota_exceeded, "quota_exceeded", out_of_resources, 507},
    {errc::overloaded, "overloaded", out_of_resources, 503},
    {errc::disk_full, "disk_full", out_of_resources, 507},
    {errc::storage_failure, "storage_failure", out_of_resources, 500},
    {errc::storage_unavailable, "storage_unavailable", out_of_resources, 503},
    {errc::index_unavailable, "index_unavailable", out_of_resources, 503},
    {errc::database_failure, "database_failure", out_of_resources, 500},
    {errc::in_doubt, "in_doubt", out_of_resources, 503},
    {errc::cache_unavailable, "cache_unavailable", out_of_resources, 503},
    {errc::timeout, "timeout", out_of_resources, 504},
    {errc::not_found, "not_found", cannot_understand, 404},
    {errc::permission_denied, "permission_denied", cannot_understand, 403},
    {errc::unauthenticated, "unauthenticated", cannot_understand, 401},
    {errc::rate_limited, "rate_limited", out_of_resources, 429},
    {errc::state_conflict, "state_conflict", cannot_understand, 409},
    {errc::peer_unreachable, "peer_unreachable", out_of_resources, 502},
    {errc::peer_refused, "peer_refused", out_of_resources, 502},
    {errc::cancelled, "cancelled", cannot_understand, 409},
    {errc::shutting_down, "shutting_down", out_of_resources, 503},
    {errc::internal, "internal", cannot_understand, 500},
}};

const errc_row* row_of(errc code) {
  for (const auto& row : table) {
    if (row.code == code) return &row;
  }
  return nullptr;
}

} // namespace

std::string to_string(errc code) {
  const auto* row = row_of(code);
  return row ? row->name : "unknown";
}

errc errc_from_string(const std::string& name) {
  for (const auto& row : table) {
    if (name == row.name) return row.code;
  }
  return errc::internal;
}

uint16_t dimse_status(errc code) {
  const auto* row = row_of(code);
  return row ? row->dimse : cannot_understand;
}

int http_status(errc code) {
  const auto* row = row_of(code);
  return row ? row->http : 500;
}

errc code_of(const caf::error& error) {
  if (!error) return errc::none;
  if (error.category() == caf::atom("noctis")) return static_cast<errc>(error.code());
  if (error.category() == caf::atom("system")) {
    switch (static_cast<caf::sec>(error.code())) {
    case caf::sec::request_timeout:
      return errc::timeout;
    case caf::sec::request_receiver_down:
    case caf::sec::remote_linking_failed:
      return errc::shutting_down;
    default:
      break;
    }
  }
  return errc::internal;
}

bool is_final_refusal(errc code) {
  switch (code) {
  case errc::malformed_data_set:
  case errc::truncated_data_set:
  case errc::limit_exceeded:
  case errc::missing_identifier:
  case errc::invalid_identifier:
  case errc::sop_class_mismatch:
  case errc::sop_instance_mismatch:
  case errc::unsupported_transfer_syntax:
  case errc::instance_conflict:
  case errc::patient_conflict:
  case errc::facility_conflict:
  case errc::series_conflict:
    return true;
  default:
    return false;
  }
}

std::string reason_of(const caf::error& error) {
  if (!error) return {};
  const auto& context = error.context();
  if (context.match_elements<std::string>()) return context.get_as<std::string>(0);
  if (error.category() == caf::atom("noctis")) return to_string(static_cast<errc>(error.code()));
  return to_string(code_of(error)) + " (" + caf::deep_to_string(error) + ")";
}

std::string render_error(uint8_t code, caf::atom_value, const caf::message& context) {
  auto text = to_string(static_cast<errc>(code));
  if (context.match_elements<std::string>()) text += ": " + context.get_as<std::string>(0);
  return text;
}

caf::error failure(errc code, std::string reason) { return caf::error{code, std::move(reason)}; }

} // namespace noctis
