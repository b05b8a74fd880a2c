import ArgumentParser
import DanvanModel

struct Version: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Print dvctl's version.")

  @OptionGroup var output: OutputOptions

  func run() throws {
    try output.renderer.render(VersionReport())
  }
}

private struct VersionReport: Report {
  func lines(_ style: Style) -> [String] {
    ["dvctl \(Release.description)"]
  }
  var json: JSON {
    [
      "dvctl": .string(Dvctl.version), "protocol": .integer(Int64(Release.protocol)),
      "schema": .integer(Int64(Release.schema)),
    ]
  }
}
