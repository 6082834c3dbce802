/* The journal of a power cut: what a watched process did to the files below one directory, so that power_cut.py can
 * take back everything that no fsync made durable. Works with raw system calls only, for it runs inside the hooks of
 * the functions that it would otherwise call. */
#ifndef NOCTIS_POWER_JOURNAL_H
#define NOCTIS_POWER_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

enum operation {
  op_known = 'O',      /* an existing file was opened for writing: ino, a = its size */
  op_new = 'N',        /* a file without a name: ino */
  op_create = 'C',     /* a new file: dir, first = name, ino */
  op_make_dir = 'M',   /* a new directory: dir, first = name, ino */
  op_link = 'L',       /* a further name: dir, first = name, ino */
  op_rename = 'R',     /* dir, first = old place, a, second = new place, ino, saved = name of the replaced file */
  op_unlink = 'U',     /* dir, first = name, ino, saved */
  op_remove_dir = 'D', /* dir, first = name, ino */
  op_overwrite = 'W',  /* about to change bytes: ino, a = offset, data = the bytes before */
  op_written = 'w',    /* the change with that id is made */
  op_sync = 'S',       /* fsync begins: ino, a = size */
  op_synced = 's',     /* the fsync with that id succeeded */
  op_sync_all = 'A',
  op_synced_all = 'a'
};

/* A record as it stands in the file, followed by the three strings of bytes. */
struct record {
  uint32_t magic; /* set by journal_append */
  uint32_t operation;
  uint64_t id; /* pairs the beginning and the end of one operation */
  uint64_t ino;
  uint64_t dir;
  uint64_t a;
  uint32_t first_length;
  uint32_t second_length;
  uint64_t data_length;
};

/* A name in an open directory. */
struct entry {
  bool watched;
  int dir; /* descriptor of the directory, -1: none */
  uint64_t dir_ino;
  char name[256];
};

/* A number that no other operation of this journal has. */
uint64_t journal_id(void);
void journal_append(struct record about, const char* first, const char* second, const void* data);

bool journal_active(void);
/* True for regular files and directories below the watched directory; fills in `about`. */
bool journal_watches(int fd, struct stat* about);

struct entry entry_open(int dirfd, const char* path);
bool entry_stat(const struct entry* e, struct stat* about);
void entry_close(struct entry* e);
/* Keeps the file of that name alive in the journal's folder, so that its removal can be undone. */
void entry_save(const struct entry* e, char saved[64]);

/* Records the bytes [offset, offset + length) of the file as they are now. */
void journal_overwrite(int fd, uint64_t id, const struct stat* about, uint64_t offset, uint64_t length);

#endif
