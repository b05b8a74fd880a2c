import DanvanInputs
import DanvanMessages
import DanvanModel
import FoundationEssentials

extension InputLabels {
  init(_ options: LabelOptions) {
    self.init(
      title: options.title, url: options.url, source: options.source, published: options.published,
      charset: options.charset, fields: FieldMapping.merged(options.map))
  }
}

extension Danvan_V1_Document {
  init(_ submission: Submission) {
    self.init()
    content = Data(submission.content)
    mediaType = submission.mediaType.rawValue
    label = submission.label
    if let title = submission.title { self.title = title }
    if let url = submission.url { self.url = url }
    if let source = submission.source { self.source = source }
    if let published = submission.published { self.published = published.description }
    if let charset = submission.charset { self.charset = charset }
    fields = submission.fields
  }
}
