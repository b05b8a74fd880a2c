import DanvanModel

/// What a page says of itself in its head, its structured data and its first heading.
struct PageMetadata {
  private(set) var title: String?
  private(set) var url: String?
  private(set) var publisher: String?
  private(set) var published: PartialDate?

  init(_ root: HTMLElement) {
    var found = Found()
    found.walk(root, depth: 0)
    title = found.first("og:title", "headline", "h1", "title")?.squeezed
    url = found.first("og:url", "canonical")
    publisher = found.first("og:site_name", "publisher", "application-name")?.squeezed
    published = found.dates("article:published_time", "datepublished", "pubdate", "time")
  }

  /// Names (in lower case) and values, in the order of the page.
  private struct Found {
    private var values: [String: [String]] = [:]

    func first(_ names: String...) -> String? {
      for name in names {
        if let value = values[name]?.first(where: { !$0.isBlank }) { return value.trimmed }
      }
      return nil
    }

    func dates(_ names: String...) -> PartialDate? {
      names.lazy.compactMap { values[$0]?.lazy.compactMap(publicationDate).first }.first
    }

    private mutating func add(_ name: String?, _ value: String?) {
      guard let name, let value else { return }
      values[name.lowercased(), default: []].append(value)
    }

    mutating func walk(_ element: HTMLElement, depth: Int) {
      switch element.name {
      case "meta":
        let content = element.attribute("content")
        for name in ["property", "name", "itemprop"] { add(element.attribute(name), content) }
      case "link" where element.attribute("rel")?.lowercased() == "canonical":
        add("canonical", element.attribute("href"))
      case "title", "h1": add(element.name, element.text.squeezed)
      case "time":
        add("time", element.attribute("datetime"))
        add(element.attribute("itemprop"), element.attribute("datetime"))
      case "script" where element.attribute("type")?.lowercased() == "application/ld+json":
        addStructured(element.text)
        return
      case "script", "style", "svg": return
      default: break
      }
      guard depth < 300 else { return }
      for case .element(let child) in element.children { walk(child, depth: depth + 1) }
    }

    /// The strings at the top of a JSON-LD object; a list or graph of objects says nothing here.
    private mutating func addStructured(_ json: String) {
      guard let object = try? JSONObject(Array(json.utf8)) else { return }
      for name in ["headline", "datePublished", "publisher"] { add(name, object.first(name)) }
    }
  }
}
