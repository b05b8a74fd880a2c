/// How a call ended: one of gRPC's seventeen codes by its number, a sentence for people, and typed
/// details for programs.
public struct RPCStatus: Error, Sendable, Equatable, CustomStringConvertible {
  /// A `google.protobuf.Any`: a type's name and a message of that type, encoded.
  public struct Detail: Sendable, Equatable {
    public let type: String
    public let value: [UInt8]

    public init(type: String, value: [UInt8]) {
      self.type = type
      self.value = value
    }
  }

  public let code: Int32
  public let message: String
  public let details: [Detail]

  public init(_ code: Int32, _ message: String, details: [Detail] = []) {
    self.code = code
    self.message = message
    self.details = details
  }

  public init(_ code: Code, _ message: String, details: [Detail] = []) {
    self.init(code.rawValue, message, details: details)
  }

  /// The code's name as gRPC spells it: "INVALID_ARGUMENT"; "CODE_99" for a number without one.
  public var codeName: String { Code(rawValue: code)?.name ?? "CODE_\(code)" }

  public var description: String { "\(codeName): \(message)" }
}

extension RPCStatus {
  /// gRPC's status codes.
  public enum Code: Int32, Sendable, CaseIterable {
    case ok = 0
    case cancelled = 1
    case unknown = 2
    case invalidArgument = 3
    case deadlineExceeded = 4
    case notFound = 5
    case alreadyExists = 6
    case permissionDenied = 7
    case resourceExhausted = 8
    case failedPrecondition = 9
    case aborted = 10
    case outOfRange = 11
    case unimplemented = 12
    case internalError = 13
    case unavailable = 14
    case dataLoss = 15
    case unauthenticated = 16

    /// The name as gRPC spells it.
    public var name: String {
      switch self {
      case .ok: "OK"
      case .cancelled: "CANCELLED"
      case .unknown: "UNKNOWN"
      case .invalidArgument: "INVALID_ARGUMENT"
      case .deadlineExceeded: "DEADLINE_EXCEEDED"
      case .notFound: "NOT_FOUND"
      case .alreadyExists: "ALREADY_EXISTS"
      case .permissionDenied: "PERMISSION_DENIED"
      case .resourceExhausted: "RESOURCE_EXHAUSTED"
      case .failedPrecondition: "FAILED_PRECONDITION"
      case .aborted: "ABORTED"
      case .outOfRange: "OUT_OF_RANGE"
      case .unimplemented: "UNIMPLEMENTED"
      case .internalError: "INTERNAL"
      case .unavailable: "UNAVAILABLE"
      case .dataLoss: "DATA_LOSS"
      case .unauthenticated: "UNAUTHENTICATED"
      }
    }
  }
}
