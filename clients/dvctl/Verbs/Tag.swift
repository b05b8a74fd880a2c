import ArgumentParser
import DanvanClient
import DanvanMessages

struct Tag: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Put tags on the articles that match a query, or take them off.",
    discussion: """
      +name puts a tag on, -name takes it off; the words after them are the query: dvctl tag +read \
      -new 'saved:morning'. Without arguments: the tags in use. `tag:NAME` finds them again.
      """)

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("+name and -name, then the query.", valueName: "words"))
  var words: [String] = []

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  /// The changes are the words with a sign before the first without; `--` ends them too.
  var request: Danvan_V1_TagRequest {
    let changes = words.prefix { $0 != "--" && ($0.hasPrefix("+") || $0.hasPrefix("-")) }
    var request = Danvan_V1_TagRequest()
    request.add = changes.filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) }
    request.remove = changes.filter { $0.hasPrefix("-") }.map { String($0.dropFirst()) }
    request.query = words.dropFirst(changes.count).filter { $0 != "--" }.joined(separator: " ")
    return request
  }

  func validate() throws {
    let request = request
    guard !words.isEmpty else { return }
    guard !request.add.isEmpty || !request.remove.isEmpty else {
      throw ValidationError(Localized("Say which tags: +name puts one on, -name takes it off."))
    }
    guard !request.query.isEmpty else {
      throw ValidationError(Localized("Say which articles: a query after the tags."))
    }
  }

  func run() throws {
    guard !words.isEmpty else {
      let tags = try connection.connect().tags(timeout: connection.deadline())
      try output.renderer.render(TagsReport(tags))
      return
    }
    let answer = try connection.connect(forChanges: true)
      .tag(request, timeout: connection.deadline())
    try output.renderer.render(
      FieldsReport(fields: [
        .init(
          name: "matched", label: Localized("matched"),
          value: .integer(Int64(clamping: answer.matched))),
        .init(
          name: "changed", label: Localized("changed"),
          value: .integer(Int64(clamping: answer.changed))),
      ]))
  }
}

/// The tags in use, a row each.
struct TagsReport: Report {
  let tags: [Danvan_V1_FacetValue]

  init(_ tags: [Danvan_V1_FacetValue]) { self.tags = tags }

  func lines(_ style: Style) -> [String] {
    if tags.isEmpty { return [] }
    var table = Table([
      Table.Column(name: Localized("TAG"), paint: .bold),
      Table.Column(name: Localized("ARTICLES"), side: .right),
    ])
    table.rows = tags.map { [$0.value, Quantities.count(Int64(clamping: $0.articles))] }
    return table.lines(style)
  }

  var json: JSON { .array(rows) }

  var rows: [JSON] {
    tags.map {
      .object(["tag": .string($0.value), "articles": .integer(Int64(clamping: $0.articles))])
    }
  }
}
