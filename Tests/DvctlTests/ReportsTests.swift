import DanvanMessages
import SwiftProtobuf
import Testing

@testable import dvctl

struct ReportsTests {
  private static let text = "Chiều 26-3, Trưởng ban Lê Văn Thử chủ trì hội nghị."

  /// Facts of `text` with byte offsets, as the daemon sends them.
  private static var facts: Danvan_V1_ArticleFacts {
    func mention(_ type: String, _ words: String) -> Danvan_V1_Mention {
      var mention = Danvan_V1_Mention()
      let range = text.range(of: words)
      mention.type = type
      mention.text = words
      mention.start = UInt32(text.utf8.distance(from: text.startIndex, to: range.lowerBound))
      mention.end = UInt32(text.utf8.distance(from: text.startIndex, to: range.upperBound))
      mention.evidence.rule = "a.rule"
      mention.evidence.confidence = 0.5
      return mention
    }
    var time = mention("TIME", "Chiều 26-3")
    time.value = "2021-03-26TAF"
    var person = mention("PERSON", "Lê Văn Thử")
    person.name = "Lê Văn Thử"
    var title = mention("TITLE", "Trưởng ban")
    title.holder = "Lê Văn Thử"
    var facts = Danvan_V1_ArticleFacts()
    facts.mentions = [time, title, person]
    facts.date = "2021-03-26"
    facts.ruleSet = "1"
    return facts
  }

  @Test func analysisIsTheObjectThatIsScored() {
    var answer = Danvan_V1_AnalyzeResponse()
    answer.text = Self.text
    answer.facts = Self.facts
    #expect(
      AnalysisReport(answer: answer).json.compact == """
        {"text":"\(Self.text)","document":{"date":"2021-03-26","source":null},"mentions":[\
        {"type":"TIME","start":0,"end":10,"text":"Chiều 26-3","value":"2021-03-26TAF",\
        "byte_start":0,"byte_end":12,"rule":"a.rule","confidence":0.5},\
        {"type":"TITLE","start":12,"end":22,"text":"Trưởng ban","holder":"Lê Văn Thử",\
        "byte_start":14,"byte_end":27,"rule":"a.rule","confidence":0.5},\
        {"type":"PERSON","start":23,"end":33,"text":"Lê Văn Thử","name":"Lê Văn Thử",\
        "byte_start":28,"byte_end":42,"rule":"a.rule","confidence":0.5}],\
        "events":[],"statements":[],"directives":[],"instruments":[],"campaigns":[],"topics":[],\
        "key_phrases":[],"positions":[],"rule_set":"1"}
        """)
  }

  @Test func showsFactsBelowTheText() {
    var answer = Danvan_V1_AnalyzeResponse()
    answer.text = Self.text
    answer.facts = Self.facts
    #expect(
      AnalysisReport(answer: answer).lines(Style(hasColor: false, width: 40)) == [
        "Chiều 26-3, Trưởng ban Lê Văn Thử chủ", "trì hội nghị.", "", "Document",
        "  date    2021-03-26", "", "Persons", "  Lê Văn Thử: Trưởng ban", "", "Times",
        "  Chiều 26-3 = 2021-03-26TAF",
      ])
  }

  @Test func paintsFactsByKind() {
    let line = PaintedText.lines(of: Self.text, Style(hasColor: true, width: 100)) {
      FactPaint(Self.facts, length: Self.text.utf8.count)[$0]
    }
    #expect(line.count == 1)
    #expect(line[0].hasPrefix("\u{1B}[34mChiều 26-3\u{1B}[0m, \u{1B}[33mTrưởng ban\u{1B}[0m "))
  }

  @Test func offsetsBeyondTheTextAreItsEnd() {
    var facts = Danvan_V1_ArticleFacts()
    var mention = Danvan_V1_Mention()
    (mention.type, mention.start, mention.end) = ("PERSON", 900, 800)
    facts.mentions = [mention]
    _ = FactPaint(facts, length: 10)[9]
    #expect(FactsJSON(facts, text: "abc").members.compact.contains(#""start":3,"end":3"#))
  }

  private static var answer: Danvan_V1_QueryResponse {
    var hit = Danvan_V1_Hit()
    hit.article.id = 7
    hit.article.title = "Đổi mới công tác dân vận"
    hit.article.date = "2021-03-26"
    hit.article.publisher = "Báo Thử"
    hit.snippet = "… công tác dân vận …"
    hit.highlights = [15, 25]
    var answer = Danvan_V1_QueryResponse()
    answer.hits = [hit]
    answer.total = 1200
    answer.next = "n1"
    return answer
  }

  @Test func listsHitsWithTheirSnippet() {
    let report = QueryReport(answer: Self.answer)
    #expect(
      report.lines(Style(hasColor: false, width: 60)) == [
        "ID  DATE        SOURCE   TITLE", " 7  2021-03-26  Báo Thử  Đổi mới công tác dân vận",
        "    … công tác dân vận …",
      ])
    #expect(
      report.lines(Style(hasColor: true, width: 60))[2].contains("\u{1B}[1;33mdân vận\u{1B}[0m"))
    #expect(Query.closing(Self.answer).english == "1 of 1,200 articles; more with --after n1")
    #expect(report.rows[0].compact.contains(#""highlights":[11,18]"#))
  }

  @Test func anEmptyResultIsNoLineAndAWholeObject() {
    let report = QueryReport(answer: Danvan_V1_QueryResponse())
    #expect(report.lines(Style(hasColor: false, width: 60)).isEmpty)
    #expect(report.json.compact == #"{"total":0,"hits":[]}"#)
    #expect(report.rows.isEmpty)
  }

  @Test func eventsAreALineEach() {
    var event = Danvan_V1_WatchEvent()
    event.kind = .removed
    event.cursor = "dv1.00000001.5"
    event.time = "2026-11-22T04:00:00Z"
    event.articleID = 3
    let report = WatchReport(event: event)
    #expect(
      report.lines(Style(hasColor: false, width: nil)) == ["2026-11-22T04:00:00  removed  #3"])
    #expect(
      report.json.compact
        == #"{"event":"removed","cursor":"dv1.00000001.5","time":"2026-11-22T04:00:00Z","id":3}"#)
  }

  @Test func framesAreALineEach() {
    var request = Danvan_V1_TraceFrame()
    (request.connection, request.timeNano, request.fromClient) = (65_540, 1_000_250_999, true)
    (request.stream, request.type, request.flags, request.length) = (5, 1, 1, 60)
    (request.method, request.payloadBytes, request.timeoutNano) = ("a.B/C", 1_200, 2_000_000_000)
    request.metadata = ["x", "y\u{1B}"]
    var refusal = Danvan_V1_TraceFrame()
    (refusal.connection, refusal.stream, refusal.type) = (65_540, 5, 2)
    (refusal.code, refusal.message, refusal.missed) = (5, "nothing", 3)
    var credit = Danvan_V1_TraceFrame()
    (credit.connection, credit.fromClient, credit.type, credit.credit) = (65_540, true, 0x82, 4_096)
    let style = Style(hasColor: false, width: nil)
    #expect(
      [request, refusal, credit].flatMap { TraceReport(frame: $0).lines(style) } == [
        "    1.000250 65540 →      5 Request  a.B/C 1,200 bytes, within 2 s, metadata x y , [closed]",
        "    0.000000 65540 ←      5 Response error 5: nothing",
        "    0.000000 65540 →      0 Credit   4,096 bytes more",
      ])
    #expect(TraceReport(frame: refusal).json.compact.contains(#""missed":3"#))
  }

  @Test func connectionsSayWhatTheyWaitFor() {
    func call(_ method: String) -> Danvan_V1_ConnectionState.Call {
      .with { $0.method = method }
    }
    let calls = [
      "danvan.v1.Events/Watch", "danvan.v1.Search/Query", "danvan.v1.Events/Watch",
    ].map(call)
    #expect(ConnectionsReport.summary(calls) == "Events/Watch ×2, Search/Query")
    #expect(ConnectionsReport.summary([]).isEmpty)
  }
}

extension String {
  /// The first place of the words; the whole string's end where there is none.
  fileprivate func range(of words: String) -> Range<String.Index> {
    firstRange(of: words) ?? endIndex..<endIndex
  }
}
