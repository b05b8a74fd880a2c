internal import DanvanExtract
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import Glibc

/// The daemon: the one place where all parts meet.
public enum Daemon {
  /// Runs danvand with the words after the program's name, until it is told to stop. Returns the
  /// exit status; messages go to standard error.
  public static func run(_ words: [String], environment: [String: String]) -> Int32 {
    let stampsTime = environment["JOURNAL_STREAM"] == nil
    do throws(StartFailure) {
      return try start(words, environment, stampsTime).rawValue
    } catch {
      if error.status == .usage {
        Log.toStandardError(Array("danvand: \(error.message)\n\(Arguments.usage)\n".utf8))
      } else {
        let log = Log(level: .error, stampsTime: stampsTime)
        if let cause = error.cause {
          log.error(error.message, ["status": error.status.rawValue, "cause": cause])
        } else {
          log.error(error.message, ["status": error.status.rawValue])
        }
      }
      return error.status.rawValue
    }
  }

  private static func start(_ words: [String], _ environment: [String: String], _ stampsTime: Bool)
    throws(StartFailure) -> ExitStatus
  {
    let started = OwnProcess.monotonicNow
    let arguments = try StartFailure.catching(.usage) { try Arguments(words) }
    switch arguments.action {
    case .version:
      print("danvand \(Release.version), protocol \(Release.protocol)")
      return .stopped
    case .help:
      print(Arguments.usage)
      return .stopped
    case .run, .checkConfiguration: break
    }
    let settings = try StartFailure.catching(.configuration) {
      try Settings(arguments, environment: environment)
    }
    let log = Log(level: settings.configuration.log.level, stampsTime: stampsTime)
    let rules = try StartFailure.catching(.configuration) {
      try RuleSet(directory: settings.rules)
    }
    if arguments.action == .checkConfiguration {
      log.notice(
        "configuration is good", ["rules": rules.version, "file": settings.file ?? "none"])
      return .stopped
    }

    StopSignals.block()
    umask(0o077)
    OwnProcess.raiseFileLimit()
    let manager = ServiceManager(environment: environment)
    manager.status("Opening the store")
    let desk = try StartFailure.catching {
      try OwnProcess.demandWritable(settings.state)
      return try Desk(stateDirectory: settings.state, rules: rules)
    }
    defer { desk.close() }
    let sockets = try SocketSet(settings, environment)
    let server = try assemble(desk, rules, settings, sockets, started, log)
    try StartFailure.catching {
      try StopSignals.onArrival { signal in
        log.notice("stopping", ["signal": signal])
        manager.stopping()
        server.shutdown()
      }
    }
    let status = try StartFailure.catching { try desk.status() }
    log.notice(
      "ready",
      [
        "version": Release.version, "store": status.store, "articles": status.articles,
        "rules": rules.version, "state": settings.state,
        "sockets": sockets.list.map(\.path).joined(separator: " "),
        "start_ms": (OwnProcess.monotonicNow - started) / 1_000_000,
      ])
    manager.ready(status: "\(status.articles) articles")
    try StartFailure.catching { try server.run() }
    log.notice("stopped")
    return .stopped
  }

  /// Makes the server of all services on the sockets.
  private static func assemble(
    _ desk: Desk, _ rules: RuleSet, _ settings: Settings, _ sockets: SocketSet,
    _ started: UInt64, _ log: Log
  ) throws(StartFailure) -> Server {
    try StartFailure.catching {
      let configuration = settings.configuration
      let bounds = try LogBounds(desk)
      let figures = ServerFigures()
      var router = Router()
      ConnectionHandlers(
        bounds: bounds, maxInflated: configuration.limits.inflatedBytes, log: log
      ).register(in: &router)
      CorpusHandlers(desk: desk, store: bounds.store, log: log).register(in: &router)
      FactsHandlers(desk: desk, rules: rules, log: log).register(in: &router)
      SearchHandlers(desk: desk, settings: configuration.search, log: log).register(in: &router)
      EventsHandlers(
        desk: desk, bounds: bounds, settings: configuration.events, polls: try Alarms(),
        marks: try Alarms(), log: log
      ).register(in: &router)
      AdminHandlers(
        desk: desk, stateDirectory: settings.state, sockets: sockets.list.map(\.path),
        started: started, figures: figures, log: log
      ).register(in: &router)
      let services = Set(router.methods.map(\.service))
      HealthHandlers(services: services, log: log).register(in: &router)

      let server = try Server(router: router, options: ServerOptions(configuration)) { record in
        log.write(record)
      }
      figures.show(server)
      for socket in sockets.list { server.listen(socket) }
      return server
    }
  }
}
