internal import DanvanExtract
internal import DanvanMessages
internal import SwiftProtobuf

extension Danvan_V1_Rule {
  init(_ rule: Rule) {
    self.init()
    id = rule.id
    kind = rule.kind
    note = rule.note
    match = rule.match
    confidence = rule.confidence
    examples = rule.examples
    rejects = rule.rejects
    file = rule.file
    off = rule.isOff
    if let name = rule.value { value = name }
  }
}
