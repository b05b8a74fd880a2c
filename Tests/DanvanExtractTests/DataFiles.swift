import FoundationEssentials

/// The word lists below the shipped rule set's directory.
enum DataFiles {
  static let tables: [String] = ["gazetteer", "lexicon", "words"].flatMap { folder in
    ((try? FileManager.default.contentsOfDirectory(
      atPath: "\(VietnameseRules.directory)/\(folder)")) ?? [])
      .filter { $0.hasSuffix(".tsv") }.sorted().map { "\(folder)/\($0)" }
  }

  static func contents(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(VietnameseRules.directory)/\(path)").map { [UInt8]($0) }
  }
}
