import DanvanText

/// A line on the terminal that says how far a long work is; nothing where standard error is a file.
struct Progress {
  private let total: Int64?
  private let isShown: Bool
  private let width: Int
  private let watch = Stopwatch()
  private var lastShown = -1.0
  private var isOnScreen = false

  /// `total` in bytes, where it is known.
  init(total: Int64?, isShown: Bool = Talk.isTerminal) {
    self.total = total
    self.isShown = isShown
    width = isShown ? Style.columns(of: 2) : 80
  }

  /// Shows the state, at most ten times a second.
  mutating func update(bytes: Int64, articles: Int64) {
    let seconds = watch.seconds
    guard isShown, seconds - lastShown >= 0.1 else { return }
    lastShown = seconds
    isOnScreen = true
    Talk.write(
      "\r\u{1B}[K" + Self.line(bytes: bytes, total: total, articles: articles, seconds, width))
  }

  /// Takes the line off the screen, so that other talk can be written.
  mutating func clear() {
    if isOnScreen { Talk.write("\r\u{1B}[K") }
    isOnScreen = false
    lastShown = -1
  }

  var seconds: Double { watch.seconds }

  static func line(
    bytes: Int64, total: Int64?, articles: Int64, _ seconds: Double, _ width: Int
  ) -> String {
    let rate = seconds > 0 ? Double(articles) / seconds : 0
    var tail = "\(Quantities.articles(articles).text), \(Quantities.count(Int64(rate)))/s"
    guard let total, total > 0 else { return tail.cut(to: width - 1) }
    let share = min(1, Double(bytes) / Double(total))
    if share > 0.01, seconds > 1 {
      let left = Quantities.duration((seconds / share - seconds).rounded())
      tail += ", \(Localized("\(left) left").text)"
    }
    let percent = "\(Int(share * 100))%".paddedLeft(to: 4)
    let room = min(30, width - displayWidth(tail) - 10)
    guard room >= 5 else { return "\(percent) \(tail)".cut(to: width - 1) }
    let full = Int(share * Double(room))
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: room - full)
    return "\(percent) \(bar) \(tail)"
  }
}
