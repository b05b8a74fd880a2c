import Foundation
import TestSupport
import Testing

/// `dvctl show --html` in a real browser, where there is one.
struct ArticlePageTests {
  @Test func pagesAreFineInABrowser() throws {
    let folder = try TemporaryDirectory()
    let daemon = try RunningDaemon()
    try daemon.start()
    // What would be markup if it were not escaped, in title, text, names and values.
    let hostile = """
      <script>alert(1)</script> "Họp" & 'bàn'

      Sáng 26-3-2021, Bí thư Tỉnh ủy Lê Văn Thử chủ trì hội nghị <img src=x onerror=alert(1)>. Đồng chí Lê Văn Thử \
      yêu cầu Ban Dân vận <b>Tỉnh ủy</b> rà soát "mọi việc" & báo cáo trước ngày 30-4.

      """
    try hostile.write(toFile: folder.path + "/x.txt", atomically: true, encoding: .utf8)
    func dvctl(_ arguments: String...) throws -> Programs.Result {
      let result = try Programs.dvctl(arguments + ["--socket", daemon.socket.path])
      try #require(result.status == 0, "\(arguments): \(result.errors)")
      return result
    }
    _ = try dvctl("ingest", Repository.samples.path, folder.path + "/x.txt", "--jobs", "1")
    _ = try dvctl(
      "correct", "1", "--missing", "LOC", "--words", "Quang cảnh hội nghị", "--why", "<i>thử</i>")
    var pages: [String] = []
    for id in ["1", "7", "15"] {
      let page = try dvctl("show", id, "--html")
      #expect(!page.text.contains("<script"), "\(id)")
      #expect(!page.text.contains("<img") && !page.text.contains("<i>thử"), "\(id)")
      pages.append("\(folder.path)/\(id).html")
      try page.output.write(to: URL(fileURLWithPath: pages[pages.count - 1]))
    }
    let script = Repository.root.appendingPathComponent("Tests/Browser/article.py").path
    let result = try Programs.run(
      URL(fileURLWithPath: "/usr/bin/env"), ["python3", script] + pages)
    if result.text.hasPrefix("skipped") { print(result.text) }
    #expect(result.status == 0, "\(result.text)\(result.errors)")
  }

  @Test func pagesSpeakTheUsersLanguage() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    func dvctl(_ locale: String, _ arguments: String...) throws -> String {
      let result = try Programs.dvctl(
        arguments + ["--socket", daemon.socket.path], environment: ["LC_ALL": locale])
      try #require(result.status == 0, "\(arguments): \(result.errors)")
      return result.text
    }
    _ = try dvctl("C", "ingest", Repository.samples.path, "--jobs", "1")
    let list = try dvctl("C", "explain", "1")
    let fact = try #require(list.firstMatch(of: /1\.TITLE\.\d+-\d+/)).0
    _ = try dvctl("C", "correct", String(fact), "--set", "holder=Lê Văn Thử")
    let english = try dvctl("C", "show", "1", "--html")
    #expect(english.contains("<header lang=\"en\">") && english.contains("holder "))
    let page = try dvctl("vi_VN.UTF-8", "show", "1", "--html")
    #expect(page.contains("<header lang=\"vi\">") && page.contains("<footer lang=\"vi\">"))
    #expect(page.contains("<h2>Nhân vật</h2>") && !page.contains("<h2>Persons</h2>"))
    #expect(page.contains("người giữ ") && !page.contains(": holder "), "\(page.suffix(3000))")
  }
}
