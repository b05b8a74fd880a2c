import DanvanExtract
import DanvanModel
import DanvanStore
import FoundationEssentials
import TestSupport
import Testing

@testable import DanvanService

/// Who held a post that an article names alone, by what other articles say: made-up articles, read by the shipped
/// rules.
@Suite struct IncumbentTests {
  private let folder: TemporaryDirectory
  private let desk: Desk

  init() throws {
    folder = try TemporaryDirectory()
    desk = try Desk(stateDirectory: folder.path, engine: Self.engine.get())
  }

  private static let engine = Result {
    try Engine(RuleSet(directory: Repository.rules.path), meter: WorkMeter())
  }

  /// Each text is of its own, so that none is a copy of another.
  private static let fillers = [
    "Hội nghị bàn về công tác dân vận ở các xã vùng cao, nơi đồng bào còn nhiều khó khăn.",
    "Trời mưa lớn từ sáng sớm, nhiều tuyến đường ngoại thành ngập sâu, giao thông bị chia cắt.",
    "Sản lượng lúa vụ này tăng khá so với cùng kỳ, giá thu mua ổn định ở mức cao.",
    "Trường mới gồm hai mươi phòng học khang trang, sân chơi rộng và nhà đa năng cho học sinh.",
    "Lễ hội thu hút hàng vạn du khách thập phương đến dâng hương, xem múa rối và đua thuyền.",
    "Tuyến cáp quang mới giúp người dân các thôn bản xa xôi truy cập mạng nhanh hơn trước nhiều.",
    "Bệnh viện tiếp nhận lô thiết bị hiện đại phục vụ chẩn đoán sớm các bệnh về tim mạch.",
    "Làng nghề gốm hơn ba trăm năm tuổi đang tìm đường xuất khẩu sang các thị trường khó tính.",
  ]

  @discardableResult
  private func add(_ day: String, _ text: String) throws -> ArticleID {
    let filler = Self.fillers[Int(try desk.status().articles) % Self.fillers.count]
    let submission = Submission(
      content: Array("\(text)\n\(filler)\n".utf8), mediaType: .plainText,
      published: PartialDate(day))
    return try #require(try desk.ingest([submission]).first).get().id
  }

  @discardableResult
  private func hold(_ day: String, _ name: String, _ post: String = "Bí thư Thành ủy Hà Nội")
    throws -> ArticleID
  {
    try add(day, "\(post) \(name) đến thăm các gia đình chính sách.")
  }

  @discardableResult
  private func ask(_ day: String, _ post: String = "Bí thư Thành ủy Hà Nội") throws -> ArticleID {
    try add(day, "\(post) yêu cầu các sở báo cáo kết quả.")
  }

  private func names(_ article: ArticleID) throws -> [String] {
    try desk.incumbents(in: article).map(\.person.name)
  }

  @Test func whoHeldThePostBeforeAndAfterIsTold() throws {
    let first = try hold("2021-01-10", "Phạm Hữu Thử")
    let asked = try ask("2021-02-20")
    #expect(try names(asked) == [])
    let second = try hold("2021-04-15", "Phạm Hữu Thử")
    let found = try #require(try desk.incumbents(in: asked).first)
    #expect(found.person.name == "Phạm Hữu Thử")
    #expect(found.title.text == "Bí thư Thành ủy Hà Nội")
    #expect(found.post == "Bí thư Thành ủy Hà Nội")
    #expect(found.day.description == "2021-02-20")
    #expect(found.sources.map(\.article) == [first, second])
    #expect(found.articles == 2)
    // The article's own facts stay as they are.
    let facts = try #require(try desk.article(asked, parts: [.facts]).facts)
    #expect(facts.directives.map(\.issuer) == ["Bí thư Thành ủy Hà Nội"])
    #expect(facts.mentions.allSatisfy { $0.holder == nil } && facts.positions.isEmpty)
  }

  @Test func aShortTitleMeansTheBodyThatTheArticleNames() throws {
    try hold("2021-01-10", "Phạm Hữu Thử")
    try hold("2021-03-15", "Phạm Hữu Thử")
    let asked = try add(
      "2021-02-20", "Thành ủy Hà Nội họp sáng nay. Bí thư Thành ủy yêu cầu các sở báo cáo.")
    #expect(try desk.incumbents(in: asked).map(\.post) == ["Bí thư Thành ủy Hà Nội"])
    #expect(try names(asked) == ["Phạm Hữu Thử"])
    let alone = try add("2021-02-21", "Bí thư Thành ủy yêu cầu các quận kiểm tra.")
    #expect(try names(alone) == [])
  }

  @Test func abbreviationsAreWrittenOut() throws {
    try hold("2021-01-10", "Phạm Hữu Thử", "Chủ tịch UBND tỉnh Sơn La")
    try hold("2021-03-15", "Phạm Hữu Thử", "Chủ tịch Ủy ban nhân dân tỉnh Sơn La")
    #expect(try names(ask("2021-02-20", "Chủ tịch UBND tỉnh Sơn La")) == ["Phạm Hữu Thử"])
    try hold("2021-01-10", "Lê Văn Mẫu", "Chủ tịch UBND TP Hà Nội")
    try hold("2021-03-15", "Lê Văn Mẫu", "Chủ tịch UBND thành phố Hà Nội")
    #expect(
      try names(ask("2021-02-20", "Chủ tịch Ủy ban nhân dân thành phố Hà Nội")) == ["Lê Văn Mẫu"])
  }

  @Test func aChangeBetweenLeavesItOpen() throws {
    try hold("2021-01-10", "Phạm Hữu Thử")
    try hold("2021-01-12", "Phạm Hữu Thử")
    try hold("2021-03-15", "Lê Văn Mẫu")
    try hold("2021-03-20", "Lê Văn Mẫu")
    #expect(try names(ask("2021-02-20")) == [])
    #expect(try names(ask("2021-01-11")) == ["Phạm Hữu Thử"])
    #expect(try names(ask("2021-03-17")) == ["Lê Văn Mẫu"])
  }

  @Test func twoAtATimeAreNobody() throws {
    try hold("2021-01-10", "Phạm Hữu Thử")
    try hold("2021-02-01", "Lê Văn Mẫu")
    try hold("2021-02-03", "Lê Văn Mẫu")
    try hold("2021-04-15", "Phạm Hữu Thử")
    #expect(try names(ask("2021-02-02")) == [])
    #expect(try names(ask("2021-03-20")) == [])
    // One article alone is outvoted by five, whatever it says.
    try hold("2021-05-01", "Vũ Thị Ví", "Chủ tịch UBND tỉnh Lâm Đồng")
    for day in ["2021-04-03", "2021-04-05", "2021-04-20", "2021-05-20", "2021-05-22"] {
      try hold(day, "Hoàng Minh Thí", "Chủ tịch UBND tỉnh Lâm Đồng")
    }
    #expect(try names(ask("2021-05-02", "Chủ tịch UBND tỉnh Lâm Đồng")) == ["Hoàng Minh Thí"])
  }

  @Test func farAwayOrOnOneSideIsNotEnough() throws {
    try hold("2020-01-10", "Phạm Hữu Thử")
    try hold("2021-12-15", "Phạm Hữu Thử")
    #expect(try names(ask("2021-02-20")) == [])
    try hold("2022-01-05", "Phạm Hữu Thử")
    let after = try ask("2022-01-20")
    #expect(try names(after) == [])
    // Three of them, the nearest within a month, are enough.
    try hold("2022-01-06", "Phạm Hữu Thử")
    #expect(try names(after) == ["Phạm Hữu Thử"])
    #expect(try names(ask("2022-03-20")) == [])
    // And no longer, once somebody else is seen.
    try hold("2022-02-01", "Lê Văn Mẫu")
    #expect(try names(after) == [])
  }

  @Test func copiesOfOneTextAreOneArticle() throws {
    let text = "Bí thư Thành ủy Hà Nội Phạm Hữu Thử đến thăm các gia đình chính sách. "
    for (day, mark) in [("2021-01-10", "."), ("2021-03-15", "!")] {
      _ = try desk.ingest([
        Submission(
          content: Array((text + Self.fillers.joined(separator: " ") + mark).utf8),
          mediaType: .plainText, published: PartialDate(day))
      ])
    }
    let asked = try ask("2021-02-20")
    #expect(try names(asked) == [])
    try hold("2021-03-18", "Phạm Hữu Thử")
    #expect(try names(asked) == ["Phạm Hữu Thử"])
  }

  @Test func removedAndCorrectedArticlesCountAsTheyAre() throws {
    let first = try hold("2021-01-10", "Phạm Hữu Thử")
    let second = try hold("2021-03-15", "Phạm Hữu Thử")
    let asked = try ask("2021-02-20")
    #expect(try names(asked) == ["Phạm Hữu Thử"])
    try desk.rename(.person, "Phạm Hữu Thử", to: "Phạm H. Thử")
    #expect(try names(asked) == ["Phạm H. Thử"])
    // The name is another's in one of the two articles.
    try desk.split("Phạm Hữu Thử", articles: [second])
    #expect(try names(asked) == [])
    for ruling in try desk.rulings() { try desk.forgetRuling(ruling.id) }
    #expect(try names(asked) == ["Phạm Hữu Thử"])
    _ = try desk.delete([first])
    #expect(try names(asked) == [])
    try hold("2021-01-11", "Phạm Thử")
    #expect(try names(asked) == [])
    try desk.merge(.person, "Phạm Hữu Thử", with: "Phạm Thử")
    #expect(try names(asked).count == 1)
  }

  @Test func whatTellsNoOnePostIsNotAsked() throws {
    let posts = [
      "Phó Bí thư Thành ủy Hà Nội", "nguyên Bí thư Thành ủy Hà Nội", "Giám đốc Sở Y tế",
      "Chủ tịch UBND tỉnh", "Thủ tướng",
    ]
    for post in posts {
      try hold("2021-01-10", "Phạm Hữu Thử", post)
      try hold("2021-03-15", "Phạm Hữu Thử", post)
    }
    for post in posts { #expect(try names(ask("2021-02-20", post)) == [], "\(post)") }
  }

  @Test func theArticlesOwnWordsComeFirst() throws {
    try hold("2021-01-10", "Phạm Hữu Thử")
    try hold("2021-03-15", "Phạm Hữu Thử")
    // It names a holder itself; it tells of a time long past; its day is not stated.
    let own = try add(
      "2021-02-20",
      "Bí thư Thành ủy Hà Nội Lê Văn Mẫu dự họp. Bí thư Thành ủy Hà Nội yêu cầu các sở báo cáo.")
    let past = try add(
      "2021-02-20", "Năm 2005, Bí thư Thành ủy Hà Nội yêu cầu các sở báo cáo kết quả.")
    #expect(try names(own) == [] && names(past) == [])
    let text = "Chiều 20-2-2021, Bí thư Thành ủy Hà Nội yêu cầu các sở báo cáo kết quả.\n"
    let undated = try #require(
      try desk.ingest([Submission(content: Array(text.utf8), mediaType: .plainText)]).first
    ).get()
    #expect(try desk.article(undated.id, parts: []).header.date?.basis == "event")
    #expect(try names(undated.id) == [])
  }

  @Test func listsOfAPersonHaveItOnRequestOnly() throws {
    try hold("2021-01-10", "Phạm Hữu Thử")
    try hold("2021-03-15", "Phạm Hữu Thử")
    let asked = try ask("2021-02-20")
    let short = try add(
      "2021-02-21", "Thành ủy Hà Nội họp sáng nay. Bí thư Thành ủy yêu cầu các quận kiểm tra.")
    try ask("2021-02-20", "Bí thư Thành ủy Hải Phòng")
    var search = DirectiveSearch()
    search.by = "Phạm Hữu Thử"
    #expect(try desk.directives(search).total == 0)
    search.withIncumbents = true
    let (items, total) = try desk.directives(search)
    #expect(total == 2 && items.map(\.source.article) == [short, asked])
    #expect(items.allSatisfy { $0.incumbent?.person.name == "Phạm Hữu Thử" })
    search.by = "Lê Văn Mẫu"
    #expect(try desk.directives(search).total == 0)

    let said = try add(
      "2021-02-22", "Bí thư Thành ủy Hà Nội cho biết thành phố sẽ mở rộng phố đi bộ.")
    func statements(_ withIncumbents: Bool) throws -> [ArticleID] {
      try desk.statements(
        by: "Phạm Hữu Thử", about: "", period: "", limit: 0, withIncumbents: withIncumbents
      ).items.map(\.source.article)
    }
    #expect(try statements(false) == [])
    #expect(try statements(true) == [said])
    // His page tells what articles say of him, and no more.
    #expect(try desk.person("Phạm Hữu Thử").totals.given == 0)
    let brief = try desk.brief("2021-Q1")
    #expect(brief.directives.compactMap { $0.item.incumbent?.person.name }.count == 2)
  }
}
