#define _GNU_SOURCE
#include "danvan_posix.h"

#include <errno.h>
#include <fcntl.h>

#include <sys/socket.h>

int danvan_accept(int listener) {
  return accept4(listener, 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

int danvan_peer(int socket, struct danvan_peer *out) {
  struct ucred credentials;
  socklen_t length = sizeof credentials;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) return -1;
  out->pid = credentials.pid;
  out->uid = credentials.uid;
  out->gid = credentials.gid;
  return 0;
}

int danvan_is_being_written(int file) {
  // A read lease is given only on a file that nobody may write to just now.
  if (fcntl(file, F_SETLEASE, F_RDLCK) == 0) {
    fcntl(file, F_SETLEASE, F_UNLCK);
    return 0;
  }
  return errno == EAGAIN ? 1 : -1;
}
