import DanvanModel
import DanvanText

extension WordSegmenter {
  /// Made of the tables `list` and `weights` of the folder `words`; nil where either is missing.
  ///
  /// Throws `DanvanError` naming file and line.
  init?(_ tables: [String: TSV]) throws {
    guard let words = tables["list"], let model = tables["weights"] else { return nil }
    var list = WordList()
    for row in words.rows where !list.add(row) {
      throw DanvanError.invalid(
        """
        \(row.place): '\(row.cell(0))' is not a word of two to five syllables, there once, with a \
        grade of 1 to 255
        """)
    }
    var weights = WordWeights()
    for row in model.rows where !weights.add(row) {
      throw DanvanError.invalid(
        """
        \(row.place): not a feature of word segmentation, a value of its form, there once, and a \
        whole number but 0
        """)
    }
    self.init(list: list, weights: weights)
  }
}

extension WordList {
  /// Adds a row of `word, grade`; false where it is not well formed.
  fileprivate mutating func add(_ row: TSV.Row) -> Bool {
    guard row.count == 2, let grade = UInt8(row.cell(1)) else { return false }
    return add(Tokens(NormalizedText(row.cell(0))).map(\.key), grade: grade)
  }
}

extension WordWeights {
  /// Adds a row of `feature, value, weight`; false where it is not well formed.
  fileprivate mutating func add(_ row: TSV.Row) -> Bool {
    let cells = row.cells
    guard cells.count == 3, let feature = WordFeature(rawValue: cells[0]),
      let weight = Int32(cells[2])
    else { return false }
    let parts = cells[1].split(separator: " ").map(String.init)
    let form = feature.form
    guard parts.count == form.syllables + form.shapes + form.numbers else { return false }
    return add(
      feature, syllables: parts.prefix(form.syllables).map { canonicalKey(of: $0.utf8) },
      shapes: parts.dropFirst(form.syllables).prefix(form.shapes).compactMap(WordShape.init),
      numbers: parts.suffix(form.numbers).compactMap { Int($0) }, weight: weight)
  }
}
