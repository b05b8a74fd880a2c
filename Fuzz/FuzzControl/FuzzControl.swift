import DanvanWire

/// libFuzzer's entry with a fault planted behind a header's number: `Fuzz/run --control` demands that
/// it is found, by the same settings as those of the targets.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzControl(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  if let header = FrameHeader(input), header.stream >> 16 == 0xdead {
    preconditionFailure("planted")
  }
  return 0
}
