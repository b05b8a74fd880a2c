internal import Glibc

/// A descriptor that is closed when it is let go.
final class FileDescriptor: Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }
}

/// `errno`, before anything else can change it.
var lastError: Int32 { errno }
