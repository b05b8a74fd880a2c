/// What a name is in a fact; the numbers are stored and never reused.
public enum RegisterRole: Int64, Sendable {
  /// A person whom the article names; `number` is the first such mention's.
  case person = 1
  case chair = 2
  case attendee = 3
  case speaker = 4
  case issuer = 5
  case addressee = 6
  case place = 7
  /// `number` is the topic's, `detail` how many cues of it the article has.
  case topic = 8
  /// The fact as such, of no name. `detail` of an event is `EventDetail.code`.
  case event = 20
  case statement = 21
  case directive = 22
}

/// Kind and status of an event in one number.
public struct EventDetail: Sendable, Hashable {
  public let kind: Int
  public let status: Int

  /// In the order of the enumerations of `Event`, which only grow.
  var code: Int64 { Int64(kind * 8 + status) }

  init(kind: Int, status: Int) {
    self.kind = kind
    self.status = status
  }

  public init(_ code: Int64) { self.init(kind: Int(code / 8), status: Int(code % 8)) }
}
