/// A first-in-first-out queue.
struct Fifo<Element> {
  private var elements: [Element?] = []
  private var head = 0

  var isEmpty: Bool { head == elements.count }

  mutating func add(_ element: Element) { elements.append(element) }

  mutating func take() -> Element? {
    guard head < elements.count else { return nil }
    // What it held is let go of at once.
    let element = elements[head].take()
    head += 1
    if head == elements.count {
      elements.removeAll(keepingCapacity: head < 1_024)
      head = 0
    } else if head >= 1_024, head * 2 > elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return element
  }
}
