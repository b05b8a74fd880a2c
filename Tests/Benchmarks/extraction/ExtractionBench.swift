import DanvanExtract
import DanvanModel
import Glibc

/// `extraction-bench RULES FILE...`: loads the rules, then extracts the facts of every text of each
/// file (texts end with a zero byte), one file after the other on one thread. Prints a line of JSON
/// for the rules and one for each file.
@main
enum ExtractionBench {
  static func main() throws {
    let paths = CommandLine.arguments.dropFirst()
    guard let rules = paths.first, paths.count > 1 else {
      throw DanvanError(.invalidArgument, "usage: extraction-bench RULES FILE...")
    }
    let (before, began) = (resident, ownCPU)
    let extractor = try Extractor(RuleSet(directory: rules))
    print(#"{"load": \#(ownCPU - began), "rules": \#(resident - before)}"#)
    for path in paths.dropFirst() { print(try spent(on: path, extractor)) }
  }

  private static func spent(on path: String, _ extractor: Extractor) throws -> String {
    let texts = try read(path).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    let began = ownCPU
    var facts = 0
    for text in texts {
      let article = Article(text: text, title: nil, url: nil, publisher: nil, published: nil)
      facts += extractor.facts(in: article).mentions.count
    }
    let bytes = texts.reduce(0) { $0 + $1.utf8.count }
    return
      #"{"texts": \#(texts.count), "bytes": \#(bytes), "cpu": \#(ownCPU - began), "mentions": \#(facts)}"#
  }

  private static func read(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else {
      throw DanvanError(.notFound, "cannot open \(path)")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 {
      bytes += piece[..<count]
    }
    return bytes
  }

  /// Seconds of this process.
  private static var ownCPU: Double {
    var now = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }

  /// Bytes, as the kernel counts them; 0 where it does not say.
  private static var resident: Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let words = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .split(separator: " ")
    return words.count > 1 ? (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
  }
}
