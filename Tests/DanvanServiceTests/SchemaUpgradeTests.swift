import DanvanModel
import DanvanStore
import Foundation
import TestSupport
import Testing

@testable import DanvanService

/// Stores of every schema there was, as its daemon left them: opened, upgraded, whole.
@Suite struct SchemaUpgradeTests {
  private static let folder = Repository.root.appendingPathComponent("Tests/Schemas")
  private static let schemas =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))
    .map { $0.compactMap { $0.wholeMatch(of: /schema-(\d+)\.db\.gz/).flatMap { Int($0.1) } } } ?? []

  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  private func unpack(_ schema: Int, as name: String) throws -> String {
    let file = Self.folder.appendingPathComponent("schema-\(schema).db.gz").path
    let done = try Programs.run(URL(fileURLWithPath: "/usr/bin/gzip"), ["-dc", file])
    try #require(done.status == 0, "\(done.errors)")
    let state = scratch.path + "/" + name
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    try done.output.write(to: URL(fileURLWithPath: state + "/danvan.db"))
    return state
  }

  private func open(_ state: String, _ onUpgrade: (SchemaUpgrade) -> Void = { _ in }) throws -> Desk
  {
    let engine = Engine(
      version: "test", abbreviations: Abbreviations([], tokenizer: SyllableTokenizer())
    ) {
      _, _, _ in Facts()
    }
    return try Desk(stateDirectory: state, engine: engine, onUpgrade: onUpgrade)
  }

  /// The number that SQLite keeps in the file's head.
  private func schema(of file: String) throws -> Int {
    try Data(contentsOf: URL(fileURLWithPath: file))[60..<64].reduce(0) { $0 << 8 | Int($1) }
  }

  @Test func everySchemaIsHere() throws {
    let newest = try TestDesk().desk.status().schema
    #expect(
      Self.schemas.sorted() == Array(1...newest),
      "a new schema needs its store: make schema-fixture")
  }

  @Test(arguments: schemas.sorted())
  func isUpgradedWhole(number: Int) throws {
    let state = try unpack(number, as: "state")
    var told: [SchemaUpgrade] = []
    let desk = try open(state) { told.append($0) }
    let newest = try desk.status().schema
    #expect(told.map(\.from) == (number < newest ? [number] : []))
    try expectContents(of: desk, madeBy: number)
    #expect(try desk.check() == [])
    try desk.close()

    let copy = "\(state)/danvan.db.schema-\(number)"
    #expect(FileManager.default.fileExists(atPath: copy) == (number < newest))
    let again = try open(state) { told.append($0) }
    #expect(told.count == (number < newest ? 1 : 0), "it is upgraded once")
    try again.close()
    #expect(try schema(of: state + "/danvan.db") == newest)
    guard number < newest else { return }
    #expect(told[0].backup == copy && told[0].needed <= told[0].free)
    // The copy is the store as it was: it can take its place.
    #expect(try schema(of: copy) == number)
    let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let former = scratch.path + "/former"
    try FileManager.default.createDirectory(atPath: former, withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: copy, toPath: former + "/danvan.db")
    let restored = try open(former)
    try expectContents(of: restored, madeBy: number)
    #expect(try restored.check() == [])
    try restored.close()
  }

  private func expectContents(of desk: Desk, madeBy schema: Int) throws {
    #expect(try desk.status().articles == (schema < 3 ? 6 : 5))
    for (id, file) in [
      (1, "01-giao-ban-quy-i"), (2, "02-lam-viec-mat-headline"), (4, "07-hop-bao"),
    ] {
      let article = try desk.article(ArticleID(Int64(id)), parts: [.text, .facts])
      let text = try #require(article.text)
      let sample = Repository.samples.appendingPathComponent(file + ".txt")
      #expect(try String(contentsOf: sample, encoding: .utf8).contains(text), "article \(id)")
      #expect((article.facts?.mentions.count ?? 0) > 0, "article \(id) has lost its facts")
    }
    #expect(throws: DanvanError.self) { try desk.article(ArticleID(5), parts: []) }
    let last = try desk.article(ArticleID(schema < 3 ? 7 : 6), parts: .text)
    #expect(last.text?.contains("họp lại") == true && last.header.revision == (schema < 3 ? 1 : 2))
    func found(_ query: String) throws -> [Int64] {
      try desk.search(SearchRequest(query: query)).hits.map(\.article.id.value).sorted()
    }
    #expect(try found("\"họp lại\"") == [last.id.value])
    #expect(try found("person:\"Nguyễn Văn An\"") == (schema < 3 ? [6, 7] : [6]))
    if schema >= 3 {
      #expect(try found("tag:đọc").count > 0)
    }
    // Four samples, the fifth and its removal, the sixth and its later revision; and the correction.
    #expect(try desk.status().headSequence == (schema < 10 ? 8 : 9))
  }

  @Test func theCopyOfAnEarlierUpgradeGoes() throws {
    let state = try unpack(9, as: "state")
    let names = ["danvan.db.schema-3", "danvan.db.schema-x", "danvan.db.schema-3.mine"]
    for name in names { try Data("x".utf8).write(to: URL(fileURLWithPath: "\(state)/\(name)")) }
    try open(state).close()
    let left = try FileManager.default.contentsOfDirectory(atPath: state)
      .filter { $0.hasPrefix("danvan.db.schema") }
    #expect(
      left.sorted() == ["danvan.db.schema-3.mine", "danvan.db.schema-9", "danvan.db.schema-x"])
  }
}
