import DanvanMessages

/// The methods a daemon has.
struct MethodList: Report {
  let methods: [Schema.Method]

  func lines(_ style: Style) -> [String] {
    var table = Table([
      Table.Column(name: Localized("METHOD")), Table.Column(name: Localized("TAKES")),
      Table.Column(name: Localized("ANSWERS WITH")),
    ])
    table.rows = methods.map {
      [$0.path, Self.name($0.input, $0.takesStream), Self.name($0.output, $0.givesStream)]
    }
    return table.lines(style)
  }

  private static func name(_ type: String, _ isStream: Bool) -> String {
    (isStream ? "stream " : "") + type
  }

  var json: JSON { .array(rows) }

  var rows: [JSON] {
    methods.map { method in
      [
        "method": .string(method.path), "request": .string(method.input),
        "response": .string(method.output), "stream": .bool(method.givesStream),
      ]
    }
  }
}

/// One method and what its messages consist of, as written.
struct MethodReport: Report {
  let schema: Schema
  let method: Schema.Method

  private var types: [(name: String, source: String)] {
    let sources = schema.types(of: method).compactMap { name in
      schema.source(of: name).map { (name: name, source: $0) }
    }
    // What stands within another one is printed with that.
    return sources.filter { type in
      !sources.contains { type.name.hasPrefix("\($0.name).") }
    }
  }

  func lines(_ style: Style) -> [String] {
    let head = [style.paint(method.path, .bold)]
    return types.reduce(head + method.source.lines) { $0 + [""] + $1.source.lines }
  }

  var json: JSON {
    [
      "method": .string(method.path), "request": .string(method.input),
      "response": .string(method.output), "stream": .bool(method.givesStream),
      "source": .string(method.source),
      "types": .array(types.map { ["name": .string($0.name), "source": .string($0.source)] }),
    ]
  }
}

/// The daemon's description, file by file.
struct DescriptionReport: Report {
  let files: [Danvan_V1_DescribeResponse.File]

  func lines(_ style: Style) -> [String] {
    files.flatMap { [style.paint("// \($0.name)", .bold)] + $0.text.lines }
  }

  var json: JSON { .array(rows) }
  var rows: [JSON] { files.map { ["name": .string($0.name), "text": .string($0.text)] } }
}

extension String {
  fileprivate var lines: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
  }
}
