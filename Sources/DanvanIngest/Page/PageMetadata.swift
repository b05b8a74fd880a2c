import DanvanModel

/// What a page says of itself: in its structured data, its head and its marked-up parts.
struct PageMetadata {
  private(set) var title: Stated<String>?
  private(set) var url: Stated<String>?
  private(set) var publisher: Stated<String>?
  private(set) var author: Stated<String>?
  private(set) var published: Stated<PartialDate>?
  /// The `title` element, which many pages fill with a file name or the site's name.
  private(set) var pageTitle: Stated<String>?
  /// Whether the page says that it is an article, not only a page.
  private(set) var isArticle = false

  init(_ root: MarkupElement) {
    var found = Found()
    found.walk(root, depth: 0)
    title = found.first(["json-ld:headline", "og:title", "itemprop:headline", "twitter:title"])
    url = found.first(["link:canonical", "og:url", "json-ld:url", "itemprop:url"])
    publisher = found.first([
      "json-ld:publisher", "og:site_name", "meta:publisher", "itemprop:publisher",
      "meta:application-name",
    ])
    author = found.first(
      ["json-ld:author", "article:author", "meta:author", "itemprop:author", "rel:author"],
      where: { !$0.contains("://") })
    published = found.date([
      "json-ld:datepublished", "article:published_time", "itemprop:datepublished",
      "meta:datepublished", "meta:pubdate", "meta:date", "meta:dc.date", "meta:dc.date.issued",
      "time:datetime",
    ])
    pageTitle = found.first(["title"])
    isArticle =
      ["json-ld:headline", "article:published_time", "itemprop:headline"]
      .contains { found.first([$0]) != nil } || found.first(["og:type"])?.value == "article"
  }

  /// Values by where they were found, in the order of the page.
  private struct Found {
    private var values: [String: [String]] = [:]

    func first(
      _ origins: [String], where isGood: (String) -> Bool = { _ in true }
    ) -> Stated<String>? {
      for origin in origins {
        if let value = values[origin]?.first(where: { !$0.isBlank && isGood($0) }) {
          return Stated(value.squeezed, origin)
        }
      }
      return nil
    }

    func date(_ origins: [String]) -> Stated<PartialDate>? {
      for origin in origins {
        if let day = values[origin]?.lazy.compactMap({ publicationDate($0) }).first {
          return Stated(value: day, origin: origin)
        }
      }
      return nil
    }

    private mutating func add(_ origin: String, _ value: String?) {
      guard let value else { return }
      values[origin, default: []].append(value)
    }

    mutating func walk(_ element: MarkupElement, depth: Int) {
      let itemprop = element.attribute("itemprop")?.lowercased()
      switch element.name {
      case "meta":
        let content = element.attribute("content")
        if let property = element.attribute("property")?.lowercased() { add(property, content) }
        if let name = element.attribute("name")?.lowercased() {
          add(name.contains(":") ? name : "meta:" + name, content)
        }
        if let itemprop { add("itemprop:" + itemprop, content) }
        return
      case "link":
        let relations = element.attribute("rel")?.lowercased().split(separator: " ") ?? []
        if relations.contains("canonical") { add("link:canonical", element.attribute("href")) }
        if let itemprop { add("itemprop:" + itemprop, element.attribute("href")) }
        return
      case "title": add("title", element.text)
      case "time":
        add("time:datetime", element.attribute("datetime"))
        if let itemprop {
          add("itemprop:" + itemprop, element.attribute("datetime") ?? element.text)
        }
      case "script" where element.attribute("type")?.lowercased() == "application/ld+json":
        if let json = try? JSONValue(Array(element.text.utf8)) { addStructured(json, depth: 0) }
        return
      case "script", "style", "svg": return
      default:
        if let itemprop, ["headline", "author", "publisher", "datepublished"].contains(itemprop) {
          add("itemprop:" + itemprop, element.attribute("content") ?? Self.name(in: element))
        }
        if element.name == "a", element.attribute("rel")?.lowercased() == "author" {
          add("rel:author", element.text)
        }
      }
      guard depth < 300 else { return }
      for child in element.elements { walk(child, depth: depth + 1) }
    }

    /// The `name` of an item within an item, else its text.
    private static func name(in element: MarkupElement) -> String {
      let named = element.elements.first { $0.attribute("itemprop") == "name" }
      return named?.attribute("content") ?? (named ?? element).text
    }

    /// Articles in JSON-LD, alone, in a list or in a `@graph`.
    private mutating func addStructured(_ json: JSONValue, depth: Int) {
      guard depth < 4 else { return }
      if case .list(let items) = json {
        for item in items { addStructured(item, depth: depth + 1) }
        return
      }
      if let graph = json[path: "@graph"] { addStructured(graph, depth: depth + 1) }
      guard
        Self.types(of: json).contains(where: { $0.hasSuffix("Article") || $0.hasSuffix("Posting") })
      else { return }
      add("json-ld:headline", (json[path: "headline"] ?? json[path: "name"])?.string)
      add("json-ld:datepublished", json[path: "datePublished"]?.string)
      add("json-ld:url", json[path: "url"]?.string ?? json[path: "mainEntityOfPage"]?.nameOrID)
      add("json-ld:publisher", json[path: "publisher"]?.nameOrID)
      add("json-ld:author", json[path: "author"]?.nameOrID)
    }

    private static func types(of json: JSONValue) -> [String] {
      switch json[path: "@type"] {
      case .string(let type): [type]
      case .list(let types): types.compactMap(\.string)
      default: []
      }
    }
  }
}

extension JSONValue {
  /// A thing that JSON-LD gives as its name, as an object with a name, or as a list of such.
  fileprivate var nameOrID: String? {
    switch self {
    case .string(let name): name
    case .object: (self[path: "name"] ?? self[path: "@id"])?.string
    case .list(let items): items.compactMap(\.nameOrID).joined(separator: ", ")
    default: nil
    }
  }
}
