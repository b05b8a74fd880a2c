import Testing

@testable import dvctl

struct JSONTests {
  @Test(
    arguments: [
      (JSON.null, "null"), (true, "true"), (-7, "-7"), (.real(0.5), "0.5"), (.real(.nan), "null"),
      ("Huế \"\\\n\r\t\u{1}\u{7F}/", #""Huế \"\\\n\r\t\u0001\u007f/""#), ([], "[]"), ([:], "{}"),
      ([1, "a", [2]], #"[1,"a",[2]]"#), (["b": 1, "a": ["c": nil]], #"{"b":1,"a":{"c":null}}"#),
    ] as [(JSON, String)])
  func writesOnOneLine(_ value: JSON, _ text: String) {
    #expect(value.compact == text)
  }

  @Test func indentsForPeople() {
    let value: JSON = ["name": "a", "plain": [1, 2], "rows": [["x": 1], [:]], "none": []]
    #expect(
      value.pretty == """
        {
          "name": "a",
          "plain": [1,2],
          "rows": [
            {
              "x": 1
            },
            {}
          ],
          "none": []
        }
        """)
  }

  @Test func leavesOutMembersWithoutValue() {
    let value = JSON.object(["a": nil, "b": 1]).adding(.object(["c": "x"]))
    #expect(value.compact == #"{"b":1,"c":"x"}"#)
  }

  @Test func keepsTheBytesOfDecomposedText() {
    #expect(Array(JSON.string("e\u{302}\u{301}").compact.utf8) == Array("\"e\u{302}\u{301}\"".utf8))
  }
}

extension JSON: ExpressibleByNilLiteral {
  init(nilLiteral: ()) { self = .null }
}
