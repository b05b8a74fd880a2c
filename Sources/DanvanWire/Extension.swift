/// The parts of the extension that two peers agree on by Hello, known by their names on the wire.
public struct Features: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Frames may be compressed (flag 0x80).
  public static let zlib = Features(rawValue: 1)
  /// The client may end a call (type 0x81).
  public static let cancel = Features(rawValue: 2)
  /// Stream messages need credit (type 0x82).
  public static let credit = Features(rawValue: 4)
  /// Either side may ask whether the other lives (type 0x83).
  public static let ping = Features(rawValue: 8)
  /// The server says when it takes no further calls (type 0x84).
  public static let goaway = Features(rawValue: 16)

  public static let all: Features = [.zlib, .cancel, .credit, .ping, .goaway]

  private static let named: [(name: String, feature: Features)] = [
    ("zlib", .zlib), ("cancel", .cancel), ("credit", .credit), ("ping", .ping),
    ("goaway", .goaway),
  ]

  /// The features of these names; names that mean nothing here are passed over.
  public init(names: some Sequence<String>) {
    let wanted = Set(names)
    self = Self.named.reduce(into: []) { if wanted.contains($1.name) { $0.insert($1.feature) } }
  }

  /// The names on the wire, in a fixed order.
  public var names: [String] { Self.named.filter { contains($0.feature) }.map(\.name) }

  /// What both sides know of a Hello's `offered` and `required` names.
  ///
  /// Throws FAILED_PRECONDITION with the list when a required one is not among `known`.
  public static func agreed(
    offered: [String], required: [String], known: Features = .all
  ) throws(RPCStatus) -> Features {
    let names = Set(known.names)
    let missing = required.filter { !names.contains($0) }
    guard missing.isEmpty else {
      let list = missing.joined(separator: ", ")
      throw RPCStatus(.failedPrecondition, "required features are not known here: \(list)")
    }
    return known.intersection(Features(names: offered + required))
  }
}

/// What holds on a connection after Hello. Without one it is plain ttrpc.
public struct Extension: Sendable, Equatable {
  public static let greatestFrame = 4_194_304
  public static let greatestInflated = 67_108_864
  public static let defaultInflated = 16_777_216
  public static let defaultWindow = 262_144
  public static let defaultCompressFrom = 1_024

  public let features: Features
  /// The longest frame data the peer takes, in bytes.
  public let peerMaxFrame: Int
  /// The longest inflated frame data the peer takes, in bytes.
  public let peerMaxInflated: Int
  /// The bytes of stream messages the peer takes on each stream before it has given credit.
  public let peerWindow: Int
  /// The shortest data that this side compresses, in bytes; a message that fits no frame otherwise
  /// is compressed in any case.
  public let compressFrom: Int

  /// What a peer said of itself, clamped to what the specification allows; 0 means the default.
  public init(
    features: Features, peerMaxFrame: Int = 0, peerMaxInflated: Int = 0, peerWindow: Int = 0,
    compressFrom: Int = Extension.defaultCompressFrom
  ) {
    func clamp(_ value: Int, _ range: ClosedRange<Int>, _ fallback: Int) -> Int {
      value <= 0 ? fallback : min(max(value, range.lowerBound), range.upperBound)
    }
    self.features = features
    self.peerMaxFrame = clamp(peerMaxFrame, 16_384...Self.greatestFrame, Self.greatestFrame)
    self.peerMaxInflated = clamp(
      peerMaxInflated, 16_384...Self.greatestInflated, Self.defaultInflated)
    self.compressFrom = max(compressFrom, Self.defaultCompressFrom)
    self.peerWindow = clamp(peerWindow, 1...Int(Int32.max), Self.defaultWindow)
  }

  /// Plain ttrpc.
  public static let none = Extension(features: [])
}
