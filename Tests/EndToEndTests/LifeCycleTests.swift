import Foundation
import TestSupport
import Testing

/// Starting, stopping, and what must survive it.
@Suite struct LifeCycleTests {
  @Test func aSecondDaemonOnTheSameStateIsRefused() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let second = try daemon.launch()
    second.waitUntilExit()
    #expect(second.terminationStatus != 0)
    #expect(try daemon.dvctl("ping").status == 0, "the first goes on")
  }

  @Test func sigtermEndsCleanlyAndRemovesTheSocket() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    #expect(try daemon.stop(signal: SIGTERM) == 0)
    #expect(!FileManager.default.fileExists(atPath: daemon.socket.path))
  }

  @Test func aStaleSocketIsTakenOver() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    try daemon.stop(signal: SIGKILL)
    #expect(FileManager.default.fileExists(atPath: daemon.socket.path), "left behind by kill -9")
    try daemon.start()
    #expect(try daemon.dvctl("ping").status == 0)
  }

  @Test func acknowledgedArticlesSurviveKill() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let sample = Repository.samples.appendingPathComponent("04-tiep-doan.txt").path
    #expect(try daemon.dvctl("ingest", sample).status == 0)
    try daemon.stop(signal: SIGKILL)
    try daemon.start()
    let shown = try daemon.dvctl("show", "1", "--format", "json")
    #expect(shown.status == 0, "\(shown.errors)")
    #expect(shown.text.contains("Norvale"))
    #expect(try daemon.dvctl("rm", "1").status == 0)
    #expect(try daemon.dvctl("show", "1").status == 1)
  }

  @Test func aNotifySocketHearsReady() throws {
    // danvand says READY=1 to the datagram socket named by NOTIFY_SOCKET.
    let daemon = try RunningDaemon()
    let path = daemon.folder.appendingPathComponent("notify").path
    let script = """
      import socket,subprocess,sys,os
      s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM); s.bind(sys.argv[1]); s.settimeout(30)
      p=subprocess.Popen(sys.argv[2:],env=dict(os.environ,NOTIFY_SOCKET=sys.argv[1]),stderr=subprocess.DEVNULL)
      said=b''
      while b'READY=1' not in said: said+=s.recv(4096)
      p.terminate()
      while b'STOPPING=1' not in said: said+=s.recv(4096)
      sys.exit(p.wait())
      """
    let result = try Programs.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      [
        "python3", "-c", script, path, Programs.path(of: "danvand").path, "--state",
        daemon.state.path, "--socket", daemon.socket.path, "--rules", Repository.rules.path,
      ])
    #expect(result.status == 0, "\(result.errors)")
  }
}
