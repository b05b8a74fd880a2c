/// A template of a subset of Mustache (mustache(5)): text with names in braces that are replaced by values.
///
/// `{{name}}`, `{{a.b}}` and `{{.}}` are values, always escaped for the kind of file; `{{#name}}…{{/name}}`
/// is there for each item of a list and once for what is not empty, `{{^name}}…{{/name}}` where it is empty,
/// false, 0 or absent; `{{>file}}` puts another file of the folder in; `{{! … }}` is left out. A line with
/// nothing but one of the last four leaves no empty line behind.
struct Template {
  indirect enum Part {
    case text(String)
    case value(Name)
    case section(Name, isInverted: Bool, [Part])
    case file(Name)
  }
  struct Name {
    /// `.` alone: no steps.
    let steps: [String]
    let line: Int

    var text: String { steps.isEmpty ? "." : steps.joined(separator: ".") }
  }

  let file: String
  let parts: [Part]

  /// `file` is its name, for errors. Throws `TemplateError`.
  init(_ text: String, file: String) throws(TemplateError) {
    var parser = Parser(text: text, file: file)
    self.file = file
    parts = try parser.parts(until: nil)
  }
}

/// What is wrong with a template, and where.
struct TemplateError: Error, Equatable, CustomStringConvertible {
  let file: String
  /// Counts from 1.
  let line: Int
  let reason: String

  var description: String { "\(file):\(line): \(reason)" }
}

private struct Parser {
  let text: String
  let file: String
  private var rest: Substring
  private var line = 1
  /// Whether `rest` begins a line.
  private var isLineStart = true
  /// Sections that are open.
  private var depth = 0
  private static let deepest = 100

  init(text: String, file: String) {
    self.text = text
    self.file = file
    rest = text[...]
  }

  /// Up to the end of `section`, or of the file.
  mutating func parts(until section: Template.Name?) throws(TemplateError) -> [Template.Part] {
    var parts: [Template.Part] = []
    while let opening = rest.firstRange(of: "{{") {
      var before = rest[..<opening.lowerBound]
      line += before.count { $0.isNewline }
      rest = rest[opening.upperBound...]
      let tag = try tag()
      let isAlone = tag.isStructure && isOnlyBlank(before) && takeLineEnd()
      if isAlone { before = before.dropTrailingBlanks }
      if !before.isEmpty { parts.append(.text(String(before))) }
      isLineStart = isAlone
      switch tag {
      case .comment: break
      case .value(let name): parts.append(.value(name))
      case .file(let name): parts.append(.file(name))
      case .open(let name, let isInverted):
        guard depth < Self.deepest else {
          throw error("more than \(Self.deepest) sections within each other", name.line)
        }
        depth += 1
        let inner = try self.parts(until: name)
        depth -= 1
        parts.append(.section(name, isInverted: isInverted, inner))
      case .close(let name):
        guard let section, section.steps == name.steps else {
          let open = section.map { "; '\($0.text)' of line \($0.line) is open" } ?? ""
          throw error("'\(name.text)' ends and was not begun\(open)", name.line)
        }
        return parts
      }
    }
    line += rest.count { $0.isNewline }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    rest = rest[rest.endIndex...]
    if let section { throw error("'\(section.text)' begins here and never ends", section.line) }
    return parts
  }

  /// Whether nothing but blanks stands between the line's beginning and the end of `before`.
  private func isOnlyBlank(_ before: Substring) -> Bool {
    let last = before.reversed().prefix { !$0.isNewline }
    return last.allSatisfy { $0 == " " || $0 == "\t" } && (last.count < before.count || isLineStart)
  }

  /// Takes blanks up to and with the line's end; false, taking nothing, where something else stands there.
  private mutating func takeLineEnd() -> Bool {
    let end = rest.drop { $0 == " " || $0 == "\t" }
    guard let first = end.first else {
      rest = end
      return true
    }
    guard first.isNewline else { return false }
    rest = end.dropFirst()
    line += 1
    return true
  }

  private enum Tag {
    case value(Template.Name)
    case file(Template.Name)
    case open(Template.Name, isInverted: Bool)
    case close(Template.Name)
    case comment

    var isStructure: Bool { if case .value = self { false } else { true } }
  }

  private mutating func tag() throws(TemplateError) -> Tag {
    let start = line
    guard let closing = rest.firstRange(of: "}}") else {
      throw error("'{{' is never closed by '}}'", start)
    }
    let inside = rest[..<closing.lowerBound]
    line += inside.count { $0.isNewline }
    rest = rest[closing.upperBound...]
    guard let sign = inside.first else { throw error("'{{}}' names nothing", start) }
    let body = "#^/>!".contains(sign) ? inside.dropFirst() : inside
    switch sign {
    case "!": return .comment
    case "{", "&":
      throw error("there is no way to write a value unescaped", start)
    case "#": return .open(try name(body, start), isInverted: false)
    case "^": return .open(try name(body, start), isInverted: true)
    case "/": return .close(try name(body, start))
    case ">": return .file(Template.Name(steps: [body.trimmedBlanks], line: start))
    default: return .value(try name(body, start))
    }
  }

  private func name(_ text: Substring, _ line: Int) throws(TemplateError) -> Template.Name {
    let name = text.trimmedBlanks
    if name == "." { return Template.Name(steps: [], line: line) }
    let steps = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isName = steps.allSatisfy { step in
      !step.isEmpty && step.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    }
    guard isName else { throw error("'\(name.prefix(40))' is no name", line) }
    return Template.Name(steps: steps, line: line)
  }

  private func error(_ reason: String, _ line: Int) -> TemplateError {
    TemplateError(file: file, line: line, reason: reason)
  }
}

extension Substring {
  fileprivate var dropTrailingBlanks: Substring {
    var end = endIndex
    while end > startIndex, self[index(before: end)] == " " || self[index(before: end)] == "\t" {
      end = index(before: end)
    }
    return self[..<end]
  }

  fileprivate var trimmedBlanks: String {
    String(drop { $0 == " " || $0 == "\n" }.dropTrailingBlanks)
  }
}
