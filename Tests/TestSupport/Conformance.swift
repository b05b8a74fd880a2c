/// The methods that Protocol/vectors are written against, as far as they are plain functions.
public enum Conformance {
  public static let service = "bench.Bench"
  public static let helloService = "danvan.v1.Connection"

  /// What a unary method answers; nil for one that is not such a method.
  public static func answer(
    _ method: String, _ payload: [UInt8], _ metadata: [(name: String, value: String)]
  ) -> [UInt8]? {
    switch method {
    case "Echo": payload
    case "Length": (0..<4).map { UInt8(truncatingIfNeeded: payload.count >> (24 - 8 * $0)) }
    case "Metadata":
      Array(metadata.map { "\($0.name)=\($0.value)" }.joined(separator: ",").utf8)
    case "Zeros": [UInt8](repeating: 0, count: number(payload))
    case "Noise": noise(number(payload))
    case "Text": noise(number(payload)).map { 97 + $0 % 16 }
    default: nil
    }
  }

  /// The messages of a server stream; nil for what is not one.
  public static func messages(_ method: String, _ payload: [UInt8]) -> [[UInt8]]? {
    let count = Int(payload.first ?? 0)
    return switch method {
    case "Count":
      (0..<count).map { [UInt8](repeating: UInt8($0), count: Int(payload.dropFirst().first ?? 0)) }
    case "Large": (0..<count).map { _ in noise(100_000) }
    case "FailAfterOne": [[0]]
    case "Silent", "Open": []
    default: nil
    }
  }

  /// The names of a HelloRequest's features and of those that it requires.
  public static func hello(_ payload: [UInt8]) -> (offered: [String], required: [String]) {
    var names: [UInt8: [String]] = [:]
    var rest = payload[...]
    while let tag = rest.popFirst(), let length = rest.popFirst() {
      guard tag & 7 == 2 else { continue }
      let text = String(rest.prefix(Int(length)).map { Character(UnicodeScalar($0)) })
      names[tag >> 3, default: []].append(text)
      rest = rest.dropFirst(Int(length))
    }
    return (names[2] ?? [], names[3] ?? [])
  }

  private static func number(_ payload: [UInt8]) -> Int { payload.reduce(0) { $0 << 8 | Int($1) } }

  /// Bytes that do not compress, the same every time.
  private static func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
      for index in 0..<count {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        buffer[index] = UInt8(truncatingIfNeeded: state >> 24)
      }
      written = count
    }
  }
}
