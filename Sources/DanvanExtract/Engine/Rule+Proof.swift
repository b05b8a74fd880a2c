import DanvanModel

extension Rule {
  /// Runs the examples and rejects. Throws `DanvanError` naming file, line and rule where one fails.
  func prove(by extractor: Extractor) throws {
    func fault(_ what: String) -> DanvanError {
      .invalid("\(file):\(line): rule '\(id)': \(what)")
    }
    for written in examples {
      guard let example = ExampleSentence(written) else {
        throw fault("the example '\(written)' has a mark without its end or colon")
      }
      guard !example.marks.isEmpty else {
        throw fault("the example '\(written)' marks nothing: {TYPE:words} is what it is to find")
      }
      let faults = example.differences(from: extractor.facts(in: example.article))
      if let first = faults.first { throw fault("the example '\(written)' fails: \(first)") }
    }
    for written in rejects {
      guard let example = ExampleSentence(written) else {
        throw fault("the reject '\(written)' has a mark without its end or colon")
      }
      let marks = ExampleSentence.marks(of: extractor.facts(in: example.article))
      if let found = marks.first(where: { $0.rule == id }) {
        throw fault("the reject '\(written)' fails: found \(found.mark)")
      }
    }
  }
}
