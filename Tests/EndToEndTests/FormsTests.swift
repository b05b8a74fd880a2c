import DanvanInputs
import Foundation
import TestSupport
import Testing

/// Every kind of input, by every way it may come, as a user would hand it in: each article once.
///
/// Both lists are switched over without a default, so that a new kind or way does not build without its
/// line here.
@Suite struct FormsTests {
  enum Way: String, CaseIterable {
    case files, folder, pattern, standardInput, gzip, zip, tar, tarGzip, mixed
  }

  /// A document of the kind, with a text that no other way has.
  private func document(_ kind: InputKind, _ way: Way) -> String {
    let text =
      "Sáng 5-4, Chủ tịch UBND huyện Thử Nghiệm Lê Văn Thử chủ trì hội nghị giao ban về \(kind) và \(way.rawValue)."
    switch kind {
    case .text: return text
    case .markdown: return "---\ntitle: Giao ban\n---\n\n\(text)\n"
    case .html:
      return "<html><body><h1>Giao ban</h1><article><p>\(text)</p></article></body></html>"
    case .json: return "[{\"text\": \"\(text)\"}]"
    case .jsonl: return "{\"text\": \"\(text)\"}\n"
    case .csv: return "title,text\nGiao ban,\"\(text)\"\n"
    case .feed:
      return
        "<rss><channel><title>Báo</title><item><description>\(text)</description></item></channel></rss>"
    case .eml: return "From: Báo <a@b.vn>\nSubject: Giao ban\n\n\(text)\n"
    case .mbox: return "From a@b.vn\nFrom: Báo <a@b.vn>\nSubject: Giao ban\n\n\(text)\n"
    }
  }

  private func ending(_ kind: InputKind) -> String {
    switch kind {
    case .text: "txt"
    case .markdown: "md"
    case .feed: "xml"
    case .html, .json, .jsonl, .csv, .eml, .mbox: kind.rawValue
    }
  }

  /// The folder's files, one a kind, and two that are not to be taken.
  private func write(_ way: Way, into folder: String) throws -> [String] {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "Không lấy.".write(toFile: folder + "/skip.txt", atomically: true, encoding: .utf8)
    try "Không đọc.".write(toFile: folder + "/picture.png", atomically: true, encoding: .utf8)
    return try InputKind.allCases.map { kind in
      let path = "\(folder)/a-\(kind).\(ending(kind))"
      try document(kind, way).write(toFile: path, atomically: true, encoding: .utf8)
      return path
    }
  }

  private func shell(_ script: String, in folder: String) throws {
    let result = try Programs.run(
      URL(fileURLWithPath: "/bin/sh"), ["-ec", "cd \"$1\"; \(script)", "sh", folder])
    try #require(result.status == 0, "\(result.errors)")
  }

  private static let zip =
    "python3 -c 'import sys,zipfile; z = zipfile.ZipFile(sys.argv[1], \"w\", 8); [z.write(f) for f in sys.argv[2:]]'"

  /// What is said on the command line, and what comes on standard input, call by call.
  private func calls(_ way: Way, in folder: String) throws -> [([String], Data?)] {
    let files = try write(way, into: folder)
    switch way {
    case .files: return [(files, nil)]
    case .folder: return [([folder, "--include", "*-*.*", "--exclude", "skip*"], nil)]
    case .pattern: return [([folder + "/a-*"], nil)]
    case .standardInput:
      return try Swift.zip(InputKind.allCases, files).map { kind, file in
        (["-", "--type", kind.rawValue], try Data(contentsOf: URL(fileURLWithPath: file)))
      }
    case .gzip:
      try shell("gzip a-*", in: folder)
      return [(files.map { $0 + ".gz" }, nil)]
    case .zip:
      try shell("\(Self.zip) all.zip a-*", in: folder)
      return [([folder + "/all.zip"], nil)]
    case .tar:
      try shell("tar cf all.tar a-*", in: folder)
      return [([folder + "/all.tar"], nil)]
    case .tarGzip:
      try shell("tar czf all.tgz a-*", in: folder)
      return [([folder + "/all.tgz"], nil)]
    case .mixed:
      // Two in a folder, two in a zip, one in gzip, the others as files and one on standard input.
      try shell(
        "mkdir d; mv \(files[0]) \(files[1]) d; \(Self.zip) b.zip \(files[2].name) \(files[3].name); gzip \(files[4])",
        in: folder)
      let input = try Data(contentsOf: URL(fileURLWithPath: files[5]))
      return [
        (
          files[6...] + ["\(folder)/d", "\(folder)/b.zip", files[4] + ".gz"], nil
        ), (["-", "--type", InputKind.allCases[5].rawValue], input),
      ]
    }
  }

  @Test func everyKindComesByEveryWay() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    for way in Way.allCases {
      let scratch = try TemporaryDirectory()
      var added = 0
      for (arguments, input) in try calls(way, in: scratch.path + "/in") {
        let result = try daemon.dvctl(
          ["ingest", "--format", "ndjson"] + arguments, input: input)
        #expect(result.status == 0, "\(way): \(result.errors)")
        added += result.lines.count { $0.contains("\"outcome\":\"added\"") }
      }
      #expect(added == InputKind.allCases.count, "\(way)")
      for kind in InputKind.allCases {
        let found = try daemon.dvctl(
          "query", "\"về \(kind) và \(way.rawValue)\"", "--all", "--count")
        #expect(found.lines == ["1"], "\(way), \(kind): \(found.text)")
      }
    }
    let all = try daemon.dvctl("query", "", "--all", "--count")
    #expect(all.lines == ["\(InputKind.allCases.count * Way.allCases.count)"], "\(all.text)")
  }
}

extension String {
  /// Of a path, what comes last.
  fileprivate var name: String { split(separator: "/").last.map(String.init) ?? self }
}
