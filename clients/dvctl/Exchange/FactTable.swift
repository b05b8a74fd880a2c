import DanvanMessages

/// One value of a table.
enum Cell: Equatable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  /// Names, in a table's cell joined by `; `.
  case list([String])

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
}

/// A column of an exported table, with what it holds in one sentence.
struct ExportColumn: Sendable {
  let name: String
  let type: String
  let about: String

  init(_ name: String, _ about: String) { self.init(name, "TEXT", about) }

  init(_ name: String, _ type: String, _ about: String) {
    self.name = name
    self.type = type
    self.about = about
  }
}

/// The facts of one kind, or the articles themselves, as rows of a table.
struct FactTable: Sendable {
  /// As `--kind` names it.
  let kind: String
  /// As the table of a database is called.
  let name: String
  let about: String
  let columns: [ExportColumn]
  let rows: @Sendable (ExportedArticle) -> [[Cell]]

  static func named(_ kind: String) -> FactTable? { all.first { $0.kind == kind } }

  static let all: [FactTable] =
    [articles] + mentions + [
      facts(
        "event", "events", "Gatherings and official acts.",
        [
          ExportColumn("type", "What it is: CONFERENCE, VISIT and so on."),
          ExportColumn("name", "How the article names it at its fullest."),
          ExportColumn("status", "held, planned or background."),
          ExportColumn("time", "When, as a TIMEX3 value."),
          ExportColumn("place", "Where."),
          ExportColumn("chairs", "Who chaired, joined by '; '."),
          ExportColumn("attendees", "Who attended, joined by '; '."),
        ], \.events
      ) {
        [
          .text($0.type), .text($0.name), .text($0.status), Cell($0.hasWhen ? $0.when : nil),
          Cell($0.hasPlace ? $0.place : nil), .list($0.chairs), .list($0.attendees),
        ]
      },
      facts(
        "statement", "statements", "What somebody is reported to have said.",
        [
          ExportColumn("speaker", "The full name, else the body or title as written."),
          ExportColumn("form", "direct or indirect."), ExportColumn("content", "What was said."),
          ExportColumn("cue", "The verb that says so."),
          ExportColumn("continuation", "INTEGER", "1 where it goes on after one before."),
        ], \.statements
      ) {
        [
          .text($0.speaker), .text($0.kind), .text($0.content), Cell($0.hasCue ? $0.cue : nil),
          .integer($0.continuation ? 1 : 0),
        ]
      },
      facts(
        "directive", "directives", "What an authority asked somebody to do.",
        [
          ExportColumn("issuer", "Who asked."), ExportColumn("verb", "The verb that says so."),
          ExportColumn("addressee", "Who is asked."), ExportColumn("action", "What is to be done."),
          ExportColumn("time", "The deadline or period as written."),
        ], \.directives
      ) {
        [
          .text($0.issuer), Cell($0.hasVerb ? $0.verb : nil),
          Cell($0.hasAddressee ? $0.addressee : nil), .text($0.action),
          Cell($0.hasTime ? $0.time : nil),
        ]
      },
      facts(
        "position", "positions", "Who held which post on the article's day.",
        [
          ExportColumn("person", "The full name."), ExportColumn("role", "The office."),
          ExportColumn("body", "The body, by its fullest name in the article."),
        ], \.positions
      ) { [.text($0.person), .text($0.role), Cell($0.hasBody ? $0.body : nil)] },
      named("instrument", "instruments", "Laws, decrees, plans.", \.instruments),
      named("campaign", "campaigns", "Campaigns and movements.", \.campaigns),
      named("keyphrase", "key_phrases", "The best first.", \.keyPhrases),
      facts(
        "topic", "topics", "What an article is about, at the first cue.",
        [
          ExportColumn("topic", "Its name."),
          ExportColumn("cues", "INTEGER", "How many cues of it the article has."),
        ], \.topics
      ) { [.text($0.name), .integer(Int64($0.count))] },
    ]

  /// A table of facts: what it shares with the others, its own columns between.
  private static func facts<Fact: LocatedFact>(
    _ kind: String, _ name: String, _ about: String, _ columns: [ExportColumn],
    _ list: any KeyPath<Danvan_V1_ArticleFacts, [Fact]> & Sendable,
    _ cells: @escaping @Sendable (Fact) -> [Cell]
  ) -> FactTable {
    FactTable(
      kind: kind, name: name, about: about,
      columns: ExportedArticle.leading + columns
        + ExportedArticle.trailing
    ) { article in
      article.facts[keyPath: list].map { fact in
        article.leadingCells + cells(fact)
          + article.trailingCells(fact.start, fact.end, fact.evidence)
      }
    }
  }

  private static func named(
    _ kind: String, _ name: String, _ about: String,
    _ list: any KeyPath<Danvan_V1_ArticleFacts, [Danvan_V1_NamedThing]> & Sendable
  ) -> FactTable {
    facts(
      kind, name, about, [ExportColumn("text", "As written.")], list
    ) { [.text($0.text)] }
  }

  private static let mentions: [FactTable] = [
    mentions(
      "person", "persons", "PERSON", "Persons, at each place.",
      ExportColumn("name", "The fullest form of the name in the article.")
    ) { [Cell($0.hasName ? $0.name : nil)] },
    mentions(
      "title", "titles", "TITLE", "Posts and titles, at each place.",
      ExportColumn("holder", "Whose it is.")
    ) { [Cell($0.hasHolder ? $0.holder : nil)] },
    mentions(
      "org", "organizations", "ORG", "Bodies, at each place.",
      ExportColumn("name", "The full name, where the article shows it.")
    ) { [Cell($0.hasName ? $0.name : nil)] },
    mentions("place", "places", "LOC", "Places.") { _ in [] },
    mentions(
      "time", "times", "TIME", "Times.", ExportColumn("value", "As a TIMEX3 value."),
      ExportColumn("basis", "What a missing part was inferred from.")
    ) { [Cell($0.hasValue ? $0.value : nil), Cell($0.hasBasis ? $0.basis : nil)] },
  ]

  private static func mentions(
    _ kind: String, _ name: String, _ type: String, _ about: String, _ more: ExportColumn...,
    cells: @escaping @Sendable (Danvan_V1_Mention) -> [Cell]
  ) -> FactTable {
    FactTable(
      kind: kind, name: name, about: about,
      columns: ExportedArticle.leading
        + [ExportColumn("text", "As written.")] + more + ExportedArticle.trailing
    ) { article in
      article.facts.mentions.filter { $0.type == type }.map {
        article.leadingCells + [.text($0.text)] + cells($0)
          + article.trailingCells($0.start, $0.end, $0.evidence)
      }
    }
  }

  private static let articles = FactTable(
    kind: "article", name: "articles", about: "One row an article.",
    columns: [
      ExportColumn("article", "INTEGER", "Its number."), ExportColumn("title", "The headline."),
      ExportColumn("date", "The day it reports from, else that of its publication."),
      ExportColumn("date_basis", "What the day was taken from."),
      ExportColumn("published", "When it was published."), ExportColumn("publisher", "Who by."),
      ExportColumn("source", "The outlet of its attribution line."),
      ExportColumn("language", "vi, en, or und for another or too few words."),
      ExportColumn("url", "Its address."),
      ExportColumn("author", "Who wrote it."),
      ExportColumn("revision", "INTEGER", "How many texts it has had."),
      ExportColumn("came", "When this text came, RFC 3339, UTC."),
      ExportColumn("tags", "Joined by '; '."),
      ExportColumn("copy_of", "The identity of the oldest article of its group of copies."),
      ExportColumn("rule_set", "The version of the rules that found its facts."),
      ExportColumn("text", "The whole text."),
    ]
  ) { [$0.row] }
}

/// A fact with its place in the text.
private protocol LocatedFact: SendableMetatype {
  var start: UInt32 { get }
  var end: UInt32 { get }
  var evidence: Danvan_V1_Evidence { get }
}

extension Danvan_V1_Event: LocatedFact {}
extension Danvan_V1_Statement: LocatedFact {}
extension Danvan_V1_Directive: LocatedFact {}
extension Danvan_V1_Position: LocatedFact {}
extension Danvan_V1_NamedThing: LocatedFact {}
extension Danvan_V1_Topic: LocatedFact {}
