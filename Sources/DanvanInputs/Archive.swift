import DanvanModel

/// A file of files, read from front to back; nothing of it is ever written to disk.
protocol Archive: AnyObject {
  /// The next member that is a plain file; what is left of the one before is passed over.
  /// Throws where the archive is broken: then there is no next.
  func next() throws(DanvanError) -> ArchiveMember?
}

struct ArchiveMember {
  /// As the archive has it, its parts between slashes.
  let name: String
  /// To be read before the archive is asked for the next one; an error where the member alone
  /// cannot be read.
  let bytes: Result<any ByteSource, DanvanError>
}

/// The archive that the bytes are, by their beginning; nil where they are none.
func archive(in bytes: InputBytes) throws(DanvanError) -> (any Archive)? {
  let head = Array(try bytes.peek(512))
  if ZipArchive.begins(head) { return ZipArchive(bytes) }
  if TarArchive.begins(head) { return TarArchive(bytes) }
  return nil
}

/// Why a member of this name is not taken; nil where it may be. Names are only ever shown, but one
/// that leads out of its folder was made to do harm.
func fault(inMemberName name: String) -> DanvanError? {
  if name.hasPrefix("/") || name.hasPrefix("\\") || name.utf8.contains(0) {
    return .invalid("the archive gives this member an absolute path")
  }
  if name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains("..") {
    return .invalid("the archive gives this member a path that leads out of its folder")
  }
  return nil
}

/// Whether a member is hidden, or lies in a folder that is, as those that desktops add are.
func isHiddenMember(_ name: String) -> Bool {
  name.split(separator: "/").contains {
    ($0.hasPrefix(".") && $0 != "." && $0 != "..") || $0 == "__MACOSX"
  }
}
