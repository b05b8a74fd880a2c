public import DanvanModel
import DanvanText
import Synchronization

/// What extraction looked at and let go, and why; kept only where somebody asks for it.
///
/// Handed to `Extractor.facts`; a phase tells it of a loser through `Scan.dropped`, which costs one
/// comparison where there is no trace. What was kept is in the facts.
public final class Trace: Sendable {
  /// A reading of some words that became no fact.
  public struct Candidate: Sendable, Equatable {
    /// As facts name theirs: PERSON, TIME, EVENT, STATEMENT …
    public let kind: String
    /// In the stored text, UTF-8 bytes.
    public let range: TextRange
    public let text: String
    /// The rule that would have found it; empty where the phase had not come so far as to choose one.
    public let rule: String
    /// What decided against it: the end of a sentence that begins with the candidate.
    public let reason: String
  }

  private struct State {
    var candidates: [Candidate] = []
    var omitted = 0
  }
  private let places: [TextRange]
  private let state = Mutex(State())
  private static let room = 2_000

  /// Keeps candidates that touch one of `places` (UTF-8 bytes of the stored text), without any all of
  /// them; at most 2,000.
  public init(at places: [TextRange] = []) { self.places = places }

  /// In the order of the text.
  public var candidates: [Candidate] {
    state.withLock { $0.candidates }.sorted { $0.range < $1.range }
  }

  /// How many more there were than are kept.
  public var omitted: Int { state.withLock { $0.omitted } }

  fileprivate func wants(_ range: TextRange) -> Bool {
    places.isEmpty || places.contains { $0.overlaps(range) }
  }

  fileprivate func keep(_ candidate: Candidate) {
    state.withLock { state in
      if state.candidates.count < Self.room {
        state.candidates.append(candidate)
      } else {
        state.omitted += 1
      }
    }
  }
}

extension Scan {
  /// Tells the trace, where there is one, that these tokens were read as a `kind` and given up.
  func dropped(
    _ kind: @autoclosure () -> String, _ tokens: Range<Int>, rule: @autoclosure () -> String = "",
    because reason: @autoclosure () -> String
  ) {
    guard let trace, !tokens.isEmpty else { return }
    let place = range(tokens)
    guard trace.wants(place) else { return }
    trace.keep(
      Trace.Candidate(
        kind: kind(), range: place, text: string(tokens), rule: rule(), reason: reason()))
  }
}
