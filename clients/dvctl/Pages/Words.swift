/// The words of one language, and how it writes numbers and dates: `words.LANG.json` of a template folder.
struct Words {
  let language: String
  /// The file, for errors.
  private let place: String
  private let entries: [String: String]
  /// As templates see them: `t`.
  let json: JSON

  /// Throws `Failure` for a language without a file, and for what is no object of texts.
  init(_ language: String, in folder: TemplateFolder) throws {
    guard language.allSatisfy({ $0.isLetter || $0 == "-" || $0 == "_" }),
      let (text, place) = try folder.text("words.\(language).json")
    else {
      throw Failure(
        .usage, "INVALID_ARGUMENT",
        Localized("there is no words.\(language.prefix(20)).json; the program brings vi and en"))
    }
    self.language = language
    self.place = place
    do {
      json = try JSON(parsing: text)
    } catch {
      let line = text.utf8.prefix(error.place).count { $0 == 0x0A } + 1
      throw Failure(.usage, "INVALID_ARGUMENT", Localized("\(place):\(line): \(error.reason)"))
    }
    guard case .object(let members) = json else {
      throw Failure(
        .usage, "INVALID_ARGUMENT", Localized("\(place):1: an object of texts is wanted"))
    }
    var entries: [String: String] = [:]
    for member in members {
      guard case .string(let text) = member.value else {
        throw Failure(
          .usage, "INVALID_ARGUMENT", Localized("\(place): '\(member.name)' is no text"))
      }
      entries[member.name] = text
    }
    self.entries = entries
  }

  /// The text of a key, with `{name}` replaced. Throws `Failure` where the file lacks it.
  func callAsFunction(_ key: String, _ values: KeyValuePairs<String, String> = [:]) throws -> String
  {
    guard let text = entries[key] else {
      throw Failure(.usage, "INVALID_ARGUMENT", Localized("\(place): has no '\(key)'"))
    }
    return fill(text, values)
  }

  /// The text of a key made of a code that the daemon names; the code itself where there is none.
  func name(_ group: String, _ code: String) -> String {
    entries["\(group)_\(code.lowercased())"] ?? code
  }

  private func fill(_ text: String, _ values: KeyValuePairs<String, String>) -> String {
    var out = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      out += rest[..<open]
      let name = rest[rest.index(after: open)..<close]
      out += values.first { $0.key == name }?.value ?? String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }

  // MARK: Numbers and dates

  /// `1.234` or `1,234`
  func count(_ number: some BinaryInteger) -> String {
    let digits = String(number.magnitude)
    var out = ""
    for (place, digit) in digits.reversed().enumerated() {
      if place > 0, place % 3 == 0 { out = (entries["number_group"] ?? ",") + out }
      out = String(digit) + out
    }
    return (number < 0 ? "−" : "") + out
  }

  /// A day as ISO 8601 has it, as people write it; empty for none.
  func date(_ iso: String) throws -> String {
    let parts = iso.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, let year = iso.split(separator: "-").first else { return iso }
    return try self(
      "date", ["d": String(parts[2]), "m": try month(parts[1]), "y": String(year)])
  }

  /// Without the year.
  func dayAndMonth(_ iso: String) throws -> String {
    let parts = iso.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return iso }
    return try self("date_short", ["d": String(parts[2]), "m": try shortMonth(parts[1])])
  }

  /// As dates have it: `3` or `March`.
  func month(_ number: Int) throws -> String { try self("month_\(number)") }

  /// Where there is little room: `3` or `Mar`.
  func shortMonth(_ number: Int) throws -> String { try self("month_short_\(number)") }
}
