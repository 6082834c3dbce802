#include "http/files/zip_writer.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <ctime>
#include <stdexcept>
#include <utility>

namespace noctis {

namespace {

la_ssize_t append(archive*, void* to, const void* bytes, size_t size) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

} // namespace

zip_writer::zip_writer() : archive_(archive_write_new(), archive_write_free) {
  check(archive_write_set_format_zip(archive_.get()));
  check(archive_write_zip_set_compression_store(archive_.get()));
  check(archive_write_set_bytes_per_block(archive_.get(), 0));
  check(archive_write_open(archive_.get(), &written_, nullptr, append, nullptr));
}

void zip_writer::begin(const std::string& name, uint64_t size) {
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
  constexpr auto readable = 0644;
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), readable);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
  archive_entry_set_mtime(entry.get(), std::time(nullptr), 0);
  check(archive_write_header(archive_.get(), entry.get()));
}

void zip_writer::write(const void* bytes, size_t size) {
  const auto taken = archive_write_data(archive_.get(), bytes, size);
  check(taken);
  if (static_cast<size_t>(taken) != size) throw std::runtime_error("a file is longer than it was said to be");
}

void zip_writer::end() { check(archive_write_finish_entry(archive_.get())); }

void zip_writer::finish() { check(archive_write_close(archive_.get())); }

std::string zip_writer::take() { return std::exchange(written_, {}); }

void zip_writer::check(int64_t result) const {
  if (result >= ARCHIVE_OK || result == ARCHIVE_WARN) return;
  const auto* why = archive_error_string(archive_.get());
  throw std::runtime_error(std::string("the ZIP cannot be written: ") + (why != nullptr ? why : "unknown"));
}

} // namespace noctis
