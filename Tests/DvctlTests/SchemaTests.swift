import DanvanMessages
import FoundationEssentials
import SwiftProtobuf
import Testing

@testable import dvctl

/// What dvctl makes of a description, held against the generated messages.
struct SchemaTests {
  private static let schema = Result { () throws(SchemaError) in
    try Schema(files: ProtocolFiles.all)
  }

  @Test func readsTheProjectsOwnFiles() throws {
    let schema = try Self.schema.get()
    let query = try schema.method(named: "Search/Query")
    #expect(query.path == "danvan.v1.Search/Query")
    #expect(query.input == "danvan.v1.QueryRequest")
    #expect(!query.givesStream)
    #expect(try schema.method(named: "Query").path == query.path)
    #expect(try schema.method(named: "danvan.v1.Events/Watch").givesStream)
    #expect(throws: Failure.self) { try schema.method(named: "Watch") }
    #expect(throws: Failure.self) { try schema.method(named: "Nothing") }
    let sort = schema.messages["danvan.v1.QueryRequest"]?.fields.first { $0.name == "sort" }
    #expect(sort?.kind == .enumeration("danvan.v1.QueryRequest.Sort"))
    let types = schema.types(of: query)
    #expect(types.prefix(2) == ["danvan.v1.QueryRequest", "danvan.v1.QueryRequest.Sort"])
    #expect(types.contains("danvan.v1.Evidence"))
    #expect(!types.contains("danvan.v1.StatusResponse"))
  }

  @Test func sourcesCarryTheirComments() throws {
    let schema = try Self.schema.get()
    let body = try #require(schema.source(of: "danvan.v1.Body"))
    #expect(body.hasPrefix("// Text as stored"))
    #expect(body.hasSuffix("}"))
    let fetch = try schema.method(named: "Fetch").source
    #expect(fetch.hasPrefix("// Waits until"))
    #expect(fetch.hasSuffix("returns (FetchResponse);"))
  }

  @Test func everyKindOfFieldIsRead() throws {
    let schema = try Schema(files: [
      (
        "all.proto",
        """
        syntax = "proto3";
        package a.b;
        import "other.proto";
        option java_package = "x { } ;";
        message M {
          reserved 4, 9 to 11;
          option deprecated = true;
          message Inner { sint64 s = 1; }
          oneof choice { Inner i = 1; .a.b.E e = 2 [deprecated = true]; }
          repeated fixed32 f = 3; /* packed */
          map<string, Inner> m = 5;
          optional double d = 6;
        }
        enum E { option allow_alias = true; ZERO = 0; LESS = -1; }
        service S { rpc Both (stream M) returns (stream M.Inner) { option idempotency_level = X; } }
        """
      )
    ])
    let fields = try #require(schema.messages["a.b.M"]).fields
    #expect(fields.map(\.name) == ["i", "e", "f", "m", "d"])
    #expect(fields[1].kind == .enumeration("a.b.E"))
    #expect(fields[3].isRepeated && fields[3].kind == .message("a.b.M.mEntry"))
    #expect(schema.enumerations["a.b.E"]?.values.map(\.number) == [0, -1])
    let method = try schema.method(named: "Both")
    #expect(method.takesStream && method.givesStream && method.output == "a.b.M.Inner")
    let json = try JSON(
      parsing: #"{"i":{"s":-3},"e":"LESS","f":[1,2],"m":{"j":{},"k":{"s":1}},"d":0.5}"#)
    let bytes = try schema.bytes(of: json, as: "a.b.M")
    #expect(try schema.json(of: bytes, as: "a.b.M") == json)
    // As entries a map is understood too.
    let entries = try JSON(parsing: #"{"m":[{"key":"k","value":{"s":1}}]}"#)
    #expect(
      try schema.json(of: schema.bytes(of: entries, as: "a.b.M"), as: "a.b.M").compact
        == #"{"m":{"k":{"s":1}}}"#)
    let packed: [UInt8] = [0x1A, 8, 1, 0, 0, 0, 2, 0, 0, 0]
    #expect(try schema.json(of: packed, as: "a.b.M").compact == #"{"f":[1,2]}"#)
  }

  @Test(arguments: [
    "message M {", "message M { int32 x }", "message M { int32 x = 0; }", "enum E { A = x; }",
    "message M { Nothing n = 1; }", "service S { rpc A (B) returns (C); }", "message M { \"",
    "/* no end", "message M { int32 x = 1; } service S { rpc A (M) returns M; }", "/",
    String(repeating: "message M {", count: 100),
  ])
  func whatIsNoDescriptionIsRefused(text: String) {
    #expect(throws: SchemaError.self) { try Schema(files: [("x.proto", text)]) }
  }

  @Test func aMessageIsWhatTheGeneratedCodeMakesOfIt() throws {
    let schema = try Self.schema.get()
    let message = Danvan_V1_WatchEvent.with {
      $0.kind = .synced
      $0.cursor = "dv1.0000000a.3"
      $0.articleID = -5
      $0.article.title = "Hội nghị \"dân vận\"\n"
      $0.article.textBytes = 4_000_000_000
      $0.article.text.encoding = .zlib
      $0.article.text.data = .init([0, 255, 7])
      $0.article.facts.mentions = [.with { $0.evidence.confidence = 0.25 }]
    }
    let bytes: [UInt8] = try message.serializedBytes()
    let json = try schema.json(of: bytes, as: "danvan.v1.WatchEvent")
    #expect(
      json.compact == #"{"kind":"SYNCED","cursor":"dv1.0000000a.3","article_id":-5,"#
        + #""article":{"title":"Hội nghị \"dân vận\"\n","text_bytes":4000000000,"#
        + #""text":{"encoding":"ZLIB","data":"AP8H"},"#
        + #""facts":{"mentions":[{"evidence":{"confidence":0.25}}]}}}"#)
    let back = try schema.bytes(of: try JSON(parsing: json.pretty), as: "danvan.v1.WatchEvent")
    #expect(try Danvan_V1_WatchEvent(serializedBytes: back) == message)
  }

  @Test(arguments: [
    (#"{"limit":-1}"#, "limit: it wants a value of type uint32"),
    (#"{"sort":"OLDEST"}"#, "sort: it wants one of NEWEST, RELEVANCE, TITLE"),
    (#"{"words":"x"}"#, "words: danvan.v1.QueryRequest has no such field"),
    (#"[]"#, "a danvan.v1.QueryRequest is an object"), (#"{"query":7}"#, "query: it wants a text"),
  ])
  func wrongJSONIsNamed(text: String, complaint: String) throws {
    let schema = try Self.schema.get()
    let error = #expect(throws: WrongJSON.self) {
      try schema.bytes(of: try JSON(parsing: text), as: "danvan.v1.QueryRequest")
    }
    #expect(error?.description == complaint)
  }

  @Test(arguments: [[0x0A], [0x0A, 5, 1], [0x0A, 1, 0xFF], [0x08, 0x01], [0x07], [0x10, 0x80]])
  func bytesThatAreNoMessageAreRefused(bytes: [UInt8]) throws {
    let schema = try Self.schema.get()
    #expect(throws: MalformedMessage.self) {
      try schema.json(of: bytes, as: "danvan.v1.QueryRequest")
    }
  }
}

struct JSONReaderTests {
  @Test(arguments: [
    ("null", "null"), (" [1, -2.5e1 ,true] ", "[1,-25.0,true]"), ("{}", "{}"),
    (#"{"a":{"b":[]},"c":"d"}"#, #"{"a":{"b":[]},"c":"d"}"#),
    (#""\u0111\ud83d\ude00\/\n""#, #""đ😀/\n""#), ("9223372036854775807", "9223372036854775807"),
    ("0", "0"), ("-0.5", "-0.5"),
  ])
  func readsValues(text: String, written: String) throws {
    #expect(try JSON(parsing: text).compact == written)
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\"}", "{a:1}", "tru", "01", "1 2", "\"", "\"\\x\"", "\"\\ud800\"",
    "\"\\u12",
    "+1", "[", "\"\u{1}\"", ".5", "-", String(repeating: "[", count: 10_000),
  ])
  func refusesWhatIsNone(text: String) {
    #expect(throws: JSONError.self) { try JSON(parsing: text) }
  }
}
