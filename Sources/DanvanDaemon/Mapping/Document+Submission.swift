internal import DanvanMessages
internal import DanvanModel
internal import FoundationEssentials

extension Submission {
  /// Throws `invalidArgument` for a media type no reader exists for and a date that is none.
  init(_ document: Danvan_V1_Document) throws(DanvanError) {
    let named = document.mediaType
    guard let mediaType = named.isEmpty ? .plainText : MediaType(rawValue: named) else {
      let known = MediaType.allCases.map(\.rawValue).joined(separator: ", ")
      throw .invalid("unknown media type '\(named.prefix(64))'; known are \(known)")
    }
    var published: PartialDate?
    if document.hasPublished {
      guard let date = PartialDate(document.published) else {
        throw .invalid(
          "'\(document.published.prefix(64))' is no date; write 2017, 2017-05 or 2017-05-19")
      }
      published = date
    }
    self.init(
      content: [UInt8](document.content), mediaType: mediaType, label: document.label,
      title: document.hasTitle ? document.title : nil, url: document.hasURL ? document.url : nil,
      source: document.hasSource ? document.source : nil, published: published,
      charset: document.hasCharset ? document.charset : nil, fields: document.fields)
  }
}
