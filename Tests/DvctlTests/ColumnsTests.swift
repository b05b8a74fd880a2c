import DanvanText
import Testing

@testable import dvctl

/// The same words composed and decomposed must take the same columns.
struct ColumnsTests {
  private static let composed = "Huế, dân vận"
  private static let decomposed = "Hue\u{302}\u{301}, da\u{302}n va\u{323}\u{302}n"

  @Test(arguments: [
    ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("", 0, ""), ("a", 0, ""), ("a", 1, "a"),
    ("ab", 1, "…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
    (composed, 4, "Huế…"), (decomposed, 4, "Hue\u{302}\u{301}…"),
    (decomposed, 12, decomposed), (decomposed, 11, "Hue\u{302}\u{301}, da\u{302}n v…".self),
  ])
  func cuts(_ text: String, _ width: Int, _ expected: String) {
    let cut = text.cut(to: width)
    #expect(displayWidth(cut) <= width)
    if width < 11 || text != Self.decomposed {
      #expect(Array(cut.utf8) == Array(expected.utf8), "\(cut)")
    }
  }

  @Test func padsByColumnsNotByScalars() {
    #expect(displayWidth(Self.composed.padded(to: 20)) == 20)
    #expect(displayWidth(Self.decomposed.padded(to: 20)) == 20)
    #expect(displayWidth(Self.decomposed.paddedLeft(to: 20)) == 20)
    #expect("abc".padded(to: 2) == "abc")
  }

  @Test func makesControlCharactersHarmless() {
    #expect("a\u{1B}[31mb\u{9B}c\u{202E}d\ne".printable == "a [31mb c d e")
    #expect("Huế".printable == "Huế")
  }

  private func table() -> Table {
    var table = Table([
      Table.Column(name: Localized(verbatim: "ID"), side: .right),
      Table.Column(name: Localized(verbatim: "SOURCE"), least: 6),
      Table.Column(name: Localized(verbatim: "TITLE"), least: 10),
    ])
    table.rows = [
      ["7", "Báo Thử", Self.composed], ["12", "Báo Thử", Self.decomposed], ["120", "", "ngắn"],
    ]
    return table
  }

  @Test func alignsColumns() {
    #expect(
      table().lines(Style(hasColor: false, width: nil)).map { Array($0.utf8) }
        == [
          " ID  SOURCE   TITLE", "  7  Báo Thử  \(Self.composed)",
          " 12  Báo Thử  \(Self.decomposed)",
          "120           ngắn",
        ].map { Array($0.utf8) })
  }

  @Test(arguments: [20, 22, 25, 26, 80])
  func keepsWithinTheTerminal(_ width: Int) {
    for line in table().lines(Style(hasColor: false, width: width)) {
      #expect(displayWidth(line) <= width)
    }
  }

  @Test func whereNoTableFitsEachRowIsARecord() {
    var table = table()
    table.rows[1] = ["12", "", "một hai ba bốn năm sáu"]
    #expect(
      Array(table.lines(Style(hasColor: false, width: 20)).dropFirst(4).prefix(3)) == [
        "ID      12", "TITLE   một hai ba", "        bốn năm sáu",
      ])
  }

  @Test func colorsDoNotCount() {
    let plain = table().lines(Style(hasColor: false, width: 30))
    let painted = table().lines(Style(hasColor: true, width: 30))
    #expect(painted.map(strip) == plain)
  }

  private func strip(_ text: String) -> String {
    text.split(separator: "\u{1B}[").enumerated().map { number, part in
      number == 0 && !text.hasPrefix("\u{1B}[") ? part : part.drop { $0 != "m" }.dropFirst()
    }.joined()
  }

  @Test(
    arguments: [
      (false, nil, nil, false), (true, nil, nil, true), (true, "", nil, true),
      (true, "1", nil, false), (true, nil, "dumb", false),
    ] as [(Bool, String?, String?, Bool)])
  func heedsNoColor(_ isTerminal: Bool, _ noColor: String?, _ term: String?, _ expected: Bool) {
    #expect(
      Style.wantsColor(.auto, isTerminal: isTerminal, noColor: noColor, term: term) == expected)
    #expect(Style.wantsColor(.always, isTerminal: isTerminal, noColor: noColor, term: term))
    #expect(!Style.wantsColor(.never, isTerminal: isTerminal, noColor: noColor, term: term))
  }
}
