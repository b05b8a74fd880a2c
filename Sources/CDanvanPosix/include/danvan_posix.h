// What Swift's Glibc module leaves out: some headers, and what is behind _GNU_SOURCE.
#ifndef DANVAN_POSIX_H
#define DANVAN_POSIX_H

#include <malloc.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

struct danvan_peer {
  int32_t pid;
  uint32_t uid;
  uint32_t gid;
};

// accept4 with SOCK_CLOEXEC | SOCK_NONBLOCK; -1 and errno on failure.
int danvan_accept(int listener);

// SO_PEERCRED of a connected Unix socket; 0, or -1 and errno.
int danvan_peer(int socket, struct danvan_peer *out);

// Whether another process has the file open for writing: 1, 0, or -1 and errno where the system does
// not say, as of a file of somebody else's.
int danvan_is_being_written(int file);

#endif
