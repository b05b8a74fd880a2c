import DanvanInputs
import DanvanModel
import FoundationEssentials

/// Files in a fresh folder, removed when the test is over.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "inputs-\(UUID().uuidString)")
      .path(percentEncoded: false)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let file = path + "/" + name
    let folder = file[..<(file.lastIndex(of: "/") ?? file.endIndex)]
    try FileManager.default.createDirectory(
      atPath: String(folder), withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: file))
    return file
  }
}

/// `items` as short lines: `label=content`, or `label!message`, with the folder's path cut off.
func lines(_ items: some Sequence<InputItem>, in folder: Scratch) -> [String] {
  items.map { item in
    switch item {
    case .document(let document):
      "\(document.label)=\(String(decoding: document.content, as: UTF8.self))"
    case .fault(let label, let error): "\(label)!\(error.message)"
    }
  }.map { $0.replacing(folder.path + "/", with: "") }
}
