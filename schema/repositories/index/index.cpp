#include "schema/repositories/index/index.hpp"

#include "schema/array_literal.hpp"
#include "schema/repositories/index/writer.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

constexpr statement instance_exists{"index_instance_exists", "select from kept_instances where id = $1 for key share"};
constexpr statement lose_others{"index_lose_others", "update locations set state = 'lost' "
                                                     "where instance = $1 and node = $2 and path <> $3"};
constexpr statement add_copy{"index_add_copy", R"sql(
insert into locations (instance, node, path, file_offset, length, checksum)
values ($1, $2, $3, $4, $5, decode($6, 'hex'))
on conflict (instance, node, hashtextextended(path, 0)) do update set state = 'ok', file_offset = excluded.file_offset,
  length = excluded.length, checksum = excluded.checksum)sql"};
constexpr statement mark_copy{"index_mark_copy", R"sql(
update locations l set state = $4::location_state from terms n
where l.instance = $1 and l.node = n.id and n.term = $2 and l.path = $3 returning l.instance)sql"};
constexpr statement complete_idle{"index_complete_idle", R"sql(
with idle as (
  select id from kept_studies where deletion is null and status = 'in_progress' and updated_at < now() - make_interval(secs => $1)
  for no key update skip locked),
completed as (
  update kept_studies s set status = 'completed' from idle where s.id = idle.id
  returning s.id, s.uid, s.facility, s.accession_number, s.patient, s.priority),
to_do as (
  insert into jobs as j (queue, unique_key, facility, study, priority, max_attempts, payload)
  select q.name, q.name || ' ' || id, facility, id, priority, 3, jsonb_build_object('study_uid', uid)
  from completed, unnest($2::text[]) as q (name) order by 2
  on conflict (unique_key) where state in ('pending', 'running') do update
  set again_after = case when j.state = 'running' then now() end),
meant as (
  select w.id, c.facility from completed c join workitems w on w.study_uid = c.uid and w.study_uid <> ''
  union
  select w.id, c.facility from completed c join patients p on p.id = c.patient
    join workitems w on w.accession_number = c.accession_number and w.patient_id = p.patient_id
  where w.accession_number <> ''),
performed as (
  update workitems w set state = 'COMPLETED', updated_at = now() from meant m
  where w.id = m.id and w.facility = m.facility and w.state in ('SCHEDULED', 'IN PROGRESS')
  returning w.facility, w.uid),
told_of_workitems as (
  insert into events (type, facility, payload)
  select 'workitem.updated', facility, jsonb_build_object('workitem', uid, 'state', 'COMPLETED') from performed),
told as (
  insert into events (type, facility, study, payload)
  select 'study.completed', facility, id, jsonb_build_object('study_id', id, 'study_instance_uid', uid)
  from completed)
select count(*) from completed)sql"};

const char* name_of(location_state state) {
  switch (state) {
  case location_state::ok:
    return "ok";
  case location_state::lost:
    return "lost";
  case location_state::corrupt:
    return "corrupt";
  }
  return "corrupt";
}

/// Whether PostgreSQL refused a value of one of the entries (data exception, constraint violation).
bool is_about_one_entry(const database_error& error) {
  return error.sqlstate().compare(0, 2, "22") == 0 || error.sqlstate().compare(0, 2, "23") == 0 ||
         error.sqlstate().compare(0, 2, "54") == 0;
}

} // namespace

class index_repository::implementation {
public:
  explicit implementation(database& db) : db_(db) { db_.read_by_key(); }

  std::vector<index_answer> index_batch(const std::vector<index_entry>& entries,
                                        const std::vector<std::vector<int64_t>>& routes) {
    std::vector<index_answer> answers(entries.size());
    std::vector<draft> drafts;
    for (size_t i = 0; i < entries.size(); ++i) {
      try {
        drafts.push_back(make_draft(entries[i], i));
        if (i < routes.size()) drafts.back().rules = routes[i];
      } catch (const database_error& error) {
        answers[i] = index_refusal{error.code(), error.what()};
      }
    }
    if (drafts.empty()) return answers;
    learn_terms(drafts);
    write_or_split(drafts);
    for (auto& one : drafts) answers[one.position] = std::move(one.answer);
    return answers;
  }

  void add_location(int64_t instance, const location& copy) {
    if (!is_digest(copy.checksum))
      throw database_error(errc::invalid_argument, "a checksum is 32 lower-case hex digits");
    terms_.learn(db_, {copy.node});
    const auto node = terms_.of(copy.node);
    transact(db_, [&](query& run) {
      if (run(instance_exists, instance).empty())
        throw database_error(errc::not_found, "there is no instance " + std::to_string(instance));
      run(lose_others, instance, node, copy.path);
      run(add_copy, instance, node, copy.path, copy.offset, copy.length, copy.checksum);
    });
  }

  void mark_location(int64_t instance, const location& copy, location_state state) {
    const auto marked = transact(
        db_, [&](query& run) { return run(mark_copy, instance, copy.node, copy.path, name_of(state)).size(); });
    if (marked == 0)
      throw database_error(errc::not_found,
                           "instance " + std::to_string(instance) + " has no copy " + copy.path + " on " + copy.node);
  }

  int64_t complete_idle_studies(double after_seconds, const std::vector<std::string>& queues) {
    return transact(
        db_, [&](query& run) { return run(complete_idle, after_seconds, array_of(queues))[0][0].as<int64_t>(); });
  }

private:
  void learn_terms(const std::vector<draft>& drafts) {
    std::vector<std::string> words;
    for (const auto& one : drafts) {
      const auto& a = one.entry.header.instance;
      words.insert(words.end(), {a.sop_class_uid, a.transfer_syntax_uid, a.character_set, sender_of(one.entry),
                                 one.entry.file.where.node});
      if (!a.image_type.empty()) words.push_back(a.image_type);
    }
    terms_.learn(db_, words);
  }

  /// A value that PostgreSQL alone objects to fails the transaction: then each entry has one for itself.
  void write_or_split(std::vector<draft>& drafts) {
    try {
      write_twice_if_in_doubt(drafts);
    } catch (const database_error& error) {
      if (!is_about_one_entry(error)) throw;
      if (drafts.size() == 1) {
        drafts.front().answer = index_refusal{error.code(), error.what()};
        return;
      }
      for (auto& one : drafts) write_alone(one);
    }
  }

  void write_alone(draft& one) {
    try {
      std::vector<draft> alone{one};
      write_or_split(alone);
      one.answer = std::move(alone.front().answer);
    } catch (const database_error& error) {
      one.answer = index_refusal{error.code(), error.what()};
    }
  }

  /// What was committed is found by its location the second time, which settles a doubt.
  void write_twice_if_in_doubt(std::vector<draft>& drafts) {
    try {
      write(drafts);
      return;
    } catch (const database_error& error) {
      if (error.code() != errc::in_doubt) throw;
    }
    try {
      write(drafts);
    } catch (const database_error& error) {
      throw database_error(errc::in_doubt, "the connection to the database was lost during a commit, and then: " +
                                               std::string{error.what()});
    }
  }

  void write(std::vector<draft>& drafts) {
    transact(db_, [&](query& run) {
      for (auto& one : drafts) {
        one.known.reset();
        one.is_known_identity = false;
        one.writes = false;
        one.shows = false;
        one.answer = {};
      }
      index_writer{run, terms_}.write(drafts);
    });
  }

  database& db_;
  term_numbers terms_;
};

index_repository::index_repository(database& db) : implementation_(std::make_unique<implementation>(db)) {}
index_repository::~index_repository() = default;

std::vector<index_answer> index_repository::index_batch(const std::vector<index_entry>& entries,
                                                        const std::vector<std::vector<int64_t>>& routes) {
  return implementation_->index_batch(entries, routes);
}

void index_repository::add_location(int64_t instance, const location& copy) {
  implementation_->add_location(instance, copy);
}

void index_repository::mark_location(int64_t instance, const location& copy, location_state state) {
  implementation_->mark_location(instance, copy, state);
}

int64_t index_repository::complete_idle_studies(double after_seconds, const std::vector<std::string>& queues) {
  return implementation_->complete_idle_studies(after_seconds, queues);
}

} // namespace noctis::schema
