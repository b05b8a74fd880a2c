import DanvanMessages

extension Danvan_V1_Article {
  /// What is known of the article besides its text and facts.
  var summaryJSON: JSON {
    .object([
      "id": .integer(id),
      "title": hasTitle ? .string(title) : nil,
      "date": hasDate ? .string(date) : nil,
      "date_basis": hasDateBasis ? .string(dateBasis) : nil,
      "published": hasPublished ? .string(published) : nil,
      "publisher": hasPublisher ? .string(publisher) : nil,
      "source": hasSource ? .string(source) : nil,
      "language": hasLanguage ? .string(language) : nil,
      "url": hasURL ? .string(url) : nil,
      "ingested": ingested.isEmpty ? nil : .string(ingested),
      "text_bytes": .integer(Int64(textBytes)),
      "revision": revision > 1 ? .integer(Int64(revision)) : nil,
      "sha256": sha256.isEmpty ? nil : .string(sha256),
    ])
  }

  /// How it was read, where it was seen, and its copies.
  var originJSON: JSON {
    .object([
      "author": hasAuthor ? .string(author) : nil,
      "reading": hasReading ? reading.json : nil,
      "sightings": sightings.isEmpty
        ? nil
        : .array(
          sightings.map {
            .object([
              "source": .string($0.source), "url": .string($0.url), "first": .string($0.first),
              "last": .string($0.last), "times": .integer(Int64(clamping: $0.times)),
            ])
          }),
      "copies": copies.isEmpty ? nil : .array(copies.map { .integer($0) }),
      "revisions": revisions.isEmpty ? nil : .array(revisions.map(\.json)),
    ])
  }

  /// How its document was read; empty where that is not known.
  var readingJSON: JSON {
    guard hasReading else { return .object([:]) }
    return .object([
      "url": hasURL ? .string(url) : nil,
      "publisher": hasPublisher ? .string(publisher) : nil,
      "published": hasPublished ? .string(published) : nil,
      "author": hasAuthor ? .string(author) : nil,
      "reading": reading.json,
    ])
  }

  /// The day that it is searched and sorted by: of its publication where that is known whole, else the one
  /// that it reports from, else what is known of its publication.
  var bestDate: String? {
    if hasPublished, published.utf8.count >= 10 { return String(published.prefix(10)) }
    if hasDate { return date }
    return hasPublished ? published : nil
  }

  /// Who it is from: the publisher, else the outlet it names.
  var bestSource: String? {
    if hasPublisher { return publisher }
    return hasSource ? source : nil
  }
}

extension Danvan_V1_Reading {
  var json: JSON {
    let origins = origins.sorted { $0.key < $1.key }.map {
      JSON.Member(name: $0.key, value: .string($0.value))
    }
    return .object([
      "reader": .integer(Int64(reader)), "encoding": .string(encoding), "origins": .object(origins),
      "summary": .bool(summary), "notes": .strings(notes),
    ])
  }
}
