import Foundation
import Glibc
import TestSupport
import Testing

@testable import DanvanDaemon

/// Records as the journal takes them, without a journal.
@Suite struct JournalTests {
  @Test func fieldsOfARecord() throws {
    let journal = try FakeJournal()
    let lines = Lines()
    let log = Log(level: .info, to: try journal.sink(lines))
    log.error("call failed", ["method": "danvan.v1.Corpus/Get", "code": 15, "peer_uid": 1000])
    log.debug("not sent")
    let fields = try #require(journal.next())
    #expect(fields["MESSAGE"] == "call failed method=danvan.v1.Corpus/Get code=15 peer_uid=1000")
    #expect(fields["PRIORITY"] == "3")
    #expect(fields["SYSLOG_IDENTIFIER"] == "danvand")
    #expect(fields["DANVAN_METHOD"] == "danvan.v1.Corpus/Get")
    #expect(fields["DANVAN_CODE"] == "15")
    #expect(fields["DANVAN_PEER_UID"] == "1000")
    #expect(fields["MESSAGE_ID"] == JournalKind.id(of: "call failed"))
    #expect(journal.next() == nil)
    #expect(lines.text == "")
  }

  /// A value can neither begin a field of its own nor be larger than a datagram.
  @Test func newlinesAndHugeValues() throws {
    let journal = try FakeJournal()
    let log = Log(level: .info, to: try journal.sink(Lines()))
    let long = String(repeating: "ế", count: 500_000)
    log.warning("a\nPRIORITY=0", ["reason": "x\nMESSAGE_ID=1\n\u{0}", "file": long, "empty": ""])
    let fields = try #require(journal.next())
    #expect(fields["MESSAGE"]?.hasPrefix("a\nPRIORITY=0 reason=\"x\\nMESSAGE_ID=1\\n") == true)
    #expect(fields["PRIORITY"] == "4")
    #expect(fields["DANVAN_REASON"] == "x\nMESSAGE_ID=1\n\u{0}")
    #expect(fields["MESSAGE_ID"] == nil)
    #expect(fields["DANVAN_EMPTY"] == "")
    #expect((1_000...4_200).contains(fields["DANVAN_FILE"]?.utf8.count ?? 0))
  }

  /// With nobody reading, what does not fit is counted, and the count comes before the next record.
  @Test func aFullSocketIsNotWaitedFor() throws {
    let journal = try FakeJournal()
    let lines = Lines()
    let log = Log(level: .info, to: try journal.sink(lines))
    for number in 0..<5_000 { log.info("tick", ["number": number]) }
    var seen = 0
    while journal.next() != nil { seen += 1 }
    #expect((1..<5_000).contains(seen))
    log.info("after")
    let gap = try #require(journal.next())
    #expect(gap["MESSAGE"] == "records were lost count=\(5_000 - seen)")
    #expect(gap["PRIORITY"] == "4")
    #expect(journal.next()?["MESSAGE"] == "after")
    #expect(lines.text == "")
  }

  @Test func withoutASocketRecordsAreLines() throws {
    let lines = Lines()
    let sink = try #require(
      JournalSink("/nonexistent/journal", otherwise: LogLines(stampsTime: false) { lines.add($0) }))
    Log(level: .info, to: sink).notice("ready", ["articles": 3])
    #expect(lines.text == "<5>msg=ready articles=3\n")
  }

  /// Only where standard error is that very stream.
  @Test func knowsTheJournalsStream() throws {
    var about = stat()
    try #require(fstat(STDERR_FILENO, &about) == 0)
    #expect(JournalSink.holds(["JOURNAL_STREAM": "\(about.st_dev):\(about.st_ino)"]))
    #expect(!JournalSink.holds(["JOURNAL_STREAM": "\(about.st_dev):\(about.st_ino)1"]))
    #expect(!JournalSink.holds(["JOURNAL_STREAM": ""]))
    #expect(!JournalSink.holds([:]))
  }

  /// The ids are of messages that are written, each its own, and on the manual page.
  @Test func kindsAreOfMessagesThatThereAre() throws {
    let sources = Repository.root.appendingPathComponent("Sources/DanvanDaemon")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    let code = try #require(files).compactMap { $0 as? URL }
      .filter { $0.pathExtension == "swift" && $0.lastPathComponent != "JournalKind.swift" }
      .map { try String(contentsOf: $0, encoding: .utf8) }.joined()
    let page = try String(
      contentsOf: Repository.root.appendingPathComponent("daemon-config/man/danvand.8"),
      encoding: .utf8)
    for (message, id) in JournalKind.all {
      #expect(code.contains("\"\(message)\""), "nobody writes '\(message)'")
      #expect(id.wholeMatch(of: /[0-9a-f]{32}/) != nil)
      #expect(page.contains(id), "danvand(8) does not have the id of '\(message)'")
    }
    #expect(Set(JournalKind.all.map(\.value)).count == JournalKind.all.count)
  }

  @Test func errorsAreRemembered() {
    let log = Log(level: .error, stampsTime: false) { _ in }
    log.warning("no error", ["error": "x"])
    for number in 1...20 {
      log.error(
        "call failed",
        ["method": "S/M\(number)", "code": 13, "error": "the disk failed", "cause": "secret"])
    }
    for _ in 0..<3 { log.error("the store has a fault", ["article": 7, "reason": "its text"]) }
    let entries = log.recentErrors.all
    #expect(log.recentErrors.count == 23)
    #expect(entries.count == RecentErrors.limit)
    #expect(entries[0].message == "the store has a fault")
    #expect(entries[0].reason == "7: its text")
    #expect(entries[0].times == 3)
    #expect(entries[1].method == "S/M20")
    #expect(entries[1].reason == "the disk failed")
    #expect(entries[1].code == "13" && entries[1].times == 1)
    #expect(!entries.contains { $0.reason.contains("secret") })
  }
}

/// A datagram socket in the place of the journal's.
private final class FakeJournal {
  private let descriptor: Int32
  private let path: String

  init() throws {
    path = "/tmp/dv-journal-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array(path.utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0)
  }

  deinit {
    close(descriptor)
    unlink(path)
  }

  func sink(_ lines: Lines) throws -> JournalSink {
    try #require(JournalSink(path, otherwise: LogLines(stampsTime: false) { lines.add($0) }))
  }

  /// The fields of the next datagram, read as the protocol says; nil where there is none.
  func next() -> [String: String]? {
    var bytes = [UInt8](repeating: 0, count: 1 << 18)
    let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
    guard count >= 0 else { return nil }
    var fields: [String: String] = [:]
    var rest = bytes[..<count]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = rest[..<end]
      if let equals = line.firstIndex(of: UInt8(ascii: "=")) {
        fields[text(line[..<equals])] = text(line[(equals + 1)...])
        rest = rest[(end + 1)...]
      } else {
        let length = rest[(end + 1)...].prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        fields[text(line)] = text(rest[(end + 9)...].prefix(length))
        rest = rest[(end + 9 + length)...].dropFirst()
      }
    }
    return fields
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? "not UTF-8"
  }
}
