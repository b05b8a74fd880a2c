import DanvanModel
import Testing

@testable import DanvanStore

@Suite struct FactBlobTests {
  private static let text = "Lê Văn Thử nói chuyện ở Xã Thử"

  private func encoded(_ rows: [FactRow], _ text: String = text) -> [UInt8] {
    Array(text.utf8).withUnsafeBufferPointer { FactBlob.encode(rows, in: $0) { _ in 7 } }
  }

  private func decoded(_ bytes: [UInt8], _ text: String = text) -> [FactRow]? {
    Array(text.utf8).withUnsafeBufferPointer { text in
      bytes.withUnsafeBufferPointer { bytes in
        FactBlob.decode(bytes, in: text) {
          $0 == 7 ? Evidence(rule: "test.rule", confidence: 0.5) : nil
        }
      }
    }
  }

  @Test func factsComeBackAsTheyWere() throws {
    let facts = Samples.facts(in: Self.text)
    let bytes = encoded(facts.rows)
    var back = Facts()
    for row in try #require(decoded(bytes)) {
      let isTaken = back.append(row)
      #expect(isTaken)
    }
    #expect(back.mentions.map(\.text) == facts.mentions.map(\.text))
    #expect(back.mentions.map(\.name) == facts.mentions.map(\.name))
    #expect(back.mentions.map(\.basis) == facts.mentions.map(\.basis))
    #expect(back.events.map(\.chairs) == facts.events.map(\.chairs))
    #expect(back.events.map(\.place) == facts.events.map(\.place))
    #expect(back.statements.map(\.isContinuation) == facts.statements.map(\.isContinuation))
    #expect(back.directives.map(\.range) == facts.directives.map(\.range))
    #expect(back.directives.map(\.time) == facts.directives.map(\.time))
    // The names stand in the text, and each once: the rows alone would take several times as much.
    #expect(bytes.count < 450)
  }

  @Test func damagedBytesAreRefusedAndNeverRead() {
    let bytes = encoded(Samples.facts(in: Self.text).rows)
    #expect(decoded(bytes) != nil)
    for end in bytes.indices { #expect(decoded(Array(bytes[..<end])) == nil) }
    for place in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[place] ^= 1 << UInt8(bit)
        // Another value may be as good; it must only be read without a trap.
        _ = decoded(damaged)
      }
    }
    #expect(decoded(bytes + [0]) == nil)
    #expect(decoded(bytes, "kurz") == nil)
    #expect(decoded([]) == nil)
  }
}
