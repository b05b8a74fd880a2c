import DanvanModel

/// Cuts bytes at line feeds; a line over the limit is passed over without being kept.
struct LineSplitter {
  struct Line {
    /// From 1.
    let number: Int
    /// Without its line feed; nil where it is over the limit.
    let content: [UInt8]?
  }
  private var number = 0
  /// Bytes of a line.
  var limit = Submission.sizeLimit

  mutating func next(in bytes: InputBytes) throws(DanvanError) -> Line? {
    var content: [UInt8] = []
    var isOverLimit = false
    var isStarted = false
    var isEnded = false
    while !isEnded {
      let piece = try bytes.withNext { buffer throws(DanvanError) in
        let end = buffer.firstIndex(of: 0x0A)
        isEnded = end != nil
        let length = end ?? buffer.count
        if content.count + length > limit {
          isOverLimit = true
          content = []
        } else if !isOverLimit {
          content += buffer.prefix(length)
        }
        return (length + (end == nil ? 0 : 1), true)
      }
      if piece == nil {
        guard isStarted else { return nil }
        break
      }
      isStarted = true
    }
    number += 1
    return Line(number: number, content: isOverLimit ? nil : content)
  }
}
