#pragma once

#include "messages/actors.hpp"
#include "tests/printing.hpp"

#include <boost/test/unit_test.hpp>
#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace noctis::test {

// Code and sentence of an error, and of a result that may be one.
using noctis::code_of;
using noctis::reason_of;
template <class T>
errc code_of(const caf::expected<T>& result) {
  return result ? errc::none : noctis::code_of(result.error());
}

template <class T>
std::string reason_of(const caf::expected<T>& result) {
  return result ? std::string{} : noctis::reason_of(result.error());
}

/// How long a test waits for what must come.
inline constexpr auto patience = std::chrono::seconds{20};

struct actor_config : caf::actor_system_config {
  actor_config();
};

/// An actor system, and `self` who asks its actors.
struct actor_fixture {
  actor_config config;
  caf::actor_system system{config};
  caf::scoped_actor self{system};

  actor_fixture() = default;
  actor_fixture(const actor_fixture&) = delete;
  actor_fixture& operator=(const actor_fixture&) = delete;
  ~actor_fixture();

  /// Ends `handle` with the fixture; those kept last end first.
  template <class Handle>
  Handle keep(Handle handle) {
    kept_.push_back(caf::actor_cast<caf::actor>(handle));
    return handle;
  }

  /// Ends an actor and waits until it has ended.
  template <class Handle>
  void end(const Handle& handle) {
    self->send_exit(handle, caf::exit_reason::user_shutdown);
    self->wait_for(handle);
  }

  /// Returns what `handle` answers.
  template <class T, class Handle, class... Args>
  caf::expected<T> ask(const Handle& handle, const Args&... args) {
    caf::expected<T> result{failure(errc::internal, "no answer")};
    self->request(handle, patience, args...)
        .receive([&](T& value) { result = std::move(value); }, [&](caf::error& error) { result = std::move(error); });
    return result;
  }

  /// Returns what `handle` answers, or fails the test.
  template <class T, class Handle, class... Args>
  T get(const Handle& handle, const Args&... args) {
    auto result = ask<T>(handle, args...);
    BOOST_REQUIRE_MESSAGE(result, reason_of(result));
    return std::move(*result);
  }

  /// Returns the error, if any, of a request that answers nothing else.
  template <class Handle, class... Args>
  caf::error tell(const Handle& handle, const Args&... args) {
    caf::error result;
    self->request(handle, patience, args...).receive([] {}, [&](caf::error& error) { result = std::move(error); });
    return result;
  }

  /// Returns one of the metrics that `handle` tells.
  template <class Handle>
  double metric_of(const Handle& handle, const std::string& name) {
    for (const auto& one : get<std::vector<metric>>(handle, metrics_atom::value)) {
      if (one.name == name) return one.value;
    }
    BOOST_FAIL("no metric " << name);
    return 0;
  }

private:
  std::vector<caf::actor> kept_;
};

/// Waits until `condition` holds; false when it does not in time.
template <class Condition>
bool eventually(Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  return true;
}

/// A directory that goes with its owner.
class temporary_directory {
public:
  temporary_directory();
  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;
  ~temporary_directory();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
  std::filesystem::path path_;
};

/// The paths of all files below `directory`, relative to it and sorted.
std::vector<std::string> files_below(const std::filesystem::path& directory);

blob bytes_of(const std::string& text);
std::string text_of(const blob& bytes);
std::string content_of(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& text);

/// A data set (Explicit VR Little Endian) of the SOP instance `uid`, with `padding` bytes of pixels.
blob data_set(const std::string& uid = "1.2.3.4", size_t padding = 0);

/// The same as a Part 10 file.
blob part10_file(const std::string& uid = "1.2.3.4", size_t padding = 0);

/// What an association says of `data_set(uid)`; the facility is 1.
arrival announced(const std::string& uid = "1.2.3.4");

/// What an upload says of `part10_file()`.
arrival uploaded();

/// Returns a TCP port of the loopback that nobody uses now.
uint16_t free_port();

} // namespace noctis::test
