import DanvanMessages

/// Who by other articles held posts that an article names without a name: kept apart from its facts.
struct IncumbentReport {
  private let incumbents: [Danvan_V1_Incumbent]

  init(_ incumbents: [Danvan_V1_Incumbent]) { self.incumbents = incumbents }

  /// Nothing without any.
  func section(_ style: Style) -> [String] {
    guard !incumbents.isEmpty else { return [] }
    return ["", style.paint(Localized("Held, as other articles say, by").text, .bold)]
      + incumbents.map { "  \($0.post.oneLine.printable): \($0.told)" }
  }

  /// A member `incumbents`; none without any.
  var member: JSON {
    .object(["incumbents": incumbents.isEmpty ? nil : .array(incumbents.map(\.json))])
  }
}

extension Danvan_V1_Incumbent {
  /// `Phạm Hữu Thử (article 12 · 2021-03-02; article 15 · 2021-04-01)`
  var told: String {
    let places = sources.map { "\(Localized("article \($0.articleID)").text) · \($0.date)" }
    return "\(name.oneLine.printable) (\(places.joined(separator: "; ")))"
  }

  /// `byte_start` and `byte_end` count UTF-8 bytes of the text that the title, or the source, stands in.
  var json: JSON {
    .object([
      "title": .string(title), "byte_start": .integer(Int64(start)),
      "byte_end": .integer(Int64(end)), "post": .string(post),
      "entity": .string(entity), "name": .string(name), "date": .string(date),
      "by": .string("corpus"), "articles": .integer(Int64(articles)),
      "sources": .array(
        sources.map {
          .object([
            "article": .integer($0.articleID), "date": .string($0.date),
            "byte_start": .integer(Int64($0.start)), "byte_end": .integer(Int64($0.end)),
          ])
        }),
    ])
  }
}
