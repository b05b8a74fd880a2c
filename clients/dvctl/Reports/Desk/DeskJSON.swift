import DanvanMessages

/// The items of the desk's answers as members of JSON objects.
extension Danvan_V1_Source {
  /// `start` and `end` count UTF-8 bytes of the article's text.
  var json: JSON {
    .object([
      "article": .integer(articleID),
      "date": date.isEmpty ? nil : .string(date),
      "title": title.isEmpty ? nil : .string(title),
      "outlet": outlet.isEmpty ? nil : .string(outlet),
      "sentence": .string(sentence),
      "byte_start": .integer(Int64(start)),
      "byte_end": .integer(Int64(end)),
      "rule": .string(evidence.rule),
      "confidence": .real(evidence.confidence),
      "by": evidence.hasBy ? .string(evidence.by) : nil,
    ])
  }

  /// `article 1234 · 2021-03-26 · Báo Thử`
  /// For calendars, which programs read.
  var place: String { placed(Localized("article \(articleID)").english) }
  /// For people at a terminal.
  var told: String { placed(Localized("article \(articleID)").text) }

  private func placed(_ article: String) -> String {
    ([article] + [date, outlet].filter { !$0.isEmpty }).joined(separator: " · ")
  }
}

extension Danvan_V1_EntityName {
  var json: JSON {
    .object([
      "entity": .string(entity), "name": .string(name),
      "known_as": knownAs.isEmpty ? nil : .string(knownAs),
      "articles": .integer(Int64(articles)),
    ])
  }
}

extension Danvan_V1_Tenure {
  /// Office and body as one reads them: `Trưởng ban` and `ban Dân vận` share a syllable.
  var wording: String {
    guard hasBody else { return role }
    let last = role.split(separator: " ").last?.lowercased()
    let rest = body.split(separator: " ", maxSplits: 1)
    guard last == rest.first?.lowercased(), rest.count > 1 else { return "\(role) \(body)" }
    return "\(role) \(rest[1])"
  }

  var span: String {
    if first.isEmpty { return Localized("no date").text }
    return first == last ? first : "\(first) – \(last)"
  }

  var json: JSON {
    .object([
      "post": .string(wording),
      "role": .string(role),
      "body": hasBody ? .string(body) : nil,
      "holder": hasHolder ? holder.json : nil,
      "first": first.isEmpty ? nil : .string(first),
      "last": last.isEmpty ? nil : .string(last),
      "articles": .integer(Int64(articles)),
      "gaps": gaps.isEmpty
        ? nil
        : .array(gaps.map { .object(["first": .string($0.first), "last": .string($0.last)]) }),
      "sources": .array(sources.map(\.json)),
    ])
  }
}

extension Danvan_V1_DirectiveItem {
  var json: JSON {
    .object([
      "id": .string(id),
      "issuer": .string(issuer),
      "verb": verb.isEmpty ? nil : .string(verb),
      "addressee": hasAddressee ? .string(addressee) : nil,
      "action": .string(action),
      "time": hasTime ? .string(time) : nil,
      "event": hasEvent ? .string(event) : nil,
      "status": .string(state.status),
      "due": state.hasDue ? .string(state.due) : nil,
      "owner": state.hasOwner ? .string(state.owner) : nil,
      "note": state.hasNote ? .string(state.note) : nil,
      "changed": state.changed.isEmpty ? nil : .string(state.changed),
      "incumbent": hasIncumbent ? incumbent.json : nil,
      "source": source.json,
    ])
  }
}

extension Danvan_V1_StatementItem {
  var json: JSON {
    .object([
      "speaker": .string(speaker), "cue": hasCue ? .string(cue) : nil, "kind": .string(kind),
      "content": .string(content), "incumbent": hasIncumbent ? incumbent.json : nil,
      "source": source.json,
    ])
  }
}

extension Danvan_V1_Meeting {
  var json: JSON {
    .object([
      "type": .string(type), "name": .string(name), "status": .string(status),
      "date": date.isEmpty ? nil : .string(date),
      "when": hasWhen ? .string(when) : nil,
      "place": hasPlace ? .string(place) : nil,
      "chairs": .strings(chairs), "attendees": .strings(attendees),
      "incumbents": incumbents.isEmpty ? nil : .array(incumbents.map(\.json)),
      "sources": .array(sources.map(\.json)),
    ])
  }
}

extension JSON {
  /// An object with a member before its own that says what it is, for rows of several kinds.
  func of(kind: String) -> JSON { JSON.object(["kind": .string(kind)]).adding(self) }
}
