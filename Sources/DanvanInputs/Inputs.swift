import DanvanModel

/// Reads files, folders and standard input as a sequence of documents, in bounded memory.
///
/// A fault in one input is an item like any other and does not stop the rest. Folders are read
/// whole, in the order of their entries' bytes; hidden entries in them are passed over, and where
/// the kind is not given, so are files of other kinds.
public struct Inputs: Sequence, IteratorProtocol {
  private var walk: FileWalk
  private let kind: InputKind?
  private let labels: InputLabels
  private var current: Splitter?
  private var finishedBytes: Int64 = 0

  /// `paths` as on a command line, `-` for standard input; `kind` overrules names and first bytes.
  public init(_ paths: [String], kind: InputKind? = nil, labels: InputLabels = InputLabels()) {
    walk = FileWalk(paths, takes: { kind != nil || InputKind(ofFile: $0) != nil })
    self.kind = kind
    self.labels = labels
  }

  /// Bytes read so far, compressed ones as they are in the file.
  public var bytesRead: Int64 { finishedBytes + (current?.bytesRead ?? 0) }

  /// Files in folders that were left out for their kind, so far.
  public var passedOver: Int { walk.passedOver }

  /// Bytes of all files under `paths`; nil where one of them is not a plain file.
  public static func size(of paths: [String], kind: InputKind? = nil) -> Int64? {
    var walk = Inputs(paths, kind: kind).walk
    var sum: Int64 = 0
    while let file = walk.next() {
      guard case .success(let file) = file else { continue }
      guard let size = file.size else { return nil }
      sum += size
    }
    return sum
  }

  public mutating func next() -> InputItem? {
    while true {
      if current == nil {
        guard let file = walk.next() else { return nil }
        switch file {
        case .failure(let fault): return .fault(label: fault.label, fault.error)
        case .success(let file):
          do {
            current = try Splitter(file, kind: kind)
          } catch {
            return .fault(label: file.label, error)
          }
        }
      }
      if let item = current?.next() { return labelled(item) }
      finishedBytes += current?.bytesRead ?? 0
      current = nil
    }
  }

  private func labelled(_ item: InputItem) -> InputItem {
    guard case .document(var document) = item else { return item }
    document.title = labels.title
    document.url = labels.url
    document.source = labels.source
    document.published = labels.published
    return .document(document)
  }
}
