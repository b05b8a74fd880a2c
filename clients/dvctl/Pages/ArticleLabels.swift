/// The words of `article.html` and `facts.html` themselves, in the user's language: `t`.
enum ArticleLabels {
  static var json: JSON {
    let labels: KeyValuePairs<String, Localized> = [
      "address": Localized("address"), "kinds": Localized("Kinds of facts"),
      "corrected": Localized("corrected by a person"),
      "hint": Localized(
        """
        Point at coloured text, or move to it with the Tab key: its facts are shown below. \
        A click leads to the person, event or directive.
        """),
      "persons": Localized("Persons"), "events": Localized("Events"),
      "directives": Localized("Directives"), "in_text": Localized("in the text"),
      "chairs": Localized("chaired by"),
      "incumbents": Localized("Held, as other articles say, by"),
      "article": Localized("article"), "corrections": Localized("Corrections"),
      "rule": Localized("rule"),
    ]
    return .object(labels.map { JSON.Member(name: $0.key, value: .string($0.value.text)) })
  }
}
