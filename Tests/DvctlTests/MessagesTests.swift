import ArgumentParser
import DanvanClient
import Foundation
import TestSupport
import Testing

@testable import DanvanLanguage
@testable import dvctl

/// The Vietnamese catalogue against the sources: nothing is missing, left over, or goes past it.
struct MessagesTests {
  private static let root = CommandInfo.root()
  private let file: PortableObject
  private let catalogue: Catalogue
  /// The literals of dvctl, with the file that each is in.
  private static let literals = Result {
    try Repository.swiftFiles(under: try Repository.sources(of: "dvctl")).flatMap { file in
      SwiftTexts(try String(contentsOf: file, encoding: .utf8)).literals
        .map { (file: file.lastPathComponent, literal: $0) }
    }
  }
  private let literals: [(file: String, literal: SwiftTexts.Literal)]

  init() throws {
    let folder = try Repository.sources(of: "dvctl")
    let bytes = try Data(contentsOf: folder.appendingPathComponent("Messages/vi.po"))
    file = try PortableObject(parsing: Array(bytes))
    catalogue = try Catalogue(file)
    literals = try Self.literals.get()
  }

  private static func marks(_ literal: SwiftTexts.Literal) -> Bool {
    literal.before.reversed().drop(while: \.isWhitespace).starts(with: "Localized(".reversed())
  }

  private static func hasWords(_ template: String) -> Bool {
    template.replacing(/\{\d+\}/, with: "").contains(where: \.isLetter)
  }

  /// The program's own texts, as far as they have words.
  private var texts: [String] {
    literals.filter { Self.marks($0.literal) && $0.file != "Localized.swift" }
      .map(\.literal.template).filter(Self.hasWords)
  }

  @Test func everyTextOfTheProgramIsInTheCatalogue() {
    // Those `by` somebody else are looked up among theirs.
    let foreign = Set([",", "."])
    let missing = Set(texts).subtracting(foreign).filter { catalogue[$0] == nil }
    #expect(missing.isEmpty, "\(missing.sorted())")
    #expect(texts.count > 300)
  }

  @Test func everyTextOfTheHelpIsInTheCatalogue() throws {
    let root = try #require(Self.root)
    let missing = Set(HelpPage.texts(of: root)).filter { catalogue[$0] == nil }
    #expect(missing.isEmpty, "\(missing.sorted())")
  }

  @Test func everyValueOfAUsageIsInTheCatalogue() throws {
    let used = Placeholders.names(of: try #require(Self.root))
    let known = Set(file.entries.filter { $0.context == "value" }.map(\.id))
    #expect(used.isSubset(of: known), "\(used.subtracting(known))")
    // Those of the parser itself, which no verb names.
    #expect(known.subtracting(used) == ["options", "subcommand", "subcommands"])
    #expect(
      Placeholders.told(in: "dvctl who [<title> ...] --at <date> <new>", catalogue)
        == "dvctl who [<chức vụ> ...] --at <ngày> <new>")
  }

  @Test func theCatalogueHasNothingThatIsNotUsed() throws {
    let root = try #require(Self.root)
    let used = Set(texts + HelpPage.texts(of: root))
    let left = file.entries.filter { $0.context == nil && !$0.id.isEmpty && !used.contains($0.id) }
    #expect(left.isEmpty, "\(left.map(\.id))")
  }

  @Test func bothLanguagesHaveTheSamePlaces() {
    for entry in file.entries {
      let (source, target) = (MessageTemplate(entry.id), MessageTemplate(entry.text))
      #expect(Set(source.places) == Set(target.places), "line \(entry.line): \(entry.id)")
      #expect(!entry.text.isEmpty, "line \(entry.line)")
      #expect(entry.text == entry.text.precomposedStringWithCanonicalMapping, "\(entry.id)")
    }
  }

  /// A sentence of the daemon that is translated is one that it says.
  @Test func sentencesOfTheDaemonAreInItsSources() throws {
    // Generated code says nothing to people.
    let sources = try Repository.swiftFiles(
      under: Repository.root.appendingPathComponent("Sources")
    ).filter { !$0.path.contains("/DanvanMessages/") }
    let said = try Set(
      sources.flatMap { file in
        SwiftTexts(try String(contentsOf: file, encoding: .utf8)).literals.map(\.template)
      })
    for entry in file.entries where entry.context == "danvan" {
      #expect(said.contains(entry.id), "line \(entry.line): \(entry.id)")
    }
  }

  /// What the daemon refuses and why is said in the user's language.
  @Test func everyRefusalOfTheDaemonIsInTheCatalogue() throws {
    let places = [
      "DanvanService", "DanvanIngest", "DanvanInputs", "DanvanDaemon/Handlers",
      "DanvanDaemon/Mapping", "DanvanDaemon/Configuration", "DanvanExtract",
    ]
    /// What stands before a text that somebody is told.
    let sinks =
      /(\.invalid\(|DanvanError\(\s*\.[a-zA-Z]+,|\.error\(\s*[^"]*,|throw (fault|error)\(|message:|because:|reason:|failure\([a-z.]+,|notes\.append\(|faults\.append\()$/
    let known = Set(file.entries.filter { $0.context == "danvan" }.map(\.id))
    for file in try places.flatMap({
      try Repository.swiftFiles(under: Repository.root.appendingPathComponent("Sources/\($0)"))
    }) {
      for literal in SwiftTexts(try String(contentsOf: file, encoding: .utf8)).literals
      where Self.hasWords(literal.template) {
        let before = literal.before.trimmingCharacters(in: .whitespacesAndNewlines)
        guard before.firstMatch(of: sinks) != nil else { continue }
        #expect(known.contains(literal.template), "\(file.lastPathComponent): \(literal.template)")
      }
    }
  }

  /// The notes of all rules that are shipped, a new one's, too.
  @Test func notesOfRulesAreInTheCatalogue() throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: Repository.rules.appendingPathComponent("rules"), includingPropertiesForKeys: nil)
    let notes = try Set(
      files.flatMap { file in
        try String(contentsOf: file, encoding: .utf8)
          .matches(of: /\bnote: "((?:[^"\\]|\\.)*)"/).map { String($0.1) }
      })
    let known = notes.filter { catalogue.translation(of: $0, by: .rule) != nil }
    #expect(notes.count > 80)
    #expect(known.isSuperset(of: notes), "\(notes.subtracting(known).sorted())")
  }

  /// What readers of JSON find.
  @Test func faultsOfJSONAreInTheCatalogue() throws {
    let known = Set(file.entries.filter { $0.context == "json" }.map(\.id))
    let said = Set(
      literals.filter { ["JSONReader.swift", "JSONMessage.swift"].contains($0.file) }
        .filter { $0.literal.template.contains(/[a-z]{2,} [a-z]|was expected|\{1\}:/) }
        .map(\.literal.template))
    #expect(said == known)
    let text = "item.article: it wants one of A, B"
    #expect(
      Localized(text, by: .json).text(in: catalogue) == "item.article: cần một trong A, B")
  }

  /// What a time was counted from, and why a reading was given up, as `explain` shows them.
  @Test(arguments: [
    ("year from the document date", "năm lấy từ ngày của bài"),
    ("`name.person` is a body's name", "`name.person` là tên của một cơ quan"),
    ("names the event `hội nghị` again", "gọi lại tên sự kiện `hội nghị`"),
  ])
  func reasonsAreVietnamese(_ text: String, _ expected: String) {
    #expect(Localized(text, by: .danvan).text(in: catalogue) == expected)
  }

  /// Whole, however it is put together.
  @Test(arguments: [
    (
      "query, column 6: unknown kind 'evnt'; did you mean 'event'?",
      "truy vấn, cột 6: không có loại 'evnt'; có phải ý bạn là 'event'?"
    ),
    (
      "query, column 6: unknown kind 'x'; the kinds are person, org",
      "truy vấn, cột 6: không có loại 'x'; các loại là person, org"
    ),
    (
      "query, column 1: unknown field 'x:'; the fields are person: title:; quote \"x:…\" to search for it",
      "truy vấn, cột 1: không có trường 'x:'; các trường là person: title:; đặt \"x:…\" trong ngoặc kép để tìm chính chữ ấy"
    ),
    ("find (hội AND nghị), newest first", "tìm (hội AND nghị), mới nhất trước"),
    (
      "'a b' is no name for a saved search: letters, digits and _ - . / make one, at most 64 bytes, not - at the beginning",
      "'a b' không đặt tên cho truy vấn đã lưu được: tên gồm chữ cái, chữ số và _ - . /, nhiều nhất 64 byte, không mở đầu bằng -"
    ),
  ])
  func sentencesOfQueriesAreVietnamese(_ text: String, _ expected: String) {
    #expect(Localized(text, by: .danvan).text(in: catalogue) == expected)
  }

  /// So are the faults of files, behind the file's name and the line.
  @Test(arguments: [
    (
      "/etc/danvand.toml:3: unknown key 'log.levl'; did you mean 'log.level'?",
      "/etc/danvand.toml:3: không có khóa 'log.levl'; có phải ý bạn là 'log.level'?"
    ),
    (
      "/etc/danvand.toml:3: 'log.level' must be one of error, warning",
      "/etc/danvand.toml:3: 'log.level' phải là một trong error, warning"
    ),
    (
      "/etc/danvand.toml:3: 'loud' is no string in quotes, integer or boolean",
      "/etc/danvand.toml:3: 'loud' không phải chuỗi trong dấu nháy, số nguyên hay giá trị đúng sai"
    ),
    (
      "DANVAND_LOG_LEVEL: 'log.level' must be one of error",
      "DANVAND_LOG_LEVEL: 'log.level' phải là một trong error"
    ),
    (
      "/x/vi.d/rules/times.json5:4: rule 'time.x': the example 'a: b; c' fails: not found: {TIME:b}",
      "/x/vi.d/rules/times.json5:4: quy tắc 'time.x': ví dụ 'a: b; c' không đạt: không tìm thấy: {TIME:b}"
    ),
    (
      "cannot bind /proc/s: No such file or directory",
      "không thể gắn ổ cắm vào /proc/s: Không có tệp hoặc thư mục này"
    ),
    (
      "cannot be read: No such file or directory",
      "không đọc được: Không có tệp hoặc thư mục này"
    ),
    ("SQLite 26: file is not a database", "SQLite 26: tệp không phải cơ sở dữ liệu"),
    (
      "/x/rules/times.json5:9: entry 2: no `id`", "/x/rules/times.json5:9: mục 2: thiếu `id`"
    ),
    (
      "rules/times.json5:4: rule 't': cannot read the pattern: no fragment `x` before `y`",
      "rules/times.json5:4: quy tắc 't': không đọc được mẫu: không có đoạn mẫu `x` trước `y`"
    ),
    (
      "/x/lexicon/titles.tsv:7: 3 cells where the list has 4",
      "/x/lexicon/titles.tsv:7: có 3 ô trong khi danh sách có 4"
    ),
    (
      "configuration is good: file /etc/d.toml; rules 1+2, 3 KiB of memory",
      "cấu hình hợp lệ: tệp /etc/d.toml; quy tắc 1+2, chiếm 3 KiB bộ nhớ"
    ),
  ])
  func faultsOfFilesAreVietnamese(_ text: String, _ expected: String) {
    #expect(Localized(text, by: .danvan).text(in: catalogue) == expected)
  }

  @Test func noMessageGoesPastTheCatalogue() {
    let sinks = ["ValidationError(", "Talk.say(", "Talk.close(", "Localized(verbatim:"]
    for (file, literal) in literals where Self.hasWords(literal.template) {
      let before = literal.before.trimmingCharacters(in: .whitespacesAndNewlines)
      #expect(
        !sinks.contains(where: before.hasSuffix),
        "\(file):byte \(literal.place): \(literal.template)")
    }
  }

  /// What reads like a sentence is marked, is part of the help, or stands in a file that people who write
  /// templates, messages or JSON for programs read the errors of.
  @Test func noSentenceIsUnmarked() {
    let technical = [
      "JSONReader.swift", "JSONMessage.swift", "SchemaParser.swift", "SchemaTokens.swift",
      "Template.swift", "TemplateFolder.swift", "TemplateRenderer.swift", "TimelineDrawing.swift",
      "TraceReport.swift",
      "FactTable.swift", "ExportedArticle.swift", "SQLiteSink.swift",
    ]
    let help = ["help:", "ArgumentHelp(", "abstract:", "discussion:", "+"]
    /// Names and commands, not sentences.
    let exempt = [
      "SQLite format 30", ", copies looked for", "goes on", "given up", "cut off", "at risk",
      "out of memory", "PRAGMA quick_check", "PRAGMA user_version", "SELECT count(*) FROM article",
      "UPDATE meta SET value = ? WHERE key = 'store'", "dvctl person {1}",
      "dvctl events --from {1} --to {2}", "dvctl directive {1}.{2}",
      // As the parser says it, whose texts are translated behind.
      "Error: Unknown option '{1}'", "  See '{1} --help' for more information.",
    ]
    for (file, literal) in literals where !technical.contains(file) && !Self.marks(literal) {
      let template = literal.template
      let before = literal.before.trimmingCharacters(in: .whitespacesAndNewlines)
      guard template.contains(/[A-Za-z]{2,} [a-z]{2,}/), !exempt.contains(template),
        !help.contains(where: before.hasSuffix),
        // What travels on as the reason of a `DaemonError` is told by it.
        !before.hasSuffix(".malformed("), !before.hasSuffix(".lost(")
      else { continue }
      Issue.record("\(file):byte \(literal.place): \(template)")
    }
  }
}

/// How a text finds its translation.
struct LocalizedTests {
  private static func catalogue(_ text: String) throws -> Catalogue {
    try Catalogue(PortableObject(parsing: Array(text.utf8)))
  }

  private static let small = """
    msgid ""
    msgstr "Language: vi\\n"

    # a comment
    msgid "{1} of {2}"
    msgstr ""
    "{2}, "
    "of which {1}"

    msgid "say \\"{1}\\""
    msgstr "nói \\"{1}\\""

    msgctxt "danvan"
    msgid "there is no article {1}"
    msgstr "không có bài {1}"

    msgctxt "danvan"
    msgid "cannot read {1}: {2}"
    msgstr "không đọc được {1}: {2}"

    msgctxt "danvan"
    msgid "; did you mean '{1}'?"
    msgstr "; có phải ý bạn là '{1}'?"

    msgctxt "system"
    msgid "Permission denied"
    msgstr "Không có quyền"
    """

  @Test func argumentsGoToTheirPlaces() throws {
    let catalogue = try Self.catalogue(Self.small)
    let text = Localized("\(3) of \(10)")
    #expect(text.text(in: catalogue) == "10, of which 3")
    #expect(text.english == "3 of 10")
    #expect(Localized("say \"\(text)\"").text(in: catalogue) == "nói \"10, of which 3\"")
    #expect(Localized("say nothing \(1)").text(in: catalogue) == "say nothing 1")
    #expect(Localized(verbatim: "{1} of {2}").text(in: catalogue) == "{1} of {2}")
    #expect(Localized("say \"\("{1}")\"").text(in: catalogue) == "nói \"{1}\"")
  }

  @Test func sentencesOfOthersAreKnownByTheirShape() throws {
    let catalogue = try Self.catalogue(Self.small)
    func told(_ text: String) -> String { Localized(text, by: .danvan).text(in: catalogue) }
    #expect(told("there is no article 7") == "không có bài 7")
    #expect(told("there is no article") == "there is no article")
    #expect(told("cannot read a: b: Permission denied") == "không đọc được a: b: Permission denied")
    #expect(told("cannot read a: Permission denied") == "không đọc được a: Không có quyền")
    #expect(told("something else") == "something else")
    #expect(
      told("there is no article 7; did you mean '8'?") == "không có bài 7; có phải ý bạn là '8'?")
    #expect(told("nothing; did you mean '8'?") == "nothing; did you mean '8'?")
    #expect(Localized("there is no article 7", by: .danvan).english == "there is no article 7")
  }

  @Test(arguments: [
    ("msgid \"a\"", 1), ("msgid \"a\"\nmsgstr \"b", 2), ("msgstr \"b\"", 1),
    ("msgid \"a\"\nmsgstr \"\\q\"", 2), ("msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"", 3),
    ("nonsense", 1), ("msgctxt \"x\"\nmsgid \"a\"\nmsgstr \"b\"", 1), ("msgid \"a\" \"b\"", 1),
  ])
  func aDamagedCatalogueIsToldWithItsLine(_ text: String, _ line: Int) {
    let error = #expect(throws: PortableObjectError.self) { try Self.catalogue(text) }
    #expect(error?.line == line)
  }

  @Test func noBytesEndTheProgram() {
    var random = SystemRandomNumberGenerator()
    let whole = Array(Self.small.utf8)
    for _ in 0..<2_000 {
      var bytes = whole
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      _ = try? Catalogue(PortableObject(parsing: Array(bytes.prefix(.random(in: 0...bytes.count)))))
    }
  }

  @Test(arguments: [
    (["LANG": "vi_VN.UTF-8"], "vi"), (["LANG": "vi"], "vi"), (["LANG": "vie_VN"], "en"),
    (["LC_ALL": "C", "LANG": "vi_VN"], "en"), (["LC_ALL": "", "LANG": "vi_VN"], "vi"),
    (["LC_MESSAGES": "vi_VN.UTF-8", "LANG": "en_US.UTF-8"], "vi"), ([:], "en"),
    (["LANG": "xx_YY"], "en"), (["LC_ALL": "vi@x"], "vi"),
  ])
  func theEnvironmentNamesTheLanguage(_ environment: [String: String], _ code: String) {
    #expect(UserLanguage(environment: environment, executable: "/x/bin/dvctl").code == code)
  }

  @Test func theCatalogueIsBesideTheProgramOrTheSources() {
    func files(_ executable: String, _ more: [String: String] = [:]) -> [String] {
      UserLanguage(environment: more.merging(["LANG": "vi_VN"]) { $1 }, executable: executable)
        .files
    }
    #expect(files("/usr/local/bin/dvctl")[0] == "/usr/local/share/danvan/messages/vi.po")
    #expect(files("/a/.build/x/debug/dvctl")[0] == "/a/clients/dvctl/Messages/vi.po")
    #expect(files("/usr/bin/dvctl", ["DANVAN_MESSAGES": "/m"]) == ["/m/vi.po"])
    #expect(UserLanguage(environment: [:], executable: "/usr/bin/dvctl").files.isEmpty)
  }

  @Test func aMissingCatalogueIsEnglishAndADamagedOneIsTold() throws {
    let folder = try TemporaryDirectory()
    let language = UserLanguage(
      environment: ["LANG": "vi_VN", "DANVAN_MESSAGES": folder.path], executable: "")
    var told: [String] = []
    #expect(language.catalogue { told.append($0) }.isEmpty)
    #expect(told.isEmpty)
    try Data("msgid \"a\"\nmsgid".utf8).write(to: folder.url.appendingPathComponent("vi.po"))
    #expect(language.catalogue { told.append($0) }.isEmpty)
    #expect(told == ["\(folder.path)/vi.po:2: a text in quotes is wanted; going on in English"])
    try Data([0x6D, 0xFF]).write(to: folder.url.appendingPathComponent("vi.po"))
    #expect(language.catalogue { told.append($0) }.isEmpty)
    #expect(told.count == 2)
  }
}
