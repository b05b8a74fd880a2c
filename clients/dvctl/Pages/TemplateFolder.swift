import Glibc

/// The templates that the program brings, and a folder whose files stand in for those of the same name.
struct TemplateFolder {
  /// Nil: only the program's own.
  let path: String?

  /// The program's own, by name.
  static let shipped: [(name: String, bytes: [UInt8])] = [
    ("brief.html", PackageResources.brief_html),
    ("brief.css", PackageResources.brief_css),
    ("source.html", PackageResources.source_html),
    ("party.html", PackageResources.party_html),
    ("brief.md", PackageResources.brief_md),
    ("article.html", PackageResources.article_html),
    ("article.css", PackageResources.article_css),
    ("facts.html", PackageResources.facts_html),
    ("words.vi.json", PackageResources.words_vi_json),
    ("words.en.json", PackageResources.words_en_json),
    ("README.md", PackageResources.README_md),
  ]

  /// Throws `Failure` where the folder is none.
  init(_ path: String?) throws {
    self.path = path
    guard let path else { return }
    var about = stat()
    guard stat(path, &about) == 0, about.st_mode & S_IFMT == S_IFDIR else {
      throw Failure(.usage, "INVALID_ARGUMENT", Localized("\(path): is no folder of templates"))
    }
  }

  /// The text of a file, and what to call it in errors; nil where there is none of that name.
  func text(_ name: String) throws -> (text: String, place: String)? {
    if let path, !name.contains("/"), let bytes = try Self.read("\(path)/\(name)") {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw Failure(.usage, "INVALID_ARGUMENT", Localized("\(path)/\(name): is not UTF-8"))
      }
      return (text, "\(path)/\(name)")
    }
    guard let file = Self.shipped.first(where: { $0.name == name }) else { return nil }
    return (String(decoding: file.bytes, as: UTF8.self), name)
  }

  func partial(_ name: String) throws -> Template? {
    guard let (text, place) = try text(name) else { return nil }
    return try Template(text, file: place)
  }

  func template(_ name: String) throws -> Template {
    guard let template = try partial(name) else {
      throw TemplateError(file: name, line: 1, reason: "there is no such template")
    }
    return template
  }

  /// Writes the program's own into a folder, making it where there is none; a file that is there is left as
  /// it is and named. Throws `Failure`.
  static func writeShipped(to path: String) throws -> (written: [String], kept: [String]) {
    if mkdir(path, 0o777) != 0, errno != EEXIST { throw failure(path) }
    var (written, kept): ([String], [String]) = ([], [])
    for file in shipped {
      let place = "\(path)/\(file.name)"
      guard access(place, F_OK) != 0 else {
        kept.append(file.name)
        continue
      }
      let output = try OutputFile(path: place)
      try output.write(String(decoding: file.bytes, as: UTF8.self))
      try output.finish()
      written.append(file.name)
    }
    return (written, kept)
  }

  /// Nil where there is no such file.
  private static func read(_ path: String) throws -> [UInt8]? {
    // A pipe must not be waited for, nor a device be read to its end.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure(path)
    }
    defer { close(descriptor) }
    var about = stat()
    guard fstat(descriptor, &about) == 0, about.st_mode & S_IFMT == S_IFREG else {
      throw Failure(.usage, "INVALID_ARGUMENT", Localized("\(path): is no plain file"))
    }
    var bytes: [UInt8] = []
    var page = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &page, page.count)
      guard count >= 0 else { throw failure(path) }
      if count == 0 { return bytes }
      bytes += page[..<count]
    }
  }

  private static func failure(_ path: String) -> Failure {
    Failure(.failed, "OUTPUT", Localized("\(path): \(Localized(system: errno))"))
  }
}
