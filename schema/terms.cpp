#include "schema/terms.hpp"

#include "schema/array_literal.hpp"
#include "schema/transact.hpp"

#include <set>

namespace noctis::schema {

namespace {

// Far more than there are SOP classes, syntaxes, character sets and senders: only an attack exceeds it.
constexpr size_t max_remembered = 100'000;

constexpr statement add_terms{"terms_add", "insert into terms (term) select t from unnest($1::text[]) as t "
                                           "where not exists (select from terms where term = t) "
                                           "order by t on conflict do nothing"};
constexpr statement find_terms{"terms_find", "select id, term from terms where term = any($1::text[])"};

} // namespace

void term_numbers::learn(database& db, const std::vector<std::string>& words) {
  std::set<std::string> unknown;
  for (const auto& word : words) {
    if (numbers_.count(word) == 0) unknown.insert(word);
  }
  if (unknown.empty()) return;
  if (numbers_.size() > max_remembered) {
    numbers_.clear();
    unknown.insert(words.begin(), words.end());
  }
  const auto literal = array_of(unknown);
  const auto rows = transact(db, [&](query& run) {
    run(add_terms, literal);
    return run(find_terms, literal);
  });
  for (const auto& row : rows) numbers_[row[1].as<std::string>()] = row[0].as<int32_t>();
}

} // namespace noctis::schema
