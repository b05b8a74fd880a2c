import DanvanMessages
import SwiftProtobuf
import Testing

@testable import dvctl

struct DiffHunksTests {
  private typealias Change = Danvan_V1_TextChange

  private static let changes: [Danvan_V1_TextChange] = [
    kept("Câu một. Câu hai. Câu ba. Ông "), gone("Lê Văn A"), new("Trần B"),
    kept(" chủ trì. Câu năm. Câu giữa. Câu sáu.\nĐoạn hai."), new("\nĐoạn ba."),
  ]
  private static func kept(_ text: String) -> Danvan_V1_TextChange { change(.kept, text) }
  private static func gone(_ text: String) -> Danvan_V1_TextChange { change(.removed, text) }
  private static func new(_ text: String) -> Danvan_V1_TextChange { change(.added, text) }
  private static func change(_ kind: Danvan_V1_TextChange.Change, _ text: String)
    -> Danvan_V1_TextChange
  {
    .with {
      $0.change = kind
      $0.text = text
    }
  }

  @Test func sentencesThatChangedStandBetweenTheirNeighbours() {
    let lines = DiffHunks(Self.changes).lines(Style(hasColor: false, width: nil))
    #expect(
      lines == [
        "@@ 18 @@", "  Câu ba.", "| Ông [-Lê Văn A-]{+Trần B+} chủ trì.", "  Câu năm.", "@@ 65 @@",
        "  Câu sáu.", "| Đoạn hai.{+¶+}", "| {+Đoạn ba.+}",
      ], "\(lines)")
  }

  @Test func noLineIsWiderThanTheTerminal() {
    let lines = DiffHunks(Self.changes).lines(Style(hasColor: false, width: 20))
    #expect(lines.allSatisfy { $0.unicodeScalars.count <= 20 }, "\(lines)")
    #expect(lines.count > 8)
  }

  @Test func rowsHoldEachChangeWithItsPlace() {
    var diff = Danvan_V1_DiffResponse()
    diff.text = Self.changes
    diff.fields = [
      .with {
        $0.field = "title"
        $0.before = "Cũ"
        $0.after = "Mới"
      }
    ]
    let report = DiffReport(id: 1, diff: diff)
    #expect(
      report.rows.map(\.compact) == [
        #"{"change":"title","before":"Cũ","after":"Mới"}"#,
        #"{"change":"text","before":"Lê Văn A","after":"Trần B","start":30}"#,
        #"{"change":"text","before":"","after":"\nĐoạn ba.","start":83}"#,
      ])
    #expect(report.json.compact.contains(#""text":"Trần B","from":[38,38],"to":[30,36]"#))
  }
}
