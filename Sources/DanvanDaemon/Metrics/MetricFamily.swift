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

/// The formats in which collectors read metrics.
enum MetricsText {
  /// OpenMetrics (https://prometheus.io/docs/specs/om/open_metrics_spec/), for those who ask.
  case openMetrics
  /// Prometheus text 0.0.4, which collectors of files read: types are of samples' names, and it has no
  /// units, no `info` and no end.
  case prometheus

  func of(_ families: [MetricFamily]) -> String {
    var text = ""
    for family in families {
      let (name, kind) = heading(of: family)
      text += "# TYPE \(name) \(kind)\n"
      if case .openMetrics = self, !family.unit.isEmpty {
        text += "# UNIT \(name) \(family.unit)\n"
      }
      text += "# HELP \(name) \(Self.escaped(family.help))\n"
      for sample in family.samples {
        let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
        text += family.name + sample.suffix
        if !labels.isEmpty { text += "{\(labels.joined(separator: ","))}" }
        text += " \(Self.number(sample.value))\n"
      }
    }
    if case .openMetrics = self { text += "# EOF\n" }
    return text
  }

  private func heading(of family: MetricFamily) -> (name: String, kind: String) {
    switch (self, family.kind) {
    case (.prometheus, .counter): (family.name + "_total", "counter")
    case (.prometheus, .info): (family.name + "_info", "gauge")
    default: (family.name, family.kind.rawValue)
    }
  }

  /// Counts without a fraction, as people write them.
  private static func number(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? "\(value)"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
