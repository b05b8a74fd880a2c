import DanvanMessages
import SwiftProtobuf
import Testing

@testable import dvctl

/// What the daemon's last errors look like to people and to programs.
struct StatusTests {
  private var status: Danvan_V1_StatusResponse {
    .with {
      $0.errorCount = 4
      $0.lastErrors = [
        .with {
          $0.time = "2026-11-28T10:00:00.000Z"
          $0.message = "call failed"
          $0.method = "danvan.v1.Corpus/Ingest"
          $0.code = 8
          $0.reason = "storage full\u{1B}[31m"
          $0.times = 3
        },
        .with {
          $0.time = "2026-11-28T09:00:00.000Z"
          $0.message = "reload failed"
          $0.reason = "danvand.toml:2: unknown key"
          $0.times = 1
        },
      ]
    }
  }

  @Test func lastErrorsForPeople() {
    let lines = Status.report(status).lines(Style(hasColor: false, width: nil))
      .filter { $0.hasPrefix("last errors") }
    #expect(lines.count == 2)
    #expect(
      lines[0].hasSuffix(
        "2026-11-28T10:00:00.000Z, call failed, danvan.v1.Corpus/Ingest, code 8, 3 times: storage full [31m"
      ))
    #expect(
      lines[1].hasSuffix("2026-11-28T09:00:00.000Z, reload failed: danvand.toml:2: unknown key"))
  }

  @Test func lastErrorsForPrograms() {
    let json = Status.report(status).json.compact
    #expect(json.contains(#""error_count":4"#))
    #expect(json.contains(#""method":"danvan.v1.Corpus/Ingest","code":8,"reason":"storage full"#))
    #expect(
      json.contains(#""message":"reload failed","reason":"danvand.toml:2: unknown key","times":1}"#)
    )
    #expect(Status.report(.init()).json.compact.contains(#""last_errors":[]"#))
  }
}
