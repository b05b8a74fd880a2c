import DanvanExtract
import DanvanIngest
import DanvanModel
import DanvanText
import Foundation
import TestSupport
import Testing

/// No sequence of bytes traps a reader or the extractor, and every fact lies in the article it is of.
@Suite struct AnyBytesTests {
  private static let extractor = Result {
    try Extractor(RuleSet(directory: Repository.rules.path))
  }

  /// Reads bytes as a document, and its text for facts; nil where a reader says why not.
  @discardableResult
  private func check(_ bytes: [UInt8], _ kind: MediaType) throws -> Article? {
    let article: Article
    do {
      article = try Reader().read(Submission(content: bytes, mediaType: kind))
    } catch let error as DanvanError {
      #expect(error.code == .invalidArgument || error.code == .resourceExhausted)
      #expect(!error.message.isEmpty)
      return nil
    }
    #expect(!article.text.utf8.contains(0))
    let extractor = try Self.extractor.get()
    let facts = extractor.facts(in: article)
    let text = Array(article.text.utf8)
    func words(_ range: TextRange) -> String? {
      guard 0 <= range.start, range.start <= range.end, range.end <= text.count else { return nil }
      return String(validating: text[range.start..<range.end], as: UTF8.self)
    }
    for mention in facts.mentions {
      // A place covers the whole of what was written otherwise at its ends.
      let normalized = words(mention.range).map { NormalizedText($0).bytes }
      #expect(normalized?.contains(Array(mention.text.utf8)) == true, "\(mention) of \(bytes)")
    }
    let ranges =
      facts.events.map(\.range) + facts.statements.map(\.range) + facts.directives.map(\.range)
      + facts.instruments.map(\.range) + facts.campaigns.map(\.range)
      + extractor.sentences(in: article)
    for range in ranges { #expect(words(range) != nil, "\(range) of \(bytes)") }
    return article
  }

  private static let lead =
    "Sáng 12-5-2021, đồng chí Trần Văn Thử, Bí thư Huyện ủy Mây Ngàn, chủ trì hội nghị giao ban; ông yêu cầu “làm ngay”."
  private static let samples: [MediaType: String] = [
    .plainText: "Hội nghị giao ban\n\n\(lead)\nTheo TTXVN",
    .markdown: "---\ntitle: Giao ban\ndate: 2021-05-12\n---\n# Giao ban\n\n* \(lead)\n",
    .html:
      "<html><head><title>Giao ban</title><meta charset=utf-8></head><body><article><h1>Giao ban</h1><p>\(lead)</p><p>&amp; &#x1EA1;</p></article></body></html>",
    .jsonArticle:
      #"{"title": "Giao ban \u1ea1 \ud83d\ude00", "text": "\#(lead)", "date": "2021-05-12"}"#,
    .csv: "title,text,date\n\"Giao ban\",\"\(lead)\",2021-05-12\n",
    .feed:
      "<?xml version='1.0'?><rss><channel><item><title>Giao ban</title><description><![CDATA[<p>\(lead)</p>]]></description></item></channel></rss>",
    .mail:
      "Subject: =?UTF-8?Q?Giao_ban?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n\(lead)\n--b--\n",
  ]
  private static let naughty: [[UInt8]] = [
    [0], [0xff], [0xc3], [0xe1, 0xbb], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0x80],
    [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff], Array("\u{202E}\u{200B}\u{FEFF}".utf8),
    Array("\r".utf8), Array("\u{301}\u{323}".utf8), Array("<".utf8), Array("\"".utf8),
    Array("&#0;".utf8),
    Array("\\ud800".utf8), Array("]]>".utf8), Array("=?x?Q?=".utf8),
    Array("99999999999999999999".utf8),
  ]

  @Test(arguments: MediaType.allCases) func damagedDocuments(_ kind: MediaType) throws {
    let whole = Array(try #require(Self.samples[kind]).utf8)
    #expect(try check(whole, kind) != nil)
    var random = SplitMix(seed: 4)
    for _ in 0..<150 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place...)
        case 2:
          bytes.insert(contentsOf: Self.naughty.randomElement(using: &random) ?? [], at: place)
        case 3: bytes.insert(contentsOf: whole[place % whole.count..<whole.count], at: place)
        default: bytes.remove(at: place)
        }
      }
      try check(bytes, kind)
    }
  }

  @Test(arguments: MediaType.allCases) func bytesOfNoKind(_ kind: MediaType) throws {
    var random = SplitMix(seed: 5)
    for length in 0..<120 {
      try check((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }, kind)
    }
  }

  /// Every text that ends within a scalar is refused and not mended.
  @Test func truncatedUTF8() throws {
    let whole = Array("\u{FEFF}\(Self.lead)".utf8)
    for end in 3..<whole.count {
      let isWhole = String(validating: whole[..<end], as: UTF8.self) != nil
      let article = try check(Array(whole[..<end]), .plainText)
      #expect(isWhole || article == nil, "a text cut at \(end) was read")
    }
  }

  @Test(arguments: [true, false]) func surrogatesOfUTF16(isLittle: Bool) throws {
    func bytes(_ units: [UInt16]) -> [UInt8] {
      units.flatMap { unit -> [UInt8] in
        let pair = [UInt8(truncatingIfNeeded: unit >> 8), UInt8(truncatingIfNeeded: unit)]
        return isLittle ? pair.reversed() : pair
      }
    }
    let units = Array("\u{FEFF}Họp 😀 bàn về dân vận.".utf16)
    #expect(try check(bytes(units), .plainText)?.text == "Họp 😀 bàn về dân vận.")
    for (place, unit) in units.enumerated() where unit & 0xF800 == 0xD800 {
      var halved = units
      halved.remove(at: place)
      #expect(try check(bytes(halved), .plainText) == nil, "half a pair was read")
    }
    for half: UInt16 in [0xD800, 0xDBFF, 0xDC00, 0xDFFF] {
      #expect(try check(bytes(units + [half]), .plainText) == nil, "half a pair was read")
    }
    #expect(try check(bytes(units) + [0x41], .plainText) == nil, "half a unit was read")
  }

  @Test func randomScalars() throws {
    var random = SplitMix(seed: 6)
    for _ in 0..<150 {
      var text = String.UnicodeScalarView()
      for _ in 0..<200 {
        let plane: UInt32 = Bool.random(using: &random) ? 0x500 : 0x11_0000
        if let scalar = Unicode.Scalar(UInt32.random(in: 1..<plane, using: &random)) {
          text.append(scalar)
        }
      }
      try check(Array((String(text) + " " + Self.lead).utf8), .plainText)
    }
  }
}
