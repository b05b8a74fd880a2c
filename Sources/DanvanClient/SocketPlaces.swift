/// Where a daemon may listen, best first.
public enum SocketPlaces {
  /// The sockets to try: the named one alone, else `$DANVAN_SOCKET` alone, else the user's own and
  /// then the system's.
  ///
  /// The system's daemon has a socket for reading and one for those who may change things; who
  /// wants to change something tries the latter first.
  public static func candidates(
    named: String?, environment: [String: String], forChanges: Bool
  ) -> [String] {
    if let named { return [named] }
    if let path = environment["DANVAN_SOCKET"], !path.isEmpty { return [path] }
    let own = environment["XDG_RUNTIME_DIR"].flatMap { directory in
      directory.isEmpty ? nil : "\(directory)/danvan/danvand.sock"
    }
    let system = ["/run/danvan/danvand.sock"]
    let admin = forChanges ? ["/run/danvan/admin.sock"] : []
    return [own].compactMap { $0 } + admin + system
  }
}
