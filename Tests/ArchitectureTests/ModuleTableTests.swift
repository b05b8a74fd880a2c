import Foundation
import TestSupport
import Testing

/// The module table of ARCHITECTURE.md. A module may import what stands in its row, the standard
/// library, and Foundation where the row says so; nothing else.
private let table: [String: Set<String>] = [
  "DanvanModel": [],
  "DanvanText": [],
  "DanvanLanguage": [],
  "DanvanZlib": ["CZlib"],
  "DanvanSQLite": ["CSQLite", "Dispatch"],
  "DanvanExtract": ["DanvanModel", "DanvanText", "FoundationEssentials"],
  "DanvanInputs": ["DanvanModel", "DanvanZlib", "FoundationEssentials"],
  "DanvanIngest": ["DanvanModel", "DanvanText", "CLibxml2", "FoundationEssentials"],
  "DanvanStore": [
    "DanvanModel", "DanvanZlib", "DanvanSQLite", "CLibmd", "Dispatch", "FoundationEssentials",
  ],
  "DanvanService": [
    "DanvanModel", "DanvanText", "DanvanExtract", "DanvanIngest", "DanvanStore", "Dispatch",
  ],
  "DanvanWire": ["DanvanZlib"],
  "DanvanRPC": ["DanvanWire", "CDanvanPosix"],
  "DanvanMessages": ["SwiftProtobuf", "Foundation", "FoundationEssentials"],
  "DanvanDaemon": [
    "DanvanModel", "DanvanInputs", "DanvanService", "DanvanExtract", "DanvanStore", "DanvanRPC",
    "DanvanMessages", "DanvanLanguage", "CDanvanPosix", "SwiftProtobuf", "Dispatch",
    "FoundationEssentials",
  ],
  "DanvanClient": [
    "DanvanRPC", "DanvanMessages", "DanvanZlib", "SwiftProtobuf", "FoundationEssentials",
  ],
  "danvand": ["DanvanDaemon"],
  "dvctl": [
    "DanvanClient", "DanvanMessages", "DanvanInputs", "DanvanModel", "DanvanText", "DanvanZlib",
    "DanvanLanguage", "DanvanSQLite", "DanvanDaemon", "ArgumentParser", "SwiftProtobuf",
    "FoundationEssentials",
  ],
]

/// What every module may import.
private let everywhere: Set<String> = ["Glibc", "Synchronization", "Swift"]

@Suite struct ModuleTableTests {
  @Test(arguments: table.keys.sorted())
  func importsStayInTheRow(module: String) throws {
    let folder = try Repository.sources(of: module)
    let files = try Repository.swiftFiles(under: folder)
    #expect(!files.isEmpty, "\(module) has no sources at \(folder.path)")
    let allowed = try #require(table[module]).union(everywhere)
    for file in files {
      for name in imports(in: try String(contentsOf: file, encoding: .utf8)) {
        #expect(allowed.contains(name), "\(module): \(file.lastPathComponent) imports \(name)")
      }
    }
  }

  /// dvctl holds danvand, but its verbs know only the protocol.
  @Test func onlyTheMainFileOfDvctlKnowsTheDaemon() throws {
    let files = try Repository.swiftFiles(under: Repository.sources(of: "dvctl"))
    let knowing = try files.filter {
      imports(in: try String(contentsOf: $0, encoding: .utf8)).contains("DanvanDaemon")
    }
    #expect(knowing.map(\.lastPathComponent) == ["Main.swift"])
  }

  @Test func everyModuleHasARow() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root.appendingPathComponent("Sources").path)
    let swiftModules = folders.filter { !$0.hasPrefix("C") && !$0.hasPrefix(".") }
    #expect(Set(swiftModules).subtracting(table.keys).isEmpty)
  }

  @Test func arrowsOnlyPointDown() {
    // A module is placed once all it imports of ours is placed; a cycle leaves some unplaced.
    var placed: Set<String> = []
    var rest = Set(table.keys)
    while let next = rest.sorted().first(where: { module in
      (table[module] ?? []).intersection(table.keys).isSubset(of: placed)
    }) {
      placed.insert(next)
      rest.remove(next)
    }
    #expect(rest.isEmpty, "these modules import each other in a circle: \(rest.sorted())")
  }

  @Test func architectureDocumentShowsTheTable() throws {
    let document = try String(
      contentsOf: Repository.root.appendingPathComponent("ARCHITECTURE.md"), encoding: .utf8)
    for module in table.keys {
      #expect(document.contains("`\(module)`"), "ARCHITECTURE.md does not name \(module)")
    }
  }

  private func imports(in source: String) -> [String] {
    source.split(separator: "\n").compactMap { line in
      var words = line.split(separator: " ")[...]
      while let first = words.first,
        ["public", "internal", "package", "private", "fileprivate", "@testable"].contains(first)
          || first.hasPrefix("@preconcurrency")
      {
        words = words.dropFirst()
      }
      // A name in quotation marks is a .proto file of those that the daemon tells.
      guard words.first == "import", words.count >= 2, !words[words.startIndex + 1].hasPrefix("\"")
      else { return nil }
      // `import struct Foundation.Data` names its module before the first dot.
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "let", "var"]
      let name = kinds.contains(words[words.startIndex + 1]) ? words.last : words.dropFirst().first
      return name.flatMap { $0.split(separator: ".").first.map(String.init) }
    }
  }
}
