#include "actors/work/spawn_worker.hpp"

#include "actors/work/worker_process.hpp"
#include "messages/errors.hpp"

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>

namespace noctis {

namespace {

constexpr int first_foreign = 3; ///< descriptors from here on are none of the child's business

caf::error no_pipes() { return failure(errc::internal, std::string{"no pipes for a worker: "} + std::strerror(errno)); }

struct pipe_pair {
  owned_descriptor ours;
  owned_descriptor theirs;
};

/// A pipe that the child writes into.
caf::expected<pipe_pair> pipe_from_child() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return no_pipes();
  return pipe_pair{owned_descriptor{ends[0]}, owned_descriptor{ends[1]}};
}

/// A socket to the child, for a pipe's reader that is gone would end this process by a signal.
caf::expected<pipe_pair> socket_to_child() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return no_pipes();
  pipe_pair result{owned_descriptor{ends[0]}, owned_descriptor{ends[1]}};
  ::shutdown(ends[0], SHUT_RD);
  return result;
}

/// What posix_spawn is told, freed at the end.
class spawn_orders {
public:
  spawn_orders(int in, int out, int words) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_adddup2(&files_, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files_, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files_, words, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files_, first_foreign);
    posix_spawnattr_init(&attributes_);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
  }
  ~spawn_orders() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  spawn_orders(const spawn_orders&) = delete;
  spawn_orders& operator=(const spawn_orders&) = delete;

  int run(pid_t& pid, const std::string& program, char** arguments) {
    return ::posix_spawn(&pid, program.c_str(), &files_, &attributes_, arguments, environ);
  }

private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

} // namespace

std::filesystem::path worker_beside_this_program() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "noctis-worker";
}

caf::expected<worker_child> spawn_worker(const std::filesystem::path& program,
                                         const std::vector<std::string>& arguments) {
  auto in = socket_to_child();
  if (!in) return std::move(in.error());
  auto out = pipe_from_child();
  if (!out) return std::move(out.error());
  auto words = pipe_from_child();
  if (!words) return std::move(words.error());
  std::vector<std::string> texts{program.string()};
  texts.insert(texts.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  spawn_orders orders{in->theirs.get(), out->theirs.get(), words->theirs.get()};
  worker_child child;
  if (const auto result = orders.run(child.pid, program.string(), pointers.data()); result != 0)
    return failure(errc::internal, "the worker " + program.string() + " does not start: " + std::strerror(result));
  child.in = std::move(in->ours);
  child.out = std::move(out->ours);
  child.words = std::move(words->ours);
  return child;
}

} // namespace noctis
