internal import DanvanMessages
internal import DanvanModel
internal import DanvanStore
internal import FoundationEssentials
internal import SwiftProtobuf

extension Danvan_V1_ExportedText {
  init(_ text: ExchangedText) {
    self.init()
    let article = text.article
    id = text.id.value
    revision = UInt32(clamping: text.revision)
    time = Timestamp(nanoseconds: text.time).exact
    if let value = article.title { title = value }
    if let value = article.url { url = value }
    if let value = article.publisher { publisher = value }
    if let value = article.published { published = value.description }
    self.text = article.text
    if let value = text.previous { previous = value.hexadecimal }
    if let value = text.original { original = Danvan_V1_ExportedOriginal(value, of: article) }
    if let standing = text.standing {
      newest = true
      tags = standing.tags.sorted()
      sightings = standing.sightings.map(Danvan_V1_Sighting.init(exact:))
      if let value = standing.copyOf { copyOf = value.hexadecimal }
      marks = standing.marks.map(Danvan_V1_ExportedMark.init)
      corrections = standing.corrections.map(Danvan_V1_Correction.init(exchanged:))
    }
    if let value = text.facts { facts = Danvan_V1_ArticleFacts(value) }
    sha256 = text.sha256.hexadecimal
  }
}

extension Danvan_V1_ExportedOriginal {
  init(_ original: ExchangedOriginal, of article: Article) {
    self.init()
    let given = original.submission
    mediaType = given.mediaType.rawValue
    if let value = article.author { author = value }
    if let value = given.title { title = value }
    if let value = given.url { url = value }
    if let value = given.source { source = value }
    if let value = given.published { published = value.description }
    if let value = given.charset { charset = value }
    fields = given.fields
    reading = Danvan_V1_Reading(article.reading)
    if !original.isText { content = Data(given.content) }
  }
}

extension Danvan_V1_ExportedMark {
  init(_ mark: StoredMark) {
    self.init()
    start = UInt32(clamping: mark.range.start)
    end = UInt32(clamping: mark.range.end)
    if let value = mark.status { status = value }
    if let value = mark.due { due = value }
    if let value = mark.owner { owner = value }
    if let value = mark.note { note = value }
    if let anchor = mark.anchor {
      words = anchor.words
      before = anchor.before
      after = anchor.after
    }
    time = Timestamp(nanoseconds: mark.time).exact
  }
}

extension Danvan_V1_ExportedRuling {
  init(_ ruling: ExchangedRuling) {
    self.init()
    kind = ruling.kind.rawValue
    verb = ruling.verb.rawValue
    entity = Danvan_V1_ExportedBearer(ruling.entity)
    if let value = ruling.other { other = Danvan_V1_ExportedBearer(value) }
    text = ruling.text
    time = Timestamp(nanoseconds: ruling.time).exact
  }
}

extension Danvan_V1_ExportedBearer {
  init(_ bearer: ExchangedRuling.Bearer) {
    self.init()
    name = bearer.name
    if let value = bearer.article { article = value.hexadecimal }
  }
}

extension Danvan_V1_Sighting {
  init(exact sighting: Sighting) {
    self.init()
    source = sighting.source
    url = sighting.url
    first = Timestamp(nanoseconds: sighting.first).exact
    last = Timestamp(nanoseconds: sighting.last).exact
    times = UInt64(clamping: sighting.times)
  }
}

extension Danvan_V1_SavedSearch {
  init(exact search: SavedSearch) {
    self.init(search)
    saved = Timestamp(nanoseconds: search.saved).exact
  }
}
