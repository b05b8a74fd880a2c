internal import DanvanExtract
internal import DanvanModel
internal import Glibc

/// In how far two articles agree, feature by feature.
struct StoryAgreement: Equatable {
  enum Feature: String, CaseIterable, Sendable {
    /// Cosine over pairs of syllables.
    case text
    /// How much of one's headline stands in the other, the mean of both ways.
    case headline
    /// Cosines over the names of persons and places, and over the days spoken of.
    case persons, places, times
    /// Between the articles.
    case days
  }
  private(set) var values: [Feature: Double] = [:]

  subscript(feature: Feature) -> Double {
    get { values[feature] ?? 0 }
    // To a billionth: sums over hash tables differ behind it from one start to the next.
    set { values[feature] = (newValue * 1e9).rounded() / 1e9 }
  }
}

/// How likely two articles tell of one event: a logistic regression over their agreement (D. R. Cox, "The
/// Regression Analysis of Binary Sequences", 1958), with weights of `lexicon/story-weights.tsv`.
struct StoryModel: Sendable {
  private(set) var weights: [StoryAgreement.Feature: Double] = [:]
  private(set) var bias = 0.0
  /// From this likeness on two articles are of one story.
  private(set) var least = 1.0

  /// Finds no two articles alike.
  init() {}

  /// Throws `DanvanError` where a weight is missing, unknown or no number.
  init(_ rules: RuleSet) throws {
    var missing = Set(StoryAgreement.Feature.allCases.map(\.rawValue) + ["bias", "least"])
    for (entry, place) in zip(
      try rules.words("story-weights"), try rules.places(of: "story-weights"))
    {
      guard missing.remove(entry.word) != nil else {
        throw DanvanError.invalid("\(place): there is no feature '\(entry.word)' of stories")
      }
      guard let value = Double(entry.role), value.isFinite else {
        throw DanvanError.invalid("\(place): '\(entry.role)' is no number")
      }
      switch entry.word {
      case "bias": bias = value
      case "least": least = value
      default: StoryAgreement.Feature(rawValue: entry.word).map { weights[$0] = value }
      }
    }
    if let name = missing.min() {
      throw DanvanError.invalid("lexicon/story-weights.tsv: '\(name)' is missing")
    }
  }

  /// 0 to 1.
  func likeness(_ agreement: StoryAgreement) -> Double {
    let sum = StoryAgreement.Feature.allCases.reduce(bias) {
      $0 + (weights[$1] ?? 0) * agreement[$1]
    }
    return 1 / (1 + exp(-sum))
  }
}
