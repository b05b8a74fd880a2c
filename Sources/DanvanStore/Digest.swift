internal import CLibmd

/// SHA-256, by the system's libmd.
public enum Digest {
  /// The 32 bytes of the digest.
  public static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var context = SHA2_CTX()
    SHA256Init(&context)
    let done: Void? = bytes.withContiguousStorageIfAvailable { update(&context, $0) }
    if done == nil { Array(bytes).withUnsafeBufferPointer { update(&context, $0) } }
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    SHA256Final(&digest, &context)
    return digest
  }

  /// The key under which an article is kept once: the first half of the digest of its canonical text.
  public static func identity(of canonicalText: some Collection<UInt8>) -> [UInt8] {
    Array(sha256(canonicalText).prefix(16))
  }

  private static func update(_ context: inout SHA2_CTX, _ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    SHA256Update(&context, base, bytes.count)
  }
}
