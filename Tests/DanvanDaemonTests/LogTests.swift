import Synchronization
import Testing

@testable import DanvanDaemon

@Suite struct LogTests {
  @Test func oneLineARecordWithItsPriority() {
    let lines = Lines()
    let log = Log(level: .info, stampsTime: false) { lines.add($0) }
    log.info("article added", ["id": 7, "peer_uid": 1000, "label": "tin tức.txt"])
    log.debug("not written")
    log.error("a\nb", ["cause": "say \"no\"\u{1B}[31m", "empty": ""])
    #expect(
      lines.text == """
        <6>msg="article added" id=7 peer_uid=1000 label="tin tức.txt"
        <3>msg="a\\nb" cause="say \\"no\\"\\u{1b}[31m" empty=""

        """)
  }

  @Test func longValuesAreCut() {
    let quoted = LogLines.quoted(String(repeating: "ế", count: 5000))
    #expect(quoted.utf8.count < 1100)
    #expect(quoted.hasSuffix("…\""))
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"),
      (1_616_748_245_250_999_999, "2021-03-26T08:44:05.250Z"),
      (-1, "1969-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func timestamps(_ nanoseconds: Int64, text: String) {
    #expect(Timestamp(nanoseconds: nanoseconds).description == text)
  }
}

final class Lines: Sendable {
  private let bytes = Mutex<[UInt8]>([])
  func add(_ line: [UInt8]) { bytes.withLock { $0 += line } }
  var text: String { bytes.withLock { String(validating: $0, as: UTF8.self) ?? "not UTF-8" } }
}
