internal import CDanvanPosix
internal import Glibc

/// A Unix socket that takes connections.
public struct ListeningSocket: Sendable {
  /// The file that `bind` made, so that no one else's is removed.
  struct Identity: Sendable, Equatable {
    let device: UInt64
    let inode: UInt64
  }

  public let fileDescriptor: Int32
  /// What calls see as `Peer.socketName`.
  public let name: String
  /// Empty for a socket that was passed in.
  public let path: String
  let identity: Identity?

  private static let backlog: Int32 = 4_096

  /// Throws `ListeningError.pathTooLong` and `.system` for what can be no socket's path; looks at no file.
  public static func demandUsable(path: String) throws(ListeningError) {
    _ = try SocketAddress(path: path)
  }

  /// Binds `path`, mode 0600, and listens.
  ///
  /// A socket that a dead server left there is removed, after a try to connect has shown that
  /// nobody answers; anything else in the way is left as it is and thrown as `ListeningError`.
  /// The file has its mode from the moment it is there: Linux takes it from the socket's own, less
  /// the umask, which is not touched, for it is the whole process's.
  public static func bind(
    path: String, name: String = "own"
  ) throws(ListeningError) -> ListeningSocket {
    let address = try SocketAddress(path: path)
    try clearAway(address)
    let number = socket(
      AF_UNIX,
      Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard number >= 0 else { throw .system("cannot make a socket", lastError) }
    let result =
      fchmod(number, 0o600) == 0 ? address.withPointer { Glibc.bind(number, $0, $1) } : -1
    let failure = lastError
    guard result == 0, let identity = socketIdentity(path) else {
      Glibc.close(number)
      if failure == EADDRINUSE { throw .inUse(path) }
      throw .system("cannot bind \(path)", failure)
    }
    guard Glibc.listen(number, backlog) == 0 else {
      let failure = lastError
      Glibc.close(number)
      throw .system("cannot listen at \(path)", failure)
    }
    return ListeningSocket(fileDescriptor: number, name: name, path: path, identity: identity)
  }

  /// Stops listening, and removes the file if it is still the one that `bind` made.
  public func close() {
    if let identity, Self.socketIdentity(path) == identity { unlink(path) }
    Glibc.close(fileDescriptor)
  }

  /// Takes the connections that wait and closes them at once.
  public func turnAwayWaiting() {
    while true {
      let connection = danvan_accept(fileDescriptor)
      guard connection >= 0 else { return }
      Glibc.close(connection)
    }
  }

  private static func clearAway(_ address: SocketAddress) throws(ListeningError) {
    let path = address.path
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if lastError == ENOENT { return }
      throw .system("cannot look at \(path)", lastError)
    }
    switch status.st_mode & S_IFMT {
    case S_IFSOCK: break
    case S_IFLNK: throw .occupied(path, by: "a symbolic link")
    case S_IFDIR: throw .occupied(path, by: "a directory")
    case S_IFREG: throw .occupied(path, by: "a regular file")
    default: throw .occupied(path, by: "a special file")
    }
    let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard probe >= 0 else { throw .system("cannot make a socket", lastError) }
    defer { Glibc.close(probe) }
    let result = address.withPointer { connect(probe, $0, $1) }
    if result == 0 { throw .inUse(path) }
    guard lastError == ECONNREFUSED else { throw .system("cannot probe \(path)", lastError) }
    guard unlink(path) == 0 else { throw .system("cannot remove \(path)", lastError) }
  }

  private static func socketIdentity(_ path: String) -> Identity? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
    return Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }
}
