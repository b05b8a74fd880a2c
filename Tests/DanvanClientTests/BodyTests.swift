import DanvanMessages
import DanvanZlib
import FoundationEssentials
import SwiftProtobuf
import Testing

@testable import DanvanClient

@Suite struct BodyTests {
  private let text = String(repeating: "Dân vận khéo thì việc gì cũng thành công. ", count: 50)

  @Test func storedTextIsInflated() throws {
    let plain = try body(.zlib, Zlib.compress(Array(text.utf8)), text.utf8.count).inflated()
    #expect(plain.encoding == .plain)
    #expect(try Array(plain.text().utf8) == Array(text.utf8))
  }

  @Test func plainTextStaysAsItIs() throws {
    let plain = body(.plain, Array(text.utf8), text.utf8.count)
    #expect(try plain.inflated() == plain)
  }

  @Test func whatIsNotAsDeclaredIsRefused() throws {
    let stream = try Zlib.compress(Array(text.utf8))
    let count = text.utf8.count
    for faulty in [
      body(.zlib, stream, count - 1), body(.zlib, stream, count + 1), body(.zlib, [], count),
      body(.zlib, Array(stream.dropLast()), count), body(.zlib, stream + [0], count),
      body(.UNRECOGNIZED(9), stream, count),
    ] {
      #expect(throws: DaemonError.self) { try faulty.inflated() }
    }
    #expect(throws: DaemonError.self) { try body(.zlib, stream, count).inflated(limit: count - 1) }
    #expect(throws: DaemonError.self) { try body(.plain, [0xC3], 1).text() }
    #expect(throws: DaemonError.self) { try body(.zlib, stream, count).text() }
  }

  @Test func aBatchStaysWithinItsLimits() throws {
    var batch = IngestBatch(byteLimit: 10_000, countLimit: 3)
    var document = Danvan_V1_Document()
    document.content = Data(repeating: 0x61, count: 4_000)
    // A closure, since the macro holds what it looks at constant.
    let taken = { batch.add(document) }
    #expect(taken() == true)
    #expect(taken() == true)
    #expect(taken() == false, "a third one would be over 10,000 bytes")
    var request = Danvan_V1_IngestRequest()
    request.documents = batch.documents
    let encoded: [UInt8] = try request.serializedBytes()
    #expect(encoded.count <= batch.bytes)
    batch.removeAll()
    document.content = Data(repeating: 0x61, count: 40_000)
    #expect(taken() == true, "one alone is taken and left for the daemon to judge")
    document.content = Data()
    #expect(taken() == false)
  }

  private func body(_ encoding: Danvan_V1_Body.Encoding, _ bytes: [UInt8], _ length: Int)
    -> Danvan_V1_Body
  {
    var body = Danvan_V1_Body()
    body.encoding = encoding
    body.data = Data(bytes)
    body.rawLength = UInt32(length)
    return body
  }
}
