import DanvanModel
import Testing

@Suite struct HexadecimalTests {
  @Test func comesBack() {
    let bytes = [UInt8](0...255)
    let text = bytes.hexadecimal
    #expect(text.utf8.count == 512 && text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
    #expect([UInt8](hexadecimal: text) == bytes)
    #expect([UInt8](hexadecimal: text.uppercased()) == bytes)
    #expect([UInt8](hexadecimal: "") == [])
  }

  @Test(arguments: ["0", "0g", "00 1", "é0", "１２", "0x"]) func anythingElseIsRefused(text: String) {
    #expect([UInt8](hexadecimal: text) == nil)
  }
}
