import DanvanModel

/// Cuts a JSON text into its objects: a single one, those of a list, or several one after the other.
///
/// Only braces and strings are followed; whether an object is well-formed is for its reader to say.
struct JSONValueSplitter {
  struct Value {
    /// Nil where the object is over the limit.
    let content: [UInt8]?
  }
  /// Objects found so far.
  private(set) var count = 0
  private var isInList = false
  private var isBeforeFirst = true
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// Whether the object just found is not one of a list, as far as one can see.
  var isAlone: Bool { !isInList && count == 1 }

  mutating func next(in bytes: InputBytes) throws(DanvanError) -> Value? {
    var content: [UInt8] = []
    var isOverLimit = false
    var found = false
    while !found {
      let piece = try bytes.withNext { buffer throws(DanvanError) in
        let gap = depth == 0 ? try skipGap(buffer) : 0
        var end = gap
        while end < buffer.count, !found {
          found = follow(buffer[end])
          end += 1
        }
        if content.count + end - gap > Submission.sizeLimit {
          isOverLimit = true
          content = []
        } else if !isOverLimit {
          content += buffer[gap..<end]
        }
        return (end, true)
      }
      if piece == nil {
        guard depth == 0 else {
          throw DanvanError.invalid("not JSON: the file ends inside object \(count + 1)")
        }
        return nil
      }
    }
    count += 1
    return Value(content: isOverLimit ? nil : content)
  }

  /// The number of bytes before the next object's brace.
  private mutating func skipGap(_ buffer: UnsafeBufferPointer<UInt8>) throws(DanvanError) -> Int {
    for (index, byte) in buffer.enumerated() {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF: continue
      case UInt8(ascii: "[") where isBeforeFirst: isInList = true
      case UInt8(ascii: ",") where isInList, UInt8(ascii: "]") where isInList: break
      case UInt8(ascii: "{"):
        isBeforeFirst = false
        return index
      default:
        throw DanvanError.invalid(
          "not JSON articles: expected '{' for object \(count + 1), found byte \(byte)")
      }
      isBeforeFirst = false
    }
    return buffer.count
  }

  /// Takes in one byte; true where it closes the object.
  private mutating func follow(_ byte: UInt8) -> Bool {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return false
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      return depth == 0
    default: break
    }
    return false
  }
}
