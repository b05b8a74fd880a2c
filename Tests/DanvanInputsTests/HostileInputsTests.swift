import DanvanInputs
import DanvanModel
import Foundation
import Glibc
import Testing

/// Files and folders that were made to do harm, or that change under the reader's hands. The same and
/// more through the programs: `make torture-readers`.
struct HostileInputsTests {
  private let folder: Scratch
  init() throws { folder = try Scratch() }

  /// Each of 40 folders holds two links to the next: 2 to the power of 40 paths lead to one file.
  @Test func readsAFolderThatManyLinksLeadToOnce() throws {
    try folder.write("d40/a.txt", Array("x".utf8))
    for number in 0..<40 {
      let path = folder.path + "/d\(number)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for name in ["a", "b"] {
        try FileManager.default.createSymbolicLink(
          atPath: path + "/" + name, withDestinationPath: folder.path + "/d\(number + 1)")
      }
    }
    let items = lines(Inputs([folder.path + "/d0"]), in: folder)
    #expect(items.count == 1)
    // Named twice, it is read twice.
    let last = folder.path + "/d40"
    #expect(lines(Inputs([last, last]), in: folder) == ["d40/a.txt=x", "d40/a.txt=x"])
  }

  /// By another path a pattern may take what it did not by the first.
  @Test func saysThatPatternsWereHeldAgainstAnotherPath() throws {
    try folder.write("w/real/a.txt", Array("x".utf8))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/w/alias", withDestinationPath: folder.path + "/w/real")
    func read(_ filter: InputFilter) -> [String] {
      lines(Inputs([folder.path + "/w"], filter: filter), in: folder)
    }
    #expect(read(InputFilter()) == ["w/alias/a.txt=x"])
    let items = read(InputFilter(include: ["real/*.txt"]))
    #expect(items.count == 1)
    #expect(items.first?.hasPrefix("w/real!the folder was reached by another path") == true)
  }

  @Test func namesAFileWhoseNameIsNotUTF8() throws {
    try folder.write("b.txt", Array("x".utf8))
    let name = Array((folder.path + "/a").utf8) + [0xFF] + Array(".txt".utf8) + [0]
    let file = name.withUnsafeBytes {
      open($0.bindMemory(to: CChar.self).baseAddress!, O_WRONLY | O_CREAT, 0o600)
    }
    try #require(file >= 0)
    close(file)
    #expect(
      lines(Inputs([folder.path]), in: folder) == [
        "a\u{FFFD}.txt!the file's name is not UTF-8; rename it to have it read", "b.txt=x",
      ])
  }

  /// Half a document must not pass for a whole one, nor a cut list for a complete one.
  @Test func namesAFileThatIsCutWhileItIsRead() throws {
    let line = Array("{\(String(repeating: "a", count: 1_000))}\n".utf8)
    let path = try folder.write("a.jsonl", (0..<1_000).flatMap { _ in line })
    var inputs = Inputs([path])
    try #require(inputs.next() != nil)
    truncate(path, 600_000)
    let rest = lines(IteratorSequence(inputs), in: folder)
    #expect(rest.last == "a.jsonl!the file was changed while it was read")
    #expect(rest.count > 100)
  }

  /// Written to faster than it is read, it would have no end.
  @Test func readsAFileThatGrowsAsLongAsItWas() throws {
    let line = Array("{\(String(repeating: "a", count: 1_000))}\n".utf8)
    let path = try folder.write("a.jsonl", (0..<1_000).flatMap { _ in line })
    var inputs = Inputs([path])
    try #require(inputs.next() != nil)
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data("{3}\n".utf8))
    let rest = lines(IteratorSequence(inputs), in: folder)
    #expect(rest.count == 1_000)
    #expect(rest.last == "a.jsonl!the file was changed while it was read")
  }

  /// A file that is replaced by another of its name is read to its end as it was.
  @Test func readsAFileThatIsReplacedAsItWas() throws {
    let path = try folder.write("a.jsonl", Array("{1}\n{2}\n".utf8))
    var inputs = Inputs([path])
    try #require(inputs.next() != nil)
    let other = try folder.write("b.jsonl", Array("{9}\n".utf8))
    rename(other, path)
    #expect(lines(IteratorSequence(inputs), in: folder) == ["a.jsonl:2={2}"])
  }

  @Test func givesUpWhatHasNoEnd() throws {
    let path = try folder.write("a.csv", Array("text,title\n\"".utf8))
    truncate(path, 1 << 40)
    #expect(
      lines(Inputs([path]), in: folder)
        == ["a.csv!more than 256 MiB without the end of an article"])
  }

  /// What a document type declares is left out with all its brackets and quotes.
  @Test func leavesOutADocumentTypeWithDeclarations() throws {
    let type = #"<!DOCTYPE r [<!ENTITY a "]>"><!ENTITY b SYSTEM 'x>'> ]>"#
    let path = try folder.write(
      "a.xml", Array("\(type)<rss><channel><item>&b;</item></channel></rss>".utf8))
    #expect(
      lines(Inputs([path]), in: folder) == [
        "a.xml#1=<rss><channel><item>&b;</item></channel></rss>"
      ])
  }

  @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian], [true, false])
  func cutsUTF16(_ encoding: String.Encoding, isMarked: Bool) throws {
    func bytes(_ text: String) -> [UInt8] {
      Array(((isMarked ? "\u{FEFF}" : "") + text).data(using: encoding) ?? Data())
    }
    let objects = #"{"text":"Một 😀."}"# + "\n" + #"{"text":"Hai."}"# + "\n"
    let items = [#"={"text":"Một 😀."}"#, #"={"text":"Hai."}"#]
    for (name, ends) in [("a.jsonl", [":1", ":2"]), ("a.json", ["", "#2"])] {
      let path = try folder.write(name, bytes(objects))
      #expect(lines(Inputs([path]), in: folder) == zip(ends, items).map { name + $0 + $1 })
    }
    let table = try folder.write("a.csv", bytes("text\nMột.\n"))
    #expect(lines(Inputs([table]), in: folder) == ["a.csv#1=text\nMột.\n"])
    // A document alone is for the daemon to convert, which notes it.
    let page = try folder.write("a.html", bytes("<p>Một."))
    #expect(lines(Inputs([page]), in: folder) != ["a.html=<p>Một."])
    let half = try folder.write(
      "b.jsonl", bytes("{1}\n") + bytes("\u{D7FF}x").map { $0 == 0xD7 ? 0xD8 : $0 })
    #expect(
      lines(Inputs([half]), in: folder).last?.hasPrefix("b.jsonl!not UTF-16: half of a") == true)
  }
}
