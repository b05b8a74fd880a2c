import ArgumentParser

/// What ArgumentParser knows of a verb, as it dumps it (`--experimental-dump-help`).
struct CommandInfo {
  /// `["dvctl", "saved", "add"]`
  let path: [String]
  let abstract: String
  let discussion: String
  let arguments: [Argument]
  let subcommands: [CommandInfo]

  struct Argument {
    enum Kind: String { case positional, option, flag }
    let kind: Kind
    /// With their dashes.
    let names: [String]
    let value: String
    let abstract: String
    let discussion: String
    let standard: String?
    let isOptional: Bool
    let isRepeating: Bool
  }

  /// All of dvctl's; nil where the dump is not what it was.
  static func root() -> CommandInfo? { dumped(Dvctl.self, under: []) }

  /// The verb that the words of a command line name, as far as they do. Of what is below the program itself only
  /// names and abstracts: a dump of everything takes longer than most calls.
  static func named(by words: some Sequence<String>) -> CommandInfo? {
    var (type, path): (any ParsableCommand.Type, [String]) = (Dvctl.self, [])
    for word in words where !word.hasPrefix("-") {
      let verbs = type.configuration.subcommands
      guard let next = verbs.first(where: { $0.configuration.commandName == word }) else { break }
      path.append(type.configuration.commandName ?? "")
      type = next
    }
    guard !path.isEmpty else { return top() }
    return dumped(type, under: path).map { verb in
      // The parser adds it where it knows the program above.
      CommandInfo(
        path: verb.path, abstract: verb.abstract, discussion: verb.discussion,
        arguments: verb.arguments.dropLast() + [.version] + verb.arguments.suffix(1),
        subcommands: verb.subcommands)
    }
  }

  private static func dumped(_ type: any ParsableCommand.Type, under path: [String]) -> CommandInfo?
  {
    (try? JSON(parsing: type._dumpHelp()))?.member("command").flatMap {
      CommandInfo($0, above: path)
    }
  }

  /// The program without what its verbs take.
  private static func top() -> CommandInfo? {
    struct Bare: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "dvctl", version: Dvctl.configuration.version)
    }
    let about = Dvctl.configuration
    return dumped(Bare.self, under: []).map { bare in
      CommandInfo(
        path: bare.path, abstract: about.abstract, discussion: about.discussion,
        arguments: bare.arguments,
        subcommands: about.subcommands.map { verb in
          CommandInfo(
            path: bare.path + [verb.configuration.commandName ?? ""],
            abstract: verb.configuration.abstract, discussion: "", arguments: [], subcommands: [])
        })
    }
  }

  private init?(_ json: JSON, above: [String]) {
    guard let name = json.text("commandName") else { return nil }
    let path = above + [name]
    self.init(
      path: path, abstract: json.text("abstract") ?? "", discussion: json.text("discussion") ?? "",
      arguments: json.list("arguments").compactMap(Argument.init),
      // The parser's own verb `help` is not one of dvctl's.
      subcommands: json.list("subcommands").compactMap { CommandInfo($0, above: path) }
        .filter { $0.path.last != "help" })
  }

  private init(
    path: [String], abstract: String, discussion: String, arguments: [Argument],
    subcommands: [CommandInfo]
  ) {
    self.path = path
    self.abstract = abstract
    self.discussion = discussion
    self.arguments = arguments
    self.subcommands = subcommands
  }
}

extension CommandInfo.Argument {
  fileprivate static let version = CommandInfo.Argument(
    kind: .flag, names: ["--version"], value: "", abstract: "Show the version.", discussion: "",
    standard: nil, isOptional: true, isRepeating: false)

  fileprivate init?(_ json: JSON) {
    guard let kind = json.text("kind").flatMap(Kind.init), json.flag("shouldDisplay") else {
      return nil
    }
    self.kind = kind
    names = json.list("names").compactMap { name in
      guard let text = name.text("name") else { return nil }
      return (name.text("kind") == "short" ? "-" : name.text("kind") == "long" ? "--" : "-") + text
    }
    value = json.text("valueName") ?? ""
    abstract = json.text("abstract") ?? ""
    discussion = json.text("discussion") ?? ""
    standard = json.text("defaultValue")
    isOptional = json.flag("isOptional")
    isRepeating = json.flag("isRepeating")
  }

  func also(named others: [String]) -> Self {
    CommandInfo.Argument(
      kind: kind, names: names + others, value: value, abstract: abstract, discussion: discussion,
      standard: standard, isOptional: isOptional, isRepeating: isRepeating)
  }

  /// `--limit <count>`, `<path>`
  var synopsis: String {
    let names = names.sorted { $0.count < $1.count }.joined(separator: ", ")
    switch kind {
    case .positional: return "<\(value)>" + (isRepeating ? "..." : "")
    case .option: return "\(names) <\(value)>"
    case .flag: return names
    }
  }
}

extension JSON {
  fileprivate func member(_ name: String) -> JSON? {
    if case .object(let members) = self { members.first { $0.name == name }?.value } else { nil }
  }
  fileprivate func text(_ name: String) -> String? {
    if case .string(let text) = member(name) { text } else { nil }
  }
  fileprivate func flag(_ name: String) -> Bool {
    if case .bool(let flag) = member(name) { flag } else { false }
  }
  fileprivate func list(_ name: String) -> [JSON] {
    if case .array(let items) = member(name) { items } else { [] }
  }
}
