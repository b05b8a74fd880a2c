import Foundation
import TestSupport
import Testing

/// What would be dropped, repeated or mixed up without a word is refused, or written as it should be.
@Suite struct StrictInputTests {
  @Test func anAddressIsOfOneDocument() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let one = "{\"title\": \"Họp\", \"text\": \"Sáng 2/3/2021, UBND tỉnh họp giao ban.\"}\n"
    let other = "{\"title\": \"Thăm\", \"text\": \"Ngày 3/3/2021, ông Nguyễn Văn An thăm xã.\"}\n"
    let url = "https://example.org/1"
    let both = try daemon.dvctl(
      "ingest", "-", "--type", "jsonl", "--url", url, input: Data((one + other).utf8))
    #expect(both.status == 2)
    #expect(both.errors.contains("--url is the address of one document"), "\(both.errors)")
    #expect(try daemon.dvctl("query", "--count").lines == ["0"])
    let alone = try daemon.dvctl(
      "ingest", "-", "--type", "jsonl", "--url", url, input: Data(one.utf8))
    #expect(alone.status == 0, "\(alone.errors)")
    #expect(try daemon.dvctl("query", "--fields", "url", "--format", "ndjson").text.contains(url))
  }

  @Test func aWatchedTableHasOneHead() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    #expect(try daemon.dvctl("ingest", Repository.samples.path).status == 0)
    let watched = try daemon.dvctl(
      "watch", "--from", "start", "--max-events", "14", "--format", "csv")
    #expect(watched.lines.count == 15)
    #expect(watched.lines.first == "event,cursor,time,id,date,source,title,url")
    #expect(watched.lines.dropFirst().allSatisfy { $0.hasPrefix("added,") })
    let fed = try daemon.dvctl("feed", "--max-events", "14", "--format", "csv")
    #expect(fed.lines == watched.lines)
    for verb in ["watch", "feed"] {
      #expect(try daemon.dvctl(verb, "--with-facts", "--format", "md").status == 2)
    }
  }

  @Test func whatAQueryCannotMeanIsRefused() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    #expect(try daemon.dvctl("ingest", Repository.samples.path).status == 0)
    let empty = try daemon.dvctl("query", "họp", "sau:2021..2020")
    #expect(empty.status == 2)
    #expect(empty.errors.contains("column 9: '2021..2020' ends before it begins"))
    for words in [
      ["--after", ""], ["--fields", "id,title,id"], ["--facets", "year,year"],
      ["--facets", "year", "--format", "csv"], ["--facets", "year", "--format", "ndjson"],
      ["--explain", "--format", "md"],
    ] {
      let refused = try daemon.dvctl(["query"] + words)
      #expect(refused.status == 2, "\(words)")
      #expect(refused.errors.contains(words[0]), "\(refused.errors)")
    }
    let counted = try daemon.dvctl("query", "--count", "--facets", "lang", "--format", "csv")
    #expect(counted.lines == ["facet,value,articles", "lang,vi,14"])
  }
}
