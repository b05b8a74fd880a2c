import Testing

@testable import DanvanExtract

@Suite struct RuleExampleTests {
  @Test func theRuleSetLoads() throws {
    _ = try VietnameseRules.extractor.get()
  }

  @Test("examples", arguments: VietnameseRules.rules)
  func examplesAreFound(of rule: Rule) throws {
    let extractor = try VietnameseRules.extractor.get()
    // A `none` rule keeps others off and finds nothing itself.
    var used = rule.value == "none"
    for written in rule.examples {
      let example = try #require(ExampleSentence(written), "unreadable example: \(written)")
      let facts = extractor.facts(in: example.article)
      let faults = example.differences(from: facts)
      #expect(
        faults.isEmpty, "\(rule.file) \(rule.id): \(written)\n\(faults.joined(separator: "\n"))")
      used = used || !example.types.isDisjoint(with: ["DATE", "SOURCE"])
      used = used || ExampleSentence.marks(of: facts).contains { $0.rule == rule.id }
    }
    #expect(used, "no example of \(rule.id) is found by that rule")
  }

  @Test("rejects", arguments: VietnameseRules.rules)
  func rejectsAreNotFound(of rule: Rule) throws {
    let extractor = try VietnameseRules.extractor.get()
    for written in rule.rejects {
      let example = try #require(ExampleSentence(written), "unreadable reject: \(written)")
      let found = ExampleSentence.marks(of: extractor.facts(in: example.article))
        .filter { $0.rule == rule.id }.map { "\($0.mark)" }
      #expect(found.isEmpty, "\(rule.file) \(rule.id): \(written): found \(found)")
    }
  }
}
