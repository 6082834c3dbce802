/* Preloaded into a process tree, keeps the journal from which power_cut.py makes what a power cut would have left. Seen
 * are the file functions of the C library, also those that libstdc++ uses; not seen are bytes changed in place through
 * memory maps and stdio buffers (what these append is, by the size at the last fsync). */
#define _GNU_SOURCE
#include "power_journal.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(type, name, parameters)                                                                                   \
  static type(*real) parameters;                                                                                       \
  if (!real)                                                                                                           \
  *(void**)&real = dlsym(RTLD_NEXT, name)

/* ---- opening ---- */

/* What is known before a file is opened for writing. */
struct opening {
  struct entry at;
  bool existed;
  uint64_t size;
  uint64_t truncation;
};

static struct opening before_open(int dirfd, const char* path, int flags) {
  struct opening o = {{false, -1, 0, ""}, false, 0, 0};
  if ((flags & O_ACCMODE) == O_RDONLY && !(flags & O_CREAT))
    return o;
  o.at = entry_open(dirfd, path);
  struct stat about;
  o.existed = entry_stat(&o.at, &about);
  o.size = o.existed ? (uint64_t)about.st_size : 0;
  if (o.existed && (flags & O_TRUNC) && o.size > 0) {
    const int fd = openat(o.at.dir, o.at.name, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
      o.truncation = journal_id();
      journal_append((struct record){.operation = op_known, .ino = about.st_ino, .a = o.size}, NULL, NULL, NULL);
      journal_overwrite(fd, o.truncation, &about, 0, o.size);
      close(fd);
    }
  }
  return o;
}

static void after_open(struct opening* o, int fd) {
  struct stat about;
  if (fd >= 0 && o->at.watched && journal_watches(fd, &about) && S_ISREG(about.st_mode)) {
    if (about.st_nlink == 0)
      journal_append((struct record){.operation = op_new, .ino = about.st_ino}, NULL, NULL, NULL);
    else if (o->existed)
      journal_append((struct record){.operation = op_known, .ino = about.st_ino, .a = o->size}, NULL, NULL, NULL);
    else
      journal_append((struct record){.operation = op_create, .ino = about.st_ino, .dir = o->at.dir_ino}, o->at.name,
                     NULL, NULL);
    if (o->truncation)
      journal_append((struct record){.operation = op_written, .id = o->truncation}, NULL, NULL, NULL);
  }
  entry_close(&o->at);
}

#define MODE_OF(flags)                                                                                                 \
  mode_t mode = 0;                                                                                                     \
  if ((flags) & (O_CREAT | __O_TMPFILE)) {                                                                             \
    va_list rest;                                                                                                      \
    va_start(rest, flags);                                                                                             \
    mode = va_arg(rest, mode_t);                                                                                       \
    va_end(rest);                                                                                                      \
  }

#define OPENING(dirfd, path, flags, call)                                                                              \
  struct opening o = before_open(dirfd, path, flags);                                                                  \
  const int fd = call;                                                                                                 \
  after_open(&o, fd);                                                                                                  \
  return fd

#define OPEN(name)                                                                                                     \
  int name(const char* path, int flags, ...) {                                                                         \
    REAL(int, #name, (const char*, int, ...));                                                                         \
    MODE_OF(flags)                                                                                                     \
    OPENING(AT_FDCWD, path, flags, real(path, flags, mode));                                                           \
  }
#define OPEN_AT(name)                                                                                                  \
  int name(int dirfd, const char* path, int flags, ...) {                                                              \
    REAL(int, #name, (int, const char*, int, ...));                                                                    \
    MODE_OF(flags)                                                                                                     \
    OPENING(dirfd, path, flags, real(dirfd, path, flags, mode));                                                       \
  }
#define OPEN_CHECKED(name)                                                                                             \
  int name(const char* path, int flags);                                                                               \
  int name(const char* path, int flags) {                                                                              \
    REAL(int, #name, (const char*, int));                                                                              \
    OPENING(AT_FDCWD, path, flags, real(path, flags));                                                                 \
  }
#define OPEN_AT_CHECKED(name)                                                                                          \
  int name(int dirfd, const char* path, int flags);                                                                    \
  int name(int dirfd, const char* path, int flags) {                                                                   \
    REAL(int, #name, (int, const char*, int));                                                                         \
    OPENING(dirfd, path, flags, real(dirfd, path, flags));                                                             \
  }
#define CREAT(name)                                                                                                    \
  int name(const char* path, mode_t mode) {                                                                            \
    REAL(int, #name, (const char*, mode_t));                                                                           \
    OPENING(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, real(path, mode));                                           \
  }
#define FOPEN(name)                                                                                                    \
  FILE* name(const char* path, const char* mode) {                                                                     \
    REAL(FILE*, #name, (const char*, const char*));                                                                    \
    int flags = strchr(mode, '+') ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY;                                     \
    flags |= mode[0] == 'r' ? 0 : mode[0] == 'w' ? O_CREAT | O_TRUNC : O_CREAT;                                        \
    struct opening o = before_open(AT_FDCWD, path, flags);                                                             \
    FILE* file = real(path, mode);                                                                                     \
    after_open(&o, file ? fileno(file) : -1);                                                                          \
    return file;                                                                                                       \
  }
/* The name is known only afterwards, and was free before. */
#define MKSTEMP(name, parameters, arguments)                                                                           \
  int name parameters {                                                                                                \
    REAL(int, #name, parameters);                                                                                      \
    const int fd = real arguments;                                                                                     \
    struct opening o = {entry_open(AT_FDCWD, fd >= 0 ? path : NULL), false, 0, 0};                                     \
    after_open(&o, fd);                                                                                                \
    return fd;                                                                                                         \
  }

OPEN(open)
OPEN(open64)
OPEN_AT(openat)
OPEN_AT(openat64)
OPEN_CHECKED(__open_2)
OPEN_CHECKED(__open64_2)
OPEN_AT_CHECKED(__openat_2)
OPEN_AT_CHECKED(__openat64_2)
CREAT(creat)
CREAT(creat64)
FOPEN(fopen)
FOPEN(fopen64)
MKSTEMP(mkstemp, (char* path), (path))
MKSTEMP(mkstemp64, (char* path), (path))
MKSTEMP(mkostemp, (char* path, int flags), (path, flags))
MKSTEMP(mkostemp64, (char* path, int flags), (path, flags))

/* ---- syncing ---- */

static uint64_t before_sync(int fd) {
  struct stat about;
  if (!journal_watches(fd, &about))
    return 0;
  const uint64_t id = journal_id();
  journal_append((struct record){.operation = op_sync, .id = id, .ino = about.st_ino, .a = (uint64_t)about.st_size},
                 NULL, NULL, NULL);
  return id;
}

static void after(enum operation what, uint64_t id, bool good) {
  if (id && good)
    journal_append((struct record){.operation = what, .id = id}, NULL, NULL, NULL);
}

#define SYNC(name)                                                                                                     \
  int name(int fd) {                                                                                                   \
    REAL(int, #name, (int));                                                                                           \
    const uint64_t id = before_sync(fd);                                                                               \
    const int result = real(fd);                                                                                       \
    after(op_synced, id, result == 0);                                                                                 \
    return result;                                                                                                     \
  }
SYNC(fsync)
SYNC(fdatasync)

static uint64_t before_sync_all(void) {
  const uint64_t id = journal_active() ? journal_id() : 0;
  after(op_sync_all, id, true);
  return id;
}

int syncfs(int fd) {
  REAL(int, "syncfs", (int));
  const uint64_t id = before_sync_all();
  const int result = real(fd);
  after(op_synced_all, id, result == 0);
  return result;
}

void sync(void) {
  REAL(void, "sync", (void));
  const uint64_t id = before_sync_all();
  real();
  after(op_synced_all, id, true);
}

/* ---- writing ---- */

enum { here = -1 };

/* Appended bytes need no record: the size at the last fsync says that they go. */
static uint64_t before_write(int fd, off64_t offset, size_t length) {
  struct stat about;
  if (!journal_watches(fd, &about) || !S_ISREG(about.st_mode))
    return 0;
  if (offset == here)
    offset = fcntl(fd, F_GETFL) & O_APPEND ? about.st_size : lseek64(fd, 0, SEEK_CUR);
  const uint64_t id = journal_id();
  if (offset < about.st_size)
    journal_overwrite(fd, id, &about, (uint64_t)offset, length);
  return id;
}

static void after_write(int fd, uint64_t id, bool good) {
  after(op_written, id, good);
  if (id && good && (fcntl(fd, F_GETFL) & O_DSYNC))
    after(op_synced, before_sync(fd), true);
}

static size_t total(const struct iovec* parts, int count) {
  size_t length = 0;
  for (int i = 0; i < count; ++i)
    length += parts[i].iov_len;
  return length;
}

#define WRITE(type, name, parameters, arguments, offset, length)                                                       \
  type name parameters {                                                                                               \
    REAL(type, #name, parameters);                                                                                     \
    const uint64_t id = before_write(fd, offset, length);                                                              \
    const type result = real arguments;                                                                                \
    after_write(fd, id, result >= 0);                                                                                  \
    return result;                                                                                                     \
  }
WRITE(ssize_t, write, (int fd, const void* data, size_t size), (fd, data, size), here, size)
WRITE(ssize_t, pwrite, (int fd, const void* data, size_t size, off_t at), (fd, data, size, at), at, size)
WRITE(ssize_t, pwrite64, (int fd, const void* data, size_t size, off64_t at), (fd, data, size, at), at, size)
WRITE(ssize_t, writev, (int fd, const struct iovec* parts, int count), (fd, parts, count), here, total(parts, count))
WRITE(ssize_t, pwritev, (int fd, const struct iovec* parts, int count, off_t at), (fd, parts, count, at), at,
      total(parts, count))
WRITE(ssize_t, pwritev64, (int fd, const struct iovec* parts, int count, off64_t at), (fd, parts, count, at), at,
      total(parts, count))
/* What a truncation cuts off, and what a hole is punched into, is overwritten; growing is undone by the size. */
WRITE(int, ftruncate, (int fd, off_t size), (fd, size), size, SIZE_MAX)
WRITE(int, ftruncate64, (int fd, off64_t size), (fd, size), size, SIZE_MAX)
WRITE(int, fallocate, (int fd, int mode, off_t at, off_t size), (fd, mode, at, size), at,
      (mode & ~FALLOC_FL_KEEP_SIZE ? (size_t)size : 0))
WRITE(int, fallocate64, (int fd, int mode, off64_t at, off64_t size), (fd, mode, at, size), at,
      (mode & ~FALLOC_FL_KEEP_SIZE ? (size_t)size : 0))

#define TRUNCATE(function, offset_type)                                                                                \
  int function(const char* path, offset_type size) {                                                                   \
    REAL(int, #function, (const char*, offset_type));                                                                  \
    struct opening o = before_open(AT_FDCWD, path, O_WRONLY);                                                          \
    const int fd = o.existed ? openat(o.at.dir, o.at.name, O_RDWR | O_CLOEXEC) : -1;                                   \
    const uint64_t id = fd >= 0 ? before_write(fd, size, SIZE_MAX) : 0;                                                \
    const int result = real(path, size);                                                                               \
    after(op_written, id, result == 0);                                                                                \
    if (fd >= 0)                                                                                                       \
      close(fd);                                                                                                       \
    entry_close(&o.at);                                                                                                \
    return result;                                                                                                     \
  }
TRUNCATE(truncate, off_t)
TRUNCATE(truncate64, off64_t)
