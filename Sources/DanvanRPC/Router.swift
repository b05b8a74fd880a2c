/// Where a handler runs.
public enum Execution: Sendable {
  /// On the I/O thread: for answers that are at hand and need no disk and no lock held long.
  case inline
  /// On a worker thread.
  case pooled
}

/// A server's answer to Hello: the encoded message, and what holds on the connection from then on.
public struct HelloAnswer: Sendable {
  public let payload: [UInt8]
  public let agreed: Extension
  /// Who the client says it is, for the list of connections.
  public let client: String

  public init(payload: [UInt8], agreed: Extension, client: String = "") {
    self.payload = payload
    self.agreed = agreed
    self.client = client
  }
}

/// The table from service and method to what answers.
public struct Router: Sendable {
  enum Route: Sendable {
    case unary(Execution, limit: Duration?, @Sendable (Call) throws -> [UInt8])
    case deferred(Execution, @Sendable (Call, Reply) -> Void)
    case serverStream(@Sendable (Call, StreamHandle) throws -> any StreamSource)
    case hello(@Sendable (Call) throws -> HelloAnswer)
  }

  private var services: [String: [String: Route]] = [:]
  private let meter: CallMeter

  /// `meter` counts the calls of the methods that are registered here.
  public init(meter: CallMeter = CallMeter()) { self.meter = meter }

  /// A method that answers one message with one. `limit` holds when the client sets no deadline.
  ///
  /// What the handler throws becomes the call's status: an `RPCStatus` as it is, anything else
  /// INTERNAL, its text to the server's log only.
  public mutating func unary(
    _ service: String, _ method: String, on execution: Execution, limit: Duration? = nil,
    _ handler: @escaping @Sendable (Call) throws -> [UInt8]
  ) {
    let counter = meter.counter(service, method)
    services[service, default: [:]][method] = .unary(execution, limit: limit) { call in
      try counter.time { try handler(call) }
    }
  }

  /// A method that answers later, when it has something: a long poll.
  public mutating func deferred(
    _ service: String, _ method: String, on execution: Execution = .pooled,
    _ handler: @escaping @Sendable (Call, Reply) -> Void
  ) {
    let counter = meter.counter(service, method)
    services[service, default: [:]][method] = .deferred(execution) { call, reply in
      let began = ContinuousClock.now
      handler(
        call,
        Reply { result in
          if case .failure(let status) = result {
            counter.note(status.code, since: began)
          } else {
            counter.note(0, since: began)
          }
          reply.send(result)
        })
    }
  }

  /// A method that answers one message with a stream of them. `open` runs on a worker.
  public mutating func serverStream(
    _ service: String, _ method: String,
    _ open: @escaping @Sendable (Call, StreamHandle) throws -> any StreamSource
  ) {
    let counter = meter.counter(service, method)
    services[service, default: [:]][method] = .serverStream { call, handle in
      try counter.time { try open(call, handle) }
    }
  }

  /// The method that switches the extension on. The server sees to it that it is the connection's
  /// first call and its only Hello (else FAILED_PRECONDITION); the answer itself still goes plain.
  public mutating func hello(
    _ service: String, _ method: String,
    _ handler: @escaping @Sendable (Call) throws -> HelloAnswer
  ) {
    services[service, default: [:]][method] = .hello(handler)
  }

  /// The names of all services and, for each, of all methods, sorted.
  public var methods: [(service: String, methods: [String])] {
    services.map { ($0.key, $0.value.keys.sorted()) }.sorted { $0.service < $1.service }
  }

  /// Throws UNIMPLEMENTED in the words stock servers use.
  func route(_ service: String, _ method: String) throws(RPCStatus) -> Route {
    guard let methods = services[service] else {
      throw RPCStatus(.unimplemented, "service \(service)")
    }
    guard let route = methods[method] else {
      throw RPCStatus(.unimplemented, "method \(method)")
    }
    return route
  }
}
