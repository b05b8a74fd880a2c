internal import DanvanModel

extension Configuration {
  /// Reads a configuration file. Throws `invalidArgument` that names the file and the line for
  /// anything that is not a known key with a fitting value.
  public init(parsing bytes: [UInt8], file: String) throws {
    self.init()
    _ = try take(bytes, file: file)
  }

  /// Takes over what a file says; returns its keys, each with the file and the line.
  mutating func take(_ bytes: [UInt8], file: String) throws -> [(key: String, origin: String)] {
    func failure(_ line: Int, _ message: String) -> DanvanError {
      .invalid("\(file):\(line): \(message)")
    }
    let document: TOMLDocument
    do {
      document = try TOMLDocument(parsing: bytes)
    } catch {
      throw failure(error.line, error.message)
    }
    for entry in document.entries {
      guard let key = ConfigurationKey.all.first(where: { $0.name == entry.key }) else {
        let nearest = nearestName(to: entry.key, among: ConfigurationKey.all.map(\.name))
        let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
        throw failure(entry.line, "unknown key '\(entry.key)'\(hint)")
      }
      do {
        try key.apply(&self, entry.value)
      } catch {
        throw failure(entry.line, "'\(entry.key)' \(error.message)")
      }
    }
    return document.entries.map { ($0.key, "\(file):\($0.line)") }
  }

  /// Takes over the variables of the environment that begin with `DANVAND_`; returns the keys that they
  /// set, each with its variable.
  mutating func take(_ environment: [String: String]) throws -> [(key: String, origin: String)] {
    var taken: [(key: String, origin: String)] = []
    let variables = environment.filter { $0.key.hasPrefix(ConfigurationKey.variablePrefix) }
    for (variable, text) in variables.sorted(by: { $0.key < $1.key }) {
      guard let key = ConfigurationKey.all.first(where: { $0.variable == variable }) else {
        let nearest = nearestName(to: variable, among: ConfigurationKey.all.map(\.variable))
        let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
        throw DanvanError.invalid("unknown variable '\(variable)'\(hint)")
      }
      do {
        try key.apply(&self, key.value(text))
      } catch {
        throw DanvanError.invalid("\(variable): '\(key.name)' \(error.message)")
      }
      taken.append((key.name, "environment \(variable)"))
    }
    return taken
  }
}
