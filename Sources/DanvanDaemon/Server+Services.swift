internal import DanvanRPC
internal import DanvanService

extension Server {
  /// The server of all services, listening on `sockets`; `run` starts it.
  ///
  /// `started` is what `OwnProcess.monotonicNow` was when the process began.
  convenience init(
    serving desk: Desk, _ configuration: Configuration, _ sockets: [ListeningSocket],
    stateDirectory: String, started: UInt64, farewell: Farewell = Farewell(),
    reloads: ReloadReport = ReloadReport(), drops: DropReports = DropReports([]),
    shown: SettingsInUse = SettingsInUse(), log: Log
  ) throws {
    let bounds = try LogBounds(desk)
    let figures = ServerFigures()
    let meter = CallMeter()
    var router = Router(meter: meter)
    let metrics = Metrics(
      desk: desk, figures: figures, meter: meter, log: log,
      started: Double(Timestamp.now.nanoseconds) / 1e9)
    ConnectionHandlers(
      bounds: bounds, maxInflated: configuration.limits.inflatedBytes, log: log
    ).register(in: &router)
    CorpusHandlers(desk: desk, store: bounds.store, log: log).register(in: &router)
    StoryHandlers(desk: desk, log: log).register(in: &router)
    RevisionHandlers(desk: desk, log: log).register(in: &router)
    FactsHandlers(desk: desk, log: log).register(in: &router)
    SearchHandlers(desk: desk, settings: configuration.search, log: log).register(in: &router)
    EntitiesHandlers(desk: desk, log: log).register(in: &router)
    CorrectionsHandlers(desk: desk, log: log).register(in: &router)
    DirectivesHandlers(desk: desk, log: log).register(in: &router)
    ReportsHandlers(desk: desk, log: log).register(in: &router)
    let marks = try Alarms()
    let polls = try Alarms()
    let keeper = RetentionKeeper(
      desk: desk, bounds: bounds, thread: polls,
      interval: .seconds(configuration.events.compactSeconds), log: log)
    ExchangeHandlers(desk: desk, alarms: marks, log: log).register(in: &router)
    EventsHandlers(
      desk: desk, bounds: bounds, settings: configuration.events, polls: polls,
      marks: marks, farewell: farewell, keeper: keeper, log: log
    ).register(in: &router)
    SubscriptionsHandlers(desk: desk, bounds: bounds, log: log).register(in: &router)
    AdminHandlers(
      desk: desk, bounds: bounds, stateDirectory: stateDirectory, sockets: sockets.places,
      started: started, figures: figures, reloads: reloads,
      drops: drops, log: log
    ).register(in: &router)
    RebuildHandlers(desk: desk, log: log).register(in: &router)
    CareHandlers(desk: desk, log: log).register(in: &router)
    OperationHandlers(metrics: metrics, settings: shown, log: log).register(in: &router)
    let services = Set(router.methods.map(\.service))
    HealthHandlers(desk: desk, services: services, alarms: marks, log: log).register(in: &router)

    try self.init(router: router, options: ServerOptions(configuration)) { log.write($0) }
    figures.show(self)
    for socket in sockets { listen(socket) }
    keeper.start()
    let textfile = configuration.metrics
    if !textfile.textfile.isEmpty {
      MetricsFile(
        textfile.textfile, interval: .seconds(textfile.textfileSeconds), metrics, thread: polls,
        log: log
      ).start()
    }
  }
}
