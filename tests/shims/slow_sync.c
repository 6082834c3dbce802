/* Preloaded into a server (LD_PRELOAD), makes a disk that syncs almost for free behave like one that does not: each
 * sync and each synchronous write takes NOCTIS_SYNC_DELAY_MS (milliseconds, fractions allowed) longer. Delays of
 * several threads run side by side, as on a disk with a deep queue. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static struct timespec delay;

__attribute__((constructor)) static void read_delay(void) {
  const char* text = getenv("NOCTIS_SYNC_DELAY_MS");
  const double ms = text ? strtod(text, NULL) : 0;
  if (ms > 0 && ms < 1e7) {
    delay.tv_sec = (time_t)(ms / 1000);
    delay.tv_nsec = (long)((ms - (double)delay.tv_sec * 1000) * 1e6);
  }
}

static void wait_for_the_disk(void) {
  const int kept = errno;
  struct timespec left = delay;
  while ((left.tv_sec || left.tv_nsec) && nanosleep(&left, &left) != 0 && errno == EINTR)
    ;
  errno = kept;
}

static void wait_if_synchronous(int fd) {
  const int kept = errno;
  struct stat about;
  const int flags = fcntl(fd, F_GETFL);
  if (flags >= 0 && (flags & (O_DSYNC | O_SYNC)) && fstat(fd, &about) == 0 && S_ISREG(about.st_mode))
    wait_for_the_disk();
  errno = kept;
}

#define SYNCING(type, name, parameters, arguments)                                                                     \
  type name parameters {                                                                                               \
    static type(*real) parameters;                                                                                     \
    if (!real)                                                                                                         \
      *(void**)&real = dlsym(RTLD_NEXT, #name);                                                                        \
    const type result = real arguments;                                                                                \
    wait_for_the_disk();                                                                                               \
    return result;                                                                                                     \
  }

#define WRITING(name, parameters, arguments)                                                                           \
  ssize_t name parameters {                                                                                            \
    static ssize_t(*real) parameters;                                                                                  \
    if (!real)                                                                                                         \
      *(void**)&real = dlsym(RTLD_NEXT, #name);                                                                        \
    const ssize_t result = real arguments;                                                                             \
    wait_if_synchronous(fd);                                                                                           \
    return result;                                                                                                     \
  }

SYNCING(int, fsync, (int fd), (fd))
SYNCING(int, fdatasync, (int fd), (fd))
SYNCING(int, syncfs, (int fd), (fd))
SYNCING(int, sync_file_range, (int fd, off64_t offset, off64_t length, unsigned flags), (fd, offset, length, flags))

void sync(void) {
  static void (*real)(void);
  if (!real)
    *(void**)&real = dlsym(RTLD_NEXT, "sync");
  real();
  wait_for_the_disk();
}

int msync(void* address, size_t length, int flags) {
  static int (*real)(void*, size_t, int);
  if (!real)
    *(void**)&real = dlsym(RTLD_NEXT, "msync");
  const int result = real(address, length, flags);
  if (flags & MS_SYNC)
    wait_for_the_disk();
  return result;
}

WRITING(write, (int fd, const void* data, size_t length), (fd, data, length))
WRITING(writev, (int fd, const struct iovec* parts, int count), (fd, parts, count))
WRITING(pwrite, (int fd, const void* data, size_t length, off_t at), (fd, data, length, at))
WRITING(pwrite64, (int fd, const void* data, size_t length, off64_t at), (fd, data, length, at))
WRITING(pwritev, (int fd, const struct iovec* parts, int count, off_t at), (fd, parts, count, at))
WRITING(pwritev64, (int fd, const struct iovec* parts, int count, off64_t at), (fd, parts, count, at))
