internal import Foundation

/// One case of Protocol/vectors; Protocol/README.md, "Vectors", says what the fields mean.
public struct Vector: Decodable, Sendable, CustomStringConvertible {
  public let name: String
  public let why: String
  public let send: [Piece]
  public let expect: [Expectation]
  public let survives: String
  public let role: String?
  public let needs: String?
  public let end: Bool?
  public let probe: Int32?

  public var description: String { name }
  public var bytes: [UInt8] { send.flatMap(\.bytes) }

  /// Hexadecimal digits, or some over and over.
  public enum Piece: Decodable, Sendable {
    case hex([UInt8])
    case run([UInt8], count: Int)

    private enum CodingKeys: String, CodingKey { case `repeat`, count }

    public init(from decoder: any Decoder) throws {
      if let hex = try? decoder.singleValueContainer().decode(String.self) {
        self = .hex(Array(hexadecimal: hex))
        return
      }
      let run = try decoder.container(keyedBy: CodingKeys.self)
      let bytes = Array(hexadecimal: try run.decode(String.self, forKey: .repeat))
      self = .run(bytes, count: try run.decode(Int.self, forKey: .count))
    }

    public var bytes: [UInt8] {
      switch self {
      case .hex(let bytes): bytes
      case .run(let bytes, let count) where bytes.count == 1:
        [UInt8](repeating: bytes[0], count: count)
      case .run(let bytes, let count):
        Array(repeatElement(bytes, count: count).joined())
      }
    }
  }

  /// A frame, or for a client's vectors an event.
  public struct Expectation: Decodable, Sendable {
    public let hex: String?
    public let stream: UInt32?
    public let type: UInt8?
    public let flags: UInt8?
    public let code: Int32?
    public let message: String?
    public let payload: Piece?
    public let data: Piece?
    public let length: Int?
    public let event: String?

    /// The stream of the frame, also where the frame is given whole.
    public var orderedStream: UInt32 {
      if let stream { return stream }
      guard let bytes = hex.map(Array.init(hexadecimal:)), bytes.count >= 8 else { return 0 }
      return bytes[4..<8].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// An answer: a code other than OK, or a payload.
    public init(stream: UInt32, code: Int32? = nil, payload: [UInt8]? = nil) {
      self.stream = stream
      self.code = code
      self.payload = payload.map(Piece.hex)
      type = 2
      (hex, flags, message, data, length, event) = (nil, nil, nil, nil, nil, nil)
    }
  }

  /// All vectors of the project for one role, in the order of their files' names.
  public static func all(role: String = "server") throws -> [Vector] {
    struct File: Decodable { let vectors: [Vector] }
    let folder = Repository.root.appendingPathComponent("Protocol/vectors")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.filter { $0.hasSuffix(".json") }.flatMap { name in
      let data = try Data(contentsOf: folder.appendingPathComponent(name))
      return try JSONDecoder().decode(File.self, from: data).vectors
    }.filter { ($0.role ?? "server") == role }
  }
}

extension [UInt8] {
  /// The bytes that pairs of digits stand for; anything else between them is passed over.
  public init(hexadecimal text: String) {
    let digits = text.compactMap(\.hexDigitValue)
    self = stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }
}
