import DanvanExtract
import DanvanModel
import FoundationEssentials
import Testing

@Suite struct RuleSetTests {
  private static func message(_ files: [String: String]) throws -> String {
    let folder = try RuleFolder(files)
    do {
      _ = try RuleSet(directory: folder.path)
      return "none"
    } catch let error as DanvanError {
      return error.message.replacing(folder.path + "/", with: "")
    }
  }

  private static func rule(_ id: String) -> String {
    "{id: '\(id)', confidence: 0.5, examples: ['a'],}"
  }

  @Test(arguments: [
    (["rules/a.json5": "[]"], "cannot read VERSION"),
    (["VERSION": "\n"], "VERSION: must hold one line of UTF-8 text"),
    (["VERSION": "1", "rules/a.json5": "[{confidence: 1}]"], "rules/a.json5:1: a rule has no id"),
    (
      ["VERSION": "1", "rules/a.json5": "[{id: 'x', confidence: 2, examples: ['a']}]"],
      "rules/a.json5:1: rule 'x' has the confidence 2.0, not one between 0 and 1"
    ),
    (
      ["VERSION": "1", "rules/a.json5": "[{id: 'x', confidence: 1}]"],
      "rules/a.json5:1: rule 'x' has no example"
    ),
    (
      ["VERSION": "1", "rules/a.json5": "[{id: 'x', confidence: 1, match: 'a', examples: ['a']}]"],
      "rules/a.json5:1: rule 'x' has patterns but no `value`"
    ),
    (
      ["VERSION": "1", "rules/a.json5": "[\(rule("x"))]", "rules/b.json5": "[\(rule("x"))]"],
      "rules/b.json5:1: rule 'x' is also in rules/a.json5:1"
    ),
    (
      ["VERSION": "1", "rules/a.json5": "[{id: 7, confidence: 1}]"],
      "rules/a.json5:1: entry 1, id: wrong type"
    ),
    (
      ["VERSION": "1", "lexicon/a.tsv": "a\n", "gazetteer/a.tsv": "b\n"],
      "lexicon/a.tsv: the name a is taken"
    ),
  ])
  func faultIsNamed(_ files: [String: String], _ message: String) throws {
    #expect(try Self.message(files) == message)
  }

  @Test func brokenJSONNamesItsFile() throws {
    #expect(
      try Self.message(["VERSION": "1", "rules/a.json5": "[{"])
        == "rules/a.json5:1: the text ends inside an object")
  }

  @Test func versionFollowsTheContents() throws {
    let one = try RuleFolder(["VERSION": "1.2\n", "rules/a.json5": "[\(Self.rule("x"))]"])
    let two = try RuleFolder(["VERSION": "1.2\n", "rules/a.json5": "[\(Self.rule("y"))]"])
    let first = try RuleSet(directory: one.path).version
    #expect(first.hasPrefix("1.2+"))
    #expect(try RuleSet(directory: one.path).version == first)
    #expect(try RuleSet(directory: two.path).version != first)
  }

  @Test func aSetWithoutWhatAPhaseNeedsIsRefusedAtTheStart() throws {
    let folder = try RuleFolder(["VERSION": "1"])
    let rules = try RuleSet(directory: folder.path)
    #expect(throws: DanvanError.self) { try Extractor(rules) }
  }
}
