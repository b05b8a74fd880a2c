/// The part of TOML that danvand.toml uses: comments, `[tables]` and `key = value` lines whose value
/// is a string, an integer, a boolean or a list of strings. Everything else is an error that names its line.
struct TOMLDocument {
  enum Value: Equatable {
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case strings([String])
  }

  struct Entry {
    /// `table.key`, or `key` above the first table.
    let key: String
    let value: Value
    /// Counts from 1.
    let line: Int
  }

  let entries: [Entry]

  /// Reads a whole file. Throws `SyntaxError`, also for bytes that are not UTF-8 and for a table or
  /// key that stands there twice.
  init(parsing bytes: [UInt8]) throws(SyntaxError) {
    var entries: [Entry] = []
    var table = ""
    var tables: Set<String> = []
    var keys: Set<String> = []
    var line = 0
    for raw in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      line += 1
      guard let text = String(validating: raw, as: UTF8.self) else {
        throw SyntaxError(line: line, message: "not UTF-8")
      }
      var scanner = TOMLLine(text, line: line)
      switch try scanner.statement() {
      case .blank: continue
      case .table(let name):
        guard tables.insert(name).inserted else {
          throw SyntaxError(line: line, message: "table [\(name)] stands here twice")
        }
        table = name
      case .entry(let name, let value):
        let key = table.isEmpty ? name : "\(table).\(name)"
        guard keys.insert(key).inserted else {
          throw SyntaxError(line: line, message: "key '\(key)' stands here twice")
        }
        entries.append(Entry(key: key, value: value, line: line))
      }
    }
    self.entries = entries
  }

  struct SyntaxError: Error, Equatable {
    let line: Int
    let message: String
  }
}
