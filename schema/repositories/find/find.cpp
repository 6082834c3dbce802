#include "schema/repositories/find/find.hpp"

#include "schema/repositories/find/answer.hpp"
#include "schema/repositories/find/matching.hpp"
#include "schema/scope.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <numeric>

namespace noctis::schema {

namespace {

constexpr size_t max_keys = 256;
constexpr size_t max_values = 100'000;
constexpr size_t max_depth = 8;
constexpr size_t max_order = 8;
constexpr int32_t max_limit = 1000;

constexpr uint32_t modality = 0x00080060;
constexpr uint32_t modalities_in_study = 0x00080061;
constexpr uint32_t patient_name = 0x00100010;

[[noreturn]] void refuse(const std::string& sentence) { throw database_error(errc::invalid_argument, sentence); }

void check(const find_request& request) {
  if (request.limit < 1 || request.limit > max_limit)
    refuse("limit is 1 to " + std::to_string(max_limit) + ", not " + std::to_string(request.limit));
  if (request.offset < 0) refuse("offset is not negative");
  if (request.keys.size() > max_keys) refuse("more than " + std::to_string(max_keys) + " keys");
  if (request.order.size() > max_order) refuse("an order of more than " + std::to_string(max_order) + " attributes");
  const auto values = std::accumulate(request.keys.begin(), request.keys.end(), size_t{0},
                                      [](size_t sum, const auto& key) { return sum + key.values.size(); });
  if (values > max_values) refuse("more than " + std::to_string(max_values) + " values");
  for (const auto& key : request.keys) {
    if (key.path.empty() || key.path.size() > max_depth)
      refuse("a key names an attribute at most " + std::to_string(max_depth) + " deep");
  }
}

/// Builds the statement of one request.
class find_statement {
public:
  explicit find_statement(const find_request& request) : request_(request), answer_(request) {
    for (const auto& key : request.keys) {
      if (!is_universal(key)) take(key);
    }
    if (request.level == query_level::study) narrow_by_modality();
  }

  /// Finds the page first, and reads only its rows whole.
  std::string sql() {
    const auto by = order();
    conditions where{parameters_};
    add_own(where);
    add_below(where);
    const auto page = "select " + alias_of(request_.level) + ".id " + tables(lowest_joined()) + " where " +
                      where.sql() + by + " limit " + std::to_string(request_.limit + 1) + " offset " +
                      std::to_string(request_.offset);
    return "with page as materialized (" + page + ") select " + answer_.columns() + " " + tables(query_level::patient) +
           " where " + alias_of(request_.level) + ".id = any(array(select id from page))" + by;
  }

  [[nodiscard]] const std::vector<std::string>& parameters() const { return parameters_.values(); }
  [[nodiscard]] const std::vector<uint32_t>& ignored() const { return ignored_; }
  [[nodiscard]] const find_answer& answer() const { return answer_; }

private:
  void take(const match_key& key) {
    const auto* attribute = attribute_of(key.path.front());
    if (!attribute || attribute->how == match_by::none || (key.path.size() > 1 && attribute->column)) {
      ignored_.push_back(key.path.front());
      return;
    }
    (attribute->level > request_.level ? below_ : own_).push_back({&key, attribute});
  }

  /// A study knows the modalities of its series, by index.
  void narrow_by_modality() {
    const auto is_modality = [](const known_key& one) { return one.attribute->tag == modality; };
    for (const auto& one : below_) {
      if (is_modality(one)) own_.push_back({one.key, attribute_of(modalities_in_study)});
    }
    if (std::all_of(below_.begin(), below_.end(), is_modality)) below_.clear();
  }

  [[nodiscard]] matching_options options(bool joins_studies) const { return {request_.fuzzy_names, joins_studies}; }

  void add_own(conditions& where) const {
    const bool of_patients = request_.level == query_level::patient;
    where.add(visible_to(request_.who, of_patients ? "p.facility" : "s.facility"));
    if (of_patients) where.add("exists (select from studies o where o.patient = p.id)");
    if (request_.level == query_level::instance) where.add("i.replaced_at is null");
    add_keys(where, own_, options(!of_patients));
  }

  /// What is asked of levels below must hold for one and the same object there.
  void add_below(conditions& where) const {
    if (below_.empty()) return;
    const auto lowest = std::max_element(below_.begin(), below_.end(), [](const auto& a, const auto& b) {
                          return a.attribute->level < b.attribute->level;
                        })->attribute->level;
    std::string from;
    auto some = where.nested();
    if (request_.level < query_level::study) {
      from = "studies s";
      some.add("s.patient = p.id");
      some.add(visible_to(request_.who, "s.facility"));
    }
    if (request_.level < query_level::series && lowest >= query_level::series) {
      from += from.empty() ? "series r" : " join series r on r.study = s.id";
      if (request_.level == query_level::study) some.add("r.study = s.id");
    }
    if (lowest == query_level::instance) {
      from += from.empty() ? "instances i" : " join instances i on i.series = r.id";
      if (request_.level == query_level::series) some.add("i.series = r.id");
      some.add("i.replaced_at is null");
    }
    add_keys(some, below_, options(true));
    where.add("exists (select from " + from + " where " + some.sql() + ")");
  }

  /// Returns the tables from the request's level up to `top`.
  [[nodiscard]] std::string tables(query_level top) const {
    std::string result;
    if (request_.level == query_level::patient) return "from patients p";
    if (request_.level == query_level::study) result = "from studies s";
    if (request_.level == query_level::series) result = "from series r join studies s on s.id = r.study";
    if (request_.level == query_level::instance)
      result = "from instances i join series r on r.id = i.series join studies s on s.id = r.study";
    return result + (top == query_level::patient ? " join patients p on p.id = s.patient" : "");
  }

  /// Patients are joined only where a condition or the order is theirs.
  [[nodiscard]] query_level lowest_joined() const {
    const auto is_patients = [](const queryable* one) { return one && one->level == query_level::patient; };
    const bool asked =
        std::any_of(own_.begin(), own_.end(), [&](const auto& one) { return is_patients(one.attribute); });
    const bool ordered = std::any_of(request_.order.begin(), request_.order.end(),
                                     [&](const auto& one) { return is_patients(attribute_of(one.tag)); });
    return asked || ordered ? query_level::patient : query_level::study;
  }

  [[nodiscard]] std::string order() const {
    std::string result;
    for (const auto& [tag, descends] : request_.order) {
      const auto* attribute = attribute_of(tag);
      if (!attribute || attribute->level > request_.level || value_of(*attribute).empty())
        refuse("answers cannot be ordered by " + digits_of(tag));
      const auto column = tag == patient_name ? "p.name_folded" : value_of(*attribute);
      const bool may_be_null = !attribute->column || attribute->how == match_by::number;
      result += (result.empty() ? "" : ", ") + column + (descends ? " desc" : "") + (may_be_null ? " nulls last" : "");
    }
    if (!result.empty()) return " order by " + result + ", " + alias_of(request_.level) + ".id";
    switch (request_.level) {
    case query_level::patient:
      return " order by p.name_folded, p.id";
    case query_level::study:
      return " order by s.study_date desc, s.id desc";
    case query_level::series:
      return " order by s.study_date desc, s.id desc, r.number, r.id";
    default:
      return " order by s.study_date desc, s.id desc, r.number, r.id, i.number, i.id";
    }
  }

  const find_request& request_;
  find_answer answer_;
  parameter_list parameters_;
  std::vector<known_key> own_;
  std::vector<known_key> below_;
  std::vector<uint32_t> ignored_;
};

} // namespace

bool is_queryable(uint32_t tag) {
  const auto* attribute = attribute_of(tag);
  return attribute && attribute->how != match_by::none;
}

find_page find_repository::find(const find_request& request) {
  check(request);
  if (request.level > query_level::instance) refuse("workitems are not kept here");
  find_statement statement{request};
  const auto sql = statement.sql();
  return read(db_, [&](query& run) {
    find_page page;
    page.ignored = statement.ignored();
    for (const auto& row : run.once(sql, statement.parameters()))
      page.matches.push_back(statement.answer().object_from(row));
    page.more = page.matches.size() > static_cast<size_t>(request.limit);
    if (page.more) page.matches.pop_back();
    return page;
  });
}

} // namespace noctis::schema
