import DanvanModel
import DanvanStore
import TestSupport

@testable import DanvanService

/// A desk over a store of its own, with invented facts and three abbreviations.
struct TestDesk {
  let folder: TemporaryDirectory
  let desk: Desk

  init(extract: @escaping @Sendable (Article) -> Facts = { _ in Facts() }) throws {
    folder = try TemporaryDirectory()
    let abbreviations = Abbreviations(
      [
        ("HĐND", "Hội đồng nhân dân"), ("UBND", "Ủy ban nhân dân"),
        ("TP.HCM", "Thành phố Hồ Chí Minh"),
      ], tokenizer: SyllableTokenizer())
    desk = try Desk(
      stateDirectory: folder.path, ruleSet: "test", abbreviations: abbreviations, extract: extract)
  }

  @discardableResult
  func ingest(_ texts: String...) throws -> [Receipt] {
    try desk.ingest(texts.map { Submission(content: Array($0.utf8), mediaType: .plainText) })
      .map { try $0.get() }
  }

  @discardableResult
  func ingest(_ text: String, published: String) throws -> Receipt? {
    let submission = Submission(
      content: Array(text.utf8), mediaType: .plainText, published: PartialDate(published))
    return try desk.ingest([submission]).first?.get()
  }

  func ids(_ query: String, marks: SearchRequest.Marks = .automatic) throws -> [Int64] {
    try desk.search(SearchRequest(query: query, marks: marks)).hits.map(\.article.id.value)
  }
}

extension Desk {
  /// With facts as the test invents them.
  convenience init(
    stateDirectory: String, ruleSet: String, abbreviations: Abbreviations,
    extract: @escaping @Sendable (Article) -> Facts
  ) throws {
    try self.init(
      stateDirectory: stateDirectory,
      engine: Engine(version: ruleSet, abbreviations: abbreviations) { article, _, _ in
        extract(article)
      })
  }
}

extension Desk {
  /// What a check finds, a sentence each.
  func check() throws -> [String] {
    var reasons: [String] = []
    try check { reasons.append($0.reason) }
    return reasons
  }
}

extension Desk {
  /// The corrections of all articles.
  func corrections() throws -> [CorrectionItem] {
    try corrections(of: nil, after: "", limit: 1_000).items
  }
}
