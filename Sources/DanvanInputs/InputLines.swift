public import DanvanModel

/// The lines of one file or of standard input, inflated where they are gzip, one at a time.
public struct InputLines {
  private let file: FileBytes
  private let bytes: InputBytes
  private var splitter = LineSplitter()

  /// `path` as on a command line, `-` for standard input; `limit`: bytes of a line. Throws `DanvanError`
  /// where it cannot be read.
  public init(path: String, limit: Int) throws(DanvanError) {
    file = try FileBytes(InputFile(path: path == "-" ? "" : path, size: nil))
    bytes = try InputBytes(file)
    splitter.limit = limit
  }

  /// The next line without its line feed, and its number from 1; nil at the end. Throws
  /// `resourceExhausted` for one over the limit.
  public mutating func next() throws(DanvanError) -> (number: Int, content: [UInt8])? {
    guard let line = try splitter.next(in: bytes) else { return nil }
    guard let content = line.content else {
      throw DanvanError(
        .resourceExhausted, "line \(line.number) is over the limit of \(splitter.limit >> 20) MiB")
    }
    return (line.number, content)
  }

  /// Bytes read so far, compressed ones as they are in the file.
  public var bytesRead: Int64 { file.count }
}
