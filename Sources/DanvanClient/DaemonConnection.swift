public import DanvanMessages
internal import DanvanRPC
public import SwiftProtobuf

/// A connection to danvand with a call for each thing it does. For one thread at a time.
///
/// Every function throws `DaemonError`. Texts come as they were asked for, never compressed.
public final class DaemonConnection {
  /// What the daemon said of itself; nil from a server without danvan's extension.
  public let hello: Danvan_V1_HelloResponse?
  /// The socket that answered.
  public let socket: String

  let client: Client
  /// The longest text that `Body` is inflated to, in bytes.
  let inflateLimit: Int

  /// Who is calling, for the daemon's log.
  public struct Caller: Sendable {
    public let name: String
    public let version: String

    public init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  /// Connects to the first of `sockets` that takes connections, and says Hello.
  ///
  /// Throws `unreachable` when none does. A socket that is there but answers with an error is not
  /// passed over.
  public init(sockets: [String], caller: Caller, timeout: Duration = .seconds(10))
    throws(DaemonError)
  {
    var attempts: [DaemonError.Attempt] = []
    var connected: (client: Client, path: String)?
    for path in sockets {
      do throws(ClientError) {
        connected = (try Client(socketPath: path), path)
      } catch {
        guard case .cannotConnect(_, _, let reason) = error else {
          throw .lost(error.description)
        }
        attempts.append(DaemonError.Attempt(path: path, reason: reason))
        continue
      }
      break
    }
    guard let connected else { throw .unreachable(attempts) }
    client = connected.client
    socket = connected.path
    inflateLimit = Extension.greatestInflated
    hello = try Self.greet(connected.client, caller, timeout)
  }

  /// Says Hello and switches on what was agreed; nil when the server does not know the call.
  private static func greet(_ client: Client, _ caller: Caller, _ timeout: Duration)
    throws(DaemonError) -> Danvan_V1_HelloResponse?
  {
    let request = Danvan_V1_HelloRequest.with {
      $0.protocol = 1
      $0.features = Features.all.names
      $0.maxFrame = UInt32(Extension.greatestFrame)
      $0.maxInflated = UInt32(Extension.greatestInflated)
      $0.window = UInt32(Extension.defaultWindow)
      $0.client = caller.name
      $0.version = caller.version
    }
    let answer: Danvan_V1_HelloResponse
    do {
      answer = try exchange(client, "danvan.v1.Connection", "Hello", request, timeout: timeout)
    } catch .status(let status) where status.code == RPCStatus.Code.unimplemented.rawValue {
      return nil
    }
    client.enable(
      Extension(
        features: Features(names: answer.features), peerMaxFrame: Int(answer.maxFrame),
        peerMaxInflated: Int(answer.maxInflated), peerWindow: Int(answer.window),
        // On one machine copying is far cheaper than compressing; only what fits no frame is.
        compressFrom: .max))
    return answer
  }

  /// Ends the connection; what was in progress on it is cancelled.
  public func close() { client.close() }

  /// One call with messages of any service.
  public func call<Request: Message, Answer: Message>(
    _ service: String, _ method: String, _ request: Request, timeout: Duration? = nil
  ) throws(DaemonError) -> Answer {
    try Self.exchange(client, service, method, request, timeout: timeout)
  }

  private static func exchange<Request: Message, Answer: Message>(
    _ client: Client, _ service: String, _ method: String, _ request: Request, timeout: Duration?
  ) throws(DaemonError) -> Answer {
    try translated {
      let payload: [UInt8] = try request.serializedBytes()
      let bytes = try client.call(service, method, payload, timeout: timeout)
      return try Answer(serializedBytes: bytes)
    }
  }

  /// Runs `body` and puts what it throws into this module's words.
  static func translated<Value>(_ body: () throws -> Value) throws(DaemonError) -> Value {
    do {
      return try body()
    } catch let error as DaemonError {
      throw error
    } catch let error as RPCStatus {
      throw .status(DaemonError.Status(error))
    } catch let error as ClientError {
      throw .lost(
        {
          if case .connectionLost(let reason) = error { reason } else { error.description }
        }())
    } catch {
      throw .malformed("\(error)")
    }
  }
}
