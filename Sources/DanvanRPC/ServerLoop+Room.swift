/// What is kept for all peers together, and that it stays within its bound.
extension ServerLoop {
  func count(_ connection: ServedConnection) {
    let weight = connection.weight
    heldBytes += weight - connection.countedBytes
    connection.countedBytes = weight
  }

  /// Closes the connection for which the most is kept: there is no other way to get the memory back
  /// from a peer that sends no end of a frame, or reads no answer.
  func shed() {
    guard let most = connections.values.max(by: { $0.countedBytes < $1.countedBytes }) else {
      return
    }
    log(
      .init(
        level: .warning,
        message: "closed: \(most.countedBytes) of \(heldBytes) bytes kept for all were kept for it",
        most))
    drop(most, because: "too much is kept for it")
  }
}
