#include "actors/storage/reader.hpp"

#include "actors/storage/file_description.hpp"
#include "actors/storage/file_store.hpp"

namespace noctis {

reader_actor::behavior_type reader(reader_actor::pointer, std::filesystem::path base_path) {
  return {
      [base = base_path](const read_range& range) -> caf::result<blob> {
        if (range.length > max_message_bytes) {
          return failure(errc::invalid_argument, "a read of more than " + std::to_string(max_message_bytes) + " bytes");
        }
        auto bytes = storage::read_bytes(base, range.path, range.offset, range.length);
        if (!bytes) return bytes.error();
        return std::move(*bytes);
      },
      [base = base_path](const describe_files& request) { return storage::describe(base, request); },
  };
}

} // namespace noctis
