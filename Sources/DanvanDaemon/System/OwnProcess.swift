internal import DanvanModel
internal import Glibc

/// What the daemon asks the kernel about itself and its files.
enum OwnProcess {
  static var executable: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let bytes = buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:))
    return String(validating: bytes, as: UTF8.self) ?? ""
  }

  /// Bytes of memory in use (resident set); 0 when the kernel does not say.
  static var residentBytes: UInt64 {
    guard let bytes = try? contents(of: "/proc/self/statm", limit: 256),
      let text = String(validating: bytes, as: UTF8.self)
    else { return 0 }
    let fields = text.split(separator: " ")
    guard fields.count > 1, let pages = UInt64(fields[1]) else { return 0 }
    return pages * UInt64(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// Nanoseconds of a clock that is never set.
  static var monotonicNow: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The files of a directory whose names end so, by name; none where there is no such directory. Throws
  /// `permissionDenied` or `unavailable` where it cannot be read.
  static func files(in directory: String, ending: String) throws -> [String] {
    guard let stream = opendir(directory) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw failure(errno, reading: directory)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(ending), !name.hasPrefix(".") { names.append("\(directory)/\(name)") }
    }
    return names.sorted()
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Throws `permissionDenied` when files cannot be made in the directory or, where it is not there
  /// yet, in the nearest one above it.
  static func demandWritable(_ directory: String) throws {
    var path = directory
    while !exists(path), let slash = path.lastIndex(of: "/") {
      path = slash == path.startIndex ? "/" : String(path[..<slash])
    }
    guard isDirectory(path), access(path, R_OK | W_OK | X_OK) != 0,
      errno == EACCES || errno == EROFS
    else { return }
    throw DanvanError(
      .permissionDenied, "no permission to write to \(path): \(String(cString: strerror(errno)))")
  }

  /// Makes the calling thread give way to all others. A sandbox that forbids it is no fault.
  static func giveWay() { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19) }

  /// Lets the process have as many open files, and so connections, as the system grants.
  static func raiseFileLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    makeRoomForFiles(upTo: limit.rlim_cur)
  }

  /// Makes the table of open files as large as a crowd needs. Linux doubles it when it is full, and has
  /// the accepting thread wait some ten milliseconds each time; it never makes it smaller.
  private static func makeRoomForFiles(upTo limit: rlim_t) {
    let highest = fcntl(0, F_DUPFD_CLOEXEC, Int32(min(limit, 16_384)) - 1)
    if highest >= 0 { close(highest) }
  }

  /// Reads a small file. Throws `notFound`, `permissionDenied` or `unavailable` as the system says,
  /// and `resourceExhausted` for more than `limit` bytes.
  static func contents(of path: String, limit: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno, reading: path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw failure(errno, reading: path) }
      if count == 0 { return bytes }
      bytes += chunk.prefix(count)
      guard bytes.count <= limit else {
        throw DanvanError(.resourceExhausted, "\(path): larger than \(limit) bytes")
      }
    }
  }

  private static func failure(_ number: Int32, reading path: String) -> DanvanError {
    let code: ErrorCode =
      switch number {
      case ENOENT, ENOTDIR: .notFound
      case EACCES, EPERM: .permissionDenied
      default: .unavailable
      }
    return DanvanError(code, "cannot read \(path): \(String(cString: strerror(number)))")
  }
}
