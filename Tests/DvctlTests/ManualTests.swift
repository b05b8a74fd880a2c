import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import dvctl

/// The manual, as `scripts/manual` writes it: every verb, option and exit status, and no page that a reader or a
/// program would stumble over.
struct ManualTests {
  /// The text of each page, by its file's name.
  private let pages: [String: String]
  private static let folder = Result { try TemporaryDirectory() }
  private static let written = Result { () throws -> [String: String] in
    let folder = try Self.folder.get()
    let result = try Programs.run(
      Repository.root.appendingPathComponent("scripts/manual"),
      [try Programs.path(of: "dvctl").path, folder.path])
    guard result.status == 0 else { throw ProgramError(description: result.errors) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try String(contentsOf: folder.url.appendingPathComponent($0), encoding: .utf8))
      })
  }

  init() throws { pages = try Self.written.get() }

  private func page(_ name: String) throws -> String {
    try #require(pages[name], "no \(name)").replacing("\\-", with: "-")
  }

  @Test func everyVerbHasAPageAndIsInTheOverview() throws {
    let root = try #require(CommandInfo.root())
    let overview = try page("dvctl.1")
    for verb in root.subcommands.compactMap(\.path.last) {
      #expect(overview.contains(".BR dvctl-\(verb) (1)\n"), "\(verb)")
      for part in [".SH NAME\n", ".SH SYNOPSIS\n", ".SH EXAMPLES\n", ".SH DESCRIPTION\n"] {
        #expect(try page("dvctl-\(verb).1").contains(part), "\(verb): \(part)")
      }
    }
    #expect(pages.keys.filter { $0.hasPrefix("dvctl-") }.count == root.subcommands.count)
  }

  @Test func noWordsAreLeftOfAVerbThatIsGone() throws {
    let root = try #require(CommandInfo.root())
    let folder = Repository.root.appendingPathComponent("clients/man/verbs")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(names) == Set(root.subcommands.compactMap { $0.path.last.map { "\($0).roff" } }))
  }

  @Test func everyOptionIsOnItsVerbsPage() throws {
    let root = try #require(CommandInfo.root())
    let overview = try page("dvctl.1")
    for verb in root.subcommands {
      let text = try page("dvctl-\(verb.path.last ?? "").1")
      for argument in verb.arguments + verb.subcommands.flatMap(\.arguments) {
        for name in argument.names {
          #expect(
            text.contains("\\fB\(name)\\fR") || overview.contains(name), "\(verb.path) \(name)")
        }
      }
    }
  }

  @Test func namesEveryExitStatus() throws {
    let overview = try page("dvctl.1")
    for status in dvctl.ExitStatus.allCases {
      #expect(overview.contains("\n.TP\n.B \(status.rawValue)\n"), "\(status)")
    }
  }

  /// A page that another names is there.
  @Test func noReferenceLeadsNowhere() throws {
    for (name, text) in pages {
      let text = text.replacing("\\-", with: "-")
      for match in text.matches(of: /\n\.BR ((?:dvctl|danvan)[-a-z.]*) \((\d)\)/) {
        #expect(pages["\(match.1).\(match.2)"] != nil, "\(name): \(match.1)(\(match.2))")
      }
    }
  }

  @Test func theFootersHaveTheVersion() throws {
    for (name, text) in pages {
      #expect(text.split(separator: "\n")[0].contains("\"danvan \(Dvctl.version)\""), "\(name)")
    }
  }

  @Test(arguments: [("mandoc", ["-Tlint", "-Wwarning"]), ("man", ["--warnings", "-l"])])
  func theFormattersFindNoFault(_ program: String, _ options: [String]) throws {
    let path = URL(fileURLWithPath: "/usr/bin/\(program)")
    guard FileManager.default.isExecutableFile(atPath: path.path) else {
      print("the manual was not held against \(program): there is none here")
      return
    }
    let folder = try Self.folder.get()
    let files = pages.keys.sorted().map { folder.url.appendingPathComponent($0).path }
    let result = try Programs.run(path, options + files, environment: ["LC_ALL": "C.UTF-8"])
    #expect(result.errors.isEmpty, "\(result.errors)")
    if program == "mandoc" { #expect(result.text.isEmpty, "\(result.text)") }
  }
}
