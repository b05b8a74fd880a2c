public import DanvanMessages
internal import DanvanRPC
internal import SwiftProtobuf

/// Why a call did not give its answer.
public enum DaemonError: Error, Sendable, CustomStringConvertible {
  /// No daemon could be reached; what was tried, in order.
  case unreachable([Attempt])
  /// The connection ended before the answer, and why as far as is known.
  case lost(String)
  /// The daemon answered, and with an error: a code for programs and a sentence for people.
  case status(Status)
  /// The peer speaks, but not as the protocol says: how.
  case malformed(String)

  /// One socket and why it did not do.
  public struct Attempt: Sendable, Equatable, CustomStringConvertible {
    public let path: String
    public let reason: String
    public var description: String { "\(path): \(reason)" }
  }

  /// An error that the daemon answered with.
  public struct Status: Sendable, Equatable {
    /// One of gRPC's seventeen codes.
    public let code: Int32
    /// Its name, such as `INVALID_ARGUMENT`.
    public let name: String
    public let message: String
    /// Where the event log may be read from, when a cursor was the trouble.
    public let bounds: Danvan_V1_CursorBounds?
    /// Typed messages for programs, as they came.
    public let details: [Detail]

    /// A `google.protobuf.Any`: a type's name, behind a `/`, and a message of that type.
    public struct Detail: Sendable, Equatable {
      public let type: String
      public let value: [UInt8]
    }

    init(_ status: RPCStatus) {
      code = status.code
      name = status.codeName
      message = status.message
      details = status.details.map { Detail(type: $0.type, value: $0.value) }
      let type = "/\(Danvan_V1_CursorBounds.protoMessageName)"
      bounds = status.details.first { $0.type.hasSuffix(type) }
        .flatMap { try? Danvan_V1_CursorBounds(serializedBytes: $0.value) }
    }
  }

  /// The code of an answered error; nil when there was no answer.
  public var code: Int32? {
    if case .status(let status) = self { status.code } else { nil }
  }

  /// Why a cursor cannot be gone on from; nil when that was not the trouble.
  public var cursorFault: Danvan_V1_CursorBounds.Reason? {
    if case .status(let status) = self { status.bounds?.reason } else { nil }
  }

  /// Which of the items sent was at fault, from 1; nil when that was not the trouble.
  public var faultyItem: Int? {
    guard case .status(let status) = self else { return nil }
    let type = "/\(Danvan_V1_ImportFault.protoMessageName)"
    return status.details.first { $0.type.hasSuffix(type) }
      .flatMap { try? Danvan_V1_ImportFault(serializedBytes: $0.value) }.map { Int($0.item) }
  }

  /// One sentence, and for `unreachable` a line for each socket.
  public var description: String {
    switch self {
    case .unreachable(let attempts) where attempts.isEmpty:
      "cannot reach danvand: no socket is named and XDG_RUNTIME_DIR is not set"
    case .unreachable(let attempts):
      "cannot reach danvand (is it running?); tried:" + attempts.map { "\n  \($0)" }.joined()
    case .lost(let reason): "the connection to danvand was lost: \(reason)"
    case .status(let status): status.message.isEmpty ? status.name : status.message
    case .malformed(let how): "danvand's answer makes no sense: \(how)"
    }
  }
}
