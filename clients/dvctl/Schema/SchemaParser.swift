extension Schema {
  /// Reads .proto files (proto3). Throws `SchemaError`.
  init(files: [(name: String, text: String)]) throws(SchemaError) {
    for file in files {
      var parser = SchemaParser(tokens: try SchemaTokens(file: file.name, text: file.text))
      try parser.parse(into: &self)
    }
    try resolve()
  }

  /// Replaces names as they are written by full names.
  private mutating func resolve() throws(SchemaError) {
    for (name, message) in messages {
      var message = message
      for index in message.fields.indices {
        guard case .message(let written) = message.fields[index].kind else { continue }
        message.fields[index].kind = try resolved(written, in: name)
      }
      messages[name] = message
    }
    for index in methods.indices {
      let (input, output) = (methods[index].input, methods[index].output)
      methods[index].input = try message(input, in: methods[index].service)
      methods[index].output = try message(output, in: methods[index].service)
    }
  }

  private func message(_ written: String, in scope: String) throws(SchemaError) -> String {
    guard case .message(let name) = try resolved(written, in: scope) else {
      throw SchemaError(file: scope, line: 0, message: "\(written) is no message")
    }
    return name
  }

  /// From the innermost scope outwards, as protobuf does.
  private func resolved(_ written: String, in scope: String) throws(SchemaError) -> Kind {
    var scope = written.hasPrefix(".") ? "" : scope
    let written = written.hasPrefix(".") ? String(written.dropFirst()) : written
    while true {
      let name = scope.isEmpty ? written : "\(scope).\(written)"
      if messages[name] != nil { return .message(name) }
      if enumerations[name] != nil { return .enumeration(name) }
      guard !scope.isEmpty else { break }
      scope = scope.lastIndex(of: ".").map { String(scope[..<$0]) } ?? ""
    }
    throw SchemaError(file: scope, line: 0, message: "there is no \(written)")
  }
}

/// Reads one .proto file, statement by statement.
private struct SchemaParser {
  var tokens: SchemaTokens
  private var package = ""
  /// Messages within messages that are followed.
  private static let deepest = 16

  init(tokens: SchemaTokens) { self.tokens = tokens }

  mutating func parse(into schema: inout Schema) throws(SchemaError) {
    while let token = tokens.peeked {
      switch token.text {
      case ";": _ = try tokens.next()
      case "package":
        _ = try tokens.next()
        package = try tokens.next().text
        try tokens.take(";")
      case "message": try message(in: package, &schema)
      case "enum": try enumeration(in: package, &schema)
      case "service": try service(&schema)
      default: _ = try tokens.skipStatement()
      }
    }
  }

  private func name(_ word: String, in scope: String) -> String {
    scope.isEmpty ? word : "\(scope).\(word)"
  }

  private mutating func message(
    in scope: String, depth: Int = 0, _ schema: inout Schema
  ) throws(SchemaError) {
    let start = try tokens.take("message")
    guard depth < Self.deepest else {
      throw tokens.error("messages are nested too deep", at: start.start)
    }
    let name = name(try tokens.next().text, in: scope)
    try tokens.take("{")
    var fields: [Schema.Field] = []
    while let token = tokens.peeked, token.text != "}" {
      switch token.text {
      case ";": _ = try tokens.next()
      case "message": try message(in: name, depth: depth + 1, &schema)
      case "enum": try enumeration(in: name, &schema)
      case "option", "reserved", "extensions": _ = try tokens.skipStatement()
      case "oneof":
        _ = try tokens.next()
        _ = try tokens.next()
        try tokens.take("{")
        while tokens.peeked?.text != "}" { fields.append(try field(in: name, &schema)) }
        _ = try tokens.next()
      default: fields.append(try field(in: name, &schema))
      }
    }
    let end = try tokens.take("}")
    schema.messages[name] = Schema.Message(
      name: name, fields: fields, source: tokens.text(start.lead, end.end))
  }

  private mutating func field(
    in message: String, _ schema: inout Schema
  ) throws(SchemaError) -> Schema.Field {
    var type = try tokens.next()
    var isRepeated = false
    if ["optional", "repeated", "required"].contains(type.text) {
      isRepeated = type.text == "repeated"
      type = try tokens.next()
    }
    var kind = Self.kind(type.text)
    var entry: (key: Schema.Kind, value: Schema.Kind)?
    if type.text == "map", try tokens.takes("<") {
      let key = Self.kind(try tokens.next().text)
      try tokens.take(",")
      entry = (key, Self.kind(try tokens.next().text))
      try tokens.take(">")
    }
    let name = try tokens.next().text
    if let entry {
      // On the wire a map is a list of entries.
      let entryName = "\(message).\(name)Entry"
      schema.messages[entryName] = Schema.Message(
        name: entryName,
        fields: [
          Schema.Field(name: "key", number: 1, isRepeated: false, kind: entry.key),
          Schema.Field(name: "value", number: 2, isRepeated: false, kind: entry.value),
        ], source: "")
      kind = .message(".\(entryName)")
      isRepeated = true
    }
    try tokens.take("=")
    let number = try tokens.next()
    guard let value = UInt64(number.text), 1..<(1 << 29) ~= value else {
      throw tokens.error("'\(number.text)' is no field number", at: number.start)
    }
    _ = try tokens.skipStatement()
    return Schema.Field(
      name: name, number: value, isRepeated: isRepeated, kind: kind, isMap: entry != nil)
  }

  /// A name that is no scalar is a message until it is resolved.
  private static func kind(_ word: String) -> Schema.Kind {
    Schema.Scalar(rawValue: word).map { .scalar($0) } ?? .message(word)
  }

  private mutating func enumeration(
    in scope: String, _ schema: inout Schema
  ) throws(SchemaError) {
    let start = try tokens.take("enum")
    let name = name(try tokens.next().text, in: scope)
    try tokens.take("{")
    var values: [(name: String, number: Int32)] = []
    while let token = tokens.peeked, token.text != "}" {
      guard !["option", "reserved", ";"].contains(token.text) else {
        _ = try tokens.skipStatement()
        continue
      }
      let value = try tokens.next().text
      try tokens.take("=")
      let number = try tokens.next()
      guard let integer = Int32(number.text) else {
        throw tokens.error("'\(number.text)' is no value", at: number.start)
      }
      values.append((value, integer))
      _ = try tokens.skipStatement()
    }
    let end = try tokens.take("}")
    schema.enumerations[name] = Schema.Enumeration(
      name: name, values: values, source: tokens.text(start.lead, end.end))
  }

  private mutating func service(_ schema: inout Schema) throws(SchemaError) {
    try tokens.take("service")
    let service = name(try tokens.next().text, in: package)
    try tokens.take("{")
    while let token = tokens.peeked, token.text != "}" {
      guard token.text == "rpc" else {
        _ = try tokens.skipStatement()
        continue
      }
      let start = try tokens.next()
      let name = try tokens.next().text
      let input = try argument()
      try tokens.take("returns")
      let output = try argument()
      let end = try tokens.skipStatement()
      schema.methods.append(
        Schema.Method(
          service: service, name: name, input: input.type, output: output.type,
          takesStream: input.isStream, givesStream: output.isStream,
          source: tokens.text(start.lead, end.end)))
    }
    try tokens.take("}")
  }

  private mutating func argument() throws(SchemaError) -> (type: String, isStream: Bool) {
    try tokens.take("(")
    var type = try tokens.next().text
    let isStream = type == "stream"
    if isStream { type = try tokens.next().text }
    try tokens.take(")")
    return (type, isStream)
  }
}
