import DanvanMessages
import DanvanText

/// The daemon at one moment, held against one before it.
struct TopReport {
  let status: Danvan_V1_StatusResponse
  let now: MetricSamples
  /// Nil at the first look.
  let before: MetricSamples?
  /// Between the two looks.
  let seconds: Double

  func lines(_ style: Style, height: Int?) -> [String] {
    let head = [
      [
        Localized(
          "danvand \(status.version)  up \(Quantities.duration(Double(status.uptimeNano) / 1e9))"),
        Localized("\(Quantities.count(Int64(clamping: status.articles))) articles"),
        Localized("\(Quantities.bytes(Int64(clamping: status.residentBytes))) memory"),
      ],
      [
        Localized("database \(Quantities.bytes(Int64(clamping: status.databaseBytes)))"),
        Localized("log \(Quantities.bytes(Int64(clamping: status.walBytes)))"),
        Localized("\(status.connections) connections"), Localized("\(status.watchers) watchers"),
        Localized("rules \(status.ruleSet)"),
      ],
      [
        Localized("documents \(rate("danvan_ingested_documents_total"))/s"),
        Localized(
          "extraction \(Quantities.bytes(.clamped(perSecond("danvan_extracted_bytes_total"))))/s, \(percent(perSecond("danvan_extraction_seconds_total"))) of a core"
        ),
        Localized("in \(Quantities.bytes(.clamped(perSecond("danvan_received_bytes_total"))))/s"),
        Localized("out \(Quantities.bytes(.clamped(perSecond("danvan_sent_bytes_total"))))/s"),
      ],
      [],
    ].flatMap { Self.line($0.map(\.text), width: style.width) }
    var table = Table([
      Table.Column(name: Localized("METHOD"), least: 12),
      Table.Column(name: Localized("CALLS/S"), side: .right),
      Table.Column(name: Localized("MEAN"), side: .right),
      Table.Column(name: Localized("CALLS"), side: .right),
      Table.Column(name: Localized("ERRORS"), side: .right),
    ])
    table.rows = methods
    var lines = head + table.lines(style)
    lines += status.subscriptions.map { one in
      Localized(
        "subscription \(one.name): \(Quantities.count(Int64(clamping: one.lag))) events behind"
      ).text
    }
    if status.hasWriteFailure {
      lines.append(style.paint(Localized("cannot write: \(status.writeFailure)").text, .bad))
    }
    return height.map { Array(lines.prefix($0)) } ?? lines
  }

  /// Parts beside each other, as many a line as there is room for; no parts are an empty line.
  private static func line(_ parts: [String], width: Int?) -> [String] {
    var lines = [""]
    for part in parts {
      let longer = lines[lines.count - 1].isEmpty ? part : "\(lines[lines.count - 1])  \(part)"
      if let width, displayWidth(longer) > width, !lines[lines.count - 1].isEmpty {
        lines.append(part.cut(to: width))
      } else {
        lines[lines.count - 1] = width.map { longer.cut(to: $0) } ?? longer
      }
    }
    return lines
  }

  /// Those called most in the time between come first.
  private var methods: [[String]] {
    let called = now.samples.filter { $0.name == "danvan_rpc_handling_seconds_count" }
    let rows = called.map { sample -> (rate: Double, cells: [String]) in
      let labels = sample.labels
      let name =
        (labels["service"].map { $0.split(separator: ".").last ?? "" } ?? "") + "/"
        + (labels["method"] ?? "")
      let calls = sample.value
      let errors = calls - now.sum("danvan_rpc_calls_total", labels.merging(["code": "0"]) { $1 })
      let rate = perSecond("danvan_rpc_handling_seconds_count", labels)
      let time = perSecond("danvan_rpc_handling_seconds_sum", labels)
      let mean = rate > 0 ? time / rate : now.sum("danvan_rpc_handling_seconds_sum", labels) / calls
      return (
        rate,
        [
          String(name), Self.tenths(rate), "\(Self.tenths(mean * 1_000)) ms",
          Quantities.count(.clamped(calls)), Quantities.count(.clamped(errors)),
        ]
      )
    }
    return rows.sorted { ($1.rate, $0.cells[0]) < ($0.rate, $1.cells[0]) }.map(\.cells)
  }

  private func perSecond(_ name: String, _ labels: [String: String] = [:]) -> Double {
    guard let before, seconds > 0 else { return 0 }
    return max(0, now.sum(name, labels) - before.sum(name, labels)) / seconds
  }

  private func rate(_ name: String) -> String { Self.tenths(perSecond(name)) }
  private func percent(_ share: Double) -> String { "\(Int64.clamped(share * 100)) %" }

  private static func tenths(_ value: Double) -> String { Quantities.decimal(value, digits: 1) }
}
