internal import Glibc

/// Which language the user reads, and where its catalogue is.
public struct UserLanguage: Sendable {
  let environment: [String: String]
  /// The program's own path, for the catalogues installed beside it.
  let executable: String

  public static let current = UserLanguage(
    environment: Dictionary(
      uniqueKeysWithValues: (variables + ["DANVAN_MESSAGES"]).compactMap { name in
        getenv(name).map { (name, String(cString: $0)) }
      }),
    executable: ownPath())

  private static let variables = ["LC_ALL", "LC_MESSAGES", "LANG"]

  public init(environment: [String: String], executable: String) {
    self.environment = environment
    self.executable = executable
  }

  /// `vi`, else `en`.
  public var code: String {
    let set = Self.variables.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    return set.prefix { !"_.@".contains($0) } == "vi" ? "vi" : "en"
  }

  /// The files that may hold the catalogue, best first; none for English.
  var files: [String] {
    guard code != "en" else { return [] }
    if let folder = environment["DANVAN_MESSAGES"], !folder.isEmpty {
      return ["\(folder)/\(code).po"]
    }
    let parts = executable.split(separator: "/")
    // A program that was built and not installed stands below the sources.
    let sources = parts.firstIndex { $0.hasPrefix(".build") }.map { place in
      "/" + (parts[..<place] + ["clients", "dvctl", "Messages"]).joined(separator: "/")
    }
    let beside = "/" + (parts.dropLast(2) + ["share/danvan/messages"]).joined(separator: "/")
    return [sources, beside, "/usr/share/danvan/messages"].compactMap { $0 }
      .map { "\($0)/\(code).po" }
  }

  /// English where there is no file, or one that cannot be read; `tell` hears of the latter.
  public func catalogue(tell: (String) -> Void) -> Catalogue {
    for path in files {
      guard let bytes = Self.read(path) else { continue }
      do {
        return try Catalogue(PortableObject(parsing: bytes))
      } catch {
        tell("\(path):\(error.line): \(error.reason); going on in English")
        return .none
      }
    }
    return .none
  }

  /// Nil where there is no plain file of at most 4 MiB.
  private static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var about = stat()
    guard fstat(descriptor, &about) == 0, about.st_mode & S_IFMT == S_IFREG,
      about.st_size <= 4 << 20
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(about.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress.map { $0 + filled }, $0.count - filled)
      }
      if count <= 0 { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }

  private static func ownPath() -> String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count)
    return String(decoding: path.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
