import DanvanMessages

/// Writes each event to standard output, at once.
struct PrintingSink: EventSink {
  private var renderer: Renderer
  private let showsMarks: Bool
  private(set) var handled: String?
  let hasRoom = true
  let isIdle = true
  let pause: Double? = nil

  init(_ output: OutputOptions, showsMarks: Bool) {
    // A stream has no end to close a JSON list at, so json is a value an event as well.
    renderer = Renderer(
      format: output.format == .json ? .ndjson : output.format, style: output.renderer.style)
    self.showsMarks = showsMarks
  }

  mutating func take(_ event: Danvan_V1_WatchEvent) throws {
    let report = WatchReport(event: event)
    if !report.isMark || (showsMarks && renderer.format != .text) {
      try renderer.render(report)
      renderer.isContinued = true
    }
    if renderer.format == .text { Self.tell(event, isWatched: renderer.style.width != nil) }
    if !event.cursor.isEmpty { handled = event.cursor }
  }

  mutating func advance() {}

  /// What people should know of the marks.
  static func tell(_ event: Danvan_V1_WatchEvent, isWatched: Bool) {
    switch event.kind {
    case .synced where isWatched:
      Talk.close(Localized("up to date; waiting for more (Ctrl-C ends)"))
    case .gap:
      Talk.say(
        Localized("events before \(event.cursor) are no longer kept; going on behind the gap"))
    case .lagging:
      Talk.say(Localized("the daemon will soon remove events that are not acknowledged"))
    default: break
    }
  }
}
