import ArgumentParser
import DanvanInputs
import DanvanMessages
import DanvanModel
import Foundation
import TestSupport
import Testing

@testable import dvctl

struct ArgumentsTests {
  @Test func joinsTheWordsOfAQuery() throws {
    let query = try Query.parse([
      "dân vận", "khéo", "-xấu", "--limit", "5", "--sort", "relevance", "--after", "c1",
    ])
    #expect(query.request.query == "dân vận khéo -xấu")
    #expect(query.request.limit == 5)
    #expect(query.request.sort == .relevance)
    #expect(query.request.after == "c1")
  }

  @Test func tagTakesSignsFirstAndThenAQuery() throws {
    let tag = try Tag.parse(["+x", "-y", "dân", "-vận", "tag:z"])
    #expect(tag.request.add == ["x"] && tag.request.remove == ["y"])
    #expect(tag.request.query == "dân -vận tag:z")
    #expect(try Tag.parse(["-y", "--", "-vận"]).request.query == "-vận")
    let run = try Saved.Run.parse(["sáng", "--limit", "3", "--facets", "org, year"])
    #expect(run.query.request.limit == 3 && run.query.request.facets == ["org", "year"])
  }

  @Test func aQueryMayBeEmpty() throws {
    let query = try Query.parse([])
    #expect(query.request.query.isEmpty)
    #expect(query.request.limit == 20)
    #expect(query.request.sort == .newest)
  }

  @Test func watchTakesAPlaceAndALimit() throws {
    let watch = try Watch.parse(["org:X", "--from", "start", "--max-events", "2", "--with-facts"])
    let request = try watch.request()
    #expect(request.query == "org:X")
    #expect(request.from == "start")
    #expect(request.withFacts)
    #expect(watch.reconnect)
    #expect(watch.maxEvents == 2)
  }

  @Test func ingestTakesPathsAndLabels() throws {
    let ingest = try Ingest.parse([
      "a", "-", "--published", "2017-05", "--source", "Báo Thử", "--type", "jsonl",
    ])
    #expect(ingest.paths == ["a", "-"])
    #expect(ingest.labels.published == PartialDate(year: 2017, month: 5))
    #expect(ingest.labels.source == "Báo Thử")
    #expect(ingest.type == .jsonl)
  }

  @Test(arguments: [
    ["query", "--limit", "0"], ["query", "--limit", "1001"], ["query", "--limit", "x"],
    ["query", "--sort", "oldest"], ["query", "x", "--colour"], ["query", "--format", "xml"],
    ["watch", "--max-events", "0"], ["watch", "--bogus"], ["watch", "--jobs", "0"],
    ["watch", "--name", "a", "--cursor-file", "b"], ["subs", "create"], ["subs", "ack", "a"],
    ["subs", "bogus"], ["feed", "--max-events", "1001"], ["ingest"], ["show"], ["show", "x"],
    ["ingest", "a", "--published", "19-5-2017"], ["ingest", "a", "--published", "2017-02-30"],
    ["ingest", "a", "--type", "pdf"], ["ping", "--timeout", "0"], ["ping", "--timeout", "nan"],
    ["rm"], ["bogus"], ["tag", "x"], ["tag", "+x"], ["query", "--fields", "id,colour"],
    ["query", "--facet-limit", "0"], ["saved", "add"], ["rpc", "call"], ["trace", "0"],
    ["trace", "x"], ["ping", "more"], ["timeline", "x", "--output", "x.jpg"],
    ["brief", "2021", "--output", "x.pdf"], ["export", "-o", "x.txt"],
  ])
  func refusesBadUsageWithTwo(_ words: [String]) throws {
    let error = try #require(throws: (any Error).self) { try Dvctl.parseAsRoot(words) }
    #expect(Failure(error).status == .usage)
  }

  @Test(arguments: [
    ("--socket a ping", "ping --socket a"),
    ("--socket=a --format json query x --limit 1", "query --socket=a --format json x --limit 1"),
    ("--socket a rpc call Query {}", "rpc call --socket a Query {}"),
    ("ping --socket a", "ping --socket a"), ("--help", "--help"), ("--socket", "--socket"),
    ("--socket a", "--socket a"), ("--socket a --bogus x", "--socket a --bogus x"), ("", ""),
  ])
  func sharedOptionsMayComeBeforeTheVerb(_ words: String, _ expected: String) {
    let words = words.split(separator: " ").map(String.init)
    #expect(Dvctl.verbFirst(words).joined(separator: " ") == expected)
  }

  @Test(arguments: [["--help"], ["--version"], ["query", "--help"], ["help", "watch"]])
  func helpIsNoFailure(_ words: [String]) throws {
    do {
      var verb = try Dvctl.parseAsRoot(words)
      try verb.run()
      Issue.record("no help")
    } catch {
      #expect(Failure(error).status == .success)
    }
  }

  @Test func aFilesNameNamesItsFormatUnlessTheOptionDoes() throws {
    #expect(try Format.named(by: "a/b.x/report") == nil && Format.named(by: ".json") == nil)
    #expect(try Format.named(by: "/tmp/x.SVG") == .svg && Format.named(by: "x.jsonl") == .ndjson)
    #expect(try ExportFormat.named(by: "x.db") == .sqlite)
    #expect(try BriefFormat.named(by: "quý.1.htm") == .html)
    _ = try Timeline.parse(["x", "--output", "x.jpg", "--format", "png"])
    _ = try Brief.parse(["2021", "--output", "x.jpg", "--format", "md"])
    let error = #expect(throws: ValidationError.self) { try Format.named(by: "x.jpg") }
    #expect(
      error?.message == """
        x.jpg: no format has the ending .jpg; there are .txt, .json, .ndjson, .jsonl, .csv, .md, .svg, .png. \
        --format names one, whatever the ending.
        """)
  }

  @Test(arguments: [
    ("table", Format.text), ("text", .text), ("json", .json), ("ndjson", .ndjson),
  ])
  func tableIsAnotherNameForText(_ word: String, _ format: Format) {
    #expect(Format(argument: word) == format)
  }
}

struct StartingPlaceTests {
  @Test(arguments: [
    ("start", "start"), ("now", "now"), ("dv1.00000000.7", "dv1.00000000.7"), ("@5", "@5"),
    ("-2h", "@2800"), ("-1m", "@9940"), ("-10s", "@9990"), ("yesterday", "yesterday"),
  ])
  func isPutIntoTheWordsOfTheProtocol(_ text: String, _ wire: String) throws {
    #expect(try StartingPlace.wire(text, now: 10_000) == wire)
  }

  @Test(arguments: ["-", "-h", "-2", "-2y", "-2h30m", "-99999999999999999999s", "-1w"])
  func isNoTimeToGoBackBy(_ text: String) {
    #expect(throws: Failure.self) { try StartingPlace.wire(text, now: 10_000) }
  }

  @Test func onlyAPlainFileIsReplaced() throws {
    let folder = try TemporaryDirectory()
    let (path, link, pipe) = (folder.path + "/file", folder.path + "/link", folder.path + "/pipe")
    #expect(try ReplacedFile.place(path) == path)
    try "".write(toFile: path, atomically: false, encoding: .utf8)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    #expect(try ReplacedFile.place(link).hasSuffix("/file"))
    #expect(mkfifo(pipe, 0o600) == 0 && ReplacedFile.isDevice(pipe))
    for other in [pipe, folder.path, "/dev/null"] {
      #expect(throws: Failure.self) { try ReplacedFile.place(other) }
      #expect(throws: Failure.self) { try CursorFile(path: other) }
    }
  }

  @Test func aFileHoldsACursor() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/place"
    let file = try CursorFile(path: path)
    #expect(try file.load() == nil)
    try file.save("dv1.00000000.7")
    try file.save("dv1.00000000.8")
    #expect(try StartingPlace.wire(path) == "dv1.00000000.8")
    try "two words".write(toFile: path, atomically: false, encoding: .utf8)
    #expect(throws: Failure.self) { try file.load() }
  }
}

struct BackOffTests {
  @Test func doublesUpToFiveSeconds() {
    var backOff = BackOff()
    #expect(!backOff.isUnderWay)
    let pauses = (0..<8).map { _ in backOff.next() }
    #expect(pauses == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5])
    #expect(backOff.isUnderWay)
  }
}
