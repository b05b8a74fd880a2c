import Glibc

/// Time since it was started, in seconds; unmoved by changes of the wall clock.
struct Stopwatch {
  private let start = Self.now

  var seconds: Double { Double(Self.now - start) / 1e9 }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
