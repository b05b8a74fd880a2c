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

  @Test func everyVectorHasANameOfItsOwnAndAReason() throws {
    let vectors = try Vector.all() + Vector.all(role: "client")
    #expect(Set(vectors.map(\.name)).count == vectors.count)
    for vector in vectors { #expect(vector.why.hasSuffix("."), "\(vector.name)") }
  }
}
