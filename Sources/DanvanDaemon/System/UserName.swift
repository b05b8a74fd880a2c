internal import Glibc

/// What the system calls a user.
enum UserName {
  /// `uid 1000` for one that it does not know.
  static func of(_ uid: UInt32) -> String {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var space = [CChar](repeating: 0, count: 16_384)
    let name = space.withUnsafeMutableBufferPointer { space -> String? in
      guard let base = space.baseAddress,
        getpwuid_r(uid, &entry, base, space.count, &found) == 0, found != nil,
        let name = entry.pw_name
      else { return nil }
      return String(cString: name)
    }
    guard let name, !name.isEmpty else { return "uid \(uid)" }
    return name
  }
}
