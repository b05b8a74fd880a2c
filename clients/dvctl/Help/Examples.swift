/// What shows a verb in use: the sections of `examples.txt`.
struct Examples {
  /// What is done, and the commands that do it.
  struct Example: Equatable {
    let says: String
    var commands: [String] = []
  }

  let verbs: [(verb: String, examples: [Example])]

  static let shipped = Examples(String(decoding: PackageResources.examples_txt, as: UTF8.self))

  init(_ text: String) {
    var verbs: [(verb: String, examples: [Example])] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("["), line.hasSuffix("]") {
        verbs.append((String(line.dropFirst().dropLast()), []))
        continue
      }
      guard let verb = verbs.indices.last else { continue }
      if line.hasPrefix("  "), let example = verbs[verb].examples.indices.last {
        verbs[verb].examples[example].commands.append(String(line.dropFirst(2)))
      } else {
        verbs[verb].examples.append(Example(says: String(line)))
      }
    }
    self.verbs = verbs
  }

  subscript(verb: String) -> [Example] { verbs.first { $0.verb == verb }?.examples ?? [] }
}
