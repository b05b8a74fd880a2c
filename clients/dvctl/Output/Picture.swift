/// A drawing as SVG, and as PNG by librsvg's `rsvg-convert`, where that is installed.
///
/// A renderer of its own would have to bring fonts with all Vietnamese letters and know how to set them;
/// librsvg takes the system's, and Debian has it as librsvg2-bin.
enum Picture {
  private static let program = "rsvg-convert"

  /// On white ground, at twice the size that the drawing names. Throws `Failure`, naming the package,
  /// where the program is missing.
  static func png(ofSVG text: String) throws -> [UInt8] {
    let words = [program, "--format=png", "--background-color=white", "--zoom=2"]
    guard let bytes = try ChildProcess.output(of: words, input: text) else {
      throw Failure(
        .failed, "PROGRAM_MISSING",
        Localized(
          "png wants the program \(program): apt-get install librsvg2-bin; svg needs nothing"))
    }
    return bytes
  }
}
