extension Facts {
  /// The facts that `other` does not have anywhere in its text, each once: what they say counts, not where
  /// they stand, by which rule, or how the text is spaced.
  public func without(_ other: Facts) -> Facts {
    var rest = Facts()
    rest.ruleSet = ruleSet
    rest.mentions = Self.difference(mentions, other.mentions) { mention in
      [mention.kind.rawValue, mention.value ?? mention.name ?? mention.text, mention.holder ?? ""]
    }
    rest.events = Self.difference(events, other.events) { event in
      [event.kind.rawValue, event.name, event.when ?? "", event.place ?? ""] + event.chairs
    }
    rest.statements = Self.difference(statements, other.statements) { [$0.speaker, $0.content] }
    rest.directives = Self.difference(directives, other.directives) { directive in
      [directive.issuer, directive.addressee ?? "", directive.action, directive.time ?? ""]
    }
    rest.instruments = Self.difference(instruments, other.instruments) { [$0.text] }
    rest.campaigns = Self.difference(campaigns, other.campaigns) { [$0.text] }
    rest.topics = Self.difference(topics, other.topics) { [$0.name] }
    rest.keyPhrases = Self.difference(keyPhrases, other.keyPhrases) { [$0.text] }
    rest.positions = Self.difference(positions, other.positions) { position in
      [position.person, position.role, position.body ?? ""]
    }
    return rest
  }

  private static func difference<Fact>(
    _ facts: [Fact], _ others: [Fact], says: (Fact) -> [String]
  ) -> [Fact] {
    func key(_ fact: Fact) -> [String] {
      says(fact).map { $0.lowercased().split { $0.isWhitespace }.joined(separator: " ") }
    }
    var seen = Set(others.map(key))
    return facts.filter { seen.insert(key($0)).inserted }
  }
}
