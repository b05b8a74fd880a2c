import DanvanMessages

/// Facts as members of a JSON object. `start` and `end` count Unicode scalars of the text and are
/// left out where the text is not at hand; `byte_start` and `byte_end` count its UTF-8 bytes.
struct FactsJSON {
  private let offsets: ScalarOffsets?
  private let facts: Danvan_V1_ArticleFacts

  init(_ facts: Danvan_V1_ArticleFacts, text: String?) {
    self.facts = facts
    offsets = text.map(ScalarOffsets.init)
  }

  var members: JSON {
    .object([
      "document": .object([
        "date": facts.hasDate ? .string(facts.date) : .null,
        "basis": facts.hasDateBasis ? .string(facts.dateBasis) : nil,
        "source": facts.hasSource ? .string(facts.source) : .null,
        "language": facts.hasLanguage ? .string(facts.language) : nil,
      ]),
      "mentions": .array(facts.mentions.map(mention)),
      "events": .array(facts.events.map(event)),
      "statements": .array(facts.statements.map(statement)),
      "directives": .array(facts.directives.map(directive)),
      "instruments": .array(facts.instruments.map(named)),
      "campaigns": .array(facts.campaigns.map(named)),
      "topics": .array(facts.topics.map(topic)),
      "key_phrases": .array(facts.keyPhrases.map(named)),
      "positions": .array(facts.positions.map(position)),
      "rule_set": .string(facts.ruleSet),
    ])
  }

  /// Only the lists that hold something.
  var found: JSON {
    guard case .object(let all) = members else { return members }
    return .object(
      all.filter { member in
        if case .array(let list) = member.value { !list.isEmpty } else { false }
      })
  }

  private func mention(_ fact: Danvan_V1_Mention) -> JSON {
    JSON.object(["type": .string(fact.type)]).adding(span(fact.start, fact.end)).adding(
      .object([
        "text": .string(fact.text),
        "value": fact.hasValue ? .string(fact.value) : nil,
        "basis": fact.hasBasis ? .string(fact.basis) : nil,
        "name": fact.hasName ? .string(fact.name) : nil,
        "holder": fact.hasHolder ? .string(fact.holder) : nil,
      ])
    ).adding(tail(fact.start, fact.end, fact.evidence))
  }

  private func event(_ fact: Danvan_V1_Event) -> JSON {
    JSON.object(["type": .string(fact.type)]).adding(span(fact.start, fact.end)).adding(
      .object([
        "name": .string(fact.name),
        "status": .string(fact.status),
        "when": fact.hasWhen ? .string(fact.when) : nil,
        "place": fact.hasPlace ? .string(fact.place) : nil,
        "chairs": .strings(fact.chairs),
        "attendees": .strings(fact.attendees),
      ])
    ).adding(tail(fact.start, fact.end, fact.evidence))
  }

  private func statement(_ fact: Danvan_V1_Statement) -> JSON {
    JSON.object([
      "speaker": .string(fact.speaker),
      "cue": fact.hasCue ? .string(fact.cue) : nil,
      "kind": .string(fact.kind),
    ]).adding(span(fact.start, fact.end)).adding(
      .object([
        "content": .string(fact.content),
        "continuation": fact.continuation ? true : nil,
      ])
    ).adding(tail(fact.start, fact.end, fact.evidence))
  }

  private func directive(_ fact: Danvan_V1_Directive) -> JSON {
    JSON.object([
      "issuer": .string(fact.issuer),
      "verb": fact.hasVerb ? .string(fact.verb) : nil,
      "addressee": fact.hasAddressee ? .string(fact.addressee) : nil,
      "time": fact.hasTime ? .string(fact.time) : nil,
    ]).adding(span(fact.start, fact.end)).adding(.object(["action": .string(fact.action)]))
      .adding(tail(fact.start, fact.end, fact.evidence))
  }

  private func topic(_ fact: Danvan_V1_Topic) -> JSON {
    span(fact.start, fact.end).adding(
      .object(["name": .string(fact.name), "count": .integer(Int64(fact.count))])
    ).adding(tail(fact.start, fact.end, fact.evidence))
  }

  private func position(_ fact: Danvan_V1_Position) -> JSON {
    JSON.object([
      "person": .string(fact.person),
      "role": .string(fact.role),
      "body": fact.hasBody ? .string(fact.body) : nil,
      "date": fact.hasDate ? .string(fact.date) : nil,
    ]).adding(span(fact.start, fact.end)).adding(tail(fact.start, fact.end, fact.evidence))
  }

  private func named(_ fact: Danvan_V1_NamedThing) -> JSON {
    span(fact.start, fact.end).adding(.object(["text": .string(fact.text)]))
      .adding(tail(fact.start, fact.end, fact.evidence))
  }

  private func span(_ start: UInt32, _ end: UInt32) -> JSON {
    .object([
      "start": offsets.map { .integer($0[start]) }, "end": offsets.map { .integer($0[end]) },
    ])
  }

  private func tail(_ start: UInt32, _ end: UInt32, _ evidence: Danvan_V1_Evidence) -> JSON {
    .object([
      "byte_start": .integer(Int64(start)),
      "byte_end": .integer(Int64(end)),
      "rule": .string(evidence.rule),
      "confidence": .real(evidence.confidence),
      "by": evidence.hasBy ? .string(evidence.by) : nil,
    ])
  }
}
