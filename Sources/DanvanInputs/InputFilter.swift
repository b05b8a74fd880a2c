import Glibc

/// Which files of folders and archives are taken, by shell patterns.
///
/// A pattern without a slash is held against the file's name, one with a slash against its path
/// below the folder that was named; `*` goes past slashes there.
public struct InputFilter: Sendable {
  public var include: [String]
  public var exclude: [String]

  public init(include: [String] = [], exclude: [String] = []) {
    self.include = include
    self.exclude = exclude
  }

  enum Verdict { case leave, take, takeIfKindIsKnown }

  func verdict(on path: some StringProtocol) -> Verdict {
    let path = String(path)
    if excludes(path) { return .leave }
    if include.isEmpty { return .takeIfKindIsKnown }
    return include.contains { Self.matches($0, path) } ? .take : .leave
  }

  /// Whether what is taken depends on the path by which it is reached.
  var holdsPaths: Bool { (include + exclude).contains { $0.contains("/") } }

  /// Also for folders, whose files are then left out with them.
  func excludes(_ path: String) -> Bool { exclude.contains { Self.matches($0, path) } }

  private static func matches(_ pattern: String, _ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return fnmatch(pattern, pattern.contains("/") ? path : name, 0) == 0
  }

  /// Whether a path has the marks of a shell pattern.
  static func isPattern(_ path: String) -> Bool { path.contains { "*?[".contains($0) } }

  /// The paths that a pattern matches, in the order of their bytes.
  static func expand(_ pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0, let paths = found.gl_pathv else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
  }
}
