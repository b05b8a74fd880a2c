import DanvanText
import Testing

struct DiffTests {
  /// As dvctl shows it without colour.
  private func marked(_ old: String, _ new: String) -> String {
    TextDiff(from: old, to: new).stretches.map { stretch in
      switch stretch.change {
      case .kept: stretch.text
      case .removed: "[-\(stretch.text)-]"
      case .added: "{+\(stretch.text)+}"
      }
    }.joined()
  }

  @Test(arguments: [
    ("", "", ""), ("a", "a", "a"), ("", "a", "{+a+}"), ("a", "", "[-a-]"),
    ("Ông An dự họp.", "Ông Bình dự họp.", "Ông [-An-]{+Bình+} dự họp."),
    (
      "Ông Nguyễn Văn An dự họp.", "Ông Trần Thị Bình dự họp.",
      "Ông [-Nguyễn Văn An-]{+Trần Thị Bình+} dự họp."
    ),
    ("Một. Hai. Ba.", "Một. Ba.", "Một. [-Hai. -]Ba."),
    ("Một. Ba.", "Một. Hai. Ba.", "Một. {+Hai. +}Ba."),
    ("ngày 26/3/2021", "ngày 27/3/2021", "ngày [-26-]{+27+}/3/2021"),
    ("một hai ba", "hai ba bốn", "[-một -]hai ba{+ bốn+}"),
  ])
  func showsWords(_ old: String, _ new: String, _ expected: String) {
    #expect(marked(old, new) == expected)
  }

  @Test func keepsBothTextsWhole() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      func text() -> String {
        (0..<Int.random(in: 0...30, using: &random)).map { _ in
          ["một", "hai", "ba", " ", " ", ". ", "\n", "đ", ","].randomElement(using: &random)!
        }.joined()
      }
      let (old, new) = (text(), text())
      let stretches = TextDiff(from: old, to: new).stretches
      let kept = stretches.filter { $0.change != .added }.map(\.text).joined()
      let made = stretches.filter { $0.change != .removed }.map(\.text).joined()
      #expect(Array(kept.utf8) == Array(old.utf8))
      #expect(Array(made.utf8) == Array(new.utf8))
    }
  }

  @Test func findsTheShortestScriptOfSmallInputs() {
    var random = SystemRandomNumberGenerator()
    func longest(_ a: [Int], _ b: [Int]) -> Int {
      var row = [Int](repeating: 0, count: b.count + 1)
      for x in a {
        var diagonal = 0
        for (j, y) in b.enumerated() {
          let above = row[j + 1]
          row[j + 1] = x == y ? diagonal + 1 : max(above, row[j])
          diagonal = above
        }
      }
      return row[b.count]
    }
    for _ in 0..<500 {
      // Two items many times over, between ends of their own: nothing to trim and no anchor, so that
      // Myers does it all.
      let a = [9] + (0..<30).map { _ in Int.random(in: 0...1, using: &random) } + [8]
      let b = [7] + (0..<30).map { _ in Int.random(in: 0...1, using: &random) } + [6]
      let matches = SequenceDiff(a, b).matches
      #expect(matches.allSatisfy { a[$0.a..<$0.a + $0.count] == b[$0.b..<$0.b + $0.count] })
      #expect(matches.reduce(0) { $0 + $1.count } == longest(a, b))
    }
  }

  /// Two long texts without a sentence in common, and one with a word changed in every sentence.
  @Test func longTextsEnd() {
    let old = (0..<20_000).map { "Câu số \($0) nói về việc \($0 % 7). " }.joined()
    let new = (0..<20_000).map { "Câu số \($0) nói về chuyện \($0 % 7). " }.joined()
    let changes = TextDiff(from: old, to: new).stretches
    #expect(changes.contains { $0.change == .kept })
    let other = (0..<20_000).map { "x\($0 &* 7919) " }.joined()
    #expect(!TextDiff(from: old, to: other).stretches.isEmpty)
  }
}
