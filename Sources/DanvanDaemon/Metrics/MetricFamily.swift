/// Samples of one name, as the Prometheus conventions have them: base units, `_total` on counters.
struct MetricFamily {
  enum Kind: String {
    case counter, gauge, histogram, info
  }
  struct Sample {
    /// What follows the family's name.
    var suffix = ""
    var labels: [(name: String, value: String)] = []
    let value: Double
  }
  /// Without `_total` or `_info`.
  let name: String
  let kind: Kind
  /// Empty where the name tells none.
  var unit = ""
  let help: String
  var samples: [Sample]

  static func counter(
    _ name: String, unit: String = "", _ help: String, _ value: some BinaryInteger
  )
    -> MetricFamily
  {
    counter(name, unit: unit, help, [Sample(suffix: "_total", value: Double(value))])
  }

  static func counter(_ name: String, unit: String = "", _ help: String, _ samples: [Sample])
    -> MetricFamily
  {
    MetricFamily(name: name, kind: .counter, unit: unit, help: help, samples: samples)
  }

  static func gauge(_ name: String, unit: String = "", _ help: String, _ value: some BinaryInteger)
    -> MetricFamily
  {
    MetricFamily(
      name: name, kind: .gauge, unit: unit, help: help, samples: [Sample(value: Double(value))])
  }
}

/// Writes families as OpenMetrics text (https://prometheus.io/docs/specs/om/open_metrics_spec/).
enum OpenMetricsText {
  static func of(_ families: [MetricFamily]) -> String {
    var text = ""
    for family in families {
      text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
      if !family.unit.isEmpty { text += "# UNIT \(family.name) \(family.unit)\n" }
      text += "# HELP \(family.name) \(escaped(family.help))\n"
      for sample in family.samples {
        let labels = sample.labels.map { "\($0.name)=\"\(escaped($0.value))\"" }
        text += family.name + sample.suffix
        if !labels.isEmpty { text += "{\(labels.joined(separator: ","))}" }
        text += " \(number(sample.value))\n"
      }
    }
    return text + "# EOF\n"
  }

  /// Counts without a fraction, as people write them.
  private static func number(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? "\(value)"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
