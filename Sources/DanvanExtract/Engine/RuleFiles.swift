import DanvanModel
import FoundationEssentials

/// The files of a rule set and of the overlay on it, in memory, before they are understood.
struct RuleFiles {
  struct File {
    /// Below its directory, with forward slashes.
    let path: String
    let directory: String
    let isOverlay: Bool
    let contents: [UInt8]
    var name: String { "\(directory)/\(path)" }
    var stem: String {
      let name = path.split(separator: "/").last ?? ""
      return String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)])
    }
  }
  private let directory: String
  private let versionFile: File
  /// In the order of their names, those of the overlay last.
  let files: [File]
  /// What lies in the overlay and is not read.
  let strangers: [String]

  private static let folders = [
    ("gazetteer", ".tsv"), ("lexicon", ".tsv"), ("rules", ".json5"), ("words", ".tsv"),
  ]

  /// Reads everything. Throws `notFound` where a directory or VERSION is missing.
  init(directory: String, overlay: String? = nil) throws {
    self.directory = directory
    try Self.demandDirectory(directory, isOverlay: false)
    versionFile = try Self.read("VERSION", in: directory, isOverlay: false)
    var files = try Self.all(in: directory, isOverlay: false)
    var strangers: [String] = []
    if let overlay {
      try Self.demandDirectory(overlay, isOverlay: true)
      files += try Self.all(in: overlay, isOverlay: true)
      strangers = Self.strangers(in: overlay)
    }
    self.files = files
    self.strangers = strangers
  }

  private static func demandDirectory(_ path: String, isOverlay: Bool) throws {
    if (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil { return }
    var isDirectory = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    let reason =
      switch (isThere, isDirectory) {
      case (false, _):
        isOverlay
          ? "the overlay directory \(path) is not there"
          : "the rules directory \(path) is not there"
      case (_, false):
        isOverlay
          ? "the overlay directory \(path) is not a directory"
          : "the rules directory \(path) is not a directory"
      default:
        isOverlay
          ? "cannot read the overlay directory \(path)" : "cannot read the rules directory \(path)"
      }
    throw DanvanError(.notFound, reason)
  }

  /// The one line of VERSION.
  func version() throws -> String {
    guard let text = String(validating: versionFile.contents, as: UTF8.self),
      let line = text.split(whereSeparator: \.isNewline).first
    else { throw DanvanError.invalid("\(directory)/VERSION: must hold one line of UTF-8 text") }
    return String(line)
  }

  /// Eight hexadecimal digits of an FNV-1a hash over all paths and contents, and as many for the
  /// overlay where it holds anything: `c1c2c3c4+d1d2d3d4`.
  func fingerprint() -> String {
    let base = Self.hash([versionFile] + files.filter { !$0.isOverlay })
    let overlay = files.filter(\.isOverlay)
    return overlay.isEmpty ? base : "\(base)+\(Self.hash(overlay))"
  }

  private static func hash(_ files: [File]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for file in files {
      file.path.utf8.forEach(add)
      add(0)
      file.contents.forEach(add)
      add(0)
    }
    let digits = String((hash ^ (hash >> 32)) & 0xffff_ffff, radix: 16)
    return String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }

  private static func all(in directory: String, isOverlay: Bool) throws -> [File] {
    try folders.flatMap { folder, suffix in
      try names(in: "\(directory)/\(folder)").filter { $0.hasSuffix(suffix) }
        .map { try read("\(folder)/\($0)", in: directory, isOverlay: isOverlay) }
    }
  }

  /// An operator who puts a list where none is read must hear of it.
  private static func strangers(in overlay: String) -> [String] {
    names(in: overlay).filter { name in
      !folders.contains { $0.0 == name } && !name.hasPrefix("README")
    }.map { "\(overlay)/\($0)" }
      + folders.flatMap { folder, suffix in
        names(in: "\(overlay)/\(folder)")
          .filter { !$0.hasSuffix(suffix) && !$0.hasPrefix("README") }
          .map { "\(overlay)/\(folder)/\($0)" }
      }
  }

  private static func names(in directory: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [])
      .filter { !$0.hasPrefix(".") && !$0.hasSuffix("~") }.sorted()
  }

  private static func read(_ path: String, in directory: String, isOverlay: Bool) throws -> File {
    guard let data = FileManager.default.contents(atPath: "\(directory)/\(path)") else {
      throw DanvanError(.notFound, "cannot read \(directory)/\(path)")
    }
    return File(path: path, directory: directory, isOverlay: isOverlay, contents: [UInt8](data))
  }
}
