/// Where copies of a text are looked for, and when two texts are copies.
///
/// A signature of 48 minima is cut into 16 bands of three (locality-sensitive hashing; Leskovec,
/// Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3): texts that have two thirds of their
/// shingles in common share a band in 99 of 100 cases, and are copies where the signatures agree in
/// at least 20 places.
enum CopyBands {
  private static let width = 3
  private static let leastAgreement = 20

  static func hashes(_ minima: [UInt32]) -> [Int64] {
    stride(from: 0, to: minima.count - minima.count % width, by: width).map { start in
      var hash = UInt64(start) &+ 0xCBF2_9CE4_8422_2325
      for value in minima[start..<(start + width)] {
        hash = (hash ^ UInt64(value)) &* 0x100_0000_01B3
        hash ^= hash >> 29
      }
      return Int64(bitPattern: hash)
    }
  }

  static func agreement(_ a: [UInt32], _ b: [UInt32]) -> Int { zip(a, b).count { $0 == $1 } }

  static func areCopies(_ agreement: Int) -> Bool { agreement >= leastAgreement }

  static func bytes(_ minima: [UInt32]) -> [UInt8] {
    minima.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  }

  static func minima(_ bytes: [UInt8]) -> [UInt32] {
    stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { at in
      (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) }
    }
  }
}
