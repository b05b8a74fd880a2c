import DanvanModel
import TestSupport
import Testing

@testable import DanvanStore

/// What is counted with blocks in memory is what the articles hold.
@Suite struct FacetTests {
  private static func publisher(_ number: Int) -> String { "P\(number % 7)" }

  private func record(_ number: Int, _ publisher: String, in store: Store) throws -> ArticleRecord {
    let text = "word\(number % 3) all n\(number) of \(publisher)"
    let article = Article(
      text: text, title: nil, url: "http://a/\(number)", publisher: publisher, published: nil)
    return try store.record(
      of: article, facts: Facts(), identity: Digest.identity(of: Array(text.utf8)))
  }

  private func counts(_ query: StoreQuery, in store: Store) throws -> [String: Int] {
    let found = try store.read { snapshot in
      let facet = try snapshot.facets([.publisher, .year], of: query, limit: 100)[0]
      #expect(facet.distinct == facet.values.count)
      return facet.values
    }
    return Dictionary(uniqueKeysWithValues: found.map { ($0.value, $0.articles) })
  }

  @Test func blocksInMemoryFollowEveryChange() throws {
    let folder = try TemporaryDirectory()
    let store = try Store(directory: folder.path, tokenizer: SpaceTokenizer())
    var publishers = (0..<400).map(Self.publisher)
    _ = try store.add(
      try publishers.enumerated().map { try record($0.offset, $0.element, in: store) })
    func agrees() throws {
      // Twice: read, then from memory.
      for _ in 0..<2 {
        #expect(
          try counts(.everything, in: store)
            == Dictionary(publishers.filter { !$0.isEmpty }.map { ($0, 1) }, uniquingKeysWith: +))
        let some = publishers.enumerated().filter { $0.offset % 3 == 1 && !$0.element.isEmpty }
        #expect(
          try counts(Samples.word("word1"), in: store)
            == Dictionary(some.map { ($0.element, 1) }, uniquingKeysWith: +))
      }
    }
    try agrees()
    #expect(store.facetMemory.blocks.compactMap { $0 }.count == 6, "the last is not full")
    publishers.append("New")
    _ = try store.add([try record(400, "New", in: store)])
    try agrees()
    _ = try store.remove([ArticleID(11), ArticleID(130)])
    publishers[10] = ""
    publishers[129] = ""
    try agrees()
    publishers[70] = "Other"
    _ = try store.add([try record(70, "Other", in: store)])
    try agrees()
  }

  /// A name is shown as the newest match writes it.
  @Test func namesAreWrittenAsInTheNewestMatch() throws {
    let folder = try TemporaryDirectory()
    let store = try Store(directory: folder.path, tokenizer: SpaceTokenizer())
    _ = try store.add(
      try (0..<200).map { try record($0, $0 % 2 == 0 ? "BAO A" : "bao A", in: store) })
    for _ in 0..<2 {
      #expect(try counts(.everything, in: store).keys.map { $0 } == ["bao A"])
      #expect(try counts(.ids([ArticleID(1), ArticleID(3)]), in: store) == ["BAO A": 2])
    }
  }

  @Test func whatWasReadBeforeAChangeIsNotKept() {
    let memory = FacetMemory()
    memory.keep([(number: 3, bytes: [1])]) { false }
    #expect(memory.blocks.isEmpty)
    memory.keep([(number: 3, bytes: [1])]) { true }
    #expect(memory.blocks == [nil, nil, nil, [1]])
    memory.keep([(number: 4, bytes: [UInt8](repeating: 0, count: 17 << 20))]) { true }
    #expect(memory.blocks.count == 4, "it is bounded")
    memory.clear()
    #expect(memory.blocks.isEmpty)
  }

  @Test func countsAreThoseOfADictionary() {
    var counts = FacetCounts(expecting: 0)
    var expected: [UInt64: Int] = [:]
    var state: UInt64 = 1
    for _ in 0..<60_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let hash = (state >> 40) % 20_000
      counts.add(FacetCounts.key(2, hash))
      expected[hash, default: 0] += 1
    }
    let (top, distinct) = counts.top(50_000)[Int(2)]
    #expect(distinct == expected.count)
    #expect(top.allSatisfy { expected[$0.hash] == $0.count })
    #expect(counts.top(10)[Int(1)].distinct == 0)
  }

  /// A block by facets has what the block has.
  @Test func groupsHoldWhatBlocksHold() {
    var random = SplitMix(seed: 7)
    var block = FacetBlock()
    for article in Int64(128)..<192 where article % 5 != 0 {
      block.set(
        article,
        (0..<Int(random.next() % 20)).map { _ in
          (facet: NamedFacet.allCases[Int(random.next() % 9)], hash: random.next() & 0xFF_FFFF_FFFF)
        })
    }
    let groups = FacetGroups(block.bytes)
    let (places, wanted) = (random.next(), UInt64(1 << 2 | 1 << 9))
    var expected: [String] = []
    block.bytes.withUnsafeBufferPointer { bytes in
      FacetBlock.forEachValue(in: bytes, of: places) { place, facet, hash in
        if wanted & 1 << UInt64(facet) != 0 { expected.append("\(place) \(facet) \(hash)") }
      }
    }
    var found: [String] = []
    groups.bytes.withUnsafeBufferPointer { bytes in
      FacetGroups.forEachValue(in: bytes, facets: wanted, of: places) { place, facet, hash in
        found.append("\(place) \(facet) \(hash)")
      }
    }
    #expect(found.sorted() == expected.sorted() && !found.isEmpty)
  }
}
