import DanvanModel

/// Fills templates of a folder with values.
struct TemplateRenderer {
  let folder: TemplateFolder

  /// How values are written into a kind of file.
  private enum Escaping {
    case markup, markdown

    init?(file: String) {
      switch file.split(separator: ".").last {
      case "html", "svg", "xml": self = .markup
      case "md": self = .markdown
      default: return nil
      }
    }
  }
  private static let deepest = 12

  /// What is written so far, and what the writing needs to go on.
  private struct Page {
    var text = ""
    var scopes: [JSON]
    let escaping: Escaping
    /// Each file is read once, however often it is put in.
    var partials: [String: Template] = [:]
  }

  /// Throws `TemplateError` for a fault of a template, `Failure` for a file that cannot be read.
  func render(_ file: String, _ values: JSON) throws -> String {
    guard let escaping = Escaping(file: file) else {
      throw TemplateError(
        file: file, line: 1, reason: "templates are .html, .svg, .xml or .md files")
    }
    var page = Page(scopes: [values], escaping: escaping)
    try write(try folder.template(file), depth: 0, to: &page)
    return page.text
  }

  private func write(_ template: Template, depth: Int, to page: inout Page) throws {
    try write(template.parts, in: template.file, depth: depth, to: &page)
  }

  private func write(
    _ parts: [Template.Part], in file: String, depth: Int, to page: inout Page
  ) throws {
    for part in parts {
      switch part {
      case .text(let text): page.text += text
      case .value(let name):
        page.text += try escaped(value(name, in: file, page.scopes), name, file, page.escaping)
      case .section(let name, let isInverted, let inner):
        let value = try value(name, in: file, page.scopes)
        if isInverted {
          guard value.isEmptyValue else { continue }
          try write(inner, in: file, depth: depth, to: &page)
          continue
        }
        for item in value.items {
          page.scopes.append(item)
          try write(inner, in: file, depth: depth, to: &page)
          page.scopes.removeLast()
        }
      case .file(let name):
        guard depth < Self.deepest else {
          throw TemplateError(
            file: file, line: name.line, reason: "files are put into one another too deep")
        }
        guard let template = try page.partials[name.text] ?? folder.partial(name.text) else {
          throw TemplateError(
            file: file, line: name.line, reason: "there is no file '\(name.text)'")
        }
        page.partials[name.text] = template
        try write(template, depth: depth + 1, to: &page)
      }
    }
  }

  /// The first step is looked for from the innermost scope outwards.
  private func value(_ name: Template.Name, in file: String, _ scopes: [JSON]) throws -> JSON {
    guard let first = name.steps.first else { return scopes.last ?? .null }
    guard var value = scopes.reversed().lazy.compactMap({ $0.member(first) }).first else {
      throw unknown(first, among: scopes.flatMap(\.names), name, file)
    }
    for step in name.steps.dropFirst() {
      guard let next = value.member(step) else {
        throw unknown(step, among: value.names, name, file)
      }
      value = next
    }
    return value
  }

  private func unknown(
    _ step: String, among names: [String], _ name: Template.Name, _ file: String
  ) -> TemplateError {
    let near = nearestName(to: step, among: names).map { "; did you mean '\($0)'?" } ?? ""
    let whole = name.text == step ? "" : " in '\(name.text)'"
    return TemplateError(
      file: file, line: name.line, reason: "nothing is called '\(step)'\(whole)\(near)")
  }

  private func escaped(
    _ value: JSON, _ name: Template.Name, _ file: String, _ escaping: Escaping
  ) throws -> String {
    let text: String
    switch value {
    case .string(let string): text = string
    case .integer(let number): text = String(number)
    case .real(let number): text = "\(number)"
    case .bool(let flag): text = flag ? "true" : "false"
    case .null: return ""
    case .array, .object:
      throw TemplateError(
        file: file, line: name.line, reason: "'\(name.text)' is a list or group, not one value")
    }
    switch escaping {
    case .markup: return text.escapedForMarkup
    case .markdown: return text.escapedForMarkdown
    }
  }
}

extension JSON {
  fileprivate func member(_ name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  fileprivate var names: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.name)
  }

  /// What a section does not show.
  fileprivate var isEmptyValue: Bool {
    switch self {
    case .null: true
    case .bool(let flag): !flag
    case .integer(let number): number == 0
    case .real(let number): number == 0
    case .string(let text): text.isEmpty
    case .array(let items): items.isEmpty
    case .object: false
    }
  }

  /// What a section is written for.
  fileprivate var items: [JSON] {
    if case .array(let items) = self { return items }
    return isEmptyValue ? [] : [self]
  }
}

extension String {
  /// For text and quoted attributes of HTML and XML; control characters become spaces.
  var escapedForMarkup: String {
    var out = ""
    for scalar in printableLines.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// On one line, as text that no reader of Markdown takes for markup.
  fileprivate var escapedForMarkdown: String {
    var out = ""
    for scalar in oneLine.printable.unicodeScalars {
      if "\\`*_[]<>|#~".unicodeScalars.contains(scalar) { out.unicodeScalars.append("\\") }
      out.unicodeScalars.append(scalar)
    }
    return out
  }

  private var printableLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
      .joined(separator: "\n")
  }
}
