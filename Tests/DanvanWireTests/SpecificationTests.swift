import Foundation
import TestSupport
import Testing

/// The specification's references hold.
@Suite struct SpecificationTests {
  @Test func everyVectorNamedInTheTextIsThere() throws {
    let names = try Set((Vector.all() + Vector.all(role: "client")).map(\.name))
    let file = Repository.root.appendingPathComponent("Protocol/README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let named = text.matches(of: /`\[([^\]]+)\]`/).map { String($0.output.1) }
    #expect(named.count > 80)
    for name in named where name != "name" { #expect(names.contains(name), "\(name)") }
  }

  /// What a test shows is called by its suite and name.
  @Test func everyTestNamedInTheTextIsThere() throws {
    let named = try Self.text().matches(of: /`([A-Z][A-Za-z]+Tests)\.([A-Za-z]+)`/)
    #expect(named.count >= 15)
    let tests = Repository.root.appendingPathComponent("Tests")
    let files = try FileManager.default.subpathsOfDirectory(atPath: tests.path)
    for name in named {
      let sources = try files.filter { $0.hasSuffix("/\(name.1).swift") }.map {
        try String(contentsOf: tests.appendingPathComponent($0), encoding: .utf8)
      }
      #expect(sources.contains { $0.contains("func \(name.2)(") }, "\(name.0)")
    }
  }

  /// Each fault has a code or none, says what survives, and names what shows it.
  @Test func everyFaultIsWhole() throws {
    let codes = try Self.codes()
    let part = try #require(
      Self.text().split(separator: "\n## ").first { $0.hasPrefix("Faults\n") })
    let rows = part.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2)
    let known = try Self.vectors()
    #expect(rows.count > 20)
    for row in rows {
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 4 else {
        Issue.record("\(row)")
        continue
      }
      let code = cells[1].prefix { $0.isUppercase || $0 == "_" }
      #expect(codes.contains(String(code)) || cells[1] == "none", "\(row)")
      let survivors = ["connection", "connection, plain", "nothing"]
      #expect(survivors.contains(cells[2]), "\(row)")
      let named = cells[3].matches(of: /`([^`]+)`/).map { String($0.1) }
      let areThere = named.allSatisfy { known.contains($0) || $0.contains(".") }
      #expect(areThere && !named.isEmpty, "\(row)")
    }
  }

  /// What a peer must or must not do is followed by what happens otherwise.
  @Test func everyMustSaysWhatHappensOtherwise() throws {
    let codes = try Self.codes()
    let known = try Self.vectors()
    let paragraphs = try Self.text().components(separatedBy: "\n\n")
    // The first only explains the words.
    let demands = paragraphs.filter { $0.contains("**must") }.dropFirst()
    #expect(demands.count >= 4)
    for demand in demands {
      #expect(
        codes.contains { demand.contains($0) } || demand.contains("connection is closed"),
        "\(demand)")
      let survivors = ["survives", "closed", "next frame"]
      #expect(survivors.contains { demand.contains($0) }, "\(demand)")
      let shown = demand.matches(of: /`\[([^\]]+)\]`/).contains { known.contains(String($0.1)) }
      #expect(shown || demand.contains(/`[A-Z][A-Za-z]+Tests\.[A-Za-z]+`/), "\(demand)")
    }
  }

  private static func text() throws -> String {
    try String(
      contentsOf: Repository.root.appendingPathComponent("Protocol/README.md"), encoding: .utf8)
  }

  private static func vectors() throws -> Set<String> {
    try Set((Vector.all() + Vector.all(role: "client")).map(\.name))
  }

  /// The names of the list of codes.
  private static func codes() throws -> Set<String> {
    let text = try text()
    let parts = text.components(separatedBy: "\n\n")
    let list = try #require(parts.first { $0.hasPrefix("Codes are") })
    let names = list.matches(of: /([A-Z_]+) \d+/).map { String($0.1) }
    #expect(names.count == 17)
    return Set(names)
  }

  @Test func everyVectorHasANameOfItsOwnAndAReason() throws {
    let vectors = try Vector.all() + Vector.all(role: "client")
    #expect(Set(vectors.map(\.name)).count == vectors.count)
    for vector in vectors { #expect(vector.why.hasSuffix("."), "\(vector.name)") }
  }
}
