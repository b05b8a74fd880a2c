import DanvanClient
import DanvanMessages
import DanvanRPC
import Foundation
import SwiftProtobuf
import TestSupport
import Testing

@testable import DanvanDaemon

/// Who may do what, and that what was done is on record with who did it.
@Suite struct RightsTests {
  /// Methods that change something, in an order in which each has something to change.
  private static let changes = [
    "Corpus/Ingest", "Search/Save", "Search/Tag", "Search/RemoveSaved", "Subscriptions/Create",
    "Subscriptions/Ack", "Subscriptions/Seek", "Subscriptions/Delete", "Exchange/Import",
    "Admin/Rebuild", "Admin/Reread", "Entities/Rule", "Entities/Forget", "Directives/Mark",
    "Corrections/Correct", "Corrections/Forget", "Corpus/Delete",
  ]
  /// Methods that look at other clients, which is for those who may change things.
  private static let oversight = ["Admin/Connections", "Admin/Trace"]
  /// Methods whose answer is a stream, and which are on record too.
  private static let care = ["Care/Backup", "Care/Check", "Care/Compact"]

  /// A new method that asks for rights is put into one of the lists above, so that the tests below
  /// look at it.
  @Test func everyMethodThatAsksForRightsIsListed() throws {
    let served = try ServedStore()
    let described = ProtocolFiles.all.filter { $0.name.hasPrefix("danvan/") }.flatMap { file in
      var service = ""
      return file.text.split(separator: "\n").compactMap { line -> String? in
        let words = line.split { " ();".contains($0) }
        if words.first == "service" { service = String(words[1]) }
        return words.first == "rpc" ? "\(service)/\(words[1])" : nil
      }
    }
    var refused: Set<String> = []
    for method in described {
      let client = try Client(socketPath: served.readSocket)
      do {
        _ = try client.stream(
          "danvan.v1.\(method.prefix { $0 != "/" })", Self.name(method), [],
          timeout: .milliseconds(500)
        ).next()
      } catch let status as RPCStatus where status.code == 7 {
        refused.insert(method)
      } catch {}
    }
    #expect(described.count > 25)
    #expect(refused == Set(Self.changes + Self.oversight + Self.care))
  }

  @Test(arguments: care) func careIsLoggedWithItsPeer(method: String) throws {
    let served = try ServedStore()
    let stream = try served.connect().stream(
      "danvan.v1.\(method.prefix { $0 != "/" })", Self.name(method), [])
    while case .message = try stream.next() {}
    #expect(
      served.log.list.contains {
        $0.contains("peer_uid=\(geteuid())") && $0.contains("peer_pid=\(getpid())")
      }, "\(served.log.list)")
  }

  @Test func everyChangeIsLoggedWithItsPeer() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let cursor = try daemon.ingest([document("một")])[0].cursor
    for method in Self.changes {
      let before = served.log.list.count
      let request = try Self.request(method, cursor)
      _ = try daemon.call("danvan.v1.\(method.prefix { $0 != "/" })", Self.name(method), request)
      let lines = served.log.list.dropFirst(before)
      #expect(
        lines.contains {
          $0.contains("peer_uid=\(geteuid())") && $0.contains("peer_pid=\(getpid())")
        }, "\(method): \(lines)")
    }
  }

  @Test(arguments: changes + oversight + care)
  func aReaderIsDenied(method: String) throws {
    let served = try ServedStore()
    let client = try Client(socketPath: served.readSocket)
    let denied = #expect(throws: RPCStatus.self) {
      _ = try client.stream("danvan.v1.\(method.prefix { $0 != "/" })", Self.name(method), [])
        .next(timeout: .seconds(20))
    }
    #expect(denied?.code == 7)
    #expect(
      served.log.list.contains { line in
        line.contains("permission denied") && line.contains("method=danvan.v1.\(method)")
          && line.contains("peer_uid=\(geteuid())") && line.contains("peer_pid=\(getpid())")
          && line.contains("socket=read")
      })
  }

  private static let mayBecomeAnother =
    geteuid() == 0
    && ["/usr/bin/setpriv", "/usr/bin/python3"].allSatisfy {
      FileManager.default.isExecutableFile(atPath: $0)
    }

  /// Another user, let in by the socket's mode: the kernel names it, and it may read only.
  @Test(.enabled(if: mayBecomeAnother, "only root can be another user, by /usr/bin/setpriv"))
  func anotherUserMayReadOnly() throws {
    let served = try ServedStore()
    for path in [served.folder, served.socket] {
      try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path)
    }
    let script = """
      import socket, struct, sys
      s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])
      def code(stream, service, method):
          field = lambda number, text: bytes([number << 3 | 2, len(text)]) + text.encode()
          body = field(1, service) + field(2, method)
          s.sendall(struct.pack('>IIBB', len(body), stream, 1, 0) + body)
          length = struct.unpack('>IIBB', s.recv(10, socket.MSG_WAITALL))[0]
          answer = s.recv(length, socket.MSG_WAITALL)
          return answer[3] if answer[:1] == b'\\n' else 0
      print(code(1, 'danvan.v1.Corpus', 'Ingest'), code(3, 'danvan.v1.Search', 'Tags'))
      """
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"]
    let words = nobody + ["/usr/bin/python3", "-c", script, served.socket]
    let done = try Programs.run(URL(fileURLWithPath: "/usr/bin/setpriv"), words)
    #expect(done.lines == ["7 0"], "\(done.errors)")
    #expect(
      served.log.list.contains {
        $0.contains("permission denied") && $0.contains("peer_uid=65534")
      })
  }

  private static func name(_ method: String) -> String {
    String(method.drop { $0 != "/" }.dropFirst())
  }

  private static func request(_ method: String, _ cursor: String) throws -> [UInt8] {
    switch method {
    case "Corpus/Ingest":
      try Danvan_V1_IngestRequest.with { $0.documents = [document("hai")] }.serializedBytes()
    case "Corpus/Delete":
      try Danvan_V1_DeleteRequest.with { $0.articleIds = [1] }.serializedBytes()
    case "Search/Save":
      try Danvan_V1_SaveRequest.with {
        $0.name = "a"
        $0.query = "dân vận"
      }.serializedBytes()
    case "Search/RemoveSaved":
      try Danvan_V1_RemoveSavedRequest.with { $0.name = "a" }.serializedBytes()
    case "Search/Tag":
      try Danvan_V1_TagRequest.with {
        $0.query = "hội nghị"
        $0.add = ["t"]
      }.serializedBytes()
    case "Subscriptions/Create":
      try Danvan_V1_CreateSubscriptionRequest.with {
        $0.name = "s"
        $0.from = "start"
      }.serializedBytes()
    case "Subscriptions/Ack":
      try Danvan_V1_AckRequest.with {
        $0.name = "s"
        $0.cursor = cursor
      }.serializedBytes()
    case "Subscriptions/Seek":
      try Danvan_V1_SeekRequest.with {
        $0.name = "s"
        $0.to = "start"
      }.serializedBytes()
    case "Subscriptions/Delete":
      try Danvan_V1_DeleteSubscriptionRequest.with { $0.name = "s" }.serializedBytes()
    case "Admin/Reread":
      try Danvan_V1_RereadRequest.with { $0.everything = true }.serializedBytes()
    case "Directives/Mark":
      try Danvan_V1_MarkDirectiveRequest.with {
        let action = document("một").content.range(of: Data("tiếp tục".utf8))
        $0.id = "1.\(action?.lowerBound ?? 0)"
        $0.status = "done"
      }.serializedBytes()
    case "Entities/Rule":
      try Danvan_V1_RuleEntityRequest.with {
        $0.kind = "person"
        $0.verb = .rename
        $0.entity = "trần văn norvale"
        $0.name = "Trần Văn Norvale"
      }.serializedBytes()
    case "Corrections/Correct":
      try Danvan_V1_CorrectRequest.with {
        $0.articleID = 1
        $0.type = "LOC"
        $0.words = "Hội nghị về"
      }.serializedBytes()
    case "Corrections/Forget":
      try Danvan_V1_ForgetCorrectionRequest.with { $0.id = 1 }.serializedBytes()
    case "Entities/Forget":
      try Danvan_V1_ForgetRulingRequest.with { $0.id = 1 }.serializedBytes()
    default: []
    }
  }
}

extension Lines {
  fileprivate var list: [Substring] { text.split(separator: "\n") }
}
