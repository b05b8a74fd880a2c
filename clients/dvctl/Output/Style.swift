import Glibc

/// How text for people looks on the output at hand: colours and width.
struct Style {
  let hasColor: Bool
  /// Columns; nil where the output is not a terminal and lines may be of any length.
  let width: Int?

  init(hasColor: Bool, width: Int?) {
    self.hasColor = hasColor
    self.width = width
  }

  /// For standard output.
  init(_ choice: ColorChoice) {
    let isTerminal = isatty(1) == 1
    self.init(
      hasColor: Self.wantsColor(
        choice, isTerminal: isTerminal, noColor: Self.variable("NO_COLOR"),
        term: Self.variable("TERM")),
      width: isTerminal ? Self.columns(of: 1) : nil)
  }

  static func wantsColor(
    _ choice: ColorChoice, isTerminal: Bool, noColor: String?, term: String?
  ) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto: isTerminal && (noColor ?? "").isEmpty && term != "dumb"
    }
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// The terminal's height, or 24 where it does not say.
  static func rows(of descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return 24 }
    return max(4, Int(size.ws_row) - 1)
  }

  /// The terminal's width, or 80 where it does not say.
  static func columns(of descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return max(20, Int(size.ws_col))
  }
}

/// The attributes that dvctl uses, as SGR parameters.
struct Paint: Equatable {
  let codes: String

  static let bold = Paint(codes: "1")
  static let dim = Paint(codes: "2")
  static let heading = Paint(codes: "1;4")
  static let hit = Paint(codes: "1;33")
  static let good = Paint(codes: "32")
  static let bad = Paint(codes: "31")

  static func + (a: Paint, b: Paint) -> Paint {
    Paint(codes: a.codes.isEmpty || b.codes.isEmpty ? a.codes + b.codes : "\(a.codes);\(b.codes)")
  }

  static let none = Paint(codes: "")
}

extension Style {
  func paint(_ text: String, _ paint: Paint) -> String {
    hasColor && !text.isEmpty && !paint.codes.isEmpty
      ? "\u{1B}[\(paint.codes)m\(text)\u{1B}[0m" : text
  }
}
