import DanvanDaemon

/// libFuzzer's entry: the bytes are a configuration file. It is read or refused with a sentence that
/// names the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzConfiguration(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  do {
    _ = try Configuration(parsing: input, file: "danvand.toml")
  } catch {
    precondition("\(error)".contains("danvand.toml"), "it does not name the file: \(error)")
  }
  return 0
}
