import DanvanModel
import FoundationEssentials
import Testing

@testable import DanvanExtract

/// An operator's overlay on the shipped rule set.
@Suite struct OverlayTests {
  private static let head = "# source: our newsroom\n"

  private static func facts(_ text: String, _ overlay: [String: String]) throws -> Facts {
    let folder = try RuleFolder(overlay)
    let rules = try RuleSet(directory: VietnameseRules.directory, overlay: folder.path)
    return try Extractor(rules).facts(
      in: Article(text: text, title: nil, url: nil, publisher: nil, published: nil))
  }

  /// What is wrong with an overlay, without its folder's path.
  private static func message(_ overlay: [String: String]) throws -> String {
    let folder = try RuleFolder(overlay)
    do {
      _ = try Extractor(RuleSet(directory: VietnameseRules.directory, overlay: folder.path))
      return "none"
    } catch let error as DanvanError {
      return error.message.replacing(folder.path + "/", with: "")
    }
  }

  @Test func anEntryIsAddedAndTakenAway() throws {
    let text = "Chiều 26/3/2021, cuộc họp diễn ra vào tiết cô sâu 26/3/2021."
    let bare = try Self.facts(text, [:]).mentions.map(\.text)
    #expect(bare.contains("Chiều 26/3/2021"))
    let less = try Self.facts(text, ["lexicon/time-parts.tsv": "-chiều\n"]).mentions.map(\.text)
    #expect(!less.contains("Chiều 26/3/2021") && less.contains("26/3/2021"))
    let more = try Self.facts(
      text, ["lexicon/time-parts.tsv": Self.head + "tiết cô sâu\tAF\n"])
    let evening = more.mentions.filter { $0.text == "tiết cô sâu 26/3/2021" }
    #expect(evening.first?.value == "2021-03-26TAF", "\(more.mentions)")
  }

  @Test func aRuleIsSwitchedOffChangedAndAdded() throws {
    let text = "Ông Nguyễn Văn An, Bí thư Thành ủy Hà Nội, nói vào quý II-2021 của khoá lễ 15."
    let bare = try Self.facts(text, [:])
    let person = try #require(bare.mentions.first { $0.kind == .person })
    #expect(bare.mentions.contains { $0.evidence.rule == "time.quarter" })
    let off = try Self.facts(
      text,
      [
        "rules/names.json5": "[{off: '\(person.evidence.rule)'}]",
        "rules/times.json5": "[{off: 'time.quarter'}]",
      ])
    #expect(!off.mentions.contains { $0.evidence.rule == person.evidence.rule })
    #expect(!off.mentions.contains { $0.evidence.rule == "time.quarter" })
    let changed = try Self.facts(
      text, ["rules/times.json5": "[{id: 'time.quarter', confidence: 0.25}]"])
    #expect(
      changed.mentions.first { $0.evidence.rule == "time.quarter" }?.evidence.confidence == 0.25)
    let added = try Self.facts(
      text,
      [
        "rules/times.json5": """
        [{id: 'time.ours', value: 'term', confidence: 1, match: 'khoá lễ {n:count}',
          examples: ['{TIME:khoá lễ 15}']}]
        """
      ])
    #expect(added.mentions.contains { $0.evidence.rule == "time.ours" }, "\(added.mentions)")
  }

  @Test(arguments: [
    (
      ["lexicon/time-parts.tsv": "một\tTAF\n"],
      "lexicon/time-parts.tsv:1: the head needs a `# source:` line"
    ),
    (
      ["lexicon/time-parts.tsv": "# source: a\nmột\tTAF\ta\tb\n"],
      "lexicon/time-parts.tsv:2: 4 cells where the list has 2"
    ),
    (
      ["lexicon/cues-statement.tsv": "# source: a\nmột hai\tnever\t-\t-\n"],
      "lexicon/cues-statement.tsv:2: 'một hai': unknown [\"never\", \"-\", \"-\"]"
    ),
    (
      ["rules/times.json5": "[\n// a comment {\n{id: 'time.quarter',\n confidence: 7}]"],
      "rules/times.json5:3: rule 'time.quarter' has the confidence 7.0, not one between 0 and 1"
    ),
    (
      [
        "rules/times.json5":
          "[{off: 'time.quarter'},\n{id: 'time.new', confidence: 1, examples: ['a']}]"
      ],
      "rules/times.json5:2: rule 'time.new' has no `match`, and none of that name is built in"
    ),
    (
      [
        "rules/names.json5": "[{id: 'a.b', confidence: 1, value: 'x', match: 'a', examples: ['a']}]"
      ],
      "rules/names.json5:1: rule 'a.b' has a pattern, and rules of names take none"
    ),
    (
      [
        "rules/times.json5":
          "[\n\n{id: 'a.b', confidence: 1, value: 'x', match: 'a', examples: ['a']}]"
      ],
      "rules/times.json5:3: rule 'a.b': no normaliser `x`"
    ),
    (
      [
        "rules/times.json5":
          "[{id: 'time.quarter', examples: ['Đến {TIME=2021-Q1:quý I-2021}', '{TIME=2021-Q2:quý I-2021}']}]"
      ],
      "rules/times.json5:1: rule 'time.quarter': the example '{TIME=2021-Q2:quý I-2021}' fails: not found: {TIME=2021-Q2:quý I-2021}"
    ),
    (
      ["rules/times.json5": "[{id: 'time.quarter', rejects: ['Đến quý I-2021']}]"],
      "rules/times.json5:1: rule 'time.quarter': the reject 'Đến quý I-2021' fails: found {TIME=2021-Q1:quý I-2021}"
    ),
    (
      [
        "lexicon/grammar-words.tsv": "# source: ours\nthuộc\tof\n"
      ],
      "lexicon/grammar-words.tsv:2: 'thuộc': 'of' is one entry of 1 syllable(s)"
    ),
    (
      ["rules/times.json5": "[{id: 'time.quarter'},\n{id: 'time.x', confidense: 1}]"],
      "rules/times.json5:2: entry 2: unknown key 'confidense'; did you mean 'confidence'?"
    ),
    (
      ["rules/times.json5": "[{id: 'time.quarter', match: []}]"],
      "rules/times.json5:1: entry 1, match: no pattern"
    ),
    (
      ["rules/times.json5": "[{id: 'time.x', match: 'a', value: 'x', examples: ['a']}]"],
      "rules/times.json5:1: rule 'time.x' has no `confidence`"
    ),
    (
      ["rules/names.json5": "[{fragment: 'day', match: 'a'}]"],
      "rules/names.json5:1: fragment 'day' is for patterns, and rules of names take none"
    ),
    (
      ["rules/document.json5": "[{off: 'document.date.stamp'}]"],
      "rules/document.json5:1: rule 'document.date.stamp' tells of the whole article and cannot be switched off"
    ),
  ])
  func aFaultNamesFileLineAndRule(_ overlay: [String: String], _ message: String) throws {
    #expect(try Self.message(overlay) == message)
  }

  @Test func whatHasNoEffectIsSaid() throws {
    let folder = try RuleFolder([
      "lexicon/time-parts.tsv": "-không có\n", "lexicon/roles.txt": "x",
      "lexicon/time-partz.tsv": Self.head + "chiều\n",
      "rules/times.json5": "[{off: 'time.none'}]", "words.tsv": "x", "README": "x",
    ])
    let rules = try RuleSet(directory: VietnameseRules.directory, overlay: folder.path)
    #expect(
      rules.notes.map { $0.replacing(folder.path + "/", with: "") } == [
        "words.tsv: is not read: no list or rule file of the set",
        "lexicon/roles.txt: is not read: no list or rule file of the set",
        "lexicon/time-parts.tsv:1: nothing to take away: no entry 'không có'",
        "lexicon/time-partz.tsv: is not read: no list or rule file of the set",
        "rules/times.json5:1: nothing to switch off: no rule 'time.none'",
      ])
  }

  @Test func theVersionFollowsTheOverlay() throws {
    let base = try RuleSet(directory: VietnameseRules.directory).version
    func version(_ files: [String: String]) throws -> String {
      let folder = try RuleFolder(files)
      return try RuleSet(directory: VietnameseRules.directory, overlay: folder.path).version
    }
    #expect(try version([:]) == base)
    let one = try version(["lexicon/time-parts.tsv": "-chiều\n"])
    #expect(one.hasPrefix(base + "+") && one != base)
    #expect(try version(["lexicon/time-parts.tsv": "-sáng\n"]) != one)
    #expect(try version(["lexicon/time-parts.tsv": "-chiều\n"]) == one)
  }

  @Test func anOverlayThatIsNotThereIsAnError() throws {
    for (path, reason) in [("/nonexistent", "is not there"), ("/dev/null", "is not a directory")] {
      let error = #expect(throws: DanvanError.self) {
        try RuleSet(directory: VietnameseRules.directory, overlay: path)
      }
      #expect(error?.message == "the overlay directory \(path) \(reason)")
    }
  }

  /// Each is told at its own place, also where nothing comes of it.
  @Test(arguments: [
    ("wholly-other", "[]", ": the rule set has no rules of this name"),
    ("tmes", "[]", ": the rule set has no rules of this name; did you mean times.json5?"),
    ("times", "{}", ": a list of entries in [ ] is wanted"),
    (
      "times", "[\n{fragment: 'nobody-uses-it', match: '(a'}]",
      ":2: fragment 'nobody-uses-it': cannot read the pattern: no `)` at the end"
    ),
    (
      "times", "[{id: 'time.quarter', examples: ['Quý I-2021']}]",
      ":1: rule 'time.quarter': the example 'Quý I-2021' marks nothing: {TYPE:words} is what it is to find"
    ),
  ])
  func whatComesToNothingIsTold(_ name: String, _ text: String, _ message: String) throws {
    #expect(try Self.message(["rules/\(name).json5": text]) == "rules/\(name).json5\(message)")
  }

  @Test(arguments: [
    ("[{a: '}'}, // {\n {b: \"\\\"[\"},\n\n/* {\n*/ {c: [{}]}]", [1, 2, 5]),
    ("[", []),
    ("[\n{\n", [2]),
  ])
  func linesOfEntries(_ text: String, _ lines: [Int]) {
    let found = RuleLines(Array(text.utf8))
    for (number, line) in lines.enumerated() { #expect(found[number] == line) }
    #expect(found[99] == lines.last ?? 1)
  }

  @Test(arguments: [
    (
      "// c\n[\n  {id: 'a',\n   note: \"n\"\n   match: 'b'},\n]\n",
      "4: ',' or '}' is wanted behind this"
    ),
    ("[\n  {id: 'a', match: 'b' ", "2: '}' is missing for what begins here"),
    ("[\n  {id: 'a'}\n  {id: 'b'}]", "2: ',' or ']' is wanted behind this"),
    ("[\n  {id 'a'}]", "2: ':' is wanted behind the name"),
    ("[{id: 'a\nb'}]", "1: the string is not closed on its line"),
    ("[{id: 'a'}]\n]", "2: more text behind the end"),
    ("[\n{id: }]", "2: a value is wanted"), ("", "1: the text ends where a value is wanted"),
    ("[\n/* {id: 'a'}]", "2: the comment is not closed"),
    (String(repeating: "[", count: 100_000), "1: nested too deep"),
  ])
  func whatIsNoJSON5IsToldWithItsLine(_ text: String, _ message: String) throws {
    #expect(try Self.message(["rules/times.json5": text]) == "rules/times.json5:\(message)")
  }

  /// What the decoder takes is no fault.
  @Test func theShippedRulesAreJSON5() throws {
    let folder = "\(VietnameseRules.directory)/rules"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".json5") }
    #expect(names.count > 5)
    for name in names {
      let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/\(name)"))
      #expect(JSON5Fault.first(in: [UInt8](bytes)) == nil, "\(name)")
    }
    let all =
      "// c\n[{'a': +.5, b: 0x1F, c: -Infinity, d: \"x\\\ny\", /* e */ f: null,}, [], true,]\n// z"
    #expect(JSON5Fault.first(in: Array(all.utf8)) == nil)
    #expect(JSON5Fault.first(in: [0x0A, 0xFF])?.line == 2)
  }
}
