/// The services and messages that a daemon describes itself by.
struct Schema {
  enum Scalar: String {
    case double, float, int32, int64, uint32, uint64, sint32, sint64
    case fixed32, fixed64, sfixed32, sfixed64, bool, string, bytes
  }

  enum Kind: Equatable {
    case scalar(Scalar)
    /// The full name of a message.
    case message(String)
    /// The full name of an enum.
    case enumeration(String)
  }

  struct Field: Equatable {
    let name: String
    let number: UInt64
    let isRepeated: Bool
    var kind: Kind
    /// A map: on the wire a list of entries, in JSON an object.
    var isMap = false
  }

  struct Message {
    let name: String
    var fields: [Field]
    /// As written, with the comment before it.
    let source: String
  }

  struct Enumeration {
    let name: String
    let values: [(name: String, number: Int32)]
    let source: String
  }

  struct Method {
    /// The service's full name.
    let service: String
    let name: String
    /// The full names of messages.
    var input: String
    var output: String
    let takesStream: Bool
    let givesStream: Bool
    let source: String

    var path: String { "\(service)/\(name)" }
  }

  var messages: [String: Message] = [:]
  var enumerations: [String: Enumeration] = [:]
  /// In the order of the files.
  var methods: [Method] = []

  /// The one method of that name: `danvan.v1.Search/Query`, `Search/Query` or `Query`.
  ///
  /// Throws `Failure` when there is none or more than one.
  func method(named name: String) throws -> Method {
    let found = methods.filter { method in
      name == method.path || name == method.name || method.path.hasSuffix(".\(name)")
    }
    if let only = found.first, found.count == 1 { return only }
    let list = found.map(\.path).joined(separator: ", ")
    throw Failure(
      .usage, "USAGE",
      found.isEmpty
        ? Localized("the daemon has no method '\(name)'; `dvctl rpc list` names all it has")
        : Localized("'\(name)' may be \(list)"))
  }

  /// The messages and enums that a method's messages consist of, each once, in order of need.
  func types(of method: Method) -> [String] {
    var found: [String] = []
    var open = [method.output, method.input]
    while let name = open.popLast() {
      guard !found.contains(name) else { continue }
      found.append(name)
      for field in (messages[name]?.fields ?? []).reversed() {
        switch field.kind {
        case .message(let name), .enumeration(let name): open.append(name)
        case .scalar: break
        }
      }
    }
    return found
  }

  func source(of type: String) -> String? { messages[type]?.source ?? enumerations[type]?.source }
}
