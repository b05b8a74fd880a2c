internal import DanvanModel

extension Configuration {
  /// Reads a configuration file. Throws `invalidArgument` that names the file and the line for
  /// anything that is not a known key with a fitting value.
  public init(parsing bytes: [UInt8], file: String) throws {
    self.init()
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
  }
}
