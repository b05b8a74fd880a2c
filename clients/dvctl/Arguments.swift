public import ArgumentParser
public import DanvanInputs
public import DanvanModel

extension InputKind: ExpressibleByArgument {}

/// `title=headline,text=body`: fields of an article, each with the name that documents have for it.
struct FieldMapping: ExpressibleByArgument {
  let names: [String: String]

  init?(argument: String) {
    var names: [String: String] = [:]
    for pair in argument.split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      names[String(parts[0])] = String(parts[1])
    }
    guard !names.isEmpty else { return nil }
    self.names = names
  }

  static func merged(_ mappings: [FieldMapping]) -> [String: String] {
    mappings.reduce(into: [:]) { $0.merge($1.names) { _, later in later } }
  }
}

extension PartialDate: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
