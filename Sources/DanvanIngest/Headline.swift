import DanvanText

/// The headline of a text that comes without a title: its first line, where the layout takes it for one.
func headline(of text: String) -> String? {
  // The layout decides by the first lines; a long article need not be cut up for that twice.
  let opening = text.openingLines(3, atMost: 4096)
  guard Layout(Tokens(NormalizedText(opening)), headlineGiven: false).hasHeadline else {
    return nil
  }
  let line = opening.firstLine.trimmed
  return line.isEmpty ? nil : line
}
