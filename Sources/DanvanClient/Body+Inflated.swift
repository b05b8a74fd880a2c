public import DanvanMessages
internal import DanvanZlib
internal import FoundationEssentials
internal import SwiftProtobuf

extension Danvan_V1_Body {
  /// The same body with its bytes plain.
  ///
  /// Throws `malformed` for one that would be longer than `limit`, does not inflate to the length
  /// it declares, or has an encoding this client does not know.
  public func inflated(limit: Int = 64 << 20) throws(DaemonError) -> Danvan_V1_Body {
    switch encoding {
    case .plain: return self
    case .zlib:
      guard Int(rawLength) <= limit else {
        throw .malformed("a text of \(rawLength) bytes, over the limit of \(limit)")
      }
      do {
        let bytes = try Zlib.inflate([UInt8](data), length: Int(rawLength))
        return .with {
          $0.encoding = .plain
          $0.rawLength = rawLength
          $0.data = Data(bytes)
        }
      } catch {
        throw .malformed("a text that does not inflate: \(error)")
      }
    case .UNRECOGNIZED(let number):
      throw .malformed("a text in encoding \(number), unknown here")
    }
  }

  /// The text of a plain body. Throws `malformed` when it is not UTF-8 or not plain.
  public func text() throws(DaemonError) -> String {
    guard encoding == .plain, let text = String(validating: data, as: UTF8.self) else {
      throw .malformed("a text that is not UTF-8")
    }
    return text
  }
}
