/// The texts of one language, by their English ones.
public struct Catalogue: Sendable {
  /// Whose texts are translated besides the program's own.
  public enum Context: String, CaseIterable, Sendable {
    /// The daemon and the readers of files.
    case danvan
    case argumentParser = "ArgumentParser"
    /// The errors of libraries: of C's own, zlib's and SQLite's.
    case system
    /// The notes of the shipped rules; an operator's own stay as they are written.
    case rule
    /// Where JSON is none, or not the message that it should be.
    case json
    /// Words that stand in JSON.
    case code
    /// The names of values in a usage: `<count>`.
    case value
    /// How numbers are written.
    case number
  }

  /// English, where nothing is looked up.
  public static let none = Catalogue()

  private var entries: [String: String] = [:]
  /// Those of others, in the order of the file, each as what it looks like and what it becomes.
  private var patterns: [Context: [(source: MessageTemplate, target: MessageTemplate)]] = [:]

  private init() {}

  /// Reads gettext's PO format. Throws `PortableObjectError` for what it is not.
  public init(_ file: PortableObject) throws(PortableObjectError) {
    for entry in file.entries where !entry.id.isEmpty && !entry.text.isEmpty {
      guard let name = entry.context else {
        entries[entry.id] = entry.text
        continue
      }
      guard let context = Context(rawValue: name) else {
        throw PortableObjectError(line: entry.line, reason: "nobody is called '\(name)'")
      }
      patterns[context, default: []].append(
        (MessageTemplate(entry.id), MessageTemplate(entry.text)))
    }
  }

  public var isEmpty: Bool { entries.isEmpty && patterns.isEmpty }

  /// The entry of the program's own text.
  public subscript(template: String) -> String? { entries[template] }

  /// Of a text of somebody else: by the first entry that it is an instance of; of a sentence with a hint behind it
  /// (`there is no x; did you mean 'y'?`) by those of the two.
  public func translation(of text: String, by context: Context) -> String? {
    for place in text.indices.reversed() where text[place...].hasPrefix("; ") {
      if let hint = instance(of: String(text[place...]), by: context, isHint: true),
        let sentence = translation(of: String(text[..<place]), by: context)
      {
        return sentence + hint
      }
    }
    return instance(of: text, by: context)
  }

  /// A hint is an instance of a text that is one, not of one that takes anything.
  private func instance(of text: String, by context: Context, isHint: Bool = false) -> String? {
    for (source, target) in patterns[context] ?? [] where !isHint || source.isHint {
      guard let values = source.match(text) else { continue }
      // An argument may be such a text itself: what the system said of a file, say.
      return target.filled { place in
        values[place].map { value in
          translation(of: value, by: .system) ?? (value == text ? value : inner(value, context))
        }
      }
    }
    return nil
  }

  private func inner(_ value: String, _ context: Context) -> String {
    translation(of: value, by: context) ?? value
  }
}
