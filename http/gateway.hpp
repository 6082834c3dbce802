#pragma once

#include "http/server/open_requests.hpp"
#include "messages/actors.hpp"
#include "messages/type_ids.hpp"

#include <caf/expected.hpp>
#include <caf/scoped_actor.hpp>

#include <chrono>
#include <exception>
#include <mutex>
#include <type_traits>
#include <vector>

namespace noctis {

/// How long answers may take.
namespace patience {
inline constexpr std::chrono::milliseconds brief{1000};     ///< who is there, how do you do
inline constexpr std::chrono::milliseconds reading{10000};  ///< a query, a piece of a file, a login
inline constexpr std::chrono::milliseconds storing{120000}; ///< an instance until it is acknowledged
} // namespace patience

/// Thrown where an actor answered with an error.
class actor_failure : public std::exception {
public:
  explicit actor_failure(caf::error error) : error_(std::move(error)), text_(reason_of(error_)) {}
  [[nodiscard]] const caf::error& error() const noexcept { return error_; }
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }

private:
  caf::error error_;
  std::string text_;
};

/// Remembers for a second what the directory said, for all threads.
class directory_cache {
public:
  explicit directory_cache(directory_actor directory) : directory_(std::move(directory)) {}

  /// The services that can be reached; an old answer where the directory gives none in time.
  services current(caf::scoped_actor& self);

  /// Makes the next call ask again.
  void forget();

  [[nodiscard]] const directory_actor& directory() const { return directory_; }

private:
  directory_actor directory_;
  std::mutex mutex_;
  services known_;
  std::chrono::steady_clock::time_point asked_{};
};

/// One thread's way to the actors, for the time of one request.
class gateway {
public:
  gateway(caf::actor_system& system, directory_cache& directory, open_requests& open)
      : self_(system), directory_(directory), open_(open) {}

  /// Asks an actor and returns its answer or the error.
  template <class T, class Handle, class... Ts>
  caf::expected<T> try_ask(const Handle& whom, std::chrono::milliseconds time_out, const Ts&... what) {
    if (!whom) return failure(errc::shutting_down, "there is no such actor");
    return await<T>(self_->request(whom, time_out, what...));
  }

  /// Waits for the answer to a request that was sent by `self()`.
  template <class T, class Response>
  caf::expected<T> await(Response response) {
    const open_requests::entry waiting(open_, self_, response.id());
    caf::error error;
    if constexpr (std::is_void_v<T>) {
      response.receive([] {}, [&](caf::error& e) { error = std::move(e); });
      if (error) return error;
      return {};
    } else {
      caf::expected<T> result{failure(errc::internal, "no answer")};
      response.receive([&](T& answer) { result = std::move(answer); }, [&](caf::error& e) { result = std::move(e); });
      return result;
    }
  }

  /// Asks an actor and returns its answer. Throws `actor_failure`.
  template <class T, class Handle, class... Ts>
  T ask(const Handle& whom, std::chrono::milliseconds time_out, const Ts&... what) {
    auto answer = try_ask<T>(whom, time_out, what...);
    if (!answer) throw actor_failure{std::move(answer.error())};
    if constexpr (!std::is_void_v<T>) return std::move(*answer);
  }

  /// Asks the index's reading side, on the next node where one is gone. Throws `actor_failure`.
  template <class T, class... Ts>
  T query(const Ts&... what) {
    return of_index<T>([](const index_service& index) { return index.query; }, what...);
  }

  /// Asks the keeper of users and sessions, likewise.
  template <class T, class... Ts>
  T accounts(const Ts&... what) {
    return of_index<T>([](const index_service& index) { return index.accounts; }, what...);
  }

  /// Asks who changes what is kept, likewise.
  template <class T, class... Ts>
  T edit(const Ts&... what) {
    return of_index<T>([](const index_service& index) { return index.editor; }, what...);
  }

  /// Asks the ledger of background work, likewise.
  template <class T, class... Ts>
  T jobs(const Ts&... what) {
    return of_index<T>([](const index_service& index) { return index.jobs; }, what...);
  }

  /// Asks who keeps what analysers found, likewise.
  template <class T, class... Ts>
  T analyses(const Ts&... what) {
    return of_index<T>([](const index_service& index) { return index.analyses; }, what...);
  }

  /// Asks who keeps reports, likewise.
  template <class T, class... Ts>
  T reports(const Ts&... what) {
    return of_index<T>([](const index_service& index) { return index.reports; }, what...);
  }

  /// The services that can be reached.
  services reachable() { return directory_.current(self_); }

  /// The readers of a node's store.
  std::vector<reader_actor> readers_of(const std::string& node);

  [[nodiscard]] const directory_actor& directory() const { return directory_.directory(); }
  caf::scoped_actor& self() { return self_; }

private:
  template <class T, class Pick, class... Ts>
  T of_index(Pick pick, const Ts&... what) {
    caf::error last = failure(errc::index_unavailable, "no node with the role index can be reached");
    for (const auto& index : reachable().indexes) {
      auto answer = try_ask<T>(pick(index), patience::reading, what...);
      if (answer) {
        if constexpr (std::is_void_v<T>)
          return;
        else
          return std::move(*answer);
      }
      last = std::move(answer.error());
      if (!another_may_answer(last)) break;
      directory_.forget();
    }
    throw actor_failure{std::move(last)};
  }

  static bool another_may_answer(const caf::error& error);

  caf::scoped_actor self_;
  directory_cache& directory_;
  open_requests& open_;
};

} // namespace noctis
