import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import dvctl

/// The manual names every verb and every option, and every exit status.
struct ManualTests {
  private let manual: String

  init() throws {
    let page = Repository.root.appendingPathComponent("clients/man/dvctl.1")
    manual = try String(contentsOf: page, encoding: .utf8).replacing("\\-", with: "-")
  }

  @Test func namesEveryVerb() throws {
    for verb in Dvctl.configuration.subcommands {
      let names = [verb._commandName] + verb.configuration.aliases
      for name in names {
        #expect(
          manual.contains("\n.BR \(name) ") || manual.contains("\n.B \(name)\n")
            || manual.contains(" \", \" \(name) ") || manual.contains("\", \" \(name) \""),
          "\(name)")
      }
    }
  }

  @Test func namesEveryOption() throws {
    let verbs = Dvctl.configuration.subcommands
    let inner = verbs.flatMap { $0.configuration.subcommands }
    for verb in verbs + inner {
      for word in verb.helpMessage(columns: 400).split(whereSeparator: { " ,\n[]".contains($0) })
      where word.hasPrefix("--") && word.dropFirst(2).allSatisfy({ $0.isLetter || $0 == "-" }) {
        #expect(manual.contains(word), "\(verb._commandName) \(word)")
      }
    }
  }

  @Test func namesEveryExitStatus() {
    for status in dvctl.ExitStatus.allCases {
      #expect(manual.contains("\n.TP\n.B \(status.rawValue)\n"), "\(status)")
    }
  }
}
