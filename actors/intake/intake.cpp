#include "actors/intake/intake.hpp"

#include "actors/clock.hpp"
#include "actors/intake/parser.hpp"
#include "dicom/digest.hpp"
#include "dicom/part10.hpp"

#include <spdlog/spdlog.h>

namespace noctis {

namespace {

blob preamble_of(const arrival& about) {
  if (about.part10) return {};
  return blob{part10_preamble(about.sop_class_uid, about.sop_instance_uid, about.transfer_syntax_uid, about.calling_aet,
                              about.called_aet)};
}

} // namespace

void intake_state::start(directory_actor where, intake_options given) {
  directory = std::move(where);
  options = given;
  spawn_parser();
}

void intake_state::spawn_parser() {
  parser = self->spawn(noctis::parser);
  self->monitor(parser);
}

void intake_state::lost(const caf::down_msg& down) {
  if (down.source == parser.address()) {
    spawn_parser();
  } else {
    reachable = {};
  }
  if (waiting_for_ && down.source == waiting_for_) {
    ++step_;
    waiting_for_ = nullptr;
    const auto on_failure = std::move(on_lost_);
    on_failure(failure(errc::shutting_down, "the actor that had the instance ended"));
  }
}

bool intake_state::choose_services() {
  if (reachable.stores.empty() || reachable.indexes.empty()) return false;
  current->store = reachable.stores.front();
  current->index = reachable.indexes.front();
  return true;
}

void intake_state::find_services(std::function<void()> next, on_error on_failure) {
  if (choose_services()) {
    next();
    return;
  }
  ask<services>(
      directory,
      [this, next, on_failure](services found) {
        reachable = std::move(found);
        for (const auto& store : reachable.stores) self->monitor(store.storer);
        for (const auto& index : reachable.indexes) self->monitor(index.indexer);
        if (choose_services()) {
          next();
        } else if (reachable.stores.empty()) {
          on_failure(failure(errc::storage_unavailable, "no store can be reached"));
        } else {
          on_failure(failure(errc::index_unavailable, "no index can be reached"));
        }
      },
      on_failure, services_atom::value);
}

placement intake_state::target() const {
  const auto& header = current->parsed.header;
  const auto facility = facility_of(current->about);
  return {facility, patient_key(facility, header.patient.issuer, header.patient.id), header.study.uid,
          header.instance.sop_instance_uid};
}

caf::error intake_state::begin(const arrival& about) {
  if (current) return failure(errc::state_conflict, "an instance is under way");
  if (facility_of(about) == 0) {
    return failure(errc::permission_denied, about.from.name + " belongs to no facility that could own an instance");
  }
  current = instance{};
  current->number = ++instances;
  current->about = about;
  return {};
}

caf::result<store_outcome> intake_state::take(const arrival& about, const blob& bytes) {
  if (auto error = begin(about)) return error;
  current->preamble = preamble_of(about);
  current->bytes = bytes;
  current->promise = self->make_response_promise<store_outcome>();
  auto promise = current->promise;
  find_services([this] { parse(); }, [this](caf::error error) { fail(std::move(error)); });
  return promise;
}

void intake_state::parse() {
  ask<parsed_instance>(
      parser,
      [this](parsed_instance found) {
        current->parsed = std::move(found);
        store();
      },
      [this](caf::error error) { quarantine(std::move(error), {}); }, current->about, current->bytes);
}

void intake_state::store() {
  ask<location>(
      current->store.storer,
      [this](location file) {
        current->file = std::move(file);
        index();
      },
      [this](caf::error error) { fail(std::move(error)); }, put_file{target(), current->preamble, current->bytes});
}

caf::result<void> intake_state::open(const arrival& about) {
  if (auto error = begin(about)) return error;
  caf::response_promise promise = self->make_response_promise();
  auto refuse = [this, promise](caf::error error) mutable {
    current.reset();
    promise.deliver(std::move(error));
  };
  auto begin = [this, promise, refuse] {
    self->send(parser, open_atom::value, current->about);
    ask<stream_id>(
        current->store.storer,
        [this, promise](stream_id id) mutable {
          current->open = id;
          promise.deliver(caf::unit);
        },
        refuse, open_atom::value, preamble_of(current->about));
  };
  find_services(begin, refuse);
  return promise;
}

caf::result<void> intake_state::append(const blob& bytes) {
  if (!current || !current->open) return failure(errc::state_conflict, "no instance has begun");
  self->request(parser, caf::infinite, append_atom::value, bytes)
      .then([] {},
            [this, number = current->number](caf::error& error) {
              if (current && current->number == number && !current->spoiled) current->spoiled = std::move(error);
            });
  caf::response_promise promise = self->make_response_promise();
  ask<void>(
      current->store.storer, [promise]() mutable { promise.deliver(caf::unit); },
      [promise](caf::error error) mutable { promise.deliver(std::move(error)); }, append_atom::value, *current->open,
      bytes);
  return promise;
}

caf::result<store_outcome> intake_state::finish() {
  if (!current || !current->open) return failure(errc::state_conflict, "no instance has begun");
  current->promise = self->make_response_promise<store_outcome>();
  auto promise = current->promise;
  ask<parsed_instance>(
      parser,
      [this](parsed_instance found) {
        if (current->spoiled) {
          quarantine(current->spoiled, {});
          return;
        }
        current->parsed = std::move(found);
        seal();
      },
      [this](caf::error error) { quarantine(current->spoiled ? current->spoiled : std::move(error), {}); },
      finish_atom::value);
  return promise;
}

void intake_state::seal() {
  ask<location>(
      current->store.storer,
      [this](location file) {
        current->open.reset();
        current->file = std::move(file);
        index();
      },
      [this](caf::error error) { fail(std::move(error)); }, seal_stream{*current->open, target()});
}

void intake_state::drop() {
  if (current && current->open) self->send(current->store.storer, drop_atom::value, *current->open);
  ++step_;
  waiting_for_ = nullptr;
  current.reset();
}

void intake_state::index() {
  ask<index_result>(
      current->index.indexer, [this](index_result result) { indexed(result); },
      [this](caf::error error) { index_failed(std::move(error)); },
      index_entry{current->about,
                  current->parsed.header,
                  {current->file, current->parsed.data_set_digest},
                  now_ms(),
                  options.on_conflict});
}

void intake_state::indexed(const index_result& result) {
  if (result.what == disposition::duplicate) {
    confirm_copy(result);
  } else {
    succeed(result);
  }
}

/// A duplicate is a success only if the copy that the index knows is really there; if it is lost, this one takes
/// its place.
void intake_state::confirm_copy(const index_result& result) {
  for (const auto& kept : result.kept) {
    for (const auto& store : reachable.stores) {
      if (store.node != kept.node) continue;
      ask<bool>(
          store.storer,
          [this, result](bool is_there) {
            if (is_there) {
              self->send(current->store.storer, remove_atom::value, current->file);
              succeed(result);
            } else {
              heal(result);
            }
          },
          [this](caf::error error) { index_failed(std::move(error)); }, find_atom::value, kept);
      return;
    }
  }
  heal(result);
}

void intake_state::heal(const index_result& result) {
  spdlog::warn("instance {} had lost its bytes; the copy sent now takes their place",
               current->parsed.header.instance.sop_instance_uid);
  ask<void>(
      current->index.indexer,
      [this, result] {
        self->send(current->store.storer, finish_atom::value, current->file);
        succeed(result);
      },
      [this](caf::error error) { index_failed(std::move(error)); }, retry_atom::value, result.instance_id,
      current->file);
}

void intake_state::succeed(const index_result& result) {
  if (result.what != disposition::duplicate) self->send(current->store.storer, finish_atom::value, current->file);
  auto done = std::move(*current);
  current.reset();
  done.promise.deliver(store_outcome{result.what, result.instance_id,
                                     std::move(done.parsed.header.instance.sop_instance_uid),
                                     std::move(done.parsed.header.study.uid)});
}

void intake_state::fail(caf::error error) {
  auto promise = std::move(current->promise);
  current.reset();
  promise.deliver(std::move(error));
}

intake_actor::behavior_type intake(intake_actor::stateful_pointer<intake_state> self, directory_actor directory,
                                   intake_options options) {
  self->state.self = self;
  self->state.start(std::move(directory), options);
  self->set_down_handler([self](const caf::down_msg& down) { self->state.lost(down); });
  return {
      [self](const arrival& about, const blob& bytes) { return self->state.take(about, bytes); },
      [self](open_atom, const arrival& about) { return self->state.open(about); },
      [self](append_atom, const blob& bytes) { return self->state.append(bytes); },
      [self](finish_atom) { return self->state.finish(); },
      [self](drop_atom) { self->state.drop(); },
  };
}

} // namespace noctis
