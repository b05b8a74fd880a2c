/// The language that an article is written in, as far as the engine tells them apart.
public enum Language: String, Sendable, Hashable, CaseIterable {
  case vietnamese = "vi"
  case english = "en"
  /// Another one, or too few words to tell; the name is ISO 639's.
  case undetermined = "und"
}
