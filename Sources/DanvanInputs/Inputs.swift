import DanvanModel

/// Reads files, folders, archives and standard input as a sequence of documents, in bounded memory.
///
/// A fault in one input is an item like any other and does not stop the rest. Folders are read
/// whole, in the order of their entries' bytes; hidden entries in them are passed over, and where
/// the kind is not given, so are files of other kinds. An archive is read like a folder, from front
/// to back; nothing of it touches the disk.
public struct Inputs: Sequence, IteratorProtocol {
  private enum Layer {
    case documents(Splitter)
    case archive(any Archive, label: String)
  }
  private var walk: FileWalk
  private let kind: InputKind?
  private let labels: InputLabels
  private let filter: InputFilter
  /// What is open, the innermost last.
  private var layers: [Layer] = []
  private var file: FileBytes?
  private var finishedBytes: Int64 = 0
  private var passedOverInArchives = 0
  /// Archives within archives; deeper ones are refused.
  private static let archiveDepthLimit = 2

  /// `paths` as on a command line, `-` for standard input; `kind` overrules names and first bytes.
  public init(
    _ paths: [String], kind: InputKind? = nil, filter: InputFilter = InputFilter(),
    labels: InputLabels = InputLabels()
  ) {
    walk = FileWalk(paths, filter: filter, takesAnyKind: kind != nil)
    self.kind = kind
    self.filter = filter
    self.labels = labels
  }

  /// A plain file that is open for reading; its kind is told by the name. The descriptor stays the
  /// caller's, and must stay open as long as this is in use.
  public init(openFile descriptor: Int32, name: String, size: Int64) {
    walk = FileWalk(InputFile(path: name, size: size, descriptor: descriptor))
    kind = nil
    filter = InputFilter()
    labels = InputLabels()
  }

  /// Bytes read so far, compressed ones as they are in the file.
  public var bytesRead: Int64 { finishedBytes + (file?.count ?? 0) }

  /// Files in folders and archives that were left out for their kind or by the filter, so far.
  public var passedOver: Int { walk.passedOver + passedOverInArchives }

  /// Bytes of all files under `paths`; nil where one of them is not a plain file.
  public static func size(
    of paths: [String], kind: InputKind? = nil, filter: InputFilter = InputFilter()
  ) -> Int64? {
    var walk = Inputs(paths, kind: kind, filter: filter).walk
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
      switch layers.last {
      case nil:
        finishedBytes += file?.count ?? 0
        file = nil
        guard let found = walk.next() else { return nil }
        if let fault = open(found) { return fault }
      case .documents(var splitter):
        let item = splitter.next()
        layers[layers.count - 1] = .documents(splitter)
        if let item { return labelled(item) }
        layers.removeLast()
      case .archive(let archive, let label):
        if let fault = openMember(of: archive, label) { return fault }
      }
    }
  }

  private mutating func open(_ found: Result<InputFile, InputFault>) -> InputItem? {
    switch found {
    case .failure(let fault): return .fault(label: fault.label, fault.error)
    case .success(let input):
      do throws(DanvanError) {
        let form = FileForm(input.path)
        let isNamed = input.size != nil && !input.isStandardInput && !form.isGzip
        // A file whose name says nothing and that nobody asked for by its kind is not guessed at.
        if kind == nil, form.content == nil, isNamed,
          filter.include.isEmpty
        {
          throw Splitter.unknownKind
        }
        let bytes = try FileBytes(input)
        file = bytes
        try push(bytes, form, label: input.label)
        return nil
      } catch {
        return .fault(label: input.label, error)
      }
    }
  }

  private mutating func push(
    _ source: any ByteSource, _ form: FileForm, label: String
  ) throws(DanvanError) {
    let bytes = try InputBytes(source)
    if form.isGzip, !bytes.isCompressed {
      throw DanvanError(.dataLoss, "named .gz but not gzip data")
    }
    if form.content == .archive || form.content == nil,
      let archive = try archive(in: bytes)
    {
      guard layers.count < Self.archiveDepthLimit else {
        throw DanvanError.invalid("an archive nested too deep in others")
      }
      layers.append(.archive(archive, label: label))
      return
    }
    guard form.content != .archive else {
      throw DanvanError(.dataLoss, "named as an archive, but neither tar nor zip")
    }
    var named: InputKind?
    if case .documents(let kind) = form.content { named = kind }
    layers.append(.documents(try Splitter(bytes, kind: kind ?? named, label: label)))
  }

  private mutating func openMember(of archive: any Archive, _ label: String) -> InputItem? {
    let member: ArchiveMember
    do throws(DanvanError) {
      guard let next = try archive.next() else {
        layers.removeLast()
        return nil
      }
      member = next
    } catch {
      layers.removeLast()
      return .fault(label: label, error)
    }
    let memberLabel = label + "/" + member.name
    let form = FileForm(member.name)
    let isTaken =
      switch filter.verdict(on: member.name) {
      case .leave: false
      case .take: true
      case .takeIfKindIsKnown: kind != nil || form.content != nil
      }
    if let fault = fault(inMemberName: member.name), isTaken {
      return .fault(label: memberLabel, fault)
    }
    guard !isHiddenMember(member.name), isTaken else {
      passedOverInArchives += 1
      return nil
    }
    do throws(DanvanError) {
      try push(try member.bytes.get(), form, label: memberLabel)
      return nil
    } catch {
      return .fault(label: memberLabel, error)
    }
  }

  private func labelled(_ item: InputItem) -> InputItem {
    guard case .document(var document) = item else { return item }
    document.title = labels.title ?? document.title
    document.url = labels.url ?? document.url
    document.source = labels.source ?? document.source
    document.published = labels.published ?? document.published
    document.charset = labels.charset ?? document.charset
    document.fields = labels.fields
    return .document(document)
  }
}
