internal import Synchronization

/// The figures that other threads may read.
final class ServerGauges: Sendable {
  let connections = Atomic(0)
  let streams = Atomic(0)
  let calls = Atomic<UInt64>(0)
  let bytesIn = Atomic<UInt64>(0)
  let bytesOut = Atomic<UInt64>(0)
}

extension ServerLogRecord {
  init(level: Level, message: String, _ connection: ServedConnection?) {
    self.init(
      level: level, message: message, connection: connection?.number, peer: connection?.peer)
  }
}
