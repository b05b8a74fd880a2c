import CLibxml2
import DanvanModel

/// A parsed page or feed. Elements are valid as long as their tree is.
final class MarkupTree {
  private let document: xmlDocPtr
  /// Whether it is nested deeper than the parser follows, which then stops.
  let isCut: Bool
  /// libxml2 sets itself up at its first use, and two threads that come to it at once hang for ever.
  private static let setUp: Void = xmlInitParser()

  /// Parses a page, lenient as browsers are. Throws `invalidArgument` where the text is no page, and
  /// `resourceExhausted` where it is built to cost more than any page does.
  init(html text: String) throws {
    let parsed = try Self.parse(text, in: htmlNewParserCtxt, free: htmlFreeParserCtxt) {
      htmlCtxtReadMemory(
        $0, $1, $2, nil, "UTF-8",
        Int32(
          HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue | HTML_PARSE_NOBLANKS.rawValue))
    }
    guard let parsed else { throw DanvanError.invalid("not an HTML page") }
    (document, isCut) = parsed
  }

  /// Parses XML, going on after faults. A document type with declarations is refused: what it
  /// declares could be of any size once expanded. Throws as for a page.
  init(xml text: String) throws {
    if text.contains("<!DOCTYPE") {
      throw DanvanError.invalid("a document type in a feed: its declarations are not read")
    }
    let parsed = try Self.parse(text, in: xmlNewParserCtxt, free: xmlFreeParserCtxt) {
      xmlCtxtReadMemory(
        $0, $1, $2, nil, "UTF-8",
        Int32(
          XML_PARSE_RECOVER.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_NONET.rawValue))
    }
    guard let parsed else { throw DanvanError.invalid("not XML") }
    (document, isCut) = parsed
  }

  private static func parse(
    _ text: String, in newContext: () -> xmlParserCtxtPtr?, free: (xmlParserCtxtPtr?) -> Void,
    _ read: (xmlParserCtxtPtr, UnsafePointer<CChar>?, Int32) -> xmlDocPtr?
  ) throws -> (xmlDocPtr, isCut: Bool)? {
    Self.setUp
    guard let context = newContext() else {
      throw DanvanError(.resourceExhausted, "no memory to parse")
    }
    defer { free(context) }
    var text = text
    return try text.withUTF8 { buffer in
      try MarkupBounds.check(buffer)
      let start = UnsafeRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
      guard let document = read(context, start, Int32(clamping: buffer.count)) else { return nil }
      // Of what may go wrong, only depth makes a parser stop that is told to go on after faults.
      return (document, context.pointee.disableSAX != 0)
    }
  }

  deinit { xmlFreeDoc(document) }

  /// The root element; nil for a document without any.
  var root: MarkupElement? { xmlDocGetRootElement(document).map(MarkupElement.init) }
}

/// One element of a `MarkupTree`, which must outlive it.
struct MarkupElement {
  enum Child {
    case element(MarkupElement)
    case text(String)
  }
  fileprivate let node: xmlNodePtr
  fileprivate init(_ node: xmlNodePtr) { self.node = node }

  /// Of a page in lower case; of XML with its prefix.
  var name: String {
    let name = node.pointee.name.map { String(cString: $0) } ?? ""
    guard let prefix = node.pointee.ns?.pointee.prefix else { return name }
    return String(cString: prefix) + ":" + name
  }

  var children: [Child] {
    var children: [Child] = []
    var next = node.pointee.children
    while let child = next {
      switch child.pointee.type {
      case XML_ELEMENT_NODE: children.append(.element(MarkupElement(child)))
      case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
        if let content = child.pointee.content { children.append(.text(String(cString: content))) }
      default: break
      }
      next = child.pointee.next
    }
    return children
  }

  var elements: [MarkupElement] {
    children.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  /// An attribute's value, trimmed; nil where it is absent or blank.
  func attribute(_ name: String) -> String? {
    guard let value = xmlGetNoNsProp(node, name) else { return nil }
    defer { danvan_xml_free(value) }
    let text = String(cString: value).trimmed
    return text.isEmpty ? nil : text
  }

  /// All text below, as it is.
  var text: String {
    guard let content = xmlNodeGetContent(node) else { return "" }
    defer { danvan_xml_free(content) }
    return String(cString: content)
  }
}
