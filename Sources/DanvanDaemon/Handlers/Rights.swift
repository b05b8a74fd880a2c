internal import DanvanRPC
internal import Glibc

/// Who may change things.
///
/// As a service the socket decides: the groups of the two socket files hold who may connect, and in
/// a user namespace the kernel shows most peers as nobody, so that identity says nothing. On a
/// socket of the daemon's own its owner and root may do everything.
enum Rights {
  static let readSocket = "read"
  static let adminSocket = "admin"

  /// Throws PERMISSION_DENIED, and logs it, for a peer that may only read.
  static func demandChange(_ call: Call, _ log: Log) throws(RPCStatus) {
    try demand("this socket's users may read, but not change anything", call, log)
  }

  /// Who others are and what they do is for those who may change things.
  static func demandOversight(_ call: Call, _ log: Log) throws(RPCStatus) {
    try demand("this socket's users may read articles, but not look at other clients", call, log)
  }

  private static func demand(
    _ refusal: String, _ call: Call, _ log: Log
  ) throws(RPCStatus) {
    guard !mayChange(call.peer, owner: geteuid()) else { return }
    log.warning(
      "permission denied",
      [
        "method": call.name, "peer_uid": call.peer.uid, "peer_pid": call.peer.pid,
        "socket": call.peer.socketName,
      ])
    throw RPCStatus(.permissionDenied, refusal)
  }

  static func mayChange(_ peer: Peer, owner: UInt32) -> Bool {
    switch peer.socketName {
    case adminSocket: true
    case readSocket: false
    default: peer.uid == owner || peer.uid == 0
    }
  }
}
