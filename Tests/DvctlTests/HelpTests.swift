import ArgumentParser
import DanvanLanguage
import Foundation
import TestSupport
import Testing

@testable import dvctl

/// Help and examples against the parser.
struct HelpTests {
  private let root: CommandInfo

  private static let dumped = CommandInfo.root()

  init() throws { root = try #require(Self.dumped) }

  @Test func everyVerbHasExamplesAndNoOtherHas() {
    let verbs = root.subcommands.compactMap(\.path.last)
    #expect(Set(Examples.shipped.verbs.map(\.verb)) == Set(verbs))
    for (verb, examples) in Examples.shipped.verbs {
      #expect(!examples.isEmpty, "\(verb)")
      for example in examples {
        #expect(example.says.hasSuffix(":") && !example.commands.isEmpty, "\(example)")
      }
    }
  }

  /// Every example is a command line that dvctl takes, of the verb that it shows.
  @Test func everyExampleIsParsed() throws {
    for (verb, examples) in Examples.shipped.verbs {
      let lines = examples.flatMap(\.commands)
      let own = lines.flatMap(ShellWords.dvctl(in:))
      #expect(own.contains { $0.first == verb }, "\(verb)")
      for words in own { try Self.parse(words) }
    }
  }

  /// So is every command in the documents, within code.
  @Test(arguments: Self.documents)
  func everyCommandOfTheDocumentsIsParsed(_ name: String) throws {
    let text = try String(
      contentsOf: Repository.root.appendingPathComponent(name), encoding: .utf8)
    var isCode = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isCode.toggle() }
      guard isCode, !line.contains("dvctl …") else { continue }
      let command = line.hasPrefix("$ ") ? String(line.dropFirst(2)) : String(line)
      for words in ShellWords.dvctl(in: command) { try Self.parse(words) }
    }
  }

  private static let documents: [String] = {
    let docs = Repository.root.appendingPathComponent("docs")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: docs.path)) ?? []
    return [
      "README.md", "CONTRIBUTING.md", "Protocol/README.md",
      "Sources/DanvanExtract/Resources/README.md", "clients/python/README.md",
      "clients/dvctl/Templates/README.md",
    ] + names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
  }()

  private static func parse(_ words: [String]) throws {
    // A backup to a terminal is refused, and the tests may run at one.
    guard words != ["backup", "-"] else { return }
    do {
      _ = try Dvctl.parseAsRoot(Dvctl.verbFirst(words))
    } catch {
      // The version and help end the parser.
      #expect(
        Dvctl.exitCode(for: error).isSuccess, "dvctl \(words): \(Dvctl.message(for: error))")
    }
  }

  @Test func examplesComeFirstThenUsageThenOptions() throws {
    let query = try #require(CommandInfo.named(by: ["query"]))
    let lines = Self.page(of: query)
    #expect(lines[0] == "dvctl query: Find articles.")
    let headings = lines.filter { !$0.isEmpty && $0.uppercased() == $0 && $0.first != " " }
    #expect(headings == ["EXAMPLES", "USAGE", "ARGUMENTS", "OPTIONS", "OPTIONS OF MOST VERBS"])
    #expect(lines.contains("    dvctl query dan van"))
    #expect(lines.contains("  dvctl query [<words>...] [<option>...]"))
    #expect(lines.contains("  --limit <count>"))
    #expect(lines.contains("      At most so many articles, 1 to 1000. (default: 20)"))
  }

  /// Commands are never broken, since they are there to be copied.
  @Test func allElseFitsTheTerminal() {
    for verb in [root] + root.subcommands + root.subcommands.flatMap(\.subcommands) {
      for width in [40, 80] {
        let page = HelpPage(verb, catalogue: .none, style: Style(hasColor: false, width: width))
        for line in page.lines where !line.hasPrefix("    ") || line.hasPrefix("      ") {
          // What has no space cannot be broken.
          let isOneWord = !line.drop { $0 == " " }.contains(" ")
          #expect(line.count <= width || isOneWord, "\(verb.path): \(line)")
        }
      }
    }
  }

  private static func page(of command: CommandInfo) -> [String] {
    HelpPage(command, catalogue: .none, style: Style(hasColor: false, width: 80)).lines
  }

  @Test func theWordsNameTheVerb() {
    func path(_ words: [String]) -> [String]? { CommandInfo.named(by: words)?.path }
    #expect(path(["saved", "add", "x"]) == ["dvctl", "saved", "add"])
    #expect(path(["--help"]) == ["dvctl"])
    #expect(path(["query", "--help"]) == ["dvctl", "query"])
    #expect(path(["bogus", "query"]) == ["dvctl"])
  }

  /// Help asks the parser for one verb; the manual asks for all of them at once.
  @Test func aVerbAloneHasThePageThatItHasAmongAll() throws {
    for verb in [root] + root.subcommands + root.subcommands.flatMap(\.subcommands) {
      let alone = try #require(CommandInfo.named(by: verb.path.dropFirst()))
      #expect(Self.page(of: alone) == Self.page(of: verb))
    }
  }

  /// A verb without a name of its own is given one at each start by looking through all types there are.
  @Test func everyVerbSaysItsName() {
    func nameless(_ type: any ParsableCommand.Type) -> [String] {
      (type.configuration.commandName == nil ? ["\(type)"] : [])
        + type.configuration.subcommands.flatMap(nameless)
    }
    #expect(nameless(Dvctl.self).isEmpty)
  }

  @Test(arguments: [
    (["qury", "x"], "There is no verb 'qury'; did you mean 'query'?"),
    (["--socket", "/x", "shwo", "1"], "There is no verb 'shwo'; did you mean 'show'?"),
    (["saved", "rnu"], "There is no verb 'rnu'; did you mean 'run'?"),
    (["saved", "nonsense"], "There is no verb 'nonsense'; `dvctl saved --help` lists them."),
    (["help", "qury"], "There is no verb 'qury'; did you mean 'query'?"),
    (["query", "--limt", "3", "x"], "Unknown option '--limt'. Did you mean '--limit'?"),
    (["show", "--nonsense=1", "1"], "Unknown option '--nonsense'"),
    (["show", "1", "2"], "Unexpected argument '2'"),
  ])
  func whatIsMisspeltIsToldWithWhatWasMeant(_ words: [String], _ message: String) throws {
    let result = try Programs.dvctl(words)
    #expect(result.status == 2 && result.text.isEmpty)
    #expect(result.errors.hasPrefix("Error: \(message)\n"), "\(result.errors)")
  }

  @Test func theUsageIsOfTheVerbThatHasNoSuch() throws {
    let result = try Programs.dvctl(["saved", "nonsense"])
    #expect(result.errors.contains("\nUsage: dvctl saved <subcommand>\n"), "\(result.errors)")
  }

  /// Not what the verb misses beside it.
  @Test func anOptionThatAVerbDoesNotHaveIsTheFault() throws {
    let result = try Programs.dvctl(["correct", "1.TITLE.0-4", "--zzzzzz"])
    #expect(result.status == 2)
    #expect(
      result.errors.hasPrefix("Error: Unknown option '--zzzzzz'\nUsage: dvctl correct"),
      "\(result.errors)")
  }

  @Test func helpOfNoVerbSaysSo() throws {
    let result = try Programs.dvctl(["help", "nosuch"])
    #expect(result.status == 2 && result.text.isEmpty)
    #expect(result.errors.hasPrefix("Error: There is no verb 'nosuch'"), "\(result.errors)")
  }

  @Test func helpSpeaksTheUsersLanguage() throws {
    for words in [["help", "query"], ["query", "--help"], ["query", "-h"]] {
      let result = try Programs.dvctl(words, environment: ["LC_ALL": "vi_VN.UTF-8"])
      #expect(result.status == 0 && result.errors.isEmpty)
      #expect(result.text.hasPrefix("dvctl query: Tìm bài.\n\nVÍ DỤ\n"))
    }
    let wrong = try Programs.dvctl(
      ["query", "--limt", "3"], environment: ["LC_ALL": "vi_VN.UTF-8"])
    #expect(wrong.status == 2)
    #expect(wrong.errors.hasPrefix("Lỗi: Không có tùy chọn '--limt'"), "\(wrong.errors)")
    let lost = try Programs.dvctl(
      ["ping", "--socket", "/nonexistent/s"], environment: ["LC_ALL": "vi_VN.UTF-8"])
    #expect(
      lost.errors == """
        dvctl: không kết nối được danvand (có đang chạy không?); đã thử:
          /nonexistent/s: Không có tệp hoặc thư mục này

        """)
    let json = try Programs.dvctl(
      ["ping", "--socket", "/nonexistent/s", "--format", "json"],
      environment: ["LC_ALL": "vi_VN.UTF-8"])
    #expect(json.errors.contains("cannot reach danvand (is it running?)"))
  }
}

/// A line of a shell in words, as far as examples need it.
enum ShellWords {
  /// The words behind each `dvctl` of a line of commands parted by `|`, up to a redirection or comment.
  static func dvctl(in line: String) -> [[String]] {
    commands(of: line).compactMap { words in
      let words = words.first == "sudo" ? words.dropFirst() : words[...]
      return words.first == "dvctl" ? Array(words.dropFirst()) : nil
    }
  }

  static func commands(of line: String) -> [[String]] {
    var commands: [[String]] = [[]]
    var word: String?
    var quote: Character?
    var isDropped = false
    /// Of `$(…)`, which is one word.
    var depth = 0
    func close() {
      if let done = word, !isDropped { commands[commands.count - 1].append(done) }
      word = nil
    }
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
        continue
      }
      if character == "(", word?.last == "$" { depth += 1 }
      if depth > 0 {
        word?.append(character)
        if character == ")" { depth -= 1 }
        continue
      }
      switch character {
      case "'", "\"":
        quote = character
        word = word ?? ""
      case " ": close()
      case "|", ";":
        close()
        commands.append([])
        isDropped = false
      case "&" where word == nil, ">" where word == nil, "<" where word == nil:
        isDropped = true
      case "#" where word == nil:
        close()
        return commands.filter { !$0.isEmpty }
      default: word = (word ?? "") + String(character)
      }
    }
    close()
    return commands.filter { !$0.isEmpty }
  }
}
