/// Who is at the other end of a connection, as the kernel says.
public struct Peer: Sendable, Hashable {
  public let pid: Int32
  public let uid: UInt32
  public let gid: UInt32
  /// The name of the listening socket it came through: "own", or the one systemd gave ("read",
  /// "admin").
  public let socketName: String

  public init(pid: Int32, uid: UInt32, gid: UInt32, socketName: String) {
    self.pid = pid
    self.uid = uid
    self.gid = gid
    self.socketName = socketName
  }
}
