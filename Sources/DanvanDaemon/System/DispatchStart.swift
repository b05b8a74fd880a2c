internal import Dispatch

/// The thread by which libdispatch waits for times and descriptors. It is started with the first work that
/// is handed to a queue, and the process ends where the system has no descriptor or memory for it then.
enum DispatchStart {
  /// Has it started now, before anybody is served, and waits for it: a millisecond.
  static func early() {
    let isThere = DispatchSemaphore(value: 0)
    // A time that has passed already would not ask it.
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(1)) { isThere.signal() }
    isThere.wait()
  }
}
