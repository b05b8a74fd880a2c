import FoundationEssentials

/// A rule set or overlay directory of a test, gone with it.
final class RuleFolder {
  let path: String

  /// `files`: contents by path.
  init(_ files: [String: String]) throws {
    path = FileManager.default.temporaryDirectory.path + "/danvan-rules-\(UUID().uuidString)"
    for folder in ["lexicon", "gazetteer", "rules"] {
      try FileManager.default.createDirectory(
        atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
    }
    for (name, text) in files {
      try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
