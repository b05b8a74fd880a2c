import DanvanModel
import Glibc

/// One readable thing among the inputs.
struct InputFile {
  /// Empty for standard input.
  let path: String
  /// Nil for pipes and devices.
  let size: Int64?
  /// Where it is open already; closed by whoever has opened it.
  var descriptor: Int32?
  var isStandardInput: Bool { path.isEmpty }
  var label: String { isStandardInput ? "stdin" : path }
}

struct InputFault: Error {
  let label: String
  let error: DanvanError
}

/// The files named on a command line and those in the folders named there, one after the other.
struct FileWalk {
  private enum Step {
    case given(String)
    case open(InputFile)
    /// An entry of a folder, below these folders; `root`: the length of the path of the folder that was
    /// named.
    case entry(String, root: Int, above: [FolderID])
    /// An entry of a folder whose name cannot be said.
    case unnamed(String)
  }
  private struct FolderID: Hashable {
    let device: dev_t
    let inode: ino_t
  }
  /// Last first.
  private var steps: [Step]
  private let filter: InputFilter
  /// Whether a file in a folder may be taken whatever its name.
  private let takesAnyKind: Bool
  /// The folders below the path that was given last: links may lead to one by many ways, but what is in
  /// it is read once.
  private var visited: Set<FolderID> = []
  /// Files of folders that were left out.
  private(set) var passedOver = 0
  private static let depthLimit = 64

  /// Every path that is given is visited, a pattern as what it matches; a file in a folder only
  /// where the filter takes it.
  init(_ paths: [String], filter: InputFilter, takesAnyKind: Bool) {
    steps = paths.reversed().map { .given($0) }
    self.filter = filter
    self.takesAnyKind = takesAnyKind
  }

  /// One file that is open.
  init(_ file: InputFile) {
    steps = [.open(file)]
    filter = InputFilter()
    takesAnyKind = false
  }

  mutating func next() -> Result<InputFile, InputFault>? {
    while let step = steps.popLast() {
      do throws(InputFault) {
        switch step {
        case .open(let file): return .success(file)
        case .given("-"): return .success(InputFile(path: "", size: Self.standardInputSize))
        case .given(let path):
          visited = []
          if InputFilter.isPattern(path), access(path, F_OK) != 0 {
            try expand(path)
          } else if let file = try visit(path, root: nil, above: []) {
            return .success(file)
          }
        case .unnamed(let label):
          throw InputFault(
            label: label, error: .invalid("the file's name is not UTF-8; rename it to have it read")
          )
        case .entry(let path, let root, let above):
          let relative = String(decoding: path.utf8.dropFirst(root), as: UTF8.self)
          if filter.excludes(relative) {
            passedOver += 1
            continue
          }
          guard let file = try visit(path, root: root, above: above) else { continue }
          // A pipe or device in a folder would be waited for without end.
          if file.size != nil, takes(relative) { return .success(file) }
          passedOver += 1
        }
      } catch {
        return .failure(error)
      }
    }
    return nil
  }

  private func takes(_ relative: String) -> Bool {
    switch filter.verdict(on: relative) {
    case .leave: false
    case .take: true
    case .takeIfKindIsKnown: takesAnyKind || FileForm(relative).content != nil
    }
  }

  private mutating func expand(_ pattern: String) throws(InputFault) {
    let paths = InputFilter.expand(pattern)
    guard !paths.isEmpty else {
      throw InputFault(label: pattern, error: DanvanError(.notFound, "no file matches the pattern"))
    }
    steps += paths.reversed().map { .given($0) }
  }

  /// The file at the path; for a folder nil, with its entries as the next steps.
  private mutating func visit(
    _ path: String, root: Int?, above: [FolderID]
  ) throws(InputFault) -> InputFile? {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Self.fault(path, errno) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      let isPlain = status.st_mode & S_IFMT == S_IFREG
      return InputFile(path: path, size: isPlain ? Int64(status.st_size) : nil)
    }
    let folder = FolderID(device: status.st_dev, inode: status.st_ino)
    guard !above.contains(folder), above.count < Self.depthLimit else {
      throw InputFault(
        label: path, error: .invalid("the folder is nested too deep, or holds a link to itself"))
    }
    guard visited.insert(folder).inserted else {
      guard filter.holdsPaths else { return nil }
      throw InputFault(
        label: path,
        error: .invalid(
          "the folder was reached by another path already, against which the patterns were held"))
    }
    let base = path.hasSuffix("/") ? path : path + "/"
    let root = root ?? base.utf8.count
    steps += try Self.entries(of: path).reversed().map { name in
      guard let known = String(validating: name, as: UTF8.self) else {
        return .unnamed(base + String(decoding: name, as: UTF8.self))
      }
      return .entry(base + known, root: root, above: above + [folder])
    }
    return nil
  }

  /// The names in a folder, hidden ones left out, in the order of their bytes.
  private static func entries(of path: String) throws(InputFault) -> [[UInt8]] {
    guard let folder = opendir(path) else { throw fault(path, errno) }
    defer { closedir(folder) }
    var names: [[UInt8]] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name.first != UInt8(ascii: ".") { names.append(name) }
    }
    names.sort { $0.lexicographicallyPrecedes($1) }
    return names
  }

  private static var standardInputSize: Int64? {
    var status = stat()
    guard fstat(0, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(status.st_size)
  }

  static func fault(_ path: String, _ number: Int32) -> InputFault {
    InputFault(label: path, error: systemError("cannot be read", number))
  }
}

/// The error for a failed system call: `what: Permission denied`.
func systemError(_ what: String, _ number: Int32) -> DanvanError {
  let code: ErrorCode =
    switch number {
    case EACCES, EPERM: .permissionDenied
    case ENOENT, ENOTDIR: .notFound
    default: .unavailable
    }
  return DanvanError(code, "\(what): \(String(cString: strerror(number)))")
}
