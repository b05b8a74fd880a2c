import DanvanModel
import DanvanText
import Foundation
import TestSupport
import Testing

@testable import DanvanExtract

/// One article gives the same facts and words however its letters are written.
@Suite struct SpellingVariantTests {
  enum Variant: String, CaseIterable {
    case decomposed, noBreakSpaces, carriageReturns, otherTonePlacement, otherVowelLetter
  }

  @Test(arguments: Articles.all, Variant.allCases)
  func sameFacts(_ article: NamedArticle, _ variant: Variant) throws {
    let text = variant.written(article.text)
    let plain = try Reading(article.text)
    let other = try Reading(text)
    let firstWord = zip(plain.words, other.words).first { $0 != $1 }
    #expect(firstWord == nil, "\(article.name)")
    for (fact, found) in zip(plain.facts, other.facts) where fact != found {
      Issue.record("\(article.name), \(variant): \(fact) became \(found)")
      return
    }
    #expect(plain.facts.count == other.facts.count, "\(article.name)")
  }

  @Test func everyVariantChangesSomething() throws {
    let texts = Articles.all.map(\.text)
    for variant in Variant.allCases {
      #expect(texts.contains { Array(variant.written($0).utf8) != Array($0.utf8) }, "\(variant)")
    }
  }
}

/// An article's facts and words in terms of token numbers and canonical keys.
private struct Reading {
  let facts: [String]
  let words: [Range<Int>]
  private let starts: [Int: Int]
  private let ends: [Int: Int]

  init(_ text: String) throws {
    let article = Article(text: text, title: nil, url: nil, publisher: nil, published: nil)
    let tokens = Tokens(NormalizedText(text))
    var starts: [Int: Int] = [:]
    var ends: [Int: Int] = [:]
    for number in tokens.indices {
      let range = tokens.storedRange(number..<number + 1)
      starts[range.lowerBound] = number
      ends[range.upperBound] = number + 1
    }
    (self.starts, self.ends) = (starts, ends)
    func place(_ range: TextRange) -> String {
      "\(starts[range.start].map(String.init) ?? "?")-\(ends[range.end].map(String.init) ?? "?")"
    }
    func keys(_ text: String?) -> String {
      text.map {
        Tokens(NormalizedText($0)).map { String($0.key, radix: 36) }.joined(separator: " ")
      }
        ?? "-"
    }
    words = try VietnameseRules.set.get().words(in: article).map {
      (starts[$0.start] ?? -1)..<(ends[$0.end] ?? Int.max)
    }
    let found = try VietnameseRules.extractor.get().facts(in: article)
    var facts = ["date \(found.date?.date.description ?? "-") source \(keys(found.source))"]
    facts += found.mentions.map {
      "\($0.kind) \(place($0.range)) \($0.value ?? "-") \(keys($0.name)) \(keys($0.holder)) \($0.evidence.rule)"
    }
    facts += found.events.map {
      "\($0.kind) \(place($0.range)) \($0.status) \($0.when ?? "-") \(keys($0.place))"
        + " \($0.chairs.map(keys)) \($0.attendees.map(keys)) \($0.evidence.rule)"
    }
    facts += found.statements.map {
      "\($0.kind) \(place($0.range)) \(keys($0.speaker)) \(keys($0.cue)) \($0.evidence.rule)"
    }
    facts += found.directives.map {
      "directive \(place($0.range)) \(keys($0.issuer)) \(keys($0.verb)) \(keys($0.addressee))"
        + " \(keys($0.time)) \($0.evidence.rule)"
    }
    facts += (found.instruments + found.campaigns).map {
      "named \(place($0.range)) \($0.evidence.rule)"
    }
    facts += found.topics.map { "topic \($0.name) \(place($0.range)) \($0.count)" }
    facts += found.keyPhrases.map { "phrase \(place($0.range))" }
    facts += found.positions.map {
      "position \(place($0.range)) \(keys($0.person)) \(keys($0.role)) \(keys($0.body))"
    }
    self.facts = facts
  }
}

extension SpellingVariantTests.Variant {
  func written(_ text: String) -> String {
    switch self {
    case .decomposed: text.decomposedStringWithCanonicalMapping
    case .noBreakSpaces: text.replacing(" ", with: "\u{A0}")
    case .carriageReturns: text.replacing("\n", with: "\r\n")
    case .otherTonePlacement: Self.exchanging(Self.tonePairs, in: text)
    case .otherVowelLetter: Self.exchanging(Self.vowelPairs, in: text)
    }
  }

  /// `hòa` and `hoà`, `khỏe` and `khoẻ`, `thủy` and `thuỷ` at the end of a syllable, but for `qu`.
  private static let tonePairs: [(String, String)] = {
    let marked = zip(["òóỏõọ", "òóỏõọ", "ùúủũụ"], ["àáảãạ", "èéẻẽẹ", "ỳýỷỹỵ"])
    return zip(marked, [("o", "a"), ("o", "e"), ("u", "y")]).flatMap { letters, bare in
      zip(letters.0, letters.1).map { ("\($0)\(bare.1)", "\(bare.0)\($1)") }
    }
  }()
  /// `kỳ` and `kì`: an open y or i after h, k, l, m, s, t.
  private static let vowelPairs: [(String, String)] = zip("yỳýỷỹỵ", "iìíỉĩị").flatMap { y, i in
    "hklmst".map { ("\($0)\(y)", "\($0)\(i)") }
  }

  /// Every syllable that ends in one of a pair ends in the other.
  private static func exchanging(_ pairs: [(String, String)], in text: String) -> String {
    var output = ""
    var syllable = ""
    func flush() {
      for (one, other) in pairs {
        for (from, to) in [(one, other), (other, one)] where syllable.lowercased().hasSuffix(from) {
          let head = syllable.dropLast(from.count)
          // `quý` is onset and vowel; `thi` and `khi` are written with i alone.
          guard pairs[0].0 == "hy" ? head.isEmpty : head.lowercased() != "q" else { continue }
          let tail = syllable.suffix(from.count)
          let isUpper = tail == tail.uppercased()
          let first = String(to.prefix(1))
          let rest = String(to.dropFirst())
          let wasCapital = tail.prefix(1) == tail.prefix(1).uppercased()
          syllable =
            head + (isUpper ? to.uppercased() : (wasCapital ? first.uppercased() : first) + rest)
          output += syllable
          syllable = ""
          return
        }
      }
      output += syllable
      syllable = ""
    }
    for character in text {
      if character.isLetter {
        syllable.append(character)
      } else {
        flush()
        output.append(character)
      }
    }
    flush()
    return output
  }
}

struct NamedArticle: CustomTestStringConvertible {
  let name: String
  let text: String
  var testDescription: String { name }
}

/// The sample articles, and annotated ones where they are at hand.
private enum Articles {
  static let all: [NamedArticle] = {
    var files = texts(in: Repository.root.appendingPathComponent("samples"))
    let shared =
      ProcessInfo.processInfo.environment["DANVAN_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? Repository.root.deletingLastPathComponent().appendingPathComponent("shared")
    let gold = texts(in: shared.appendingPathComponent("eval/gold"))
    if gold.isEmpty { print("spelling variants: no annotated articles at hand, only the samples") }
    // Some of them: each is read twice for every variant.
    files += gold.enumerated().filter { $0.offset % goldStep == 0 }.map(\.element)
    return files.compactMap { file in
      (try? String(contentsOf: file, encoding: .utf8)).map {
        NamedArticle(
          name: file.lastPathComponent, text: $0.precomposedStringWithCanonicalMapping)
      }
    }
  }()

  private static let goldStep =
    ProcessInfo.processInfo.environment["DANVAN_ALL_GOLD"] == nil ? 8 : 1

  private static func texts(in folder: URL) -> [URL] {
    ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil))
      ?? []).filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }
  }
}
