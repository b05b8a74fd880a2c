internal import Synchronization

/// Counts the calls of each method, by how they ended and how long their handlers took.
public final class CallMeter: Sendable {
  /// The upper bounds of the buckets, in seconds; one more holds what takes longer.
  public static let bounds = [0.0001, 0.001, 0.01, 0.1, 1, 10]

  /// One method's figures since the start. Of a stream: its opening.
  public struct Figures: Sendable {
    public let service: String
    public let method: String
    /// Calls by status code; 0 is OK.
    public var codes: [Int32: UInt64] = [:]
    public var seconds = 0.0
    /// Calls that took no longer than the bound of the same place, and no less than the one before.
    public var buckets = [UInt64](repeating: 0, count: bounds.count + 1)
  }

  /// Where one method's handler puts its figures.
  final class Counter: Sendable {
    private let figures: Mutex<Figures>

    init(_ service: String, _ method: String) {
      figures = Mutex(Figures(service: service, method: method))
    }

    var now: Figures { figures.withLock { $0 } }

    /// Runs a handler, and notes how that ended.
    func time<Answer>(_ handler: () throws -> Answer) throws -> Answer {
      let began = ContinuousClock.now
      do {
        let answer = try handler()
        note(0, since: began)
        return answer
      } catch {
        note((error as? RPCStatus)?.code ?? 13, since: began)
        throw error
      }
    }

    func note(_ code: Int32, since began: ContinuousClock.Instant) {
      let seconds = (ContinuousClock.now - began) / .seconds(1)
      let bucket = CallMeter.bounds.firstIndex { seconds <= $0 } ?? CallMeter.bounds.count
      figures.withLock { figures in
        figures.codes[code, default: 0] += 1
        figures.seconds += seconds
        figures.buckets[bucket] += 1
      }
    }
  }

  private let counters = Mutex<[Counter]>([])

  public init() {}

  /// Of every method, in the order in which they were registered.
  public var figures: [Figures] { counters.withLock { $0 }.map(\.now) }

  func counter(_ service: String, _ method: String) -> Counter {
    let counter = Counter(service, method)
    counters.withLock { $0.append(counter) }
    return counter
  }
}
