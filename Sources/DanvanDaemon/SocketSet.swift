internal import DanvanModel
internal import DanvanRPC
internal import Glibc

/// The sockets the daemon listens on: systemd's where it passed some, else its own.
struct SocketSet {
  let list: [ListeningSocket]

  init(_ settings: Settings, _ environment: [String: String]) throws(StartFailure) {
    let inherited = try Self.catching { () throws(ListeningError) in try ListeningSocket.inherited()
    }
    guard inherited.isEmpty else {
      list = inherited
      return
    }
    let path = try StartFailure.catching(.configuration) { try settings.socket() }
    let wanted = settings.configuration.socket
    guard !wanted.adminPath.isEmpty else {
      list = [try Self.own(path, mode: wanted.mode, name: "own")]
      return
    }
    list = [
      try Self.own(path, mode: wanted.mode, name: Rights.readSocket),
      try Self.own(wanted.adminPath, mode: wanted.adminMode, name: Rights.adminSocket),
    ]
  }

  /// Binds a socket, in a directory that is made when its parent is there.
  private static func own(_ path: String, mode: Int, name: String) throws(StartFailure)
    -> ListeningSocket
  {
    let directory = path.split(separator: "/").dropLast().joined(separator: "/")
    // In the system's directory other users must be able to reach a socket that is open to them.
    if path.hasPrefix("/") { mkdir("/" + directory, mode & 0o077 == 0 ? 0o700 : 0o755) }
    let socket = try catching { () throws(ListeningError) in
      try ListeningSocket.bind(path: path, name: name)
    }
    guard chmod(path, mode_t(mode)) == 0 else {
      throw StartFailure(
        status: .failure, message: "cannot set the mode of \(path)",
        cause: String(cString: strerror(errno)))
    }
    return socket
  }

  private static func catching<Value>(_ step: () throws(ListeningError) -> Value)
    throws(StartFailure) -> Value
  {
    do {
      return try step()
    } catch {
      let status: ExitStatus =
        switch error {
        case .inUse: .inUse
        case .pathTooLong, .badActivation, .occupied: .configuration
        case .system(_, EACCES), .system(_, EPERM): .noPermission
        case .system(_, ENOENT), .system(_, ENOTDIR): .configuration
        case .system: .failure
        }
      throw StartFailure(status: status, message: error.description, cause: nil)
    }
  }
}

extension [ListeningSocket] {
  /// Paths; of a socket that systemd passed, whose path is not known here, its name.
  var places: [String] { map { $0.path.isEmpty ? "systemd:\($0.name)" : $0.path } }
}

extension ServerOptions {
  init(_ configuration: Configuration) {
    self.init()
    workers = configuration.limits.workers
    // What takes seconds leaves a processor to what takes a millisecond.
    longWorkers = max(1, min(workers / 2, sysconf(Int32(_SC_NPROCESSORS_ONLN)) - 1))
    connectionsPerUser = configuration.limits.connectionsPerUser
    streamsPerConnection = configuration.limits.streamsPerConnection
    maxInflated = configuration.limits.inflatedBytes
    drainLimit = .seconds(configuration.stop.drainSeconds)
  }
}

extension Log {
  func write(_ record: ServerLogRecord) {
    let fields: Fields = [
      "connection": record.connection.map(String.init) ?? "none",
      "peer_uid": record.peer.map { "\($0.uid)" } ?? "none",
      "peer_pid": record.peer.map { "\($0.pid)" } ?? "none",
    ]
    switch record.level {
    case .debug: debug(record.message, fields)
    case .info: info(record.message, fields)
    case .warning: warning(record.message, fields)
    case .error: error(record.message, fields)
    }
  }
}
