import DanvanIngest
import DanvanModel

/// libFuzzer's entry: the first byte chooses a kind of document, the rest are its bytes. A reader takes
/// them or says why not; what it has read is the same when it is read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReaders(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = UnsafeBufferPointer(start: start, count: count)
  guard let choice = input.first else { return 0 }
  let kinds = MediaType.allCases
  let submission = Submission(
    content: Array(input.dropFirst()), mediaType: kinds[Int(choice) % kinds.count])
  let reader = Reader()
  guard let article = try? reader.read(submission) else { return 0 }
  precondition(!article.text.utf8.contains(0), "a text with a NUL")
  precondition(
    article.text.contains { !$0.isWhitespace }, "an article without a word was read")
  let again = try? reader.read(submission)
  precondition(again?.text == article.text, "read again, it is another text")
  return 0
}
