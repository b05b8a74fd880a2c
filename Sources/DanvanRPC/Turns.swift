/// Jobs that wait, by connection: connections take turns, a job a turn, and the jobs of one come out in the order
/// in which they went in.
struct Turns {
  typealias Job = @Sendable () -> Void

  private var lines: [UInt64: Line] = [:]
  /// The connections with waiting jobs, each once, in the order of their turns.
  private var order = Fifo<UInt64>()
  private(set) var count = 0
  /// How many of those that wait are `isBounded`.
  private(set) var bounded = 0

  /// What waits of one connection.
  private struct Line {
    var jobs = Fifo<(job: Job, isBounded: Bool)>()
    var bounded = 0
  }

  /// Whether `bound` wait and the connection is to have no further one. Who has less than his part of
  /// the places may: the crowd before him is not his.
  func isFull(for connection: UInt64, _ bound: Int) -> Bool {
    bounded >= bound && lines[connection]?.bounded ?? 0 >= max(1, bound / max(1, lines.count))
  }

  mutating func add(_ job: @escaping Job, isBounded: Bool, of connection: UInt64) {
    if lines[connection] == nil { order.add(connection) }
    lines[connection, default: Line()].jobs.add((job, isBounded))
    count += 1
    if isBounded {
      lines[connection]?.bounded += 1
      bounded += 1
    }
  }

  mutating func take() -> Job? {
    guard let connection = order.take(), let next = lines[connection]?.jobs.take() else {
      return nil
    }
    count -= 1
    if next.isBounded {
      lines[connection]?.bounded -= 1
      bounded -= 1
    }
    if lines[connection]?.jobs.isEmpty == false {
      order.add(connection)
    } else {
      lines[connection] = nil
    }
    return next.job
  }
}
