internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf

/// danvan.v1.Corpus/Diff: what changed from one revision of an article to another.
struct RevisionHandlers: Sendable {
  let desk: Desk
  let log: Log

  func register(in router: inout Router) {
    router.unary("danvan.v1.Corpus", "Diff", on: .pooled, log: log, diff)
  }

  @Sendable private func diff(_ request: Danvan_V1_DiffRequest, _ call: Call) throws
    -> Danvan_V1_DiffResponse
  {
    let diff = try desk.diff(
      ArticleID(request.articleID), from: request.from == 0 ? nil : Int(request.from),
      to: request.to == 0 ? nil : Int(request.to), check: { try call.demandWanted() })
    return .with {
      $0.from = Danvan_V1_Revision(diff.from)
      $0.to = Danvan_V1_Revision(diff.to)
      $0.fields = diff.fields.map { change in
        .with {
          $0.field = change.field
          if let before = change.before { $0.before = before }
          if let after = change.after { $0.after = after }
        }
      }
      $0.text = diff.text.map { stretch in
        .with {
          switch stretch {
          case .kept(let text): ($0.change, $0.text) = (.kept, text)
          case .removed(let text): ($0.change, $0.text) = (.removed, text)
          case .added(let text): ($0.change, $0.text) = (.added, text)
          }
        }
      }
      $0.lost = Danvan_V1_ArticleFacts(diff.lost)
      $0.gained = Danvan_V1_ArticleFacts(diff.gained)
    }
  }
}

extension Danvan_V1_Revision {
  init(_ revision: StoredRevision) {
    self.init()
    number = UInt32(clamping: revision.number)
    if let value = revision.title { title = value }
    if let value = revision.publisher { publisher = value }
    if let value = revision.published { published = value.description }
    textBytes = UInt32(clamping: revision.textCount)
    sha256 = revision.sha256.hexadecimal
    if let value = revision.came { came = Timestamp(nanoseconds: value).description }
  }
}
