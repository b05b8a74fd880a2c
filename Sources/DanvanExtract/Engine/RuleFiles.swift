import DanvanModel
import FoundationEssentials

/// The files of a rule set directory, in memory, before they are understood.
struct RuleFiles {
  private struct File {
    /// Below the directory, with forward slashes.
    let path: String
    let contents: [UInt8]
    var stem: String {
      let name = path.split(separator: "/").last ?? ""
      return String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)])
    }
  }
  private let directory: String
  private let files: [File]

  /// Reads everything. Throws `notFound` where the directory or its VERSION is missing.
  init(directory: String) throws {
    self.directory = directory
    var files = [try Self.read("VERSION", in: directory)]
    for (folder, suffix) in [
      ("gazetteer", ".tsv"), ("lexicon", ".tsv"), ("rules", ".json5"),
    ] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(folder)"))
      for name in (names ?? []).sorted() where name.hasSuffix(suffix) && !name.hasPrefix(".") {
        files.append(try Self.read("\(folder)/\(name)", in: directory))
      }
    }
    self.files = files
  }

  /// The one line of VERSION.
  func version() throws -> String {
    guard let text = files.first.flatMap({ String(validating: $0.contents, as: UTF8.self) }),
      let line = text.split(whereSeparator: \.isNewline).first
    else { throw DanvanError.invalid("\(directory)/VERSION: must hold one line of UTF-8 text") }
    return String(line)
  }

  /// Eight hexadecimal digits of an FNV-1a hash over all paths and contents.
  func fingerprint() -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for file in files {
      for byte in file.path.utf8 + [0] + file.contents + [0] {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      }
    }
    let digits = String((hash ^ (hash >> 32)) & 0xffff_ffff, radix: 16)
    return String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }

  func lexicons() throws -> [String: Lexicon] {
    var all: [String: Lexicon] = [:]
    for file in files where file.path.hasSuffix(".tsv") {
      let lexicon = try Lexicon(
        name: file.stem, file: "\(directory)/\(file.path)", contents: file.contents)
      guard all.updateValue(lexicon, forKey: file.stem) == nil else {
        throw DanvanError.invalid("\(directory)/\(file.path): the name \(file.stem) is taken")
      }
    }
    return all
  }

  /// Rules in order, and the fragments of each kind by name.
  func rules() throws -> (rules: [Rule], fragments: [String: [String: [String]]]) {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    var rules: [Rule] = []
    var fragments: [String: [String: [String]]] = [:]
    for file in files where file.path.hasSuffix(".json5") {
      do {
        for written in try decoder.decode([Rule.Written].self, from: Data(file.contents)) {
          if let name = written.fragment {
            fragments[file.stem, default: [:]][name] = written.match?.list ?? []
          } else {
            rules.append(try check(Rule(written, kind: file.stem, file: file.path)))
          }
        }
      } catch let error as DecodingError {
        throw DanvanError.invalid("\(directory)/\(file.path): \(Self.describe(error))")
      }
    }
    return (rules, fragments)
  }

  private func check(_ rule: Rule) throws -> Rule {
    let fault: String? =
      if rule.id.isEmpty {
        "a rule has no id"
      } else if !(0...1).contains(rule.confidence) {
        "rule '\(rule.id)': confidence \(rule.confidence) is not between 0 and 1"
      } else if rule.examples.isEmpty {
        "rule '\(rule.id)' has no example"
      } else if !rule.match.isEmpty && rule.value == nil {
        "rule '\(rule.id)' has patterns but no `value`"
      } else {
        nil
      }
    if let fault { throw DanvanError.invalid("\(directory)/\(rule.file): \(fault)") }
    return rule
  }

  private static func read(_ path: String, in directory: String) throws -> File {
    guard let data = FileManager.default.contents(atPath: "\(directory)/\(path)") else {
      throw DanvanError(.notFound, "cannot read \(directory)/\(path)")
    }
    return File(path: path, contents: [UInt8](data))
  }

  /// Names the entry by its place in the file.
  private static func describe(_ error: DecodingError) -> String {
    let context: DecodingError.Context
    var what = ""
    switch error {
    case .keyNotFound(let key, let c): (context, what) = (c, "no `\(key.stringValue)`")
    case .typeMismatch(_, let c), .valueNotFound(_, let c): (context, what) = (c, "wrong type")
    case .dataCorrupted(let c):
      context = c
      what = c.underlyingError.map { "\($0)" } ?? c.debugDescription
    @unknown default: return "\(error)"
    }
    let path = context.codingPath.map { $0.intValue.map { "entry \($0 + 1)" } ?? $0.stringValue }
    return ([path.joined(separator: ", "), what].filter { !$0.isEmpty }).joined(separator: ": ")
  }
}
