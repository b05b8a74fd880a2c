import DanvanExtract
import DanvanModel
import DanvanText

/// libFuzzer's entry: the bytes are an article's text. Every fact lies within it, on the borders of
/// scalars, and a mention's words stand there.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzExtract(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = UnsafeBufferPointer(start: start, count: count)
  guard let text = String(validating: input, as: UTF8.self) else { return 0 }
  let article = Article(text: text, title: nil, url: nil, publisher: nil, published: nil)
  let facts = extractor.facts(in: article)
  let bytes = Array(text.utf8)
  func words(_ range: TextRange) -> String {
    guard range.start >= 0, range.start <= range.end, range.end <= bytes.count,
      let words = String(validating: bytes[range.start..<range.end], as: UTF8.self)
    else { preconditionFailure("\(range) is no place of the text") }
    return words
  }
  for mention in facts.mentions {
    let normalized = NormalizedText(words(mention.range)).bytes
    precondition(normalized.contains(Array(mention.text.utf8)), "\(mention) has other words")
  }
  for range in facts.events.map(\.range) + facts.statements.map(\.range)
    + facts.directives.map(\.range) + facts.instruments.map(\.range) + facts.campaigns.map(\.range)
    + extractor.sentences(in: article)
  {
    _ = words(range)
  }
  return 0
}

/// Loads the rules before an input's time is taken.
@_cdecl("LLVMFuzzerInitialize")
public func prepare(_ count: UnsafeMutableRawPointer?, _ words: UnsafeMutableRawPointer?) -> Int32 {
  _ = extractor
  return 0
}

/// The shipped rules, found from this file.
private let extractor: Extractor = {
  let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
  let directory = root.joined(separator: "/") + "/Sources/DanvanExtract/Resources/vi"
  guard let rules = try? RuleSet(directory: directory), let extractor = try? Extractor(rules) else {
    preconditionFailure("no rules at \(directory)")
  }
  return extractor
}()
