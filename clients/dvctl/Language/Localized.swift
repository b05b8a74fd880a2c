import DanvanLanguage

/// A text for people: in English where it is written, in the user's language where the catalogue has it.
///
/// What stands in `\(…)` are arguments: `{1}`, `{2}` … of the catalogue's entry, in the order of the English
/// text. `MessagesTests` finds every text of the program by this name.
struct Localized: Sendable {
  /// The text with its arguments' numbers; what the catalogue is asked for.
  let template: String
  private let arguments: [Argument]
  /// Whose text it is, where it is not the program's own.
  private let context: Catalogue.Context?

  fileprivate enum Argument: Sendable {
    case text(String)
    case localized(Localized)
  }

  init(_ sentence: Sentence) {
    template = sentence.template
    arguments = sentence.arguments
    context = nil
  }

  /// What has no words of the program, such as a path, a number or a field's name.
  init(verbatim text: String) {
    template = "{1}"
    arguments = [.text(text)]
    context = nil
  }

  /// A finished English text of somebody else; an entry of `context` that it is an instance of translates it.
  init(_ text: String, by context: Catalogue.Context) {
    template = text
    arguments = []
    self.context = context
  }

  /// As programs read it.
  var english: String { text(in: .none) }

  /// In the user's language.
  var text: String { text(in: .current) }

  func text(in catalogue: Catalogue) -> String {
    if let context { return catalogue.translation(of: template, by: context) ?? template }
    return MessageTemplate(catalogue[template] ?? template).filled { place in
      guard arguments.indices.contains(place - 1) else { return nil }
      return switch arguments[place - 1] {
      case .text(let text): text
      case .localized(let inner): inner.text(in: catalogue)
      }
    }
  }
}

extension Localized {
  /// A literal taken apart.
  struct Sentence: ExpressibleByStringInterpolation {
    fileprivate var template = ""
    fileprivate var arguments: [Argument] = []

    init(stringLiteral text: String) { template = text }
    init(stringInterpolation parts: Parts) {
      template = parts.template
      arguments = parts.arguments
    }

    struct Parts: StringInterpolationProtocol {
      fileprivate var template = ""
      fileprivate var arguments: [Argument] = []

      init(literalCapacity: Int, interpolationCount: Int) {}

      mutating func appendLiteral(_ text: String) { template += text }
      mutating func appendInterpolation(_ value: some CustomStringConvertible) {
        append(.text(value.description))
      }
      mutating func appendInterpolation(_ text: Localized) { append(.localized(text)) }

      private mutating func append(_ argument: Argument) {
        arguments.append(argument)
        template += "{\(arguments.count)}"
      }
    }
  }

  /// Several in one, such as a list of what was found.
  static func joined(_ parts: [Localized], by separator: String) -> Localized {
    guard var all = parts.first else { return Localized(verbatim: "") }
    for part in parts.dropFirst() { all = Localized("\(all)\(separator)\(part)") }
    return all
  }
}
