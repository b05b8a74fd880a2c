public import DanvanMessages
internal import FoundationEssentials

/// Documents for one `ingest`, as many as fit into a message.
public struct IngestBatch {
  public private(set) var documents: [Danvan_V1_Document] = []
  /// Bytes of the request as a message, and a little over.
  public private(set) var bytes = 0

  private let byteLimit: Int
  private let countLimit: Int

  /// `byteLimit` is at most the 4 MiB of a frame less its envelope; one transaction of the daemon
  /// holds a batch, so a large one goes faster and a small one answers sooner.
  public init(byteLimit: Int = 1 << 20, countLimit: Int = 500) {
    self.byteLimit = min(byteLimit, Self.greatest)
    self.countLimit = countLimit
  }

  /// What a request can hold at most, in bytes.
  public static let greatest = (4 << 20) - 4096

  /// Takes the document in, unless the batch is not empty and would grow beyond its limits.
  ///
  /// A document that is alone too large for a frame is taken and refused by `ingest`.
  public mutating func add(_ document: Danvan_V1_Document) -> Bool {
    let size = Self.bytes(of: document)
    guard documents.isEmpty || (bytes + size <= byteLimit && documents.count < countLimit) else {
      return false
    }
    documents.append(document)
    bytes += size
    return true
  }

  /// No less than the document takes up in the message.
  private static func bytes(of document: Danvan_V1_Document) -> Int {
    let texts = [
      document.mediaType, document.label, document.title, document.url, document.source,
      document.published,
    ]
    return texts.reduce(document.content.count + 64) { $0 + $1.utf8.count }
  }

  public var isEmpty: Bool { documents.isEmpty }

  public mutating func removeAll() {
    documents.removeAll(keepingCapacity: true)
    bytes = 0
  }
}
