import DanvanModel
import TestSupport
import Testing

@testable import DanvanStore

@Suite struct DictionaryTests {
  private func text(_ number: Int) -> String {
    "Số \(number): Ủy ban nhân dân tỉnh tổ chức hội nghị triển khai nhiệm vụ năm \(number % 7) "
      + "dưới sự chủ trì của đồng chí Chủ tịch; phần còn lại là \(number * 7_919 % 1_000_003)."
  }

  @Test func textsOfBothKindsAreReadAfterAReopening() throws {
    let folder = try TemporaryDirectory()
    var store = try Store(directory: folder.path, tokenizer: SpaceTokenizer())
    _ = try store.add(try (0..<50).map { try store.record(text($0)) })
    let without = try store.record(text(100)).compressed.count
    try store.trainDictionary()
    let with = try store.record(text(100))
    #expect(with.compressed.count * 3 < without * 2)
    _ = try store.add([with])
    try store.close()
    store = try Store(directory: folder.path, tokenizer: SpaceTokenizer())
    let articles = try store.read { snapshot in
      try [3, 51].map { try snapshot.article(ArticleID($0), parts: .text) }
    }
    #expect(articles.map(\.?.text) == [text(2), text(100)])
    #expect(articles.map { $0?.compressedText == nil } == [false, true])
    #expect(try store.check() == [])
    _ = try store.remove([ArticleID(51)])
    #expect(try store.check() == [])
  }

  @Test func aDictionaryHoldsWhatSavesMost() {
    let texts = (0..<40).map { Array("a\($0) hội nghị triển khai nhiệm vụ b\($0)".utf8) }
    let dictionary = String(decoding: DictionaryTraining.dictionary(of: texts), as: UTF8.self)
    #expect(dictionary.contains("hội nghị triển khai nhiệm vụ"))
    #expect(!dictionary.contains("a1"))
    // Four times is enough, three times is not.
    for (count, isThere) in [(3, false), (4, true)] {
      let some = (0..<count).map { Array("a\($0) giải phóng mặt bằng b\($0)".utf8) }
      let held = String(decoding: DictionaryTraining.dictionary(of: some), as: UTF8.self)
      #expect(held.contains("giải phóng mặt bằng") == isThere)
    }
    #expect(DictionaryTraining.dictionary(of: []) == [])
    #expect(DictionaryTraining.dictionary(of: [[], Array(" ".utf8)]) == [])
  }
}
