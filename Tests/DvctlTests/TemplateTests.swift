import Foundation
import TestSupport
import Testing

@testable import dvctl

/// The template language: what it writes, and what it says of faults.
struct TemplateTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func render(_ text: String, _ values: JSON, as name: String = "t.html") throws -> String {
    try write(text, name)
    return try TemplateRenderer(folder: TemplateFolder(folder.path)).render(name, values)
  }

  private func write(_ text: String, _ name: String) throws {
    try text.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
  }

  private func fault(_ text: String, _ values: JSON = .object([])) -> String? {
    do {
      _ = try render(text, values)
      return nil
    } catch {
      let name = "\(folder.path)/"
      return "\(error)".replacingOccurrences(of: name, with: "")
    }
  }

  @Test(arguments: [
    ("a {{x}} b", #"{"x":"c"}"#, "a c b"), ("{{a.b}}", #"{"a":{"b":3}}"#, "3"),
    ("{{#l}}{{.}},{{/l}}", #"{"l":[1,2]}"#, "1,2,"),
    ("{{#o}}{{b}}{{/o}}", #"{"o":{"b":"x"}}"#, "x"),
    ("{{#l}}{{n}}{{x}} {{/l}}", #"{"x":"-","l":[{"n":1},{"n":2,"x":"+"}]}"#, "1- 2+ "),
    ("{{#e}}x{{/e}}{{^e}}y{{/e}}", #"{"e":""}"#, "y"), ("{{^e}}y{{/e}}", #"{"e":0}"#, "y"),
    ("{{^e}}y{{/e}}", #"{"e":[]}"#, "y"), ("{{^e}}y{{/e}}", #"{"e":false}"#, "y"),
    ("{{#e}}x{{/e}}", #"{"e":"0"}"#, "x"), ("{{! of no use }}a", "{}", "a"),
    ("a\n{{#x}}\nb\n{{/x}}\nc\n", #"{"x":true}"#, "a\nb\nc\n"),
    ("a\n  {{^x}}\nb\n  {{/x}}\nc", #"{"x":true}"#, "a\nc"),
    ("{{#x}}\nb{{/x}}", #"{"x":true}"#, "b"), ("{{#x}} a {{/x}} b\n", #"{"x":1}"#, " a  b\n"),
    ("{{x}}", #"{"x":null}"#, ""), ("{ {x} }}", "{}", "{ {x} }}"),
  ])
  func writes(template: String, values: String, text: String) throws {
    #expect(try render(template, JSON(parsing: values)) == text)
  }

  @Test func valuesAreAlwaysEscaped() throws {
    let hostile: JSON = ["x": .string("<b a='1'>&\"\u{1B}[0m\u{202E}")]
    #expect(try render("{{x}}", hostile) == "&lt;b a=&#39;1&#39;&gt;&amp;&quot; [0m ")
    #expect(
      try render("{{x}}", ["x": "a*b_c|[d]<e>\n# f`"], as: "t.md")
        == "a\\*b\\_c\\|\\[d\\]\\<e\\> \\# f\\`")
    #expect(fault("{{{x}}}") == "t.html:1: there is no way to write a value unescaped")
    #expect(fault("a\n{{&x}}") == "t.html:2: there is no way to write a value unescaped")
  }

  @Test(arguments: [
    ("a\nb {{#x}}", "t.html:2: 'x' begins here and never ends"),
    ("\n\n{{/x}}", "t.html:3: 'x' ends and was not begun"),
    ("{{#x}}\n{{/y}}", "t.html:2: 'y' ends and was not begun; 'x' of line 1 is open"),
    ("{{! a\nb }}\n{{x", "t.html:3: '{{' is never closed by '}}'"),
    ("{{}}", "t.html:1: '{{}}' names nothing"), ("{{a b}}", "t.html:1: 'a b' is no name"),
    ("\n{{>gone.html}}", "t.html:2: there is no file 'gone.html'"),
    ("{{titl}}", "t.html:1: nothing is called 'titl'; did you mean 'title'?"),
    ("{{list}}", "t.html:1: 'list' is a list or group, not one value"),
    ("{{>t.html}}", "t.html:1: files are put into one another too deep"),
  ])
  func faultsAreToldWithFileAndLine(template: String, message: String) {
    #expect(fault(template, ["title": "x", "list": [], "x": true]) == message)
  }

  @Test func aFaultInAnotherFileIsThere() throws {
    try write("\n{{nothing}}\n", "part.html")
    #expect(fault("a\n{{>part.html}}\n") == "part.html:2: nothing is called 'nothing'")
  }

  @Test func filesOfTheFolderStandInForTheProgramsOwn() throws {
    try write("{{article}}!", "source.html")
    #expect(try render("{{>source.html}}", ["article": "1"]) == "1!")
    #expect(throws: Failure.self) { try TemplateFolder(folder.path + "/none") }
  }

  @Test func shippedTemplatesAreWrittenOnceAndNeverOver() throws {
    let place = folder.path + "/new"
    let first = try TemplateFolder.writeShipped(to: place)
    #expect(first.written.count == TemplateFolder.shipped.count && first.kept.isEmpty)
    try "mine".write(toFile: place + "/brief.md", atomically: true, encoding: .utf8)
    let second = try TemplateFolder.writeShipped(to: place)
    #expect(second.written.isEmpty && second.kept.count == TemplateFolder.shipped.count)
    #expect(try TemplateFolder(place).text("brief.md")?.text == "mine")
    for file in TemplateFolder.shipped where file.name != "brief.md" {
      let source = Repository.root.appendingPathComponent("clients/dvctl/Templates/\(file.name)")
      #expect(try Array(Data(contentsOf: source)) == file.bytes, "\(file.name)")
    }
  }

  @Test func bothLanguagesHaveTheSameWords() throws {
    func keys(_ language: String) throws -> Set<String> {
      guard case .object(let members) = try Words(language, in: TemplateFolder(nil)).json else {
        return []
      }
      return Set(members.map(\.name))
    }
    let keys = (vi: try keys("vi"), en: try keys("en"))
    #expect(keys.vi == keys.en && keys.vi.count > 100)
    #expect(throws: Failure.self) { try Words("../vi", in: TemplateFolder(nil)) }
    #expect(throws: Failure.self) { try Words("xx", in: TemplateFolder(nil)) }
  }

  @Test func aLanguageOfOnesOwnIsAFile() throws {
    try write(#"{"number_group":" ","date":"{d}.{m}.{y}","month_3":"mars"}"#, "words.fr.json")
    let words = try Words("fr", in: TemplateFolder(folder.path))
    #expect(words.count(12_345) == "12 345")
    #expect(try words.date("2021-03-26") == "26.mars.2021")
    #expect(throws: Failure.self) { try words("articles") }
    try write("{\n\"a\": 1,\n}", "words.fr.json")
    #expect(throws: Failure.self) { try Words("fr", in: TemplateFolder(folder.path)) }
  }

  @Test func sectionsAreNotNestedWithoutEnd() {
    let text = String(repeating: "{{#a}}", count: 3_000)
    #expect {
      try Template(text, file: "x.html")
    } throws: { error in
      "\(error)" == "x.html:1: more than 100 sections within each other"
    }
  }
}
