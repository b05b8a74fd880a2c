import DanvanMessages
import Testing

@testable import dvctl

@Suite struct TopTests {
  private static let before = MetricSamples(
    parsing: """
      # TYPE danvan_rpc_calls counter
      danvan_rpc_calls_total{service="danvan.v1.Search",method="Query",code="0"} 10
      danvan_rpc_handling_seconds_count{service="danvan.v1.Search",method="Query"} 10
      danvan_rpc_handling_seconds_sum{service="danvan.v1.Search",method="Query"} 1
      danvan_received_bytes_total 1000
      # EOF
      """)
  private static let now = MetricSamples(
    parsing: """
      danvan_rpc_calls_total{service="danvan.v1.Search",method="Query",code="0"} 28
      danvan_rpc_calls_total{service="danvan.v1.Search",method="Query",code="3"} 2
      danvan_rpc_handling_seconds_count{service="danvan.v1.Search",method="Query"} 30
      danvan_rpc_handling_seconds_sum{service="danvan.v1.Search",method="Query"} 1.1
      danvan_received_bytes_total 3048
      """)

  @Test func samplesHaveTheirLabels() {
    let samples = MetricSamples(
      parsing: #"""
        a{x="1",y="q\"u\\o\nte, }"} 2.5
        a{x="2"} 3
        b 4
        nonsense
        """#)
    #expect(samples.samples.count == 3)
    #expect(samples.samples.first?.labels["y"] == "q\"u\\o\nte, }")
    #expect(samples.sum("a") == 5.5)
    #expect(samples.sum("a", ["x": "2"]) == 3)
    #expect(samples.sum("c") == 0)
  }

  @Test func ratesAreThoseBetweenTwoLooks() {
    let report = TopReport(
      status: Danvan_V1_StatusResponse(), now: Self.now, before: Self.before, seconds: 2)
    let lines = report.lines(Style(hasColor: false, width: nil), height: nil)
    #expect(lines.contains { $0.contains("in 1 KiB/s") })
    let row = lines.first { $0.hasPrefix("Search/Query") }?.split(separator: " ").map(String.init)
    #expect(row == ["Search/Query", "10.0", "5.0", "ms", "30", "2"])
  }

  @Test func theFirstLookHasTheMeanOfAllTime() {
    let report = TopReport(
      status: Danvan_V1_StatusResponse(), now: Self.now, before: nil, seconds: 0)
    let lines = report.lines(Style(hasColor: false, width: nil), height: nil)
    let row = lines.first { $0.hasPrefix("Search/Query") }?.split(separator: " ").map(String.init)
    #expect(row == ["Search/Query", "0.0", "36.7", "ms", "30", "2"])
  }

  @Test func itKeepsWithinTheTerminal() {
    let report = TopReport(
      status: Danvan_V1_StatusResponse(), now: Self.now, before: nil, seconds: 0)
    let lines = report.lines(Style(hasColor: false, width: 40), height: 3)
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.count <= 40 })
  }
}
