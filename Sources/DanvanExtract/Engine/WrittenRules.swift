import DanvanModel
import FoundationEssentials

/// The rules of a set as its files give them, the overlay's laid on.
struct WrittenRules {
  /// In order of the files, then of the entries; those that the overlay adds come last.
  private(set) var rules: [Rule] = []
  /// The pattern fragments of each kind by name.
  private(set) var fragments: [String: [String: [String]]] = [:]
  /// Where the overlay wrote those of its own.
  private(set) var overlaidFragments: [FragmentPlace] = []
  private(set) var notes: [String] = []
  private var places: [String: Int] = [:]
  private var kinds: [String] = []
  /// Kinds whose rules may have patterns.
  private var patterned: Set<String> = []

  /// Throws `DanvanError` naming the file, the line and the rule.
  init(_ files: RuleFiles) throws {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    for file in files.files where file.path.hasSuffix(".json5") {
      let lines = RuleLines(file.contents)
      if !file.isOverlay { kinds.append(file.stem) }
      guard kinds.contains(file.stem) else { throw Self.unknown(file, among: kinds) }
      do {
        let entries = try decoder.decode([Rule.StrictlyWritten].self, from: Data(file.contents))
        for (number, entry) in entries.enumerated() {
          try add(entry.written, of: file, line: lines[number])
        }
      } catch let error as DecodingError {
        if let fault = JSON5Fault.first(in: file.contents) {
          throw DanvanError.invalid("\(file.name):\(fault.line): \(fault.reason)")
        }
        throw Self.fault(error, in: file, lines)
      }
    }
  }

  private mutating func add(_ entry: Rule.Written, of file: RuleFiles.File, line: Int) throws {
    func fault(_ what: String) -> DanvanError { .invalid("\(file.name):\(line): \(what)") }
    if let name = entry.fragment {
      guard !file.isOverlay || patterned.contains(file.stem) else {
        throw fault("fragment '\(name)' is for patterns, and rules of \(file.stem) take none")
      }
      fragments[file.stem, default: [:]][name] = entry.match?.list ?? []
      if file.isOverlay {
        overlaidFragments.append(
          FragmentPlace(kind: file.stem, name: name, file: file.name, line: line))
      }
      return
    }
    let source = (file.isOverlay ? file.name : file.path, line)
    if let id = entry.off {
      guard file.isOverlay else { throw fault("`off` is for overlays") }
      guard let place = places[id] else {
        notes.append("\(file.name):\(line): nothing to switch off: no rule '\(id)'")
        return
      }
      guard rules[place].kind != "document" else {
        throw fault("rule '\(id)' tells of the whole article and cannot be switched off")
      }
      rules[place].isOff = true
      return
    }
    if let id = entry.id, let place = places[id] {
      let known = rules[place]
      guard file.isOverlay, known.kind == file.stem else {
        throw fault("rule '\(id)' is also in \(known.file):\(known.line)")
      }
      var changed = known.changed(by: entry, source)
      changed.mustProveItself = entry.examples != nil || entry.rejects != nil
      try changed.fault.map { throw fault($0) }
      rules[place] = changed
      return
    }
    var rule = Rule(entry, kind: file.stem, source)
    rule.mustProveItself = file.isOverlay
    try rule.fault.map { throw fault($0) }
    if file.isOverlay {
      guard !rule.match.isEmpty else {
        throw fault("rule '\(rule.id)' has no `match`, and none of that name is built in")
      }
      guard patterned.contains(rule.kind) else {
        throw fault("rule '\(rule.id)' has a pattern, and rules of \(rule.kind) take none")
      }
    } else if !rule.match.isEmpty {
      patterned.insert(rule.kind)
    }
    places[rule.id] = rules.count
    rules.append(rule)
  }

  private static func unknown(_ file: RuleFiles.File, among kinds: [String]) -> DanvanError {
    guard let nearest = nearestName(to: file.stem, among: kinds) else {
      return .invalid("\(file.name): the rule set has no rules of this name")
    }
    return .invalid(
      "\(file.name): the rule set has no rules of this name; did you mean \(nearest).json5?")
  }

  /// Names the entry by its place in the file.
  private static func fault(
    _ error: DecodingError, in file: RuleFiles.File, _ lines: RuleLines
  ) -> DanvanError {
    let context: DecodingError.Context
    var what = ""
    switch error {
    case .keyNotFound(let key, let c): (context, what) = (c, "no `\(key.stringValue)`")
    case .typeMismatch(_, let c), .valueNotFound(_, let c): (context, what) = (c, "wrong type")
    case .dataCorrupted(let c):
      context = c
      what = c.underlyingError.map { "\($0)" } ?? c.debugDescription
    @unknown default: return .invalid("\(file.name): \(error)")
    }
    if context.codingPath.isEmpty, case .typeMismatch = error {
      return .invalid("\(file.name): a list of entries in [ ] is wanted")
    }
    let path = context.codingPath.map { $0.intValue.map { "entry \($0 + 1)" } ?? $0.stringValue }
    let line = context.codingPath.first?.intValue.map { ":\(lines[$0])" } ?? ""
    let told = [path.joined(separator: ", "), what].filter { !$0.isEmpty }.joined(separator: ": ")
    return .invalid("\(file.name)\(line): \(told)")
  }
}

/// A fragment that an overlay wrote, and where.
struct FragmentPlace: Sendable {
  let kind: String
  let name: String
  let file: String
  let line: Int
}
