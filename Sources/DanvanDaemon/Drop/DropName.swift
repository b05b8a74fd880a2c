/// The name of an entry of a drop folder: bytes, of which people see what is UTF-8.
struct DropName: Hashable {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// For system calls: without a slash, for it comes from a folder.
  var path: [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }

  var shown: String { String(decoding: bytes, as: UTF8.self) }

  /// Hidden ones, and those that say themselves that they are not complete.
  var isLeftAlone: Bool {
    bytes.isEmpty || bytes.first == UInt8(ascii: ".")
      || [".part", ".tmp"].contains {
        bytes.count > $0.utf8.count && bytes.suffix($0.utf8.count).elementsEqual($0.utf8)
      }
  }

  /// With an ending, cut to what a file system takes.
  func adding(_ ending: String) -> DropName {
    DropName(Array(bytes.prefix(255 - ending.utf8.count)) + Array(ending.utf8))
  }
}
