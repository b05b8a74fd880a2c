internal import DanvanStore

/// How the daemon runs: each key of danvand.toml, at its default until a file says otherwise.
///
/// danvand.conf(5) says what each key means; the bounds are in `ConfigurationKey.all`.
public struct Configuration: Sendable, Equatable {
  public var paths = Paths()
  public var socket = Socket()
  public var limits = Limits()
  public var search = Search()
  public var events = Events()
  public var drop = Drop()
  public var metrics = Metrics()
  public var stop = Stop()
  public var log = Logging()

  public init() {}

  /// An empty path stands for the default place of `Places`.
  public struct Paths: Sendable, Equatable {
    public var state = ""
    public var rules = ""
    public var overlay = ""
  }

  /// The daemon's own sockets; systemd's take their place when it passes some.
  public struct Socket: Sendable, Equatable {
    public var path = ""
    /// Permission bits.
    public var mode = 0o600
    /// Not empty: a second socket with all rights, beside which `path` may only read.
    public var adminPath = ""
    public var adminMode = 0o600
  }

  public struct Limits: Sendable, Equatable {
    public var connectionsPerUser = 1_024
    public var streamsPerConnection = 256
    /// Bytes of one frame or stored text once inflated.
    public var inflatedBytes = 16 << 20
    public var workers = 4
  }

  public struct Search: Sendable, Equatable {
    /// Of a query that names no limit, in hits.
    public var limit = 20
    /// Of a query that names no deadline.
    public var timeoutSeconds = 10
  }

  public struct Events: Sendable, Equatable {
    /// Of a fetch that names no limit, and of one read of a watch.
    public var batch = 100
    public var fetchWaitSeconds = 300
    public var progressSeconds = 15
    /// The newest so many events are kept; 0: all.
    public var keepEvents = 0
    /// Events of the last so many days are kept; 0: all.
    public var keepDays = 0
    /// How often old events are removed.
    public var compactSeconds = 60
  }

  var retention: EventRetention {
    EventRetention(
      count: events.keepEvents > 0 ? events.keepEvents : nil,
      age: events.keepDays > 0 ? Int64(events.keepDays) * 86_400_000_000_000 : nil)
  }

  public struct Drop: Sendable, Equatable {
    /// Folders whose files are taken in.
    public var folders: [String] = []
  }

  public struct Metrics: Sendable, Equatable {
    /// Where a file of metrics is kept; empty: nowhere.
    public var textfile = ""
    public var textfileSeconds = 15
  }

  public struct Stop: Sendable, Equatable {
    public var drainSeconds = 5
  }

  public struct Logging: Sendable, Equatable {
    public var level = Log.Level.info
  }
}
