/* The limit: frames of ten bytes and data over a Unix socket, read and written with nothing between.
   serve SOCKET | calls SOCKET MILLISECONDS IN-FLIGHT BYTES | stream SOCKET COUNT BYTES */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static void fill(int fd, uint8_t *at, size_t n) {
  while (n) {
    ssize_t k = read(fd, at, n);
    if (k <= 0) pthread_exit(NULL);
    at += k, n -= k;
  }
}

static void put(int fd, const uint8_t *at, size_t n) {
  while (n) {
    ssize_t k = write(fd, at, n);
    if (k <= 0) pthread_exit(NULL);
    at += k, n -= k;
  }
}

static uint32_t word(const uint8_t *b) { return b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3]; }
static void store(uint8_t *b, uint32_t w) { b[0] = w >> 24, b[1] = w >> 16, b[2] = w >> 8, b[3] = w; }

static void *serve(void *argument) {
  int fd = (int)(intptr_t)argument;
  uint8_t *frame = malloc(10 + (1 << 22)), *many = malloc(32 * (10 + 4096));
  for (;;) {
    fill(fd, frame, 10);
    uint32_t n = word(frame);
    fill(fd, frame + 10, n);
    if (frame[8] == 1) {
      put(fd, frame, 10 + n);
      continue;
    }
    uint32_t count = word(frame + 10), size = word(frame + 14), batch = 0;
    for (uint32_t i = 0; i < count; i++) {
      uint8_t *at = many + batch * (10 + size);
      memset(at, 7, 10 + size);
      store(at, size);
      if (++batch == 32 || i + 1 == count) put(fd, many, batch * (10 + size)), batch = 0;
    }
  }
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static double cpu(void) {
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6 + u.ru_utime.tv_usec + u.ru_stime.tv_usec;
}

static int rising(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  signal(SIGPIPE, SIG_IGN);
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, argv[2], sizeof address.sun_path - 1);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (!strcmp(argv[1], "serve")) {
    if (bind(fd, (void *)&address, sizeof address) || listen(fd, 64)) return 1;
    for (;;) {
      pthread_t thread;
      intptr_t one = accept(fd, NULL, NULL);
      pthread_create(&thread, NULL, serve, (void *)one);
    }
  }
  if (argc < 5 || connect(fd, (void *)&address, sizeof address)) return 1;
  if (!strcmp(argv[1], "stream")) {
    uint32_t count = atoi(argv[3]), size = atoi(argv[4]);
    uint8_t frame[18] = {0, 0, 0, 8, 0, 0, 0, 1, 3}, *body = malloc(10 + size);
    store(frame + 10, count), store(frame + 14, size);
    double began = now();
    put(fd, frame, 18);
    /* Read in blocks, as any client would. */
    uint64_t left = (uint64_t)count * (10 + size);
    uint8_t *block = malloc(1 << 16);
    while (left) {
      ssize_t k = read(fd, block, left < 1 << 16 ? left : 1 << 16);
      if (k <= 0) return 1;
      left -= k;
    }
    printf("{\"rate\": %f, \"cpu\": %f}\n", count / (now() - began) * 1e6, cpu() / count);
    return 0;
  }
  int milliseconds = atoi(argv[3]), width = atoi(argv[4]), size = argc > 5 ? atoi(argv[5]) : 64;
  uint8_t *frame = malloc(10 + size);
  double *started = malloc(sizeof(double) * width), *times = malloc(sizeof(double) << 24);
  long calls = 0, sent = 0;
  memset(frame, 120, 10 + size);
  store(frame, size), store(frame + 4, 1), frame[8] = 1, frame[9] = 0;
  double spent = cpu(), began = now(), end = began + milliseconds * 1e3;
  for (; sent < width; sent++) started[sent] = now(), put(fd, frame, 10 + size);
  while (calls < sent) {
    fill(fd, frame, 10);
    fill(fd, frame + 10, size);
    double t = now();
    times[calls] = t - started[calls % width];
    calls++;
    if (t < end) started[sent++ % width] = now(), put(fd, frame, 10 + size);
  }
  double took = now() - began;
  spent = cpu() - spent;
  qsort(times, calls, sizeof *times, rising);
  printf("{\"rate\": %f, \"p50\": %f, \"p99\": %f, \"cpu\": %f, \"calls\": %ld}\n", calls / took * 1e6,
         times[calls / 2], times[calls * 99 / 100], spent / calls, calls);
}
