import ArgumentParser
import DanvanLanguage

/// What ArgumentParser says of a command line that it does not take, in the user's language.
enum UsageText {
  /// The error, the help that belongs to it, and the usage; where one of `words` is misspelt, what was meant.
  static func told(
    of error: any Error, words: [String] = [], in catalogue: Catalogue = .current
  ) -> String {
    let noVerb = Misspelling.noVerb(in: words)
    var text = Dvctl.fullMessage(for: noVerb.map { ValidationError($0.told) } ?? error)
      .split(separator: "\n", omittingEmptySubsequences: false)[...]
    // The parser tells the program's usage of every word that it does not know.
    if let command = noVerb?.command {
      text =
        text.prefix(1) + [
          "Usage: \(command) <subcommand>", "  See '\(command) --help' for more information.",
        ]
    }
    var hint = ""
    // The verb's own checks come before the parser's: an option that it does not have is the nearer fault.
    if noVerb == nil, let (wrong, meant) = Misspelling.option(in: words) {
      if text.first?.contains("'\(wrong)'") == false {
        text = ["Error: Unknown option '\(wrong)'"] + text.drop { !$0.hasPrefix("Usage: ") }
      }
      if let meant, let first = text.first, first.hasSuffix("'\(wrong)'") {
        hint = ". " + Localized("Did you mean '\(meant)'?").text(in: catalogue)
      }
    }
    let lines = text.map {
      catalogue.isEmpty ? String($0) : Placeholders.told(in: line($0, catalogue), catalogue)
    }
    return ([lines.first.map { $0 + hint } ?? ""] + lines.dropFirst()).joined(separator: "\n")
  }

  /// A line that is not known stays as it is: it may go on with a text that is translated already.
  private static func line(_ line: Substring, _ catalogue: Catalogue) -> String {
    let indent = String(line.prefix { $0 == " " })
    let words = String(line.dropFirst(indent.count))
    for (lead, name) in [("Error: ", Localized("Error")), ("Help:  ", Localized("Help"))]
    where words.hasPrefix(lead) {
      let rest = String(words.dropFirst(lead.count))
      return "\(name.text(in: catalogue)): "
        + (catalogue.translation(of: rest, by: .argumentParser) ?? help(rest, catalogue))
    }
    return indent + (catalogue.translation(of: words, by: .argumentParser) ?? words)
  }

  /// `--limit <count>  At most so many`: the words behind the option are those of its help.
  private static func help(_ text: String, _ catalogue: Catalogue) -> String {
    guard let gap = text.firstRange(of: ">  ") else { return text }
    let words = String(text[gap.upperBound...])
    return text[..<gap.upperBound] + (catalogue[words] ?? words)
  }
}

extension String {
  fileprivate func firstRange(of part: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
      start = index(after: start)
    }
    return nil
  }
}
