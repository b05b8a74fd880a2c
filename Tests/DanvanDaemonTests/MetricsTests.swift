import DanvanClient
import DanvanRPC
import Foundation
import Testing

@testable import DanvanDaemon

@Suite struct MetricsTests {
  @Test func countsCallsByHowTheyEnded() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    _ = try daemon.ingest([document("một")])
    _ = try daemon.ingest([document("một"), document("hai")])
    _ = try? daemon.call("danvan.v1.Corpus", "Get", [0x08, 0x63])
    let lines = Set(try daemon.metrics().split(separator: "\n").map(String.init))
    func has(_ line: String) -> Bool { lines.contains(line) }
    let corpus = #"service="danvan.v1.Corpus""#
    #expect(has(#"danvan_rpc_calls_total{\#(corpus),method="Ingest",code="0"} 2"#))
    #expect(has(#"danvan_rpc_calls_total{\#(corpus),method="Get",code="5"} 1"#))
    #expect(has(#"danvan_rpc_handling_seconds_count{\#(corpus),method="Ingest"} 2"#))
    #expect(has(#"danvan_rpc_handling_seconds_bucket{\#(corpus),method="Ingest",le="+Inf"} 2"#))
    #expect(has(#"danvan_ingested_documents_total{outcome="added"} 2"#))
    #expect(has(#"danvan_ingested_documents_total{outcome="duplicate"} 1"#))
    #expect(has("danvan_extracted_texts_total 2"))
    #expect(has("danvan_articles 2"))
    #expect(has("danvan_events_total 2"))
    #expect(has("danvan_connections 1"))
  }

  /// The rules of OpenMetrics: families in one piece, types before samples, one end.
  @Test func isOpenMetrics() throws {
    let served = try ServedStore()
    let text = try served.connect().metrics()
    #expect(text.hasSuffix("\n# EOF\n"))
    var families: [String] = []
    var kinds: [String: Substring] = [:]
    for line in text.split(separator: "\n").dropLast() {
      let words = line.split(separator: " ")
      if line.hasPrefix("# TYPE ") {
        #expect(!families.contains(String(words[2])))
        families.append(String(words[2]))
        kinds[String(words[2])] = words[3]
      } else if line.hasPrefix("# UNIT ") {
        #expect(words[2].hasSuffix("_\(words[3])"))
      } else if !line.hasPrefix("# HELP ") {
        let family = try #require(families.last)
        let name = line.prefix { $0 != "{" && $0 != " " }
        #expect(name.hasPrefix(family))
        if kinds[family] == "counter" { #expect(name == "\(family)_total") }
        #expect(Double(words.last ?? "") != nil)
      }
    }
    #expect(families.count > 15)
  }

  @Test func namesInLabelsAreEscaped() {
    let family = MetricFamily(
      name: "a", kind: .gauge, help: "b\nc",
      samples: [.init(labels: [("name", "x\"y\\z\n")], value: 1.5)])
    #expect(
      MetricsText.openMetrics.of([family])
        == "# TYPE a gauge\n# HELP a b\\nc\na{name=\"x\\\"y\\\\z\\n\"} 1.5\n# EOF\n")
  }

  @Test func aFileIsKeptForACollector() throws {
    var configuration = Configuration()
    let folder = ServedStore.scratchFolder()
    configuration.metrics.textfile = folder + "/danvan.prom"
    let served = try ServedStore(configuration, folder: folder)
    for _ in 0..<200 where !FileManager.default.fileExists(atPath: folder + "/danvan.prom") {
      Thread.sleep(forTimeInterval: 0.05)
    }
    let text = try String(contentsOfFile: folder + "/danvan.prom", encoding: .utf8)
    // As the collector's own parser has it: each sample under a type of its name, no words of OpenMetrics.
    #expect(!text.contains("# UNIT") && !text.contains("# EOF") && !text.contains(" info\n"))
    var types: Set<Substring> = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if line.hasPrefix("# TYPE ") { types.insert(words[2]) }
      guard !line.hasPrefix("#") else { continue }
      let name = line.prefix { $0 != "{" && $0 != " " }
      let isTyped = ["", "_bucket", "_sum", "_count"].contains { suffix in
        name.hasSuffix(suffix) && types.contains(name.dropLast(suffix.count))
      }
      #expect(isTyped, "\(line)")
    }
    #expect(types.contains("danvan_rpc_calls_total") && types.contains("danvan_build_info"))
    _ = served
  }
}
