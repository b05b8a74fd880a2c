import Testing

@testable import DanvanText

@Suite struct TypingResidueTests {
  @Test(arguments: [
    ("daan", ["dân"]), ("vaanj", ["vận"]), ("va65n", ["vận"]), ("dduowngf", ["đường"]),
    ("dduwowngf", ["đường"]), ("d9u7o72ng", ["đường"]), ("nguowif", ["người"]),
    ("truwowngf", ["trường"]), ("hoaf", ["hòa"]), ("hoa2", ["hòa"]), ("tieengs", ["tiếng"]),
    ("quys", ["quí"]), ("w", ["ư"]), ("dan", []), ("xa", []), ("xas", ["xá"]), ("covid19", []),
    ("dân", []), ("zzzz", []), ("", []), ("2", []),
  ])
  func readsWhatTheKeysWouldHaveWritten(typed: String, expected: [String]) {
    #expect(
      TypingResidue.readings(of: typed).map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }
}

@Suite struct VietnameseOrderTests {
  @Test func sortsAsDictionariesDo() {
    let sorted = [
      "", "“z”", "1", "an", "An", "án", "ăn", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "ca", "da",
      "dân",
      "dân vận", "đa", "đá", "e", "ê", "o", "ô", "ơ", "u", "ư", "xa", "z", "市",
    ]
    #expect(sorted.reversed().sorted(by: VietnameseOrder.precedes) == sorted)
    #expect(VietnameseOrder.key("hòa") == VietnameseOrder.key("ho\u{300}a"))
    #expect(VietnameseOrder.precedes("Café", "Cát"))
    // By letters first, through the whole text; then by tones, then by capitals.
    let same = [
      "hoi nghi TINH", "hoi nghị tinh", "hội nghi tinh", "hội nghị tinh", "Hội Nghị Tinh",
    ]
    #expect(
      same.reversed().sorted(by: VietnameseOrder.precedes) == ["hoi nghi TINH", "hoi nghị tinh"]
        + same[2...])
    #expect(VietnameseOrder.precedes("Köln an", "kolN ân"))
  }
}
