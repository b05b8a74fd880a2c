import DanvanText
import Testing

@Suite struct LayoutTests {
  static let cues: LayoutCues = {
    var cues = LayoutCues()
    for word in ["TP", "TS", "Tr"] { cues.add(word, as: .abbreviation) }
    for phrase in ["Quang cảnh", "Ảnh tư liệu"] { cues.add(phrase, as: .captionOpener) }
    cues.add("Ảnh", as: .photoCredit)
    cues.add("Theo", as: .attributionOpener)
    cues.add("Từ khóa", as: .keywordOpener)
    for word in ["ngày", "tháng", "năm"] { cues.add(word, as: .dateWord) }
    return cues
  }()

  /// Each sentence of a paragraph between bars.
  @Test(arguments: [
    "Một câu. | Hai câu? | Ba!", "Còn khó khăn.| Tuy nhiên, đã khá.",
    "Đạt 3.000 tấn. | Năm 2017. | Xong.",
    "Tại TP. Hà Nội và TP.HCM. | Sau đó về.", "TS. Lê Thử cho biết. | Ông nói.",
    "Ông X.Linh và bà Y. Thử dự. | Hết.", "Vào ngày 26.3 tại xã. | Rồi về.",
    "Ông hỏi: “Sao vậy? Có được không? Tôi chưa rõ lắm.” | Bà đáp.",
    "“Làm ngay. Không chờ!” - Ông nói. | Bà nghe.", "Ông nói:\"Một. Hai. Ba\", rồi về. | Hết.",
    "Có nhiều việc… | Tuy nhiên, chưa xong... và còn nữa.", "1. Công tác dân vận. | 2. Việc khác.",
    "Ông Thử (sinh năm 1960. Quê Hà Nội) dự. | Hết.", "Họp tại SLD.| Sau đó về.",
    "Ông làm ở Thanh Hóa.| Cũng trong chiều đó, họp.", "Gặp Ths.Thử và Tp.Vinh. | Hết.",
    "Đủ cả v.v. | Rồi về.",
    "Dân nghe. | Ảnh: H.H. | Tại buổi họp, dân hỏi.",
    "Dân nghe. | Ảnh: THỬ MẪU | Báo cáo về việc này, ông nói.",
    "Dân nghe. | (Ảnh: Thử Văn/TTXVN) | Tại đó, dân hỏi.",
    "Việc này (nay đã xong). | Việc kia thì chưa.", "Ông hỏi có “đúng” không. | “Đúng!”, bà đáp.",
    "Ông nói tại hội thảo|Thống nhất với ông, bà đáp. | Hết.",
    "Giá 1,5 lần. | 30 nhà mới.", "Ông bảo \"thôi. | Bà bảo không.",
  ])
  func sentences(_ marked: String) {
    let expected = marked.split("|").map { $0.trimmed }
    let glued = marked.replacing(" |", with: "").replacing("|", with: "")
    let text = "Tin trong ngày\nMở đầu.\n" + glued + "\nCâu cuối của bài."
    let tokens = Tokens(NormalizedText(text))
    let layout = Layout(tokens, headlineGiven: false, cues: Self.cues)
    let found = layout.sentences.filter { $0.paragraph == 2 }.map { tokens.string($0.tokens) }
    #expect(found.map { $0.trimmed } == expected.map { $0.replacing(" |", with: "") })
  }

  /// Lines with the zones that their pieces must have.
  @Test(arguments: [
    [
      ("Đổi mới công tác dân vận", "headline"), ("Chiều 26-3, ông Lê Thử dự họp.", "lead"),
      ("Quang cảnh hội nghị.", "caption"), ("Hội nghị bàn hai việc.", "body"),
      ("Phúc Hằng (TTXVN)", "byline"),
    ],
    [
      ("Đó là chỉ đạo của ông Lê Thử sáng nay 28/4.", "lead"), ("", ""),
      ("Ông nói hai việc.", "body"),
      ("Theo Tuổi trẻ Thủ đô", "attribution"),
    ],
    [
      ("Bàn về nhà ở", "headline"), ("(NLĐO)- Sáng nay, ông dự.", "dateline lead"),
      ("Giá là 45m2. LÊ THỬ - HỒNG MẪU", "body byline"),
    ],
    [("Bàn về nhà ở", "headline"), ("TT - Sáng nay, ông dự.", "dateline lead"), ("Hết.", "body")],
    [
      ("Bàn về nhà ở", "headline"),
      ("Hà Nội, ngày 26-3 (TTXVN) – Sáng nay, ông dự.", "dateline lead"),
      ("Hết.", "body"),
    ],
    [
      ("Bàn về nhà ở", "headline"), ("Hà Nội, ngày 26 tháng 3 năm 2021", "dateline"),
      ("Sáng nay, ông dự.", "lead"), ("Hết.", "body"),
    ],
    [("Bàn về nhà ở", "headline"), ("(TNO) Hôm nay, ông dự.", "dateline lead"), ("Hết.", "body")],
    [
      ("Hội đàm cấp cao", "headline"), ("Ngày 27 – 5, tại Hà Nội, Đoàn họp.", "lead"),
      ("Hết.", "body"),
    ],
    [
      ("Bàn về nhà ở", "headline"), ("Sáng nay, ông dự.", "lead"),
      ("Ông dự họp. Ảnh: H.H.", "caption"),
      ("Hết bài. (Ảnh tư liệu) Sau này thì khác.", "body caption body"),
      ("27/05/13 11:00 GMT+7", "dateline"),
      ("Xã hội", "keywords"), ("Từ Liêm,Cải cách hành chính,Nhận thức", "keywords"),
      ("KTĐT", "attribution"),
    ],
    [
      ("Bàn về nhà ở", "headline"), ("Lê Thử", "byline"), ("Sáng nay, ông dự.", "lead"),
      ("Từ khóa: nhà ở", "keywords"),
    ],
    [("Một dòng duy nhất không có chấm", "lead")],
  ])
  func zones(_ lines: [(text: String, zones: String)]) {
    let tokens = Tokens(NormalizedText(lines.map(\.text).joined(separator: "\n")))
    let layout = Layout(tokens, headlineGiven: false, cues: Self.cues)
    var found: [Int: [String]] = [:]
    for sentence in layout.sentences {
      found[sentence.paragraph, default: []].append("\(sentence.zone)")
    }
    let expected = lines.filter { !$0.text.isEmpty }.map(\.zones)
    #expect(found.sorted { $0.key < $1.key }.map { $0.value.joined(separator: " ") } == expected)
    #expect(layout.hasHeadline == (expected.first == "headline"))
  }

  @Test func aGivenHeadlineIsTheFirstParagraphWhateverItsShape() {
    let tokens = Tokens(NormalizedText("Họp xong rồi.\nSáng nay, ông dự."))
    #expect(Layout(tokens, headlineGiven: true).sentences.map(\.zone) == [.headline, .lead])
    #expect(Layout(tokens, headlineGiven: false).sentences.map(\.zone) == [.lead, .body])
  }

  @Test(arguments: TokensTests.naughty)
  func sentencesAreInOrderAndHoldEveryVisibleToken(_ string: String) {
    let tokens = Tokens(NormalizedText(string + "\n" + string + ". A " + string))
    for given in [false, true] {
      let layout = Layout(tokens, headlineGiven: given, cues: Self.cues)
      let held = layout.sentences.flatMap { Array($0.tokens) }
      #expect(held == tokens.indices.filter { tokens[$0].kind != .newline })
    }
  }
}

extension String {
  var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  func replacing(_ part: String, with other: String) -> String {
    var rest = self[...]
    var output = ""
    while let first = rest.first {
      if rest.hasPrefix(part) {
        output += other
        rest = rest.dropFirst(part.count)
      } else {
        output.append(first)
        rest = rest.dropFirst()
      }
    }
    return output
  }
}
