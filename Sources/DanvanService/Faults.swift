// Only in a debug build, and there only with $DANVAN_FAULT: the program misbehaves as that says, to show
// that Tests/Torture notices. A release build, which is what is installed, has none of this.
#if DEBUG
  internal import DanvanModel
  internal import DanvanStore
  internal import Glibc
  internal import Synchronization

  public enum Fault: String, Sendable {
    /// Some events are never sent.
    case lost
    /// Some events are sent twice.
    case repeated
    /// Events are sent before their commit.
    case early

    public static let present = getenv("DANVAN_FAULT").flatMap {
      Fault(rawValue: String(cString: $0))
    }
  }

  extension Fault {
    /// The events as the fault sends them.
    public static func applied<Event>(to events: [Event], _ sequence: (Event) -> Int64) -> [Event] {
      switch present {
      case .lost: events.filter { sequence($0) % 29 != 0 }
      case .repeated: events.flatMap { sequence($0) % 29 == 0 ? [$0, $0] : [$0] }
      case .early, nil: events
      }
    }

    /// What is told before it is committed.
    static let announced = Mutex<[WatchedEvent]>([])
  }

  extension Desk {
    /// Wakes watchers with the events that these articles will have, and takes its time to commit.
    func announceEarly(_ count: Int) throws {
      guard Fault.present == .early, count > 0 else { return }
      let (head, last) = try store.read {
        (try $0.headSequence(), try $0.matching(.everything).first?.value ?? 0)
      }
      let events = (1...Int64(count)).map { number in
        WatchedEvent(
          event: StoreEvent(
            sequence: head + number, kind: .added, article: ArticleID(last + number),
            time: Store.now(), commit: head + 1),
          cursor: store.cursor(head + number), article: nil, continues: number < count)
      }
      Fault.announced.withLock { $0 = events }
      watchers.wake(upTo: watchers.head)
      usleep(30_000)
      Fault.announced.withLock { $0 = [] }
    }

    /// What was announced, for a watcher without a filter that has seen all before it.
    func announced(after origin: EventOrigin, _ query: String) -> EventBatch? {
      let events = Fault.announced.withLock { $0 }
      guard query.isEmpty, case .after(let cursor) = origin, let first = events.first,
        let last = events.last, first.cursor.sequence == cursor.sequence + 1
      else { return nil }
      return EventBatch(
        events: events, next: last.cursor, head: last.cursor, oldest: store.cursor(0))
    }
  }
#endif
