import Foundation
import Glibc
import TestSupport
import Testing

/// Folders that a live daemon takes files from.
struct DropFolderTests {
  private let folder: TemporaryDirectory
  private let daemon: RunningDaemon
  private var drop: String { folder.path + "/drop" }

  init() throws {
    folder = try TemporaryDirectory()
    daemon = try RunningDaemon()
    try FileManager.default.createDirectory(atPath: drop, withIntermediateDirectories: true)
    try "[drop]\nfolders = [\"\(folder.path)/drop\"]\n"
      .write(to: daemon.configuration, atomically: true, encoding: .utf8)
  }

  private func write(_ name: String, _ text: String) throws {
    try text.write(toFile: "\(drop)/\(name)", atomically: false, encoding: .utf8)
  }

  private func isThere(_ name: String) -> Bool {
    var status = stat()
    return lstat("\(drop)/\(name)", &status) == 0
  }

  /// Waits until it is so; a busy machine may take its time.
  private func comes(_ what: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<600 {
      if try what() { return true }
      Thread.sleep(forTimeInterval: 0.05)
    }
    return false
  }

  private func articles() throws -> String {
    try daemon.dvctl("query", "", "--count").text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Empty before it is there.
  private func reason(_ name: String) -> String {
    (try? String(contentsOfFile: "\(drop)/failed/\(name).reason.txt", encoding: .utf8)) ?? ""
  }

  @Test func takesWhatLiesThereAndWhatComes() throws {
    try write("a.txt", "Một bài nằm sẵn.")
    try write(".hidden.txt", "Ẩn.")
    try write("b.txt.part", "Chưa xong.")
    try write("c.tmp", "Chưa xong.")
    try daemon.start()
    #expect(comes { isThere("done/a.txt") })
    try write("d.jsonl", #"{"text":"Hai."}"# + "\nhỏng\n" + #"{"text":"Ba."}"#)
    #expect(comes { reason("d.jsonl").contains("2 documents stored, 1 rejected") })
    #expect(reason("d.jsonl").contains("d.jsonl:2: "))
    #expect(isThere("failed/d.jsonl"))
    // The same again is one article, and keeps both files.
    try write("a.txt", "Một bài nằm sẵn.")
    #expect(comes { !isThere("a.txt") })
    let done = try FileManager.default.contentsOfDirectory(atPath: drop + "/done")
    #expect(done.count == 2 && done.allSatisfy { $0.hasPrefix("a.txt") })
    #expect(try articles() == "3")
    // Moved in under its name, when it is complete.
    #expect(rename("\(drop)/b.txt.part", "\(drop)/b.txt") == 0)
    #expect(comes { isThere("done/b.txt") })
    #expect(isThere(".hidden.txt") && isThere("c.tmp"))
    let status = try daemon.dvctl("status", "--format", "json").text
    #expect(status.contains(#""done": 3"#) && status.contains(#""failed": 1"#), "\(status)")
    #expect(try daemon.dvctl("status").text.contains("last failure"))
  }

  @Test func waitsForWritersAndFollowsNoLinks() throws {
    let secret = folder.path + "/secret.txt"
    try "Không được đọc.".write(toFile: secret, atomically: true, encoding: .utf8)
    let slow = open("\(drop)/slow.txt", O_WRONLY | O_CREAT, 0o644)
    #expect(Glibc.write(slow, "Nửa ", 6) == 6)
    symlink(secret, "\(drop)/link.txt")
    symlink(folder.path, "\(drop)/folder-link")
    mkfifo("\(drop)/pipe.txt", 0o644)
    try FileManager.default.createDirectory(
      atPath: drop + "/inner", withIntermediateDirectories: true)
    try write("inner/x.txt", "Trong thư mục con.")
    try daemon.start()
    #expect(comes { isThere("failed/pipe.txt") && isThere("failed/folder-link") })
    #expect(comes { reason("link.txt").contains("a link, which is not followed") })
    #expect(comes { reason("pipe.txt").contains("neither a file nor a folder") })
    // Still open after everything else was taken.
    #expect(isThere("slow.txt") && isThere("inner/x.txt"))
    #expect(Glibc.write(slow, "kia.", 4) == 4)
    close(slow)
    #expect(comes { isThere("done/slow.txt") })
    #expect(try articles() == "1")
    #expect(try daemon.dvctl("query", "\"Nửa kia\"", "--count").text.contains("1"))
    #expect(try String(contentsOfFile: secret, encoding: .utf8) == "Không được đọc.")
  }

  @Test func outlivesItsFolder() throws {
    try daemon.start()
    try write("a.txt", "Một.")
    #expect(comes { isThere("done/a.txt") })
    #expect(rename(drop, folder.path + "/away") == 0)
    #expect(try comes { try daemon.dvctl("status").text.contains("not watched") })
    try FileManager.default.createDirectory(atPath: drop, withIntermediateDirectories: true)
    try write("b.txt", "Hai.")
    #expect(comes { isThere("done/b.txt") })
    try write("c.xyz", "Không biết loại.")
    #expect(comes { isThere("failed/c.xyz") })
    #expect(try articles() == "2")
    #expect(try daemon.stop(signal: SIGTERM) == 0)
  }

  /// Killed at any moment, nothing is lost, half or twice.
  @Test func survivesKills() throws {
    for number in 0..<40 {
      let lines = (0..<5).map { #"{"text":"Bài số \#(number) phần \#($0) của một loạt."}"# }
      try write("f\(number).jsonl", lines.joined(separator: "\n"))
    }
    for pause in [0.0, 0.01, 0.03, 0.06, 0.1] {
      try daemon.start()
      Thread.sleep(forTimeInterval: pause)
      _ = try daemon.stop(signal: SIGKILL)
    }
    try daemon.start()
    #expect(
      comes { (0..<40).allSatisfy { !isThere("f\($0).jsonl") } })
    let done = try FileManager.default.contentsOfDirectory(atPath: drop + "/done")
    #expect(done.count == 40)
    #expect(try articles() == "200")
    let events = try daemon.dvctl("feed", "--max-events", "1000", "--format", "ndjson").lines
    #expect(events.count == 200)
    #expect(try FileManager.default.contentsOfDirectory(atPath: drop + "/failed").isEmpty)
  }
}
