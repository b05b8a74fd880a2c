import DanvanText
import Testing

@Suite struct SearchTokenizerTests {
  /// Terms in order; a colocated term after `=`.
  @Test(arguments: [
    ("Hoà bình, HÒA bình", "hòa bình hòa bình"), ("kỳ quý thuỷ", "kì quí thủy"),
    ("ngoài xoáy khuỷu", "ngoài xoáy khuỷu"),
    ("\u{D0}ảng", "đảng"), ("dân vận", "dân vận"), ("TP.HCM", "tp hcm=tphcm"),
    ("TP. HCM", "tp hcm=tphcm"),
    ("05-CT/TW", "05 ct tw=cttw"), ("VH-TT-DL", "vh tt=vhtt dl=vhttdl"), ("Covid-19", "covid 19"),
    ("26-3", "26 3"), ("3,2 tỷ", "3 2 tỉ"), ("45m2", "45m2"), ("Đại hội XIII", "đại hội xiii"),
    ("Élysée José", "élysée josé"), ("LÊ PHONG - HỒNG ĐÀO", "lê phong hồng đào"),
    ("a “b” …", "a b"),
    ("", ""), ("gìn giữ giếng", "gìn giữ giếng"), ("Nghĩa nghiêng", "nghĩa nghiêng"),
  ])
  func terms(_ text: String, _ expected: String) {
    #expect(Self.terms(of: text, joining: true) == expected)
  }

  @Test func queriesAreNotJoined() {
    #expect(Self.terms(of: "TP.HCM", joining: false) == "tp hcm")
  }

  @Test func rangesPointIntoTheGivenBytes() {
    let text = "\u{FEFF}da\u{302}n va\u{323}\u{302}n TP. HCM"
    var pieces: [String] = []
    var bytes = Array(text.utf8)
    bytes.withUnsafeMutableBufferPointer { buffer in
      let copy = Array(buffer)
      VietnameseSearchTokenizer().forEachTerm(
        in: UnsafeBufferPointer(buffer), joiningCapitals: true
      ) {
        pieces.append(String(decoding: copy[$1], as: UTF8.self) + ($2 ? "=" : ""))
        return true
      }
    }
    #expect(pieces == ["dân", "vận", "TP", "HCM", "TP. HCM="])
  }

  @Test func stopsWhenTold() {
    var count = 0
    let bytes = Array("một hai ba".utf8)
    bytes.withUnsafeBufferPointer {
      VietnameseSearchTokenizer().forEachTerm(in: $0, joiningCapitals: true) { _, _, _ in
        count += 1
        return count < 2
      }
    }
    #expect(count == 2)
  }

  @Test func bytesThatAreNotUTF8DoNotTrap() {
    for bytes in [[0xFF, 0x41], [0xE1], [0xE1, 0xBA], [0x61, 0xCC], [0xF0, 0x9F, 0x98], [0x80]]
      as [[UInt8]]
    {
      bytes.withUnsafeBufferPointer {
        VietnameseSearchTokenizer().forEachTerm(in: $0, joiningCapitals: true) { _, _, _ in true }
      }
    }
  }

  @Test(arguments: [
    ("đường", "duong"), ("Đà Nẵng", "da nang"), ("Da\u{300} Na\u{306}\u{303}ng", "da nang"),
    ("\u{D0}ảng", "dang"),
    ("Élysée ñ Łódź", "elysee n lodz"), ("n\u{303}", "n"), ("TP.HCM 26-3", "tp.hcm 26-3"),
    ("漢", "漢"),
    ("ƯỚC", "uoc"), ("Straße", "strasse"),
  ])
  func plain(_ text: String, _ expected: String) {
    #expect(Array(plainForm(text).utf8) == Array(expected.utf8))
    let bytes = Array(text.utf8)
    let plain = bytes.withUnsafeBufferPointer { VietnameseSearchTokenizer().plainForm(of: $0) }
    #expect(plain == Array(expected.utf8))
  }

  @Test(arguments: [
    ("dân vận", 7), ("da\u{302}n va\u{323}\u{302}n", 7), ("", 0), ("漢字", 4), ("👍", 2),
    ("a\u{200B}b", 2),
    ("Ｔ", 2), ("“…”", 3), ("\u{1B}[0m", 3), ("ก็", 1),
  ])
  func width(_ text: String, _ columns: Int) { #expect(displayWidth(text) == columns) }

  static func terms(of text: String, joining: Bool) -> String {
    var output = ""
    let bytes = Array(text.utf8)
    bytes.withUnsafeBufferPointer {
      VietnameseSearchTokenizer().forEachTerm(in: $0, joiningCapitals: joining) {
        term, _, colocated in
        if !output.isEmpty { output += colocated ? "=" : " " }
        output += String(decoding: term, as: UTF8.self)
        return true
      }
    }
    return output
  }
}
