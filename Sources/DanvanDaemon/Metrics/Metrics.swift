internal import DanvanExtract
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore

/// What the daemon measures of itself, as families of metrics.
struct Metrics: Sendable {
  let desk: Desk
  let figures: ServerFigures
  let meter: CallMeter
  let log: Log
  /// Seconds since 1970.
  let started: Double

  func families() throws -> [MetricFamily] {
    let status = try desk.status()
    return [info(status)] + process + store(status) + work + server + calls
      + (try subscriptions()) + (try rebuilds())
  }

  private func info(_ status: StoreStatus) -> MetricFamily {
    let labels = [
      ("version", Release.version), ("protocol", String(Release.protocol)),
      ("schema", String(status.schema)), ("rules", desk.ruleSet),
    ]
    return MetricFamily(
      name: "danvan_build", kind: .info, help: "Versions of the program and its rules.",
      samples: [.init(suffix: "_info", labels: labels, value: 1)])
  }

  private var process: [MetricFamily] {
    [
      MetricFamily(
        name: "process_start_time_seconds", kind: .gauge, unit: "seconds",
        help: "When the process began, since 1970.", samples: [.init(value: started)]),
      .gauge(
        "process_resident_memory_bytes", unit: "bytes", "Memory in use.", OwnProcess.residentBytes),
    ]
  }

  private func store(_ status: StoreStatus) -> [MetricFamily] {
    [
      .gauge("danvan_articles", "Articles in the store.", status.articles),
      .gauge("danvan_facts", "Facts of all articles.", status.facts),
      .gauge("danvan_database_bytes", unit: "bytes", "The database file.", status.databaseBytes),
      .gauge("danvan_wal_bytes", unit: "bytes", "The write-ahead log beside it.", status.walBytes),
      .counter("danvan_events", "Events ever written to the log.", status.headSequence),
      .gauge(
        "danvan_store_writable", "0 after the disk has failed to take a commit.",
        status.writeFailure == nil ? 1 : 0),
    ]
  }

  private var work: [MetricFamily] {
    let work = desk.workFigures
    let outcomes = [
      ("added", work.added), ("updated", work.updated), ("duplicate", work.duplicates),
      ("rejected", work.rejected),
    ]
    return [
      .counter(
        "danvan_ingested_documents", "Documents taken in, by what became of them.",
        outcomes.map {
          .init(suffix: "_total", labels: [("outcome", $0.0)], value: Double($0.1))
        }),
      .counter("danvan_extracted_texts", "Texts whose facts were found.", work.extracted),
      .counter(
        "danvan_extracted_bytes", unit: "bytes", "UTF-8 bytes of these texts.", work.extractedBytes),
      .counter(
        "danvan_extraction_seconds", unit: "seconds", "Time spent on that, of all cores together.",
        [.init(suffix: "_total", value: work.extractionSeconds)]),
    ]
  }

  private var server: [MetricFamily] {
    guard let counters = figures.counters else { return [] }
    return [
      .gauge("danvan_connections", "Open connections.", counters.connections),
      .gauge("danvan_streams", "Open server streams, watches among them.", counters.streams),
      .counter("danvan_received_bytes", unit: "bytes", "Read from clients.", counters.bytesIn),
      .counter("danvan_sent_bytes", unit: "bytes", "Written to clients.", counters.bytesOut),
    ]
  }

  private var calls: [MetricFamily] {
    let called = meter.figures.filter { !$0.codes.isEmpty }
    func labels(_ one: CallMeter.Figures) -> [(name: String, value: String)] {
      [("service", one.service), ("method", one.method)]
    }
    let ends = called.flatMap { one in
      one.codes.sorted { $0.key < $1.key }.map { code, count in
        MetricFamily.Sample(
          suffix: "_total", labels: labels(one) + [("code", String(code))], value: Double(count))
      }
    }
    let times = called.flatMap { one -> [MetricFamily.Sample] in
      var sum: UInt64 = 0
      let bounds = CallMeter.bounds.map { "\($0)" } + ["+Inf"]
      let buckets = zip(bounds, one.buckets).map { bound, count in
        sum += count
        return MetricFamily.Sample(
          suffix: "_bucket", labels: labels(one) + [("le", bound)], value: Double(sum))
      }
      return buckets + [
        .init(suffix: "_sum", labels: labels(one), value: one.seconds),
        .init(suffix: "_count", labels: labels(one), value: Double(sum)),
      ]
    }
    return [
      .counter("danvan_logged_errors", "Errors written to the log.", log.recentErrors.count),
      .counter("danvan_rpc_calls", "Calls by how they ended; code 0 is OK.", ends),
      MetricFamily(
        name: "danvan_rpc_handling_seconds", kind: .histogram, unit: "seconds",
        help: "Time that handlers took; of a stream, its opening.", samples: times),
    ]
  }

  private func subscriptions() throws -> [MetricFamily] {
    let samples = try desk.subscriptions().map { state in
      MetricFamily.Sample(
        labels: [("name", state.subscription.name)], value: Double(state.lag))
    }
    return [
      MetricFamily(
        name: "danvan_subscription_lag_events", kind: .gauge, unit: "events",
        help: "Events that a named subscription has not acknowledged.", samples: samples)
    ]
  }

  private func rebuilds() throws -> [MetricFamily] {
    guard let status = try desk.rebuildStatus(.facts), status.ended == nil else {
      return [
        .gauge("danvan_rebuild_waiting_articles", "Articles whose facts are to be made anew.", 0)
      ]
    }
    return [
      .gauge(
        "danvan_rebuild_waiting_articles", "Articles whose facts are to be made anew.",
        status.total - status.done)
    ]
  }
}
