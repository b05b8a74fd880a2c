internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf

/// danvan.v1.Search/Story: the articles that tell of one event.
struct StoryHandlers: Sendable {
  let desk: Desk
  let log: Log

  func register(in router: inout Router) {
    router.unary("danvan.v1.Search", "Story", on: .pooled, log: log, story)
  }

  @Sendable private func story(_ request: Danvan_V1_StoryRequest, _ call: Call) throws
    -> Danvan_V1_StoryResponse
  {
    if request.hasOtherID {
      let found = try desk.storyLikeness(
        of: ArticleID(request.articleID), with: ArticleID(request.otherID)
      ) { try call.demandWanted() }
      return .with { $0.compared = Danvan_V1_StoryLikeness(found) }
    }
    let story = try desk.story(of: ArticleID(request.articleID)) { try call.demandWanted() }
    return .with {
      $0.cutOff = story.isCutOff
      $0.articles = story.parts.map { part in
        .with {
          $0.article = Danvan_V1_Article(part.header)
          $0.article.copies = part.copies.map(\.value)
          $0.likeness = part.likeness
          $0.adds = Danvan_V1_ArticleFacts(part.adds)
        }
      }
    }
  }
}

extension Danvan_V1_StoryLikeness {
  fileprivate init(_ found: StoryLikeness) {
    self.init()
    likeness = found.likeness
    least = found.least
    features = found.features.map { feature in
      .with {
        $0.name = feature.name
        $0.value = feature.value
        $0.weight = feature.weight
      }
    }
  }
}
