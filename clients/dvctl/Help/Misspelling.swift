import ArgumentParser
import DanvanModel

/// What a command line that is not understood was most likely meant to be.
enum Misspelling {
  /// The sentence for a word that stands where a verb must and is none, and the words before it; nil where all
  /// verbs are known.
  static func noVerb(in words: some Sequence<String>) -> (told: Localized, command: String)? {
    var verbs = Dvctl.configuration.subcommands
    var path: [String] = []
    for word in words {
      guard !verbs.isEmpty, !word.hasPrefix("-") else { return nil }
      let names = verbs.compactMap { $0.configuration.commandName }
      guard let next = verbs.first(where: { $0.configuration.commandName == word }) else {
        return word == "help" ? nil : sentence(word, names, under: path)
      }
      path.append(word)
      verbs = next.configuration.subcommands
    }
    return nil
  }

  private static func sentence(_ word: String, _ names: [String], under path: [String])
    -> (Localized, String)
  {
    let command = (["dvctl"] + path).joined(separator: " ")
    guard let nearest = nearestName(to: word, among: names) else {
      return (Localized("There is no verb '\(word)'; `\(command) --help` lists them."), command)
    }
    return (Localized("There is no verb '\(word)'; did you mean '\(nearest)'?"), command)
  }

  /// The first option that the verb does not have, and the one that was most likely meant, if any.
  static func option(in words: [String]) -> (wrong: String, meant: String?)? {
    let known = CommandInfo.named(by: words)?.arguments.flatMap(\.names) ?? []
    let names = words.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }
      .map { String($0.prefix { $0 != "=" }) }
    guard let wrong = names.first(where: { !known.contains($0) }) else { return nil }
    return (wrong, nearestName(to: wrong, among: known))
  }
}
