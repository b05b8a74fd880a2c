public import Foundation

/// Where things are in a checkout, found from this file's own place.
public enum Repository {
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The rule set that the project ships.
  public static let rules = root.appendingPathComponent("Sources/DanvanExtract/Resources/vi")
  public static let samples = root.appendingPathComponent("samples")

  /// Data for development that is not part of the project: `DANVAN_SHARED`, else `../shared`;
  /// nil where it is absent.
  public static let shared: URL? = {
    let named = ProcessInfo.processInfo.environment["DANVAN_SHARED"].map {
      URL(fileURLWithPath: $0)
    }
    let folder = named ?? root.deletingLastPathComponent().appendingPathComponent("shared")
    return FileManager.default.fileExists(atPath: folder.appendingPathComponent("data").path)
      ? folder : nil
  }()

  /// The folder of a module's sources; `dvctl` lives with the clients.
  public static func sources(of module: String) throws -> URL {
    root.appendingPathComponent(module == "dvctl" ? "clients/dvctl" : "Sources/\(module)")
  }

  /// All Swift files below `folder`, sorted by path.
  public static func swiftFiles(under folder: URL) throws -> [URL] {
    guard
      let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    else { throw CocoaError(.fileReadNoSuchFile) }
    return walk.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
      .sorted { $0.path < $1.path }
  }
}
