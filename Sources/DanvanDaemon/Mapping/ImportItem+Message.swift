internal import DanvanMessages
internal import DanvanModel
internal import DanvanService
internal import DanvanStore
internal import FoundationEssentials

extension ImportItem {
  /// Throws `invalidArgument` for what is no item of an export.
  init(_ item: Danvan_V1_ExportItem) throws(DanvanError) {
    if item.hasHead {
      guard item.head.version == 1 else {
        throw .invalid("an export of version \(item.head.version); this danvan knows version 1")
      }
      self = .frame
    } else if item.hasEnd {
      self = .frame
    } else if item.hasSavedSearch {
      let search = item.savedSearch
      self = .savedSearch(
        SavedSearch(name: search.name, query: search.query, saved: try moment(search.saved)))
    } else if item.hasText {
      self = .text(try ExchangedText(item.text))
    } else if item.hasRuling {
      self = .ruling(try ExchangedRuling(item.ruling))
    } else {
      throw .invalid("no item of an export")
    }
  }
}

extension ExchangedText {
  init(_ message: Danvan_V1_ExportedText) throws(DanvanError) {
    let kept = message.hasOriginal ? message.original : nil
    self.init(
      id: ArticleID(message.id), revision: Int(message.revision), time: try moment(message.time),
      article: Article(
        text: message.text, title: message.hasTitle ? message.title : nil,
        url: message.hasURL ? message.url : nil,
        publisher: message.hasPublisher ? message.publisher : nil,
        published: try message.hasPublished ? date(message.published) : nil,
        author: kept?.hasAuthor == true ? kept?.author : nil,
        reading: kept.map { Reading($0.reading) } ?? Reading()),
      previous: try message.hasPrevious ? identity(message.previous) : nil,
      original: try kept.map { kept throws(DanvanError) in try ExchangedOriginal(kept) },
      standing: try message.newest ? ExchangedStanding(message) : nil)
  }
}

extension ExchangedStanding {
  fileprivate init(_ message: Danvan_V1_ExportedText) throws(DanvanError) {
    self.init(
      tags: message.tags,
      sightings: try message.sightings.map { seen throws(DanvanError) in
        Sighting(
          source: seen.source, url: seen.url, first: try moment(seen.first),
          last: try moment(seen.last), times: Int64(clamping: seen.times))
      },
      copyOf: try message.hasCopyOf ? identity(message.copyOf) : nil,
      marks: try message.marks.map { mark throws(DanvanError) in
        try StoredMark(mark, on: ArticleID(message.id))
      },
      corrections: try message.corrections.map { said throws(DanvanError) in
        try Correction(said, on: ArticleID(message.id))
      })
  }
}

extension StoredMark {
  fileprivate init(_ message: Danvan_V1_ExportedMark, on article: ArticleID) throws(DanvanError) {
    guard message.start < message.end, message.end < 1 << 31 else {
      throw .invalid("a note on bytes \(message.start) to \(message.end), which is no place")
    }
    let range = TextRange(Int(message.start), Int(message.end))
    guard !message.hasWords || message.words.utf8.count == range.count else {
      throw .invalid("a note on words that are not as long as their place")
    }
    self.init(
      article: article, range: range,
      anchor: message.hasWords
        ? TextAnchor(
          range: range, words: message.words, before: message.before, after: message.after) : nil,
      status: message.hasStatus ? message.status : nil, due: message.hasDue ? message.due : nil,
      owner: message.hasOwner ? message.owner : nil, note: message.hasNote ? message.note : nil,
      time: try moment(message.time))
  }
}

extension ExchangedRuling {
  fileprivate init(_ message: Danvan_V1_ExportedRuling) throws(DanvanError) {
    guard let kind = StoredRuling.Kind(rawValue: message.kind),
      let verb = StoredRuling.Verb(rawValue: message.verb)
    else {
      throw .invalid("no ruling: '\(message.kind.prefix(64)) \(message.verb.prefix(64))'")
    }
    guard message.hasOther == (verb != .rename), message.text.isEmpty == (verb != .rename) else {
      throw .invalid("a \(verb) wants \(verb == .rename ? "a text" : "another"), and only that")
    }
    self.init(
      kind: kind, verb: verb, entity: try Bearer(message.entity),
      other: try message.hasOther ? Bearer(message.other) : nil, text: message.text,
      time: try moment(message.time))
  }
}

extension ExchangedRuling.Bearer {
  fileprivate init(_ message: Danvan_V1_ExportedBearer) throws(DanvanError) {
    guard (1...1_000).contains(message.name.utf8.count) else {
      throw .invalid("a ruling on a name of \(message.name.utf8.count) bytes")
    }
    self.init(
      name: message.name, article: try message.hasArticle ? identity(message.article) : nil)
  }
}

extension ExchangedOriginal {
  fileprivate init(_ message: Danvan_V1_ExportedOriginal) throws(DanvanError) {
    guard let type = MediaType(rawValue: message.mediaType) else {
      throw .invalid("unknown media type '\(message.mediaType.prefix(64))'")
    }
    self.init(
      Submission(
        content: [UInt8](message.content), mediaType: type,
        title: message.hasTitle ? message.title : nil, url: message.hasURL ? message.url : nil,
        source: message.hasSource ? message.source : nil,
        published: try message.hasPublished ? date(message.published) : nil,
        charset: message.hasCharset ? message.charset : nil, fields: message.fields),
      isText: !message.hasContent)
  }
}

extension Reading {
  fileprivate init(_ message: Danvan_V1_Reading) {
    self.init(
      reader: Int(message.reader), encoding: message.encoding, origins: message.origins,
      isSummary: message.summary, notes: message.notes)
  }
}

func moment(_ text: String) throws(DanvanError) -> Int64 {
  guard let time = Timestamp(parsing: text) else {
    throw .invalid("'\(text.prefix(64))' is no time; it is written 2026-11-22T08:30:00.25Z")
  }
  return time.nanoseconds
}

private func date(_ text: String) throws(DanvanError) -> PartialDate {
  guard let date = PartialDate(text) else {
    throw .invalid("'\(text.prefix(64))' is no date; write 2017, 2017-05 or 2017-05-19")
  }
  return date
}

private func identity(_ text: String) throws(DanvanError) -> [UInt8] {
  guard text.utf8.count == 32, let bytes = [UInt8](hexadecimal: text) else {
    throw .invalid("'\(text.prefix(64))' is no identity: 32 hexadecimal digits")
  }
  return bytes
}
