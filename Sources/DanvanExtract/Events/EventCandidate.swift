import DanvanModel
import DanvanText

/// One naming of an event in the text.
struct EventCandidate {
  let kind: Event.Kind
  /// The whole naming.
  let tokens: Range<Int>
  /// The head, without what follows it.
  let head: Range<Int>
  /// The verb's role, where the naming is a verb phrase.
  let role: EventWords.Role?
  /// The number of its sentence in the scan.
  let sentence: Int
  /// Who does it, where the naming is a verb phrase: a number of the names.
  let subject: Int?
  /// Who receives the guest, where the naming says that one is received.
  var host: String?
  /// The report of a digest that it stands in: how many marks such as `★` and `*` that begin one come before it.
  var item = 0
  /// Named in the sentence that begins such a report, with a day.
  var opensItem = false

  /// The body that is told right before it to hold it (`Tỉnh ủy Đồng Nai vừa tổ chức …`), by its full name.
  var organizer: String?
  /// How strongly its surroundings say that it was or will be held.
  var weight = 0
  var isPlanned = false
  var isPast = false
  /// Was held some day before the report, which does not say on which.
  var isRecent = false

  /// Says only "the conference", of one named elsewhere.
  var isBare = false

  /// A word right beside it says that it is, was or will be held.
  var isHeld = false

  /// One of many (`các cuộc họp`).
  var isMany = false

  /// Names an event that the text has told of (`chuyến thăm lần này`, `đây là kỳ họp …`).
  var refersBack = false

  /// One of several that one subject is told to have done: `chào A; hội đàm với B; thăm C`.
  var isChained = false

  /// Told as one more (`… cũng đã đến thăm …`).
  var isFurther = false

  /// The days of its sentence are those of another event, or of what is said of it.
  var isDayless = false

  /// Has its day right behind it ("cuộc điện đàm ngày 26/3").
  var isDated = false
}

/// The names and times of one article, by sentence.
struct EventSurroundings {
  let scan: Scan
  let names: [NameMention]
  let times: [TimeMention]
  let date: DocumentDate?
  /// Persons of whom the article tells an office.
  let officials: Set<String>
  /// The word `của`.
  let of: UInt64
  /// The word `giữa`.
  let between: UInt64
  /// The word `khóa`.
  let term: UInt64
  private let instruments: Lexicon
  /// For each token, the number of the longest name that begins there, or -1.
  private let nameStarts: [Int]
  /// For each token, the number of the time that begins there, or -1.
  private let timeStarts: [Int]
  /// For the token after a time, the number of the time that ends there.
  private let timeEnds: [Int: Int]
  /// For each token, the number of the first name that it is part of, or -1.
  private let nameCovers: [Int]
  /// The numbers of the persons' names, in order.
  private let persons: [Int]
  /// For the token after a name, the numbers of the names that end there, in order.
  private let nameEnds: [Int: [Int]]

  init(
    _ scan: Scan, names: [NameMention], times: [TimeMention], words: EventWords, date: DocumentDate?
  ) {
    self.scan = scan
    self.date = date
    officials = Set(names.lazy.compactMap(\.holder))
    of = words.of
    between = words.between
    term = words.term
    instruments = words.instruments
    self.names = names
    self.times = times
    var nameStarts = [Int](repeating: -1, count: scan.tokens.count + 1)
    for (number, name) in names.enumerated() where name.tokens.lowerBound < nameStarts.count {
      let known = nameStarts[name.tokens.lowerBound]
      if known < 0 || names[known].tokens.count < name.tokens.count {
        nameStarts[name.tokens.lowerBound] = number
      }
    }
    self.nameStarts = nameStarts
    var nameCovers = [Int](repeating: -1, count: scan.tokens.count + 1)
    for (number, name) in names.enumerated() {
      for token in name.tokens where token < nameCovers.count && nameCovers[token] < 0 {
        nameCovers[token] = number
      }
    }
    self.nameCovers = nameCovers
    nameEnds = Dictionary(grouping: names.indices) { names[$0].tokens.upperBound }
    var timeStarts = [Int](repeating: -1, count: scan.tokens.count + 1)
    for (number, time) in times.enumerated() where time.tokens.lowerBound < timeStarts.count {
      timeStarts[time.tokens.lowerBound] = number
    }
    self.timeStarts = timeStarts
    timeEnds = Dictionary(
      times.enumerated().map { ($1.tokens.upperBound, $0) }, uniquingKeysWith: { $1 })
    persons = names.indices.filter { names[$0].kind == .person }
  }

  /// The longest name that begins at a token.
  func name(at token: Int) -> NameMention? { number(at: token).map { names[$0] } }

  /// The number of that name.
  func number(at token: Int) -> Int? {
    nameStarts.indices.contains(token) && nameStarts[token] >= 0 ? nameStarts[token] : nil
  }

  /// The first name that a token is part of.
  func name(covering token: Int) -> NameMention? {
    nameCovers.indices.contains(token) && nameCovers[token] >= 0 ? names[nameCovers[token]] : nil
  }

  /// The numbers of the names whose last token is the one before `token`, in order.
  func numbers(endingAt token: Int) -> [Int] { nameEnds[token] ?? [] }

  /// Whether a name of one of the kinds ends right before `token`.
  func endsName(at token: Int, _ kinds: Set<Mention.Kind>) -> Bool {
    numbers(endingAt: token).contains { kinds.contains(names[$0].kind) }
  }

  func time(at token: Int) -> TimeMention? {
    timeStarts.indices.contains(token) && timeStarts[token] >= 0 ? times[timeStarts[token]] : nil
  }

  /// The time whose last token is the one before `token`.
  func time(endingAt token: Int) -> TimeMention? { timeEnds[token].map { times[$0] } }

  /// The number of the last personal name that ends before `token`.
  func person(before token: Int) -> Int? {
    var low = 0
    var high = persons.count
    while low < high {
      let middle = (low + high) / 2
      if names[persons[middle]].tokens.upperBound <= token {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low > 0 ? persons[low - 1] : nil
  }

  /// `Kết luận số 24 ngày 5/6/2012`: the day of a paper that is named with its number.
  func isPapers(_ time: TimeMention) -> Bool {
    let start = max(0, time.tokens.lowerBound - Self.longestPaper)
    var isNumbered = false
    for place in (start..<time.tokens.lowerBound).reversed() {
      let token = scan.tokens[place]
      if token.kind == .newline || token.key == PunctuationKey.comma
        || token.key == PunctuationKey.fullStop
      {
        return false
      }
      isNumbered = isNumbered || token.kind == .number
      if isNumbered,
        instruments.longest(in: scan.tokens, at: place, before: time.tokens.lowerBound) != nil
      {
        return true
      }
    }
    return false
  }

  /// In tokens.
  private static let longestPaper = 8

  func names(in range: Range<Int>) -> [NameMention] {
    range.compactMap { name(at: $0) }.filter { $0.tokens.upperBound <= range.upperBound }
  }

  func times(in range: Range<Int>) -> [TimeMention] { range.compactMap { time(at: $0) } }

  /// Persons named in a range, by their full names, each once; holders of titles too.
  func people(in range: Range<Int>) -> [String] {
    var people: [String] = []
    for token in range {
      guard let name = name(at: token), let person = fullName(of: name) else { continue }
      if !people.contains(person) { people.append(person) }
    }
    return people
  }

  func fullName(of mention: NameMention) -> String? {
    switch mention.kind {
    case .person: mention.name ?? scan.string(mention.tokens)
    case .title: mention.holder
    default: nil
    }
  }
}
