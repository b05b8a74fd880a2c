internal import FoundationEssentials

/// The attributes that only some kinds of facts have; one JSON object in the `more` column.
struct FactAttributes: Decodable {
  var type: String?
  var status: String?
  var basis: String?
  var place: String?
  var chairs: [String]?
  var attendees: [String]?
  var cue: String?
  var continuation: Bool?
  var verb: String?
  var addressee: String?

  /// Reads the object; nil for anything else.
  static func read(_ json: String) -> FactAttributes? {
    try? JSONDecoder().decode(FactAttributes.self, from: Data(json.utf8))
  }

  /// The object, or nil when there is no attribute. Written by hand: ingest writes one for nearly
  /// every fact that is not a mention, and a general encoder takes longer than SQLite.
  var json: String? {
    var object = Object()
    object.add("type", type)
    object.add("status", status)
    object.add("basis", basis)
    object.add("place", place)
    object.add("chairs", chairs)
    object.add("attendees", attendees)
    object.add("cue", cue)
    if let continuation { object.add("continuation", raw: continuation ? "true" : "false") }
    object.add("verb", verb)
    object.add("addressee", addressee)
    return object.text
  }

  private struct Object {
    private var bytes: [UInt8] = []

    mutating func add(_ key: String, _ value: String?) {
      guard let value else { return }
      begin(key)
      quote(value)
    }

    mutating func add(_ key: String, _ values: [String]?) {
      guard let values else { return }
      begin(key)
      for (index, value) in values.enumerated() {
        bytes.append(UInt8(ascii: index == 0 ? "[" : ","))
        quote(value)
      }
      bytes += values.isEmpty ? Array("[]".utf8) : Array("]".utf8)
    }

    mutating func add(_ key: String, raw: String) {
      begin(key)
      bytes += raw.utf8
    }

    var text: String? {
      bytes.isEmpty ? nil : String(validating: bytes + [UInt8(ascii: "}")], as: UTF8.self)
    }

    private mutating func begin(_ key: String) {
      bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
      quote(key)
      bytes.append(UInt8(ascii: ":"))
    }

    private mutating func quote(_ text: String) {
      bytes.append(UInt8(ascii: "\""))
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
          bytes += [UInt8(ascii: "\\"), byte]
        case 0..<0x20:
          bytes += Array("\\u00".utf8) + [Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]]
        default:
          bytes.append(byte)
        }
      }
      bytes.append(UInt8(ascii: "\""))
    }

    private static let digits = Array("0123456789abcdef".utf8)
  }
}
