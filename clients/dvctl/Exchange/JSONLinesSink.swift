import DanvanMessages
import SwiftProtobuf

/// An export as JSON lines: each item in protobuf's own mapping.
final class JSONLinesSink: ExportSink {
  private let file: OutputFile
  private let schema: Schema
  static let type = "danvan.v1.ExportItem"

  init(_ file: OutputFile) throws {
    self.file = file
    schema = try Schema(files: ProtocolFiles.all)
  }

  func write(_ item: Danvan_V1_ExportItem) throws {
    var item = item
    // Of the store it comes from; two stores with the same articles have the same export.
    if item.hasHead { item.head.cursor = "" }
    let bytes: [UInt8] = try item.serializedBytes()
    try file.write(schema.json(of: bytes, as: Self.type).compact + "\n")
  }

  func finish() throws { try file.finish() }
}
