import DanvanModel

/// A date as pages, feeds and mails write it: ISO 8601 with or without a time, day/month/year, or
/// `Wed, 19 Apr 2017` (RFC 5322).
func publicationDate(_ text: String) -> PartialDate? {
  let text = text.trimmed
  let day = text.prefix { !$0.isWhitespace && $0 != "T" }
  if let date = PartialDate(day) { return date }
  if let date = slashedDate(day) { return date }
  return internetDate(text)
}

/// A day/month/year that stands among other words: `Thứ hai, 17/05/2021 05:59 GMT+7`.
func publicationDate(in text: String) -> PartialDate? {
  for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == "|" }) {
    if let date = slashedDate(word) { return date }
    if word.utf8.count >= 10, let date = PartialDate(word.prefix(10)), date.isWhole { return date }
  }
  return nil
}

private func slashedDate(_ day: Substring) -> PartialDate? {
  for separator in ["/", "-", "."] as [Character] {
    let parts = day.split(separator: separator, omittingEmptySubsequences: false).map { Int($0) }
    if parts.count == 3, let day = parts[0], let month = parts[1], let year = parts[2], year > 999 {
      return PartialDate(year: year, month: month, day: day)
    }
  }
  return nil
}

/// The months of RFC 5322, which are part of its grammar.
private let months = [
  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
]

private func internetDate(_ text: String) -> PartialDate? {
  let words = text.split { $0 == " " || $0 == "," }.prefix(4)
  for (place, word) in words.enumerated() {
    guard let month = months.firstIndex(of: String(word.prefix(3).lowercased())), place > 0,
      place + 1 < words.count, let day = Int(words[place - 1]), let year = Int(words[place + 1]),
      year > 999
    else { continue }
    return PartialDate(year: year, month: month + 1, day: day)
  }
  return nil
}
