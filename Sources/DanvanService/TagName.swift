internal import DanvanModel
internal import DanvanText

/// What a tag or a saved search may be called.
enum TagName {
  static let byteLimit = 64

  /// The name composed (NFC), so that every spelling is one name. Throws `invalidArgument` for an
  /// empty name, a long one, and one that a query could not hold as one word.
  static func checked(_ name: String, what: String = "tag") throws -> String {
    let normalized = NormalizedText(name)
    let composed = normalized.string(0..<normalized.bytes.count)
    guard !composed.isEmpty, composed.utf8.count <= byteLimit,
      composed.unicodeScalars.allSatisfy({
        $0.properties.isAlphabetic || $0.properties.numericType != nil
          || "_-./".unicodeScalars.contains($0)
      }), composed.first != "-"
    else {
      throw DanvanError.invalid(
        "'\(name.prefix(64))' is no name for a \(what): letters, digits and _ - . / make one, at most \(byteLimit) bytes, not - at the beginning"
      )
    }
    return composed
  }

  static func checked(_ name: String, _ column: Int) throws -> String {
    do {
      return try checked(name)
    } catch let error as DanvanError {
      throw QueryLexer.error(column, error.message)
    }
  }
}
