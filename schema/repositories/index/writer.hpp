#pragma once

#include "schema/repositories/index/draft.hpp"
#include "schema/session.hpp"
#include "schema/terms.hpp"

#include <cstdint>
#include <set>
#include <vector>

namespace noctis::schema {

/// Indexes drafts inside a transaction. Locks are taken in one order by every writer (studies, then series, then
/// instances, then totals, each by UID), so that writers wait for each other and never in a circle. Throws
/// `lost_race` where another writer made the same row first.
class index_writer {
public:
  index_writer(query& run, const term_numbers& terms) : run_(run), terms_(terms) {}

  /// Indexes all drafts. Several of one SOP instance are taken one after the other.
  void write(std::vector<draft>& drafts);

private:
  void write_round(round_draft& round);
  void lock_studies(round_draft& round);
  void look_up(round_draft& round);
  void look_up_identities(round_draft& round);
  void create_patients(round_draft& round);
  void create_studies(round_draft& round);
  void create_series(round_draft& round);
  void begin_workitems(const round_draft& round);
  void show_hidden(const round_draft& round);
  void set_aside_replaced(const round_draft& round);
  void insert_instances(round_draft& round);
  void count(const round_draft& round);
  void send_on(const round_draft& round);
  bool is_first_of_patient(int64_t patient);
  void answer_duplicates(round_draft& round);
  [[nodiscard]] caf::optional<int32_t> image_type_of(const instance_attributes& a) const;

  query& run_;
  const term_numbers& terms_;
  std::set<int64_t> counted_patients_; ///< of whom something is to be seen from this batch on
};

} // namespace noctis::schema
