public import Foundation

/// The programs of this build, found beside the running test bundle or in `DANVAN_BIN`.
public enum Programs {
  public struct Result: Sendable {
    public let status: Int32
    public let output: Data
    public let errors: String
    public var text: String { String(data: output, encoding: .utf8) ?? "<not UTF-8>" }
    /// The output's lines, without empty ones.
    public var lines: [String] { text.split(separator: "\n").map(String.init) }
  }

  /// The path of `danvand` or `dvctl`; throws when this build has none.
  public static func path(of name: String) throws -> URL {
    let named = ProcessInfo.processInfo.environment["DANVAN_BIN"].map { URL(fileURLWithPath: $0) }
    let beside = Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
    let ofTheTests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for folder in [named, ofTheTests].compactMap({ $0 }) + beside {
      let program = folder.appendingPathComponent(name)
      if FileManager.default.isExecutableFile(atPath: program.path) { return program }
    }
    throw ProgramError(description: "no \(name) in this build; set DANVAN_BIN")
  }

  /// Runs `dvctl` to its end with `input` on standard input.
  public static func dvctl(
    _ arguments: [String], input: Data? = nil, environment: [String: String] = [:]
  ) throws -> Result {
    try run(path(of: "dvctl"), arguments, input: input, environment: environment)
  }

  public static func run(
    _ program: URL, _ arguments: [String], input: Data? = nil, environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    // In English, whatever the tester reads.
    process.environment = ProcessInfo.processInfo.environment
      .merging(["LC_ALL": "", "LC_MESSAGES": "", "LANG": "C.UTF-8"]) { $1 }
      .merging(environment) { $1 }
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    let feed = input.map { _ in Pipe() }
    process.standardInput = feed ?? FileHandle.nullDevice
    try process.run()
    // Both pipes are drained at once, so that neither fills up and stops the program.
    let errorText = Reading(errors.fileHandleForReading)
    if let input, let feed { hand(input, to: feed.fileHandleForWriting) }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: data,
      errors: String(data: errorText.finish(), encoding: .utf8) ?? "<not UTF-8>")
  }

  /// Writes as much as the program takes; one that has ended already must not end the tests by SIGPIPE, which
  /// is left as it is for the programs that are started.
  private static func hand(_ input: Data, to handle: FileHandle) {
    var broken = sigset_t()
    var former = sigset_t()
    sigemptyset(&broken)
    sigaddset(&broken, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &broken, &former)
    try? handle.write(contentsOf: input)
    try? handle.close()
    var atOnce = timespec()
    while sigtimedwait(&broken, nil, &atOnce) == SIGPIPE {}
    pthread_sigmask(SIG_SETMASK, &former, nil)
  }
}

/// Reads a pipe to its end on a thread of its own.
private final class Reading: @unchecked Sendable {
  private let done = DispatchSemaphore(value: 0)
  private var data = Data()

  init(_ handle: FileHandle) {
    Thread.detachNewThread { [self] in
      data = handle.readDataToEndOfFile()
      done.signal()
    }
  }

  func finish() -> Data {
    done.wait()
    return data
  }
}
