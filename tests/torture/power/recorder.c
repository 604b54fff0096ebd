/* Records what a program does to the files below one folder, in order and with content.
 *
 * Loaded with LD_PRELOAD; it records from recorder_begin() on, which is given the real path of the folder.
 * An event is a head (see struct head, little-endian) and then `first` and `second` bytes:
 *   o  open      fd, offset = flags, amount = 1 where the file was made by it; path
 *   c  close     fd
 *   w  write     fd, offset; the bytes
 *   t  truncate  fd, offset = the new size
 *   s  sync      fd, of a file or of a folder
 *   r  rename    path, new path
 *   u  unlink    path
 *   d  mkdir     path
 *   x  rmdir     path
 *   m  mark      a text that the program under test gave, such as an acknowledgement
 * Fast copies inside the kernel are refused, so that the caller falls back to read and write.
 * Shared memory (-shm) is rebuilt by SQLite at every start, so its mapping is not followed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FDS 65536

struct head {
    uint8_t kind, zeros[3];
    int32_t fd;
    int64_t offset;
    uint32_t first, second;
    int64_t amount;
};

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;
static char folder[PATH_MAX];
static size_t folder_length;
static char followed[FDS];

#define LOCKED pthread_mutex_lock(&one_at_a_time)
#define UNLOCKED pthread_mutex_unlock(&one_at_a_time)

__attribute__((constructor)) static void alone(void) {
    unsetenv("LD_PRELOAD"); /* programs that this one starts are not recorded */
}

void recorder_begin(const char *where, const char *log) {
    snprintf(folder, sizeof folder, "%s", where);
    folder_length = strlen(folder);
    log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_fd < 0) abort();
}

static void put(const void *bytes, size_t size) {
    const char *at = bytes;
    while (size) {
        ssize_t done = syscall(SYS_write, log_fd, at, size);
        if (done <= 0) abort(); /* half a log would prove anything */
        at += done;
        size -= (size_t)done;
    }
}

static void record(char kind, int fd, int64_t offset, int64_t amount, const void *first, size_t length,
                   const void *second, size_t other) {
    struct head head = {(uint8_t)kind, {0}, fd, offset, (uint32_t)length, (uint32_t)other, amount};
    int kept = errno;
    if (log_fd < 0) return;
    put(&head, sizeof head);
    if (length) put(first, length);
    if (other) put(second, other);
    errno = kept;
}

/* Whether `path`, relative to the open folder `at`, lies in the recorded folder; its whole path in `into`. */
static int ours(int at, const char *path, char *into) {
    char base[PATH_MAX] = "", link[64];
    if (log_fd < 0 || !path) return 0;
    if (path[0] != '/') {
        snprintf(link, sizeof link, at == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", at);
        ssize_t length = readlink(link, base, sizeof base - 1);
        if (length < 0) return 0;
        base[length] = 0;
    }
    if (snprintf(into, PATH_MAX, "%s%s%s", base, *base ? "/" : "", path) >= PATH_MAX) return 0;
    return !strncmp(into, folder, folder_length) && (into[folder_length] == '/' || !into[folder_length]);
}

static int is_followed(int fd) { return fd >= 0 && fd < FDS && followed[fd]; }

void recorder_mark(const char *text, size_t length) {
    LOCKED;
    record('m', -1, 0, 0, text, length, NULL, 0);
    UNLOCKED;
}

static int opened(int at, const char *path, int flags, mode_t mode) {
    char whole[PATH_MAX];
    int mine = ours(at, path, whole) && !(flags & O_PATH);
    LOCKED;
    int there = mine && !faccessat(at, path, F_OK, 0);
    int fd = (int)syscall(SYS_openat, at, path, flags, mode);
    if (fd >= 0 && fd < FDS) {
        followed[fd] = (char)mine;
        if (mine) record('o', fd, flags, !there, whole, strlen(whole), NULL, 0);
    }
    UNLOCKED;
    return fd;
}

#define OPENS(name, parameters, at) \
    int name parameters { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | __O_TMPFILE)) { \
            va_list more; \
            va_start(more, flags); \
            mode = va_arg(more, mode_t); \
            va_end(more); \
        } \
        return opened(at, path, flags, mode); \
    }
OPENS(open, (const char *path, int flags, ...), AT_FDCWD)
OPENS(open64, (const char *path, int flags, ...), AT_FDCWD)
OPENS(openat, (int at, const char *path, int flags, ...), at)
OPENS(openat64, (int at, const char *path, int flags, ...), at)

int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int fd) {
    LOCKED;
    if (is_followed(fd)) {
        record('c', fd, 0, 0, NULL, 0, NULL, 0);
        followed[fd] = 0;
    }
    int done = (int)syscall(SYS_close, fd);
    UNLOCKED;
    return done;
}

ssize_t write(int fd, const void *bytes, size_t size) {
    if (!is_followed(fd)) return syscall(SYS_write, fd, bytes, size);
    LOCKED;
    ssize_t done = syscall(SYS_write, fd, bytes, size);
    if (done > 0) record('w', fd, lseek(fd, 0, SEEK_CUR) - done, 0, bytes, (size_t)done, NULL, 0);
    UNLOCKED;
    return done;
}

static ssize_t placed(int fd, const void *bytes, size_t size, off_t offset) {
    LOCKED;
    ssize_t done = syscall(SYS_pwrite64, fd, bytes, size, offset);
    if (done > 0 && is_followed(fd)) record('w', fd, offset, 0, bytes, (size_t)done, NULL, 0);
    UNLOCKED;
    return done;
}
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) { return placed(fd, bytes, size, offset); }
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) { return placed(fd, bytes, size, offset); }

static int cut(int fd, off_t size) {
    LOCKED;
    int done = (int)syscall(SYS_ftruncate, fd, size);
    if (!done && is_followed(fd)) record('t', fd, size, 0, NULL, 0, NULL, 0);
    UNLOCKED;
    return done;
}
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }

static int synced(int fd, long call) {
    LOCKED;
    int done = (int)syscall(call, fd);
    if (!done && is_followed(fd)) record('s', fd, 0, 0, NULL, 0, NULL, 0);
    UNLOCKED;
    return done;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int moved(int from_at, const char *from, int to_at, const char *to) {
    char old[PATH_MAX], new[PATH_MAX];
    LOCKED;
    int out = ours(from_at, from, old), in = ours(to_at, to, new);
    int done = (int)syscall(SYS_renameat2, from_at, from, to_at, to, 0);
    if (!done && (out || in)) record('r', -1, 0, 0, old, strlen(old), new, strlen(new));
    UNLOCKED;
    return done;
}
int rename(const char *from, const char *to) { return moved(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int from_at, const char *from, int to_at, const char *to) { return moved(from_at, from, to_at, to); }

static int removed(int at, const char *path, int flags) {
    char whole[PATH_MAX];
    LOCKED;
    int mine = ours(at, path, whole);
    int done = (int)syscall(SYS_unlinkat, at, path, flags);
    char kind = (flags & AT_REMOVEDIR) ? 'x' : 'u';
    if (!done && mine) record(kind, -1, 0, 0, whole, strlen(whole), NULL, 0);
    UNLOCKED;
    return done;
}
int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int at, const char *path, int flags) { return removed(at, path, flags); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }

static int made(int at, const char *path, mode_t mode) {
    char whole[PATH_MAX];
    LOCKED;
    int mine = ours(at, path, whole);
    int done = (int)syscall(SYS_mkdirat, at, path, mode);
    if (!done && mine) record('d', -1, 0, 0, whole, strlen(whole), NULL, 0);
    UNLOCKED;
    return done;
}
int mkdir(const char *path, mode_t mode) { return made(AT_FDCWD, path, mode); }
int mkdirat(int at, const char *path, mode_t mode) { return made(at, path, mode); }

ssize_t sendfile(int out, int in, off_t *offset, size_t size) { errno = EOPNOTSUPP; return -1; }
ssize_t sendfile64(int out, int in, off64_t *offset, size_t size) { errno = EOPNOTSUPP; return -1; }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned int flags) {
    errno = EOPNOTSUPP;
    return -1;
}
