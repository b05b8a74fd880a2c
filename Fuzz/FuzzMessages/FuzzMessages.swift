import DanvanMessages
import SwiftProtobuf

/// libFuzzer's entry: the first byte chooses a request message, the rest are its bytes. What is taken
/// must be the same after it was written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMessages(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = UnsafeBufferPointer(start: start, count: count)
  guard let choice = input.first else { return 0 }
  roundTrips[Int(choice) % roundTrips.count](Array(input.dropFirst()))
  return 0
}

/// All messages that peers send to a daemon.
private let roundTrips: [@Sendable ([UInt8]) -> Void] = [
  { roundTrip(Danvan_V1_HelloRequest.self, $0) },
  { roundTrip(Danvan_V1_IngestRequest.self, $0) },
  { roundTrip(Danvan_V1_GetArticleRequest.self, $0) },
  { roundTrip(Danvan_V1_DeleteRequest.self, $0) },
  { roundTrip(Danvan_V1_AnalyzeRequest.self, $0) },
  { roundTrip(Danvan_V1_ExplainRuleRequest.self, $0) },
  { roundTrip(Danvan_V1_QueryRequest.self, $0) },
  { roundTrip(Danvan_V1_TagRequest.self, $0) },
  { roundTrip(Danvan_V1_SaveRequest.self, $0) },
  { roundTrip(Danvan_V1_FetchRequest.self, $0) },
  { roundTrip(Danvan_V1_WatchRequest.self, $0) },
  { roundTrip(Danvan_V1_TraceRequest.self, $0) },
  { roundTrip(Grpc_Health_V1_HealthCheckRequest.self, $0) },
]

@Sendable private func roundTrip<M: Message>(_ type: M.Type, _ bytes: [UInt8]) {
  guard let first = try? M(serializedBytes: bytes) else { return }
  guard let written: [UInt8] = try? first.serializedBytes(),
    let second = try? M(serializedBytes: written),
    let again: [UInt8] = try? second.serializedBytes()
  else { preconditionFailure("what was written cannot be read") }
  precondition(written == again, "what was read is written otherwise")
}
