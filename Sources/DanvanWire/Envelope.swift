/// ttrpc's `Request` message.
public struct RequestEnvelope: Sendable {
  public var service = ""
  public var method = ""
  public var payload: [UInt8] = []
  /// How long the client waits; 0 is for ever, negative is over already.
  public var timeoutNanoseconds: Int64 = 0
  public var metadata: [(name: String, value: String)] = []

  /// Pairs are small on the wire and not in memory.
  private static let mostMetadata = 4_096

  public init() {}

  /// Throws INVALID_ARGUMENT when the bytes are no such message, RESOURCE_EXHAUSTED when it has too
  /// much metadata.
  init(decoding bytes: UnsafeRawBufferPointer) throws(RPCStatus) {
    do throws(ProtobufError) {
      var reader = ProtobufReader(bytes)
      while let field = try reader.field() {
        switch (field.number, field.wireType) {
        case (1, 2): service = try reader.string()
        case (2, 2): method = try reader.string()
        case (3, 2): payload = [UInt8](try reader.delimited())
        case (4, 0): timeoutNanoseconds = Int64(bitPattern: try reader.varint())
        case (5, 2) where metadata.count <= Self.mostMetadata:
          metadata.append(try Self.pair(try reader.delimited()))
        default: try reader.skip(field)
        }
      }
    } catch {
      throw RPCStatus(.invalidArgument, "malformed request: \(error.reason)")
    }
    guard metadata.count <= Self.mostMetadata else {
      throw RPCStatus(.resourceExhausted, "more than \(Self.mostMetadata) pairs of metadata")
    }
  }

  private static func pair(
    _ bytes: UnsafeRawBufferPointer
  ) throws(ProtobufError) -> (name: String, value: String) {
    var pair = (name: "", value: "")
    var reader = ProtobufReader(bytes)
    while let field = try reader.field() {
      switch (field.number, field.wireType) {
      case (1, 2): pair.name = try reader.string()
      case (2, 2): pair.value = try reader.string()
      default: try reader.skip(field)
      }
    }
    return pair
  }

  /// The message, with the payload apart: it is sent without being copied here.
  func encoded() -> (head: [UInt8], tail: [UInt8]) {
    var writer = ProtobufWriter()
    writer.string(1, service)
    writer.string(2, method)
    writer.varint(4, UInt64(bitPattern: timeoutNanoseconds))
    for pair in metadata {
      var inner = ProtobufWriter()
      inner.string(1, pair.name)
      inner.string(2, pair.value)
      writer.message(5, inner.bytes)
    }
    if !payload.isEmpty { writer.prefix(3, length: payload.count) }
    return (writer.bytes, payload)
  }
}

/// ttrpc's `Response` message: a payload, or a status that is not OK.
public struct ResponseEnvelope: Sendable {
  public let result: Result<[UInt8], RPCStatus>

  public init(_ result: Result<[UInt8], RPCStatus>) { self.result = result }

  /// Throws INTERNAL when the bytes are no such message.
  init(decoding bytes: UnsafeRawBufferPointer) throws(RPCStatus) {
    do throws(ProtobufError) {
      var status: RPCStatus?
      var payload: [UInt8] = []
      var reader = ProtobufReader(bytes)
      while let field = try reader.field() {
        switch (field.number, field.wireType) {
        case (1, 2): status = try RPCStatus(decoding: try reader.delimited())
        case (2, 2): payload = [UInt8](try reader.delimited())
        default: try reader.skip(field)
        }
      }
      if let status, status.code != 0 {
        result = .failure(status)
      } else {
        result = .success(payload)
      }
    } catch {
      throw RPCStatus(.internalError, "malformed response: \(error.reason)")
    }
  }

  /// The message, with the payload apart.
  func encoded() -> (head: [UInt8], tail: [UInt8]) {
    var writer = ProtobufWriter()
    switch result {
    case .success(let payload):
      if !payload.isEmpty { writer.prefix(2, length: payload.count) }
      return (writer.bytes, payload)
    case .failure(let status):
      writer.message(1, status.encoded)
      return (writer.bytes, [])
    }
  }
}

extension RPCStatus {
  /// Reads a `google.rpc.Status`.
  init(decoding bytes: UnsafeRawBufferPointer) throws(ProtobufError) {
    var code: Int32 = 0
    var message = ""
    var details: [Detail] = []
    var reader = ProtobufReader(bytes)
    while let field = try reader.field() {
      switch (field.number, field.wireType) {
      case (1, 0): code = Int32(truncatingIfNeeded: try reader.varint())
      case (2, 2): message = try reader.string()
      case (3, 2): details.append(try Detail(decoding: try reader.delimited()))
      default: try reader.skip(field)
      }
    }
    self.init(code, message, details: details)
  }

  var encoded: [UInt8] {
    var writer = ProtobufWriter()
    writer.varint(1, UInt64(bitPattern: Int64(code)))
    writer.string(2, message)
    for detail in details {
      var inner = ProtobufWriter()
      inner.string(1, detail.type)
      if !detail.value.isEmpty { inner.message(2, detail.value) }
      writer.message(3, inner.bytes)
    }
    return writer.bytes
  }
}

extension RPCStatus.Detail {
  init(decoding bytes: UnsafeRawBufferPointer) throws(ProtobufError) {
    var type = ""
    var value: [UInt8] = []
    var reader = ProtobufReader(bytes)
    while let field = try reader.field() {
      switch (field.number, field.wireType) {
      case (1, 2): type = try reader.string()
      case (2, 2): value = [UInt8](try reader.delimited())
      default: try reader.skip(field)
      }
    }
    self.init(type: type, value: value)
  }
}
