import Foundation
import TestSupport
import Testing

/// Samples and seeds go in through the real programs, and the queries of the README find them.
@Suite struct CorpusTests {
  @Test func samplesGoInOnce() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let first = try daemon.dvctl("ingest", Repository.samples.path)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.contains("added 14"), "\(first.errors)")
    let again = try daemon.dvctl("ingest", Repository.samples.path)
    #expect(again.errors.contains("duplicate 14"), "\(again.errors)")
    let all = try daemon.dvctl("query", "", "--count")
    #expect(all.text.contains("14"), "\(all.text) \(all.errors)")
  }

  @Test func everyQueryOfTheReadmeFindsSomething() throws {
    let readme = try String(
      contentsOf: Repository.root.appendingPathComponent("README.md"), encoding: .utf8)
    let queries = readme.split(separator: "\n").compactMap { line -> String? in
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      return trimmed.hasPrefix("dvctl query ") ? trimmed : nil
    }
    #expect(queries.count >= 5)
    let daemon = try RunningDaemon()
    try daemon.start()
    #expect(try daemon.dvctl("ingest", Repository.samples.path).status == 0)
    let bin = try Programs.path(of: "dvctl").deletingLastPathComponent().path
    for query in queries {
      let result = try Programs.run(
        URL(fileURLWithPath: "/bin/sh"), ["-c", "PATH=\"\(bin):$PATH\"; \(query)"],
        environment: ["DANVAN_SOCKET": daemon.socket.path])
      #expect(result.status == 0, "\(query): \(result.errors)")
      #expect(!result.lines.isEmpty, "\(query) found nothing")
    }
  }

  @Test func seedsAreReadAsTheyAre() throws {
    guard let shared = Repository.shared else {
      print("skipped: no shared data; set DANVAN_SHARED")
      return
    }
    let daemon = try RunningDaemon()
    try daemon.start()
    let seeds = shared.appendingPathComponent("data/seeds")
    let ingested = try daemon.dvctl("ingest", seeds.path)
    #expect(ingested.status == 0 && ingested.errors.contains("added 2"), "\(ingested.errors)")
    let chair = try daemon.dvctl("query", "nguoi:\"Nguyễn Doãn Toản\" during:2021-Q1", "--count")
    #expect(chair.text.contains("1"), "\(chair.text) \(chair.errors)")
    for file in try FileManager.default.contentsOfDirectory(atPath: seeds.path) {
      let url = seeds.appendingPathComponent(file)
      let stored = try #require(String(data: Data(contentsOf: url), encoding: .utf8))
      let result = try daemon.dvctl("analyze", url.path, "--format", "json")
      let object = try #require(
        JSONSerialization.jsonObject(with: result.output) as? [String: Any], "\(result.errors)")
      let text = try #require(object["text"] as? String)
      #expect(Array(text.utf8) == Array(stored.utf8), "\(file): the text was changed")
      try expectScalarOffsets(object, in: text)
    }
  }

  /// `start` and `end` of every mention count Unicode scalars of the text.
  private func expectScalarOffsets(_ object: [String: Any], in text: String) throws {
    let scalars = Array(text.unicodeScalars)
    let mentions = try #require(object["mentions"] as? [[String: Any]])
    #expect(mentions.count > 20)
    for mention in mentions {
      let start = try #require(mention["start"] as? Int)
      let end = try #require(mention["end"] as? Int)
      try #require(start < end && end <= scalars.count)
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[start..<end])
      #expect(String(view) == mention["text"] as? String)
    }
  }
}
