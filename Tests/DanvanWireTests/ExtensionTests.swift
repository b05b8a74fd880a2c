import DanvanWire
import Testing

/// What Hello agrees on, where it is numbers and not bytes.
@Suite struct ExtensionTests {
  @Test(arguments: [
    (0, 4_194_304), (1, 16_384), (16_384, 16_384), (1_000_000, 1_000_000), (4_194_305, 4_194_304),
    (.max, 4_194_304), (-1, 4_194_304),
  ])
  func theGreatestFrameIsClamped(said: Int, holds: Int) {
    #expect(Extension(features: [], peerMaxFrame: said).peerMaxFrame == holds)
  }

  @Test(arguments: [(0, 16_777_216), (1, 16_384), (67_108_865, 67_108_864)])
  func theInflatedLengthIsClamped(said: Int, holds: Int) {
    #expect(Extension(features: [], peerMaxInflated: said).peerMaxInflated == holds)
  }

  @Test(arguments: [(0, 262_144), (1, 1), (2_147_483_648, 2_147_483_647)])
  func theWindowIsClamped(said: Int, holds: Int) {
    #expect(Extension(features: [], peerWindow: said).peerWindow == holds)
  }

  @Test func anAnswerLongerThanTheClampedFrameIsRefused() throws {
    let peer = Extension(features: [], peerMaxFrame: 1)
    _ = try FrameBody.message([UInt8](repeating: 7, count: 16_384), for: peer)
    let status = #expect(throws: RPCStatus.self) {
      try FrameBody.message([UInt8](repeating: 7, count: 16_385), for: peer)
    }
    #expect(status?.code == 8)
  }
}
