import DanvanExtract
import DanvanModel
import DanvanStore
import Foundation
import TestSupport
import Testing

@testable import DanvanService

/// Which articles are one story, by the weights of the rule set.
struct StoryTests {
  private let folder: TemporaryDirectory
  private let desk: Desk

  init() throws {
    folder = try TemporaryDirectory()
    let rules = try RuleSet(directory: Repository.rules.path)
    desk = try Desk(stateDirectory: folder.path, engine: Engine(rules, meter: WorkMeter()))
  }

  private func ingest(_ title: String, _ text: String, _ day: String) throws -> ArticleID {
    let receipt = try desk.ingest([
      Submission(
        content: Array(text.utf8), mediaType: .plainText, title: title,
        published: PartialDate(day))
    ]).first?.get()
    return try #require(receipt).id
  }

  /// Other news of those days, so that rareness means something.
  private func fill() throws {
    let places = ["Mây Ngàn", "Suối Lặng", "Gió Đồi", "Đá Ngân", "Sông Xanh", "Rừng Vàng"]
    for (number, place) in places.enumerated() {
      _ = try ingest(
        "Huyện \(place) ra quân làm thủy lợi",
        "Ngày \(number + 1)-4, nhân dân huyện \(place) ra quân nạo vét kênh mương, làm đường bê tông. "
          + "Toàn huyện huy động hơn \(number + 3) nghìn lượt người tham gia.",
        "2021-04-0\(number + 1)")
    }
  }

  @Test func reportsOfOneEventAreOneStory() throws {
    try fill()
    let first = try ingest(
      "Cháy xưởng gỗ ở xã Mẫu, hai người bị thương",
      "Rạng sáng 4-4-2021, một xưởng gỗ tại xã Mẫu, huyện Thử Nghiệm bốc cháy dữ dội. Ông Lê Văn Thử và "
        + "vợ bị thương. Lực lượng cứu hỏa dập tắt đám cháy sau ba giờ.", "2021-04-04")
    let second = try ingest(
      "Hai người bị thương trong vụ cháy xưởng gỗ",
      "Đến trưa 4-4-2021, đám cháy tại xưởng gỗ ở xã Mẫu, huyện Thử Nghiệm đã được khống chế. Chủ xưởng là ông "
        + "Lê Văn Thử đang điều trị tại bệnh viện tỉnh. Công an điều tra nguyên nhân vụ cháy.",
      "2021-04-05")
    let other = try ingest(
      "Huyện Thử Nghiệm họp giao ban quý I",
      "Sáng 5-4-2021, huyện Thử Nghiệm họp giao ban quý I. Thu ngân sách đạt một phần tư dự toán. Lãnh đạo huyện "
        + "yêu cầu các xã đẩy nhanh tiến độ giải ngân vốn đầu tư công.", "2021-04-05")
    let story = try desk.story(of: second)
    #expect(story.parts.map(\.header.id) == [first, second])
    #expect(
      story.parts[1].adds.mentions.contains { $0.text.contains("bệnh viện") || $0.kind == .time })
    let (close, far) = (
      try desk.storyLikeness(of: first, with: second),
      try desk.storyLikeness(of: first, with: other)
    )
    #expect(close.likeness >= close.least && far.likeness < far.least)
    #expect(far.likeness < close.likeness)
    #expect(
      close.features.map(\.name) == ["text", "headline", "persons", "places", "times", "days"])
    #expect(try desk.story(of: other).parts.map(\.header.id) == [other])
  }

  @Test func whatIsNotThereIsSaid() throws {
    try fill()
    for pair in [(1, 99), (99, 1)] as [(Int64, Int64)] {
      #expect(throws: DanvanError.self) {
        try desk.storyLikeness(of: ArticleID(pair.0), with: ArticleID(pair.1))
      }
    }
    #expect(throws: DanvanError.self) { try desk.story(of: ArticleID(99)) }
  }

  @Test func theRuleSetHasAllWeights() throws {
    let rules = try RuleSet(directory: Repository.rules.path)
    let model = try StoryModel(rules)
    #expect(model.weights.count == StoryAgreement.Feature.allCases.count)
    #expect(
      0.3...0.9 ~= model.least && (model.weights[.text] ?? 0) > 0 && (model.weights[.days] ?? 0) < 0
    )
    #expect(StoryModel().likeness(StoryAgreement()) < StoryModel().least)
  }
}
