public import Foundation

/// The real programs on a scratch state, driven as a user would: by command line and socket.
public final class RunningDaemon {
  public let folder: URL
  public var socket: URL { folder.appendingPathComponent("danvand.sock") }
  public var state: URL { folder.appendingPathComponent("state") }
  private var process: Process?

  /// Makes a scratch folder under the temporary directory; short, since a socket path is limited.
  public init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("dv-\(UInt32.random(in: 0 ..< .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    process?.terminate()
    process?.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Starts danvand and returns when it answers a ping; throws what it logged when it does not.
  public func start() throws {
    let daemon = try launch()
    process = daemon
    for _ in 0..<400 {
      if try Programs.dvctl(["ping", "--socket", socket.path]).status == 0 { return }
      guard daemon.isRunning else { break }
      Thread.sleep(forTimeInterval: 0.02)
    }
    let log = (try? String(contentsOf: logFile, encoding: .utf8)) ?? ""
    throw ProgramError(description: "danvand did not start:\n\(log)")
  }

  /// Starts danvand on this folder without waiting for anything.
  public func launch() throws -> Process {
    let daemon = Process()
    daemon.executableURL = try Programs.path(of: "danvand")
    daemon.arguments = [
      "--state", state.path, "--socket", socket.path, "--rules", Repository.rules.path,
    ]
    if FileManager.default.fileExists(atPath: configuration.path) {
      daemon.arguments? += ["--config", configuration.path]
    }
    if !FileManager.default.fileExists(atPath: logFile.path) {
      _ = FileManager.default.createFile(atPath: logFile.path, contents: nil)
    }
    let log = try FileHandle(forWritingTo: logFile)
    try log.seekToEnd()
    daemon.standardError = log
    daemon.standardOutput = FileHandle.nullDevice
    daemon.standardInput = FileHandle.nullDevice
    try daemon.run()
    return daemon
  }

  /// Read by the next start where a test has written it.
  public var configuration: URL { folder.appendingPathComponent("danvand.toml") }

  /// Sends a signal and goes on.
  public func signal(_ number: Int32) throws {
    guard let daemon = process else { throw ProgramError(description: "danvand is not running") }
    kill(daemon.processIdentifier, number)
  }

  public var logFile: URL { folder.appendingPathComponent("danvand.log") }

  /// Ends danvand with a signal and returns its exit status (or the signal's number).
  @discardableResult
  public func stop(signal: Int32) throws -> Int32 {
    guard let daemon = process else { throw ProgramError(description: "danvand is not running") }
    kill(daemon.processIdentifier, signal)
    daemon.waitUntilExit()
    process = nil
    return daemon.terminationStatus
  }

  /// Runs `dvctl` against this daemon: the verb, then `--socket`, then the rest.
  public func dvctl(_ arguments: String..., input: Data? = nil) throws -> Programs.Result {
    try dvctl(arguments, input: input)
  }

  public func dvctl(_ arguments: [String], input: Data? = nil) throws -> Programs.Result {
    try Programs.dvctl(
      [arguments[0], "--socket", socket.path] + arguments.dropFirst(), input: input)
  }
}

public struct ProgramError: Error, CustomStringConvertible {
  public let description: String

  public init(description: String) { self.description = description }
}
