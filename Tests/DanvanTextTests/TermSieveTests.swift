import Foundation
import Testing

@testable import DanvanText

@Suite struct TermSieveTests {
  private func lets(_ text: String, _ terms: [String]) -> Bool {
    var text = text
    let sieve = TermSieve(terms.map { Array($0.utf8) })
    return text.withUTF8 { sieve.lets(through: $0) }
  }

  /// The terms that stand by themselves.
  private func terms(of text: String) -> [[UInt8]] {
    var terms: [[UInt8]] = []
    var text = text
    text.withUTF8 { bytes in
      VietnameseSearchTokenizer().forEachTerm(in: bytes, joiningCapitals: false) { term, _, _ in
        terms.append(Array(term))
        return true
      }
    }
    return terms
  }

  @Test(arguments: [
    "Hoà bình, HÒA BÌNH và hòa-bình; thuý/thúy (quý, quí, qúy) kỳ kì lý",
    "Ðảng uỷ Đảng đã ÐẢNG ₫ đồng 3,2 tỷ m2 05-CT/TW 26-3",
    "“Vận động” – nhân dân… nguyễn\u{00A0}Văn\u{200B}An d\u{00E2}n\u{00AD}vận",
    "Müller São Citroën straße İstanbul Ωmega Москва 東京 e\u{301}te\u{302}\u{301}",
    "vi\u{1EC7}t thuye\u{302}\u{301}n KHU\u{1ED0}N N\u{1EF3}",
  ])
  func everyTermOfATextPassesInEverySpelling(_ text: String) {
    let found = terms(of: text)
    #expect(found.count > 3)
    for form in [text, text.decomposedStringWithCanonicalMapping, text.uppercased()] {
      for term in terms(of: form) {
        var form = form
        #expect(
          form.withUTF8 { TermSieve([term]).lets(through: $0) },
          "\(String(decoding: term, as: UTF8.self)) in \(form)")
      }
    }
    for term in found {
      var decomposed = text.decomposedStringWithCanonicalMapping
      #expect(decomposed.withUTF8 { TermSieve([term]).lets(through: $0) })
    }
  }

  @Test func whatHasNoneIsHeldBack() {
    #expect(!lets("Hội nghị tổng kết công tác dân vận.", ["đoàn", "trường"]))
    #expect(!lets("vận vậ vạnn", ["vạn1"]))
    #expect(!lets("", ["a"]))
    #expect(!lets("bất cứ gì", []))
    #expect(lets("một (hai), ba", ["hai"]))
    #expect(lets("đoàn", ["đàn", "đoàn"]))
  }
}
