import Glibc

/// Commands that run beside dvctl.
enum ChildProcess {
  /// Runs `/bin/sh -c command` with `input` as its standard input and the variables added to its
  /// environment. Throws `Failure` when it cannot be started.
  static func start(
    _ command: String, input: String, variables: [(String, String)]
  ) throws -> pid_t {
    let file = try self.file(holding: input)
    defer { close(file) }
    let (process, failure) = spawn(
      ["/bin/sh", "-c", command], input: file, output: nil, variables: variables)
    guard failure == 0 else {
      throw Failure(
        .failed, "COMMAND", Localized("cannot run /bin/sh: \(Localized(system: failure))"))
    }
    return process
  }

  /// What a program of $PATH makes of `input`; nil where there is no such program. Throws `Failure` where
  /// it fails.
  static func output(of words: [String], input: String) throws -> [UInt8]? {
    let (source, target) = (try file(holding: input), try file(holding: ""))
    defer {
      close(source)
      close(target)
    }
    let (process, failure) = spawn(words, input: source, output: target, variables: [])
    if failure == ENOENT { return nil }
    var status: Int32 = 0
    guard failure == 0, waitpid(process, &status, 0) == process, status == 0 else {
      throw Failure(.failed, "COMMAND", Localized("\(words[0]) failed"))
    }
    lseek(target, 0, SEEK_SET)
    var bytes: [UInt8] = []
    var page = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(target, &page, page.count), count > 0 { bytes += page[..<count] }
    return bytes
  }

  /// `output` nil: as this process has it. A failure is the number of an error, 0 where there was none.
  private static func spawn(
    _ words: [String], input: Int32, output: Int32?, variables: [(String, String)]
  ) -> (process: pid_t, failure: Int32) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    if let output { posix_spawn_file_actions_adddup2(&actions, output, 1) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGPIPE, SIGINT, SIGTERM, SIGCHLD] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    let arguments: [UnsafeMutablePointer<CChar>?] =
      words.map { (word: String) in strdup(word) } + [nil]
    let environment: [UnsafeMutablePointer<CChar>?] =
      Self.environment(adding: variables).map { (entry: String) in strdup(entry) } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var process: pid_t = 0
    let failure = posix_spawnp(
      &process, words[0], &actions, &attributes, arguments, environment)
    return (process, failure)
  }

  /// The exit status of a process that has ended, 128 and the signal for one that was killed; nil
  /// while it runs.
  static func status(of process: pid_t) -> Int32? {
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return nil }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  /// A file and no pipe, so that a command that does not read holds nothing up.
  private static func file(holding text: String) throws -> Int32 {
    var template = Array("/tmp/dvctl-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else {
      throw Failure(.failed, "FILE", Localized("no temporary file: \(Localized(system: errno))"))
    }
    unlink(template)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard count > 0 else {
        close(file)
        throw Failure(.failed, "FILE", Localized("no temporary file: \(Localized(system: errno))"))
      }
      written += count
    }
    lseek(file, 0, SEEK_SET)
    return file
  }

  private static func environment(adding variables: [(String, String)]) -> [String] {
    var texts: [String] = []
    var entry = environ
    while let text = entry.pointee {
      texts.append(String(cString: text))
      entry += 1
    }
    let names = variables.map { "\($0.0)=" }
    texts.removeAll { text in names.contains { text.hasPrefix($0) } }
    // A zero byte ends a variable; none of these may be cut short by one.
    return texts + variables.map { "\($0.0)=\($0.1.filter { $0 != "\0" })" }
  }
}
