import DanvanWire
import TestSupport
import Testing

/// The vectors' bytes, damaged in every way that a small generator thinks of.
@Suite struct MutationTests {
  /// A generator that gives the same numbers every time (splitmix64).
  struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  static func mutated(_ bytes: [UInt8], _ numbers: inout Numbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0...Int.random(in: 0..<4, using: &numbers) {
      guard !bytes.isEmpty else { break }
      let place = Int.random(in: 0..<bytes.count, using: &numbers)
      switch Int.random(in: 0..<5, using: &numbers) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
      case 2: bytes.removeSubrange(place..<min(place + 3, bytes.count))
      case 3: bytes.insert(contentsOf: bytes[place..<min(place + 9, bytes.count)], at: place)
      default: bytes.removeLast(bytes.count - place)
      }
    }
    return bytes
  }

  static func inputs(_ role: String) throws -> [[UInt8]] {
    try Vector.all(role: role).map(\.bytes).filter { $0.count < 4_000 }
  }

  @Test(arguments: UInt64(1)...8)
  func aServerTakesAnythingAndEndsEachStreamOnce(seed: UInt64) throws {
    var numbers = Numbers(state: seed)
    let hello = try #require(try Vector.all().first { $0.name == "agreed" }).bytes
    for input in try Self.inputs("server") {
      var whole = ConformanceServer()
      var split = ConformanceServer()
      let isExtended = Bool.random(using: &numbers)
      let bytes = (isExtended ? hello : []) + Self.mutated(input, &numbers)
      let place = Int.random(in: 0...bytes.count, using: &numbers)
      whole.receive(bytes)
      split.receive(bytes[..<place])
      split.receive(bytes[place...])
      #expect(whole.events == split.events, "seed \(seed): \(bytes)")
      check(whole)
    }
  }

  /// At most one terminal frame for each request that was handed on.
  private func check(_ server: ConformanceServer) {
    var output = server.output
    let frames = WireFrame.take(from: &output)
    #expect(output.isEmpty)
    var begun: [UInt32: Int] = [:]
    for event in server.events where event.hasPrefix("request ") {
      if let stream = UInt32(event.dropFirst(8)) { begun[stream, default: 0] += 1 }
    }
    #expect(begun.values.allSatisfy { $0 == 1 })
    #expect(server.wire.openStreams <= begun.count)
    #expect(frames.allSatisfy { [2, 3, 0x83].contains($0.type) })
  }

  @Test(arguments: UInt64(1)...8)
  func aClientTakesAnything(seed: UInt64) throws {
    var numbers = Numbers(state: seed)
    for input in try Self.inputs("client") {
      var client = ClientConnection()
      _ = try client.request(RequestEnvelope(), isStream: false)
      _ = try client.request(RequestEnvelope(), isStream: true)
      client.enable(Extension(features: .all))
      var terminals: [UInt32: Int] = [:]
      Self.mutated(input + input, &numbers).withUnsafeBytes { bytes in
        var input = bytes
        while let event = client.next(&input) {
          switch event {
          case .response(let stream, _), .remoteClosed(let stream):
            terminals[stream, default: 0] += 1
          default: break
          }
        }
      }
      #expect(terminals.values.allSatisfy { $0 == 1 })
    }
  }
}
