import DanvanRPC
import Glibc
import Synchronization

/// One side of the benchmark: `serve SOCKET`, or a client that prints one line of JSON:
/// `calls SOCKET MILLISECONDS IN-FLIGHT BYTES`, `stream SOCKET COUNT BYTES`, `stalled SOCKET MILLISECONDS WATCHERS`.
@main
enum RPCBench {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst().map { $0 }
    func number(_ place: Int) -> Int { words.count > place ? Int(words[place]) ?? 0 : 0 }
    switch words.first {
    case "serve" where words.count == 2: try serve(words[1])
    case "calls" where words.count == 5:
      let client = try Client(socketPath: words[1])
      try Calls(client, inFlight: number(3), bytes: number(4)).run(milliseconds: number(2)).report()
    case "stream" where words.count == 4: try stream(words[1], number(2), number(3))
    case "stalled" where words.count == 4: try stalled(words[1], number(2), number(3))
    default: throw RPCStatus(.invalidArgument, "unknown words: \(words)")
    }
  }

  private static func serve(_ path: String) throws {
    var router = Router()
    router.hello("bench.Bench", "Hello") { call in
      HelloAnswer(
        payload: [], agreed: Extension(features: [.cancel, .credit], peerWindow: 262_144))
    }
    router.unary("bench.Bench", "Echo", on: .inline) { $0.payload }
    router.serverStream("bench.Bench", "Feed") { call, _ in
      let numbers = call.payload.map(Int.init)
      guard numbers.count == 8 else { throw RPCStatus(.invalidArgument, "count and size: 8 bytes") }
      return Feed(
        count: numbers[..<4].reduce(0) { $0 << 8 | $1 },
        bytes: numbers[4...].reduce(0) { $0 << 8 | $1 })
    }
    let server = try Server(router: router)
    server.listen(try ListeningSocket.bind(path: path))
    try server.run()
  }

  private static func feed(_ count: Int, _ bytes: Int) -> [UInt8] {
    [count, bytes].flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }
  }

  private static func stream(_ path: String, _ count: Int, _ bytes: Int) throws {
    let client = try Client(socketPath: path)
    try greet(client)
    let began = ContinuousClock.now
    let stream = try client.stream("bench.Bench", "Feed", feed(count, bytes))
    var taken = 0
    while try stream.next() != nil { taken += 1 }
    guard taken == count else { throw RPCStatus(.dataLoss, "\(taken) of \(count) messages") }
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    print(#"{"rate": \#(Double(count) / seconds), "cpu": \#(ownCPU / Double(count) * 1e6)}"#)
  }

  /// Unary calls alone, then beside streams without end that are opened on the same connection, and
  /// on others, and never read.
  private static func stalled(_ path: String, _ milliseconds: Int, _ watchers: Int) throws {
    let client = try Client(socketPath: path)
    try greet(client)
    let alone = try Calls(client, inFlight: 1, bytes: 64).run(milliseconds: milliseconds)
    var held: [IncomingStream] = []
    let others = try (0..<watchers / 2).map { _ in try Client(socketPath: path) }
    for other in others {
      held.append(try other.stream("bench.Bench", "Feed", feed(1 << 30, 1_024)))
    }
    for _ in 0..<watchers - others.count {
      held.append(try client.stream("bench.Bench", "Feed", feed(1 << 30, 1_024)))
    }
    // Until the windows are used up and the sockets full.
    _ = try Calls(client, inFlight: 1, bytes: 64).run(milliseconds: 500)
    let beside = try Calls(client, inFlight: 1, bytes: 64).run(milliseconds: milliseconds)
    let again = try withExtendedLifetime(held) { () -> Calls.Result in
      held = []
      for other in others { other.close() }
      return try Calls(client, inFlight: 1, bytes: 64).run(milliseconds: milliseconds)
    }
    print(
      #"{"alone": \#(min(alone.p99, again.p99)), "beside": \#(beside.p99), "p50": [\#(alone.p50), \#(beside.p50)]}"#
    )
  }

  private static func greet(_ client: Client) throws {
    _ = try client.call("bench.Bench", "Hello", [])
    client.enable(Extension(features: [.cancel, .credit]), window: 262_144)
  }

  static var ownCPU: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let microseconds = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + Double(microseconds) / 1e6
  }
}

/// Messages of one size, packed 64 to a step as an event log would be read.
private final class Feed: StreamSource {
  private let left: Mutex<Int>
  private let message: [UInt8]

  init(count: Int, bytes: Int) {
    left = Mutex(count)
    message = [UInt8](repeating: 7, count: bytes)
  }

  func next() -> StreamStep {
    let count = left.withLock { left in
      let count = min(left, 64)
      left -= count
      return count
    }
    return count == 0 ? .end : .messages([[UInt8]](repeating: message, count: count))
  }

  func closed() {}
}

/// Echo calls, so many in flight on one connection.
private struct Calls {
  struct Result {
    let calls: Int
    let seconds: Double
    let cpu: Double
    let p50: Double
    let p99: Double

    func report() {
      print(
        #"{"rate": \#(Double(calls) / seconds), "p50": \#(p50), "p99": \#(p99), "cpu": \#(cpu), "calls": \#(calls)}"#
      )
    }
  }

  private let client: Client
  private let inFlight: Int
  private let payload: [UInt8]

  init(_ client: Client, inFlight: Int, bytes: Int) {
    self.client = client
    self.inFlight = inFlight
    payload = [UInt8](repeating: 120, count: bytes)
  }

  func run(milliseconds: Int) throws -> Result {
    var waiting: [(call: PendingCall, began: ContinuousClock.Instant)] = []
    var oldest = 0
    var times: [Double] = []
    times.reserveCapacity(1 << 20)
    func begin() throws {
      let now = ContinuousClock.now
      waiting.append((try client.begin("bench.Bench", "Echo", payload), now))
    }
    let cpu = RPCBench.ownCPU
    let start = ContinuousClock.now
    let end = start + .milliseconds(milliseconds)
    for _ in 0..<inFlight { try begin() }
    while oldest < waiting.count {
      let (call, began) = waiting[oldest]
      oldest += 1
      guard try client.answer(to: call).count == payload.count else {
        throw RPCStatus(.dataLoss, "another payload came back")
      }
      let now = ContinuousClock.now
      times.append((now - began) / .microseconds(1))
      if now < end { try begin() }
    }
    let took = (ContinuousClock.now - start) / .seconds(1)
    let spent = (RPCBench.ownCPU - cpu) / Double(times.count) * 1e6
    times.sort()
    return Result(
      calls: times.count, seconds: took, cpu: spent, p50: times[times.count / 2],
      p99: times[times.count * 99 / 100])
  }
}
