import DanvanModel

/// What a document says before the sender's word is laid over it.
struct Draft: Equatable {
  var text: String
  var title: Stated<String>?
  var url: Stated<String>?
  var publisher: Stated<String>?
  var author: Stated<String>?
  var published: Stated<PartialDate>?
  var encoding = "UTF-8"
  var isSummary = false
  var notes: [String] = []

  init(text: String) { self.text = text }

  init(_ decoded: DecodedText) {
    text = decoded.text
    note(decoded)
  }

  mutating func note(_ decoded: DecodedText) {
    encoding = decoded.encoding
    if let note = decoded.note { notes.append(note) }
  }
}

/// A value and where it was found.
struct Stated<Value: Equatable>: Equatable {
  var value: Value
  var origin: String
}

extension Stated where Value == String {
  /// Trimmed; nil where there is nothing but white space.
  init?(_ value: String?, _ origin: String) {
    guard let value = value?.trimmed, !value.isEmpty else { return nil }
    self.init(value: value, origin: origin)
  }
}

/// The fields of an article that a document may give by name.
enum Field: String, CaseIterable {
  case text, title, date, url, publisher, author

  /// The names they go by where no mapping says otherwise, the likeliest first.
  var commonNames: [String] {
    switch self {
    case .text: ["text", "body", "content"]
    case .title: ["title", "headline"]
    case .date: ["date", "published"]
    case .url: ["url", "link"]
    case .publisher: ["publisher", "source"]
    case .author: ["author", "byline"]
    }
  }
}

/// The fields of one record (a JSON object, a table's line, front matter) by their names.
struct NamedFields {
  /// `json`, `csv`, …
  let form: String
  /// From the names of `Field` to those of the record; a mapped field goes by no other name.
  let mapping: [String: String]
  let value: (String) -> String?

  /// Throws `invalidArgument` for a mapping of a field that articles do not have.
  init(form: String, mapping: [String: String], value: @escaping (String) -> String?) throws {
    self.form = form
    self.mapping = mapping
    self.value = value
    for name in mapping.keys.sorted() where Field(rawValue: name) == nil {
      let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
      throw DanvanError.invalid("'\(name)' cannot be mapped; the fields are \(known)")
    }
  }

  subscript(field: Field) -> Stated<String>? {
    for name in mapping[field.rawValue].map({ [$0] }) ?? field.commonNames {
      if let found = value(name), !found.isBlank {
        return Stated(value: found, origin: "\(form):\(name)")
      }
    }
    return nil
  }

  /// Lays all but the text over a draft. A date that cannot be read is left out with a note: many a
  /// crawl has such, and the article is good without.
  func fill(_ draft: inout Draft) {
    draft.title = self[.title].map { Stated(value: $0.value.trimmed.onOneLine, origin: $0.origin) }
    draft.url = self[.url].map { Stated(value: $0.value.trimmed, origin: $0.origin) }
    draft.publisher = self[.publisher].map { Stated(value: $0.value.trimmed, origin: $0.origin) }
    draft.author = self[.author].map {
      Stated(value: $0.value.trimmed.onOneLine, origin: $0.origin)
    }
    guard let date = self[.date] else { return }
    if let day = publicationDate(date.value) {
      draft.published = Stated(value: day, origin: date.origin)
    } else {
      draft.notes.append("the date '\(date.value.prefix(40))' could not be read")
    }
  }
}
