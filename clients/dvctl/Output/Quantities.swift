import DanvanLanguage

/// Numbers as people read them.
enum Quantities {
  /// `20,000`
  static func count(_ number: Int64) -> String {
    let separator = Localized(",", by: .number).text
    var digits = ""
    for (place, digit) in String(number.magnitude).reversed().enumerated() {
      if place > 0, place % 3 == 0 { digits += separator }
      digits.append(digit)
    }
    return (number < 0 ? "-" : "") + String(digits.reversed())
  }

  /// `1 article`, `20,000 articles`
  static func articles(_ number: Int64) -> Localized {
    number == 1 ? Localized("1 article") : Localized("\(count(number)) articles")
  }

  /// `+1 copy`, `+3 copies`
  static func copies(_ number: Int) -> Localized {
    number == 1 ? Localized("+1 copy") : Localized("+\(count(Int64(number))) copies")
  }

  /// `1.5 MiB`
  static func bytes(_ number: Int64) -> String {
    var value = Double(number)
    for unit in ["bytes", "KiB", "MiB", "GiB"] {
      if value < 1024 {
        return unit == "bytes" ? Localized("\(number) bytes").text : "\(tenths(value)) \(unit)"
      }
      value /= 1024
    }
    return "\(tenths(value)) TiB"
  }

  /// `0.4 s`, `2 min 5 s`, `3 h 10 min`, `4 d 2 h`
  static func duration(_ seconds: Double) -> String {
    let whole = Int64(seconds.rounded())
    switch seconds {
    case ..<10: return Localized("\(tenths(seconds)) s").text
    case ..<60: return Localized("\(whole) s").text
    case ..<3600: return Localized("\(whole / 60) min \(whole % 60) s").text
    case ..<86_400: return Localized("\(whole / 3600) h \(whole % 3600 / 60) min").text
    default: return Localized("\(whole / 86_400) d \(whole % 86_400 / 3600) h").text
    }
  }

  /// With exactly so many digits behind the point: `-0.50` for 2.
  static func decimal(_ value: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(Int64(1)) { all, _ in all * 10 }
    let all = Int64.clamped(abs(value) * Double(scale))
    let rest = String(all % scale)
    let zeros = String(repeating: "0", count: digits - rest.count)
    return "\(value < 0 && all > 0 ? "-" : "")\(all / scale)\(point)\(zeros)\(rest)"
  }

  /// As short as may be: `0.95`.
  static func decimal(_ value: Double) -> String {
    "\(value)".split(separator: ".").joined(separator: point)
  }

  private static var point: String { Localized(".", by: .number).text }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int64((value * 10).rounded())
    return tenths % 10 == 0
      ? "\(tenths / 10)" : "\(tenths / 10)\(point)\(tenths % 10)"
  }
}

extension Int64 {
  /// The nearest whole number; of what is no number 0, of what is too large the largest.
  static func clamped(_ value: Double) -> Int64 {
    guard !value.isNaN else { return 0 }
    return Int64(exactly: value.rounded()) ?? (value < 0 ? .min : .max)
  }
}
