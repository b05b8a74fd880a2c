/// The samples of an OpenMetrics text, by name with labels.
struct MetricSamples {
  struct Sample {
    let name: String
    let labels: [String: String]
    let value: Double
  }
  let samples: [Sample]

  /// Lines that are no samples are passed over.
  init(parsing text: String) {
    samples = text.split(separator: "\n").compactMap { line in
      guard !line.hasPrefix("#"), let space = line.lastIndex(of: " "),
        let value = Double(line[line.index(after: space)...])
      else { return nil }
      let series = line[..<space]
      guard let brace = series.firstIndex(of: "{"), series.hasSuffix("}") else {
        return Sample(name: String(series), labels: [:], value: value)
      }
      return Sample(
        name: String(series[..<brace]),
        labels: Self.labels(series[series.index(after: brace)...].dropLast()), value: value)
    }
  }

  /// The sum of all samples of a name that have these labels; 0 where there is none.
  func sum(_ name: String, _ labels: [String: String] = [:]) -> Double {
    samples.filter { sample in
      sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
    }.reduce(0) { $0 + $1.value }
  }

  private static func labels(_ text: Substring) -> [String: String] {
    var labels: [String: String] = [:]
    var rest = text
    while let equals = rest.firstIndex(of: "="),
      case let start = rest.index(equals, offsetBy: 2, limitedBy: rest.endIndex) ?? rest.endIndex
    {
      var value = ""
      var index = start
      while index < rest.endIndex, rest[index] != "\"" {
        if rest[index] == "\\" {
          index = rest.index(after: index)
          guard index < rest.endIndex else { break }
          value.append(rest[index] == "n" ? "\n" : rest[index])
        } else {
          value.append(rest[index])
        }
        index = rest.index(after: index)
      }
      labels[String(rest[..<equals])] = value
      guard index < rest.endIndex else { break }
      rest = rest[rest.index(after: index)...].drop { $0 == "," }
    }
    return labels
  }
}
