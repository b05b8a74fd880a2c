import CLibxml2
import DanvanModel

/// A parsed page; lenient as browsers are. Elements are valid as long as their tree is.
final class HTMLTree {
  private let document: htmlDocPtr

  /// Throws `invalidArgument` where the bytes are no page, or their encoding is not known.
  init(_ bytes: [UInt8]) throws {
    let isUTF8 = validUTF8Prefix(bytes) == bytes.count
    let options =
      HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
      | HTML_PARSE_NONET.rawValue | HTML_PARSE_NOBLANKS.rawValue
    // Bytes that are UTF-8 are read as such whatever the page declares; others as it declares.
    let parsed = bytes.withUnsafeBytes { buffer in
      htmlReadMemory(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: buffer.count), nil,
        isUTF8 ? "UTF-8" : nil, Int32(options))
    }
    guard let parsed else { throw DanvanError.invalid("not an HTML page") }
    document = parsed
    guard isUTF8 || parsed.pointee.encoding != nil else {
      throw DanvanError.invalid("the page is not UTF-8 and names no other encoding")
    }
  }

  deinit { xmlFreeDoc(document) }

  /// The root element; nil for a page without any.
  var root: HTMLElement? { xmlDocGetRootElement(document).map(HTMLElement.init) }
}

/// One element of an `HTMLTree`, which must outlive it.
struct HTMLElement {
  enum Child {
    case element(HTMLElement)
    case text(String)
  }
  fileprivate let node: xmlNodePtr
  fileprivate init(_ node: xmlNodePtr) { self.node = node }

  /// Lower case.
  var name: String { node.pointee.name.map { String(cString: $0) } ?? "" }

  /// What tells elements of one tree apart.
  var identity: UnsafeRawPointer { UnsafeRawPointer(node) }

  var parent: HTMLElement? {
    guard let parent = node.pointee.parent, parent.pointee.type == XML_ELEMENT_NODE else {
      return nil
    }
    return HTMLElement(parent)
  }

  var children: [Child] {
    var children: [Child] = []
    var next = node.pointee.children
    while let child = next {
      switch child.pointee.type {
      case XML_ELEMENT_NODE: children.append(.element(HTMLElement(child)))
      case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
        if let content = child.pointee.content { children.append(.text(String(cString: content))) }
      default: break
      }
      next = child.pointee.next
    }
    return children
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
