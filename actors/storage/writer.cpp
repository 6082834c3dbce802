#include "actors/storage/writer.hpp"

#include "actors/answer.hpp"

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace noctis {

namespace fs = std::filesystem;
using storage::unfinished_file;

namespace {

std::string file_name(const std::string& sop_instance_uid) {
  return sop_instance_uid + "-" + storage::random_token() + ".dcm";
}

caf::error append_both(unfinished_file& file, const blob& first, const blob& second) {
  if (auto error = file.append(first)) return error;
  return file.append(second);
}

} // namespace

caf::expected<location> writer_state::publish(unfinished_file& file, const std::string& directory,
                                              const std::string& name) {
  if (auto error = directories->ensure(directory)) return error;
  location result{where.node, directory + "/" + name, 0, file.length(), file.checksum()};
  if (auto error = file.publish(result.path)) return error;
  if (auto error = directories->sync(directory)) return error;
  return result;
}

caf::expected<location> writer_state::put(const put_file& file, const std::string& hour) {
  const auto directory = storage::directory_of(where, hour, file.where);
  if (auto error = directories->ensure(directory)) return error;
  const auto name = file_name(file.where.sop_instance_uid);
  auto created = unfinished_file::create(where.base_path, directory, name, buffer);
  if (!created) return created.error();
  if (auto error = append_both(**created, file.preamble, file.bytes)) return error;
  return publish(**created, directory, name);
}

caf::error writer_state::open(const blob& preamble, const std::string& hour) {
  if (stream) return failure(errc::state_conflict, "this writer has an open stream");
  if (auto error = directories->ensure(hour)) return error;
  auto created = unfinished_file::create(where.base_path, hour, storage::random_token(), buffer);
  if (!created) return created.error();
  stream = std::move(*created);
  stream_hour = hour;
  return stream->append(preamble);
}

caf::error writer_state::append(const blob& bytes) {
  if (!stream) return failure(errc::state_conflict, "no open stream");
  return stream->append(bytes);
}

caf::expected<location> writer_state::seal(const placement& target) {
  if (!stream) return failure(errc::state_conflict, "no open stream");
  auto file = std::move(stream);
  return publish(*file, storage::directory_of(where, stream_hour, target), file_name(target.sop_instance_uid));
}

caf::expected<location> writer_state::move_aside(const std::string& path, const std::string& directory,
                                                 const std::string& name) {
  if (!storage::is_inside(path)) return failure(errc::invalid_argument, "path leaves the store: " + path);
  const auto from = where.base_path / path;
  struct stat status {};
  if (::stat(from.c_str(), &status) != 0) return storage::io_error(errno, "look at", from);
  location result{where.node, directory + "/" + name, 0, static_cast<uint64_t>(status.st_size), {}};
  if (::rename(from.c_str(), (where.base_path / result.path).c_str()) != 0) {
    return storage::io_error(errno, "move aside", from);
  }
  if (auto error = directories->sync(directory)) return error;
  if (auto error = directories->sync(fs::path{path}.parent_path())) return error;
  return result;
}

caf::expected<location> writer_state::put_aside(const quarantine_file& what, const std::string& hour) {
  const auto directory = std::string{storage::quarantine_directory} + "/" + hour;
  const auto name = "f" + std::to_string(what.facility) + "-" + storage::random_token() + ".dcm";
  if (auto error = directories->ensure(directory)) return error;
  if (stream) {
    auto file = std::move(stream);
    return publish(*file, directory, name);
  }
  if (!what.path.empty()) return move_aside(what.path, directory, name);
  auto created = unfinished_file::create(where.base_path, directory, name, buffer);
  if (!created) return created.error();
  if (auto error = append_both(**created, what.preamble, what.bytes)) return error;
  return publish(**created, directory, name);
}

caf::error writer_state::remove(const location& file) const {
  if (!storage::is_inside(file.path)) return failure(errc::invalid_argument, "path leaves the store: " + file.path);
  const auto path = where.base_path / file.path;
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return storage::io_error(errno, "remove", path);
  return {};
}

bool writer_state::find(const location& file) const {
  struct stat status {};
  return storage::is_inside(file.path) && ::stat((where.base_path / file.path).c_str(), &status) == 0 &&
         static_cast<uint64_t>(status.st_size) >= file.offset + file.length;
}

writer_actor::behavior_type writer(writer_actor::stateful_pointer<writer_state> self, storage::layout where) {
  self->state.directories = std::make_unique<storage::directories>(where.base_path);
  self->state.where = std::move(where);
  return {
      [self](const put_file& file, const std::string& hour) { return answer(self->state.put(file, hour)); },
      [self](open_atom, const blob& preamble, const std::string& hour) {
        return answer(self->state.open(preamble, hour));
      },
      [self](append_atom, const blob& bytes) { return answer(self->state.append(bytes)); },
      [self](const seal_stream& target) { return answer(self->state.seal(target.where)); },
      [self](const quarantine_file& what, const std::string& hour) {
        return answer(self->state.put_aside(what, hour));
      },
      [self](remove_atom, const location& file) { return answer(self->state.remove(file)); },
      [self](find_atom, const location& file) { return self->state.find(file); },
  };
}

} // namespace noctis
