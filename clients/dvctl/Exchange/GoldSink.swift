import DanvanMessages

/// Articles whose facts people have corrected, as a text and a standoff file each, in the form of the gold
/// articles that extraction is evaluated on (`danvan-gold/2`).
///
/// An article's other facts are as the rules found them: who exports it as gold has looked at all of them.
final class GoldSink: ExportSink {
  private let folder: OutputFolder
  private(set) var written: Int64 = 0

  init(_ folder: OutputFolder) { self.folder = folder }

  func write(_ item: Danvan_V1_ExportItem) throws {
    guard item.hasText, !item.text.corrections.isEmpty else { return }
    try write(item.text.text, to: "\(item.text.id).txt")
    try write(GoldArticle(item.text).json.pretty + "\n", to: "\(item.text.id).gold.json")
    written += 1
  }

  private func write(_ text: String, to name: String) throws {
    let file = try OutputFile(path: folder.place(of: name))
    try file.write(text)
    try file.finish(syncing: false)
  }

  func finish() throws { try folder.finish() }
}

/// The standoff file of one article: facts by what they say, offsets in Unicode scalars, no rules.
private struct GoldArticle {
  private let article: Danvan_V1_ExportedText
  private let offsets: ScalarOffsets

  init(_ article: Danvan_V1_ExportedText) {
    self.article = article
    offsets = ScalarOffsets(article.text)
  }

  var json: JSON {
    let facts = article.facts
    return .object([
      "format": .string("danvan-gold/2"),
      "sha256": .string(article.sha256),
      "document_date": facts.hasDate ? .string(facts.date) : .null,
      "source": facts.hasSource ? .string(facts.source) : .null,
      "mentions": .array(facts.mentions.map(mention)),
      "events": .array(facts.events.map(event)),
      "statements": .array(facts.statements.map(statement)),
      "directives": .array(facts.directives.map(directive)),
      "instruments": .array(facts.instruments.map(named)),
      "campaigns": .array(facts.campaigns.map(named)),
      "hint": article.hasPublished ? .string(article.published) : .null,
    ])
  }

  private func place(_ start: UInt32, _ end: UInt32, _ text: String) -> JSON {
    .object([
      "start": .integer(offsets[start]), "end": .integer(offsets[end]), "text": .string(text),
    ])
  }

  private func mention(_ fact: Danvan_V1_Mention) -> JSON {
    JSON.object(["type": .string(fact.type)]).adding(place(fact.start, fact.end, fact.text))
      .adding(
        .object([
          "value": fact.hasValue ? .string(fact.value) : nil,
          "name": fact.hasName && fact.type == "PERSON" ? .string(fact.name) : nil,
          "holder": fact.hasHolder ? .string(fact.holder) : nil,
        ]))
  }

  private func event(_ fact: Danvan_V1_Event) -> JSON {
    place(fact.start, fact.end, fact.name).adding(
      .object([
        "type": .string(fact.type), "status": .string(fact.status),
        "when": fact.hasWhen ? .string(fact.when) : nil,
        "place": fact.hasPlace ? .string(fact.place) : nil,
        "chairs": fact.chairs.isEmpty ? nil : .strings(fact.chairs),
        "attendees": fact.attendees.isEmpty ? nil : .strings(fact.attendees),
      ]))
  }

  private func statement(_ fact: Danvan_V1_Statement) -> JSON {
    place(fact.start, fact.end, fact.content).adding(
      .object([
        "speaker": .string(fact.speaker), "cue": fact.hasCue ? .string(fact.cue) : nil,
        "kind": .string(fact.kind), "tier": .string(fact.continuation ? "optional" : "core"),
      ]))
  }

  private func directive(_ fact: Danvan_V1_Directive) -> JSON {
    place(fact.start, fact.end, fact.action).adding(
      .object([
        "issuer": .string(fact.issuer), "verb": fact.hasVerb ? .string(fact.verb) : nil,
        "addressee": fact.hasAddressee ? .string(fact.addressee) : nil,
        "time": fact.hasTime ? .string(fact.time) : nil, "tier": .string("core"),
      ]))
  }

  private func named(_ fact: Danvan_V1_NamedThing) -> JSON {
    place(fact.start, fact.end, fact.text)
  }
}
