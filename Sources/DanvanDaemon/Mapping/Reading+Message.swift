internal import DanvanMessages
internal import DanvanModel
internal import DanvanStore
internal import SwiftProtobuf

extension Danvan_V1_Reading {
  init(_ reading: Reading) {
    self.init()
    reader = UInt32(clamping: reading.reader)
    encoding = reading.encoding
    origins = reading.origins
    summary = reading.isSummary
    notes = reading.notes
  }
}

extension Danvan_V1_Article {
  /// What was read of a document that is not stored.
  init(_ article: Article) {
    self.init()
    if let value = article.title { title = value }
    if let value = article.url { url = value }
    if let value = article.publisher { publisher = value }
    if let value = article.published { published = value.description }
    if let value = article.author { author = value }
    textBytes = UInt32(clamping: article.text.utf8.count)
    reading = Danvan_V1_Reading(article.reading)
  }
}

extension Danvan_V1_Article {
  mutating func add(_ origin: ArticleOrigin) {
    if let value = origin.author { author = value }
    reading = Danvan_V1_Reading(origin.reading)
    sightings = origin.sightings.map { sighting in
      .with {
        $0.source = sighting.source
        $0.url = sighting.url
        $0.first = Timestamp(nanoseconds: sighting.first).description
        $0.last = Timestamp(nanoseconds: sighting.last).description
        $0.times = UInt64(clamping: sighting.times)
      }
    }
    copies = origin.copies.map(\.value)
  }
}
