/* The hooks of a power cut for names: directories, links, renames and removals. */
#define _GNU_SOURCE
#include "power_journal.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define REAL(type, name, parameters)                                                                                   \
  static type(*real) parameters;                                                                                       \
  if (!real)                                                                                                           \
  *(void**)&real = dlsym(RTLD_NEXT, name)

static void named(enum operation what, const struct entry* at, uint64_t ino, const char* saved) {
  journal_append(
      (struct record){.operation = what, .ino = ino, .dir = at->dir_ino, .data_length = saved ? strlen(saved) : 0},
      at->name, NULL, saved);
}

static void after_making(enum operation what, int dirfd, const char* path, bool good) {
  if (!good)
    return;
  struct entry at = entry_open(dirfd, path);
  struct stat about;
  if (entry_stat(&at, &about))
    named(what, &at, about.st_ino, NULL);
  entry_close(&at);
}

int mkdir(const char* path, mode_t mode) {
  REAL(int, "mkdir", (const char*, mode_t));
  const int result = real(path, mode);
  after_making(op_make_dir, AT_FDCWD, path, result == 0);
  return result;
}

int mkdirat(int dirfd, const char* path, mode_t mode) {
  REAL(int, "mkdirat", (int, const char*, mode_t));
  const int result = real(dirfd, path, mode);
  after_making(op_make_dir, dirfd, path, result == 0);
  return result;
}

int link(const char* from, const char* to) {
  REAL(int, "link", (const char*, const char*));
  const int result = real(from, to);
  after_making(op_link, AT_FDCWD, to, result == 0);
  return result;
}

int linkat(int from_dir, const char* from, int to_dir, const char* to, int flags) {
  REAL(int, "linkat", (int, const char*, int, const char*, int));
  const int result = real(from_dir, from, to_dir, to, flags);
  after_making(op_link, to_dir, to, result == 0);
  return result;
}

/* A removal that may have to be undone. */
struct removal {
  struct entry at;
  bool found;
  struct stat about;
  char saved[64];
};

static void before_removal(struct removal* r, int dirfd, const char* path) {
  r->at = entry_open(dirfd, path);
  r->saved[0] = '\0';
  r->found = entry_stat(&r->at, &r->about);
  if (r->found && !S_ISDIR(r->about.st_mode))
    entry_save(&r->at, r->saved);
}

static int after_removal(struct removal* r, int result) {
  if (result == 0 && r->found)
    named(S_ISDIR(r->about.st_mode) ? op_remove_dir : op_unlink, &r->at, r->about.st_ino, r->saved);
  entry_close(&r->at);
  return result;
}

#define REMOVE(name)                                                                                                   \
  int name(const char* path) {                                                                                         \
    REAL(int, #name, (const char*));                                                                                   \
    struct removal r;                                                                                                  \
    before_removal(&r, AT_FDCWD, path);                                                                                \
    return after_removal(&r, real(path));                                                                              \
  }
REMOVE(unlink)
REMOVE(rmdir)
REMOVE(remove)

int unlinkat(int dirfd, const char* path, int flags) {
  REAL(int, "unlinkat", (int, const char*, int));
  struct removal r;
  before_removal(&r, dirfd, path);
  return after_removal(&r, real(dirfd, path, flags));
}

/* A rename: `from` goes, what stood at `to` goes too. */
struct move {
  struct entry from;
  struct removal to;
  bool found;
  struct stat about;
};

static void before_move(struct move* m, int from_dir, const char* from, int to_dir, const char* to) {
  m->from = entry_open(from_dir, from);
  m->found = entry_stat(&m->from, &m->about);
  before_removal(&m->to, to_dir, to);
}

static int after_move(struct move* m, int result) {
  if (result == 0 && m->found && m->to.at.watched)
    journal_append((struct record){.operation = op_rename,
                                   .ino = m->about.st_ino,
                                   .dir = m->from.dir_ino,
                                   .a = m->to.at.dir_ino,
                                   .data_length = strlen(m->to.saved)},
                   m->from.name, m->to.at.name, m->to.saved);
  entry_close(&m->from);
  entry_close(&m->to.at);
  return result;
}

int rename(const char* from, const char* to) {
  REAL(int, "rename", (const char*, const char*));
  struct move m;
  before_move(&m, AT_FDCWD, from, AT_FDCWD, to);
  return after_move(&m, real(from, to));
}

int renameat(int from_dir, const char* from, int to_dir, const char* to) {
  REAL(int, "renameat", (int, const char*, int, const char*));
  struct move m;
  before_move(&m, from_dir, from, to_dir, to);
  return after_move(&m, real(from_dir, from, to_dir, to));
}

int renameat2(int from_dir, const char* from, int to_dir, const char* to, unsigned flags) {
  REAL(int, "renameat2", (int, const char*, int, const char*, unsigned));
  if (journal_active() && (flags & RENAME_EXCHANGE)) { /* not to be undone from one record */
    errno = EINVAL;
    return -1;
  }
  struct move m;
  before_move(&m, from_dir, from, to_dir, to);
  return after_move(&m, real(from_dir, from, to_dir, to, flags));
}
