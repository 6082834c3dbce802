#define _GNU_SOURCE
#include "power_journal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char watched[PATH_MAX];
static size_t watched_length;
static int folder = -1;
static int journal = -1;

/* Descriptors far from those that programs close one by one. */
static int out_of_the_way(int fd) {
  const int moved = fcntl(fd, F_DUPFD_CLOEXEC, 900);
  if (moved < 0)
    return fd;
  close(fd);
  return moved;
}

/* NOCTIS_POWER_DIR is the watched directory, NOCTIS_POWER_JOURNAL the journal's folder on the same file system. */
__attribute__((constructor)) static void open_journal(void) {
  const char* dir = getenv("NOCTIS_POWER_DIR");
  const char* side = getenv("NOCTIS_POWER_JOURNAL");
  if (!dir || !side || !realpath(dir, watched))
    return;
  watched_length = strlen(watched);
  folder = (int)syscall(SYS_openat, AT_FDCWD, side, O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
  if (folder >= 0)
    journal = (int)syscall(SYS_openat, folder, "journal", O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (journal < 0) {
    static const char message[] = "power_cut: the journal's folder can't be used\n";
    (void)!syscall(SYS_write, 2, message, sizeof message - 1);
    abort();
  }
  folder = out_of_the_way(folder);
  journal = out_of_the_way(journal);
}

bool journal_active(void) { return journal >= 0; }

uint64_t journal_id(void) {
  static _Thread_local uint32_t count;
  static _Thread_local uint64_t thread;
  static _Thread_local pid_t process;
  if (process != getpid()) { /* also after a fork */
    process = getpid();
    thread = (uint64_t)syscall(SYS_gettid) << 32U;
  }
  return thread | ++count;
}

void journal_append(struct record about, const char* first, const char* second, const void* data) {
  const int kept = errno;
  about.magic = 0x5257504eU;
  about.first_length = first ? (uint32_t)strlen(first) : 0;
  about.second_length = second ? (uint32_t)strlen(second) : 0;
  struct iovec parts[4] = {{&about, sizeof about},
                           {(void*)first, about.first_length},
                           {(void*)second, about.second_length},
                           {(void*)data, about.data_length}};
  (void)!syscall(SYS_writev, journal, parts, 4);
  errno = kept;
}

static bool is_watched(int fd) {
  char link[64];
  char path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t length = readlink(link, path, sizeof path);
  return length >= (ssize_t)watched_length && memcmp(path, watched, watched_length) == 0 &&
         (length == (ssize_t)watched_length || path[watched_length] == '/');
}

bool journal_watches(int fd, struct stat* about) {
  const int kept = errno;
  const bool yes = journal_active() && fstat(fd, about) == 0 && (S_ISREG(about->st_mode) || S_ISDIR(about->st_mode)) &&
                   is_watched(fd);
  errno = kept;
  return yes;
}

struct entry entry_open(int dirfd, const char* path) {
  const int kept = errno;
  struct entry e = {false, -1, 0, ""};
  char parent[PATH_MAX];
  size_t length = path ? strlen(path) : 0;
  if (!journal_active() || length == 0 || length >= sizeof parent)
    return e;
  memcpy(parent, path, length + 1);
  while (length > 1 && parent[length - 1] == '/')
    parent[--length] = '\0';
  char* slash = strrchr(parent, '/');
  const char* name = slash ? slash + 1 : parent;
  if (strlen(name) < sizeof e.name) {
    strcpy(e.name, name);
    if (slash)
      slash[slash == parent ? 1 : 0] = '\0';
    e.dir = (int)syscall(SYS_openat, dirfd, slash ? parent : ".", O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
    struct stat about;
    e.watched = e.dir >= 0 && is_watched(e.dir) && fstat(e.dir, &about) == 0;
    if (e.watched)
      e.dir_ino = about.st_ino;
  }
  errno = kept;
  return e;
}

bool entry_stat(const struct entry* e, struct stat* about) {
  const int kept = errno;
  const bool found = e->watched && fstatat(e->dir, e->name, about, AT_SYMLINK_NOFOLLOW) == 0;
  errno = kept;
  return found;
}

void entry_close(struct entry* e) {
  if (e->dir >= 0)
    syscall(SYS_close, e->dir);
  e->dir = -1;
}

void entry_save(const struct entry* e, char saved[64]) {
  const int kept = errno;
  snprintf(saved, 64, "saved-%llx", (unsigned long long)journal_id());
  if (syscall(SYS_linkat, e->dir, e->name, folder, saved, 0) != 0)
    saved[0] = '\0';
  errno = kept;
}

void journal_overwrite(int fd, uint64_t id, const struct stat* about, uint64_t offset, uint64_t length) {
  enum { chunk = 1 << 20 };
  const int kept = errno;
  const uint64_t size = (uint64_t)about->st_size;
  const uint64_t end = length < size - offset ? offset + length : size;
  char* before = offset < size ? malloc(chunk) : NULL;
  int readable = fd;
  if (before && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    readable = (int)syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC, 0);
  }
  while (before && offset < end) {
    const ssize_t got = pread(readable, before, end - offset < chunk ? end - offset : chunk, (off_t)offset);
    if (got <= 0)
      break;
    journal_append(
        (struct record){
            .operation = op_overwrite, .id = id, .ino = about->st_ino, .a = offset, .data_length = (uint64_t)got},
        NULL, NULL, before);
    offset += (uint64_t)got;
  }
  if (readable != fd && readable >= 0)
    syscall(SYS_close, readable);
  free(before);
  errno = kept;
}
