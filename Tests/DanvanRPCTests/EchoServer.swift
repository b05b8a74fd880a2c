import DanvanRPC
import Foundation
import Synchronization

/// A server of a few small methods on a socket of its own, with nothing of danvan in it.
final class EchoServer: Sendable {
  let path: String
  let server: Server
  let watch: WatchFeed
  private let done = DispatchSemaphore(value: 0)
  private let folder: String

  init(_ options: ServerOptions = ServerOptions()) throws {
    folder = NSTemporaryDirectory() + "rpc-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    path = folder + "/s"
    watch = WatchFeed()
    server = try Server(router: Self.router(watch), options: options)
    server.listen(try ListeningSocket.bind(path: path))
    let (server, done) = (server, done)
    Thread.detachNewThread {
      try? server.run()
      done.signal()
    }
  }

  deinit { stop() }

  func client() throws -> Client { try Client(socketPath: path) }

  /// A client that has said Hello.
  func extendedClient(_ features: Features = .all) throws -> Client {
    let client = try client()
    _ = try client.call("bench.Bench", "Hello", [features.rawValue])
    client.enable(Extension(features: features))
    return client
  }

  func stop() {
    server.shutdown()
    _ = done.wait(timeout: .now() + 20)
    done.signal()
    try? FileManager.default.removeItem(atPath: folder)
  }

  private static func router(_ watch: WatchFeed) -> Router {
    var router = Router()
    let service = "bench.Bench"
    router.hello(service, "Hello") { call in
      HelloAnswer(
        payload: [], agreed: Extension(features: Features(rawValue: call.payload.first ?? 0)))
    }
    router.unary(service, "Echo", on: .inline) { $0.payload }
    router.unary(service, "PooledEcho", on: .pooled) { $0.payload }
    router.unary(service, "Fail", on: .pooled) { _ in
      throw RPCStatus(.notFound, "nothing", details: [.init(type: "t", value: [1, 2])])
    }
    router.unary(service, "Crash", on: .inline) { _ in throw CocoaError(.fileNoSuchFile) }
    for (method, execution) in [("Large", Execution.inline), ("PooledLarge", .pooled)] {
      router.unary(service, method, on: execution) { call in
        [UInt8](repeating: 7, count: call.payload.reduce(0) { $0 << 8 | Int($1) })
      }
    }
    router.unary(service, "UntilCancelled", on: .pooled) { call in
      watch.began.signal()
      while !call.isCancelled { usleep(1_000) }
      watch.cancelled.signal()
      return []
    }
    router.deferred(service, "Later") { call, reply in
      call.onCancel { watch.cancelled.signal() }
      watch.hold(reply)
      watch.began.signal()
    }
    router.deferred(service, "Never") { _, _ in }
    router.serverStream(service, "Count") { call, _ in
      CountSource(Int(call.payload.first ?? 0), size: Int(call.payload.dropFirst().first ?? 1))
    }
    router.serverStream(service, "FailAfterOne") { _, _ in CountSource(1, size: 1, fails: true) }
    router.serverStream(service, "Flood") { _, _ in FloodSource(watch) }
    router.serverStream(service, "Watch") { _, handle in WatchSource(watch, handle) }
    return router
  }
}

/// n messages of a size, then the end.
final class CountSource: StreamSource {
  private let left: Mutex<Int>
  private let size: Int
  private let fails: Bool

  init(_ count: Int, size: Int, fails: Bool = false) {
    left = Mutex(count)
    self.size = size
    self.fails = fails
  }

  func next() throws -> StreamStep {
    let index = left.withLock { left in
      left -= 1
      return left
    }
    if index < 0, fails { throw RPCStatus(.dataLoss, "gone") }
    return index < 0 ? .end : .messages([[UInt8](repeating: UInt8(index & 255), count: size)])
  }

  func closed() {}
}

/// Messages without end, 1 KiB each, numbered in their first four bytes.
final class FloodSource: StreamSource {
  private let feed: WatchFeed
  private let sent = Mutex<UInt32>(0)

  init(_ feed: WatchFeed) { self.feed = feed }

  func next() -> StreamStep {
    let first = sent.withLock { sent in
      defer { sent += 32 }
      return sent
    }
    feed.pulled.add(32, ordering: .relaxed)
    return .messages(
      (first..<first + 32).map { number in
        withUnsafeBytes(of: number.bigEndian) { Array($0) } + [UInt8](repeating: 7, count: 1_020)
      })
  }

  func closed() { feed.closed.signal() }
}

/// What a store is to a daemon: a log that grows and wakes those who follow it.
final class WatchFeed: Sendable {
  let began = DispatchSemaphore(value: 0)
  let cancelled = DispatchSemaphore(value: 0)
  let closed = DispatchSemaphore(value: 0)
  let pulled = Atomic(0)
  private let log = Mutex<[UInt8]>([])
  private let handles = Mutex<[StreamHandle]>([])
  private let replies = Mutex<[Reply]>([])

  func append(_ byte: UInt8) {
    log.withLock { $0.append(byte) }
    for handle in handles.withLock({ $0 }) { handle.wake() }
  }

  func add(_ handle: StreamHandle) { handles.withLock { $0.append(handle) } }
  func read(after cursor: Int) -> ArraySlice<UInt8> { log.withLock { $0[cursor...] } }
  func hold(_ reply: Reply) { replies.withLock { $0.append(reply) } }

  func answerAll(_ result: Result<[UInt8], RPCStatus>) -> Int {
    let held = replies.withLock { replies in
      defer { replies = [] }
      return replies
    }
    for reply in held {
      reply.send(result)
      reply.send(result)
    }
    return held.count
  }
}

final class WatchSource: StreamSource {
  private let feed: WatchFeed
  private let cursor = Mutex(0)

  init(_ feed: WatchFeed, _ handle: StreamHandle) {
    self.feed = feed
    feed.add(handle)
  }

  func next() -> StreamStep {
    cursor.withLock { cursor in
      let new = feed.read(after: cursor)
      cursor += new.count
      return new.isEmpty ? .idle : .messages(new.map { [$0] })
    }
  }

  func closed() { feed.closed.signal() }
}
