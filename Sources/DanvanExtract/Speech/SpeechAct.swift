import DanvanText

/// One verb of speaking or ordering with the one whose words it reports.
struct SpeechAct: Sendable {
  /// How the speaker was found.
  enum Link: Sendable {
    /// Named right before the verb.
    case adjacent
    /// The speaker of an earlier verb of the sentence.
    case carried
    /// Named later, before the main verb: `Nhấn mạnh X, ông A đề nghị Y`.
    case fronted
    /// Named at the start of the clause, with other words between.
    case distant
    /// The speaker of an earlier sentence.
    case previous
    /// After `theo`.
    case according
    /// Named after what is said, at the end of the sentence.
    case trailing
  }
  var cue: SpeechCue
  var link: Link
  /// Full name, else the title, body or group as written.
  var speaker: String
  var kind: SpeechAgent.Kind
  /// Where the clause of this act begins: at its speaker, or at its verb.
  var start: Int
  /// Where what is said may begin.
  var contentStart: Int
  /// Whether an earlier act's content ends where this one begins.
  var endsEarlier = true

  /// Who orders together with the speaker.
  var partners: [String] = []

  var isNamed: Bool { kind != .group }
  var floor: SpeechFloor { SpeechFloor(speaker: speaker, kind: kind) }
}

/// Who has the word.
struct SpeechFloor: Sendable {
  let speaker: String
  let kind: SpeechAgent.Kind

  var isPerson: Bool { kind == .person || kind == .title || kind == .reference }
}
