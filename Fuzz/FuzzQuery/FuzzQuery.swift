import DanvanModel

@testable import DanvanService

/// libFuzzer's entry: the bytes are a query as a client sends it. It is read or refused with a
/// sentence, and always in the same way.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzQuery(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = UnsafeBufferPointer(start: start, count: count)
  // The envelope refuses what is not UTF-8.
  guard let text = String(validating: input, as: UTF8.self) else { return 0 }
  guard let today = PartialDate(year: 2024, month: 6, day: 30) else { return 0 }
  do {
    let query = try QueryParser.parse(text, today: today)
    let again = try QueryParser.parse(text, today: today)
    precondition(again == query, "read otherwise")
  } catch let error as DanvanError {
    precondition(error.code == .invalidArgument && !error.message.isEmpty, "\(error)")
  } catch {
    preconditionFailure("an error of another type: \(error)")
  }
  return 0
}
