#include "actors/clock.hpp"
#include "actors/intake/intake.hpp"
#include "dicom/text.hpp"
#include "dicom/uid.hpp"

#include <spdlog/spdlog.h>

// What an intake does with an instance that is not kept.
namespace noctis {

namespace {

/// Whether the index certainly did not take the instance.
bool is_certain(errc code) {
  return code == errc::index_unavailable || code == errc::database_failure || code == errc::state_conflict;
}

/// Returns a UID, or what stands in its place, fit to be kept and shown.
std::string presentable(const std::string& uid) { return std::string{cut(without_controls(uid), max_uid_length)}; }

} // namespace

void intake_state::index_failed(caf::error error) {
  const auto code = code_of(error);
  if (is_final_refusal(code)) {
    quarantine(std::move(error), current->file.path);
    return;
  }
  if (is_certain(code)) {
    self->send(current->store.storer, remove_atom::value, current->file);
  } else {
    self->send(current->store.storer, retry_atom::value, current->file);
  }
  reachable = {};
  fail(std::move(error));
}

void intake_state::quarantine(caf::error error, const std::string& path) {
  // What is retried lies in quarantine already.
  if (!is_final_refusal(code_of(error)) || current->about.by == channel::retry) {
    if (!path.empty()) self->send(current->store.storer, remove_atom::value, current->file);
    if (current->open) self->send(current->store.storer, drop_atom::value, *current->open);
    fail(std::move(error));
    return;
  }
  quarantine_file what;
  what.facility = facility_of(current->about);
  if (current->open) {
    what.stream = *current->open;
  } else if (!path.empty()) {
    what.path = path;
  } else {
    what.preamble = current->preamble;
    what.bytes = current->bytes;
  }
  ask<location>(
      current->store.storer, [this, error](location kept) { record_quarantine(error, std::move(kept)); },
      [this, error](caf::error not_kept) {
        spdlog::warn("object not kept in quarantine: {}", reason_of(not_kept));
        record_quarantine(error, {});
      },
      what);
}

void intake_state::record_quarantine(caf::error error, location kept) {
  const auto& about = current->about;
  const auto& header = current->parsed.header;
  quarantine_entry entry;
  entry.received_at = now_ms();
  entry.reason = to_string(code_of(error));
  entry.detail = reason_of(error);
  const auto either = [](const std::string& announced, const std::string& found) {
    return presentable(announced.empty() ? found : announced);
  };
  entry.sop_instance_uid = either(about.sop_instance_uid, header.instance.sop_instance_uid);
  entry.sop_class_uid = either(about.sop_class_uid, header.instance.sop_class_uid);
  entry.study_instance_uid = presentable(header.study.uid);
  entry.transfer_syntax_uid = either(about.transfer_syntax_uid, header.instance.transfer_syntax_uid);
  entry.calling_aet = about.calling_aet;
  entry.called_aet = about.called_aet;
  entry.address = about.from.address;
  entry.facility = facility_of(about);
  entry.where = std::move(kept);
  ask<int64_t>(
      current->index.indexer, [this, error](int64_t) { fail(error); },
      [this, error](caf::error not_recorded) {
        spdlog::error("quarantined object without a row (recovery will find it): {}", reason_of(not_recorded));
        fail(error);
      },
      entry);
}

} // namespace noctis
