internal import DanvanExtract
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import Glibc

/// The daemon: the one place where all parts meet.
public enum Daemon {
  /// Runs danvand as this process, with its arguments and environment.
  public static func main() -> Never {
    var environment: [String: String] = [:]
    var entry = environ
    while let variable = entry.pointee {
      let parts = String(cString: variable).split(separator: "=", maxSplits: 1)
      if parts.count == 2 { environment[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    exit(run(Array(CommandLine.arguments.dropFirst()), environment: environment))
  }

  /// Runs danvand with the words after the program's name, until it is told to stop. Returns the
  /// exit status; messages go to standard error.
  public static func run(_ words: [String], environment: [String: String]) -> Int32 {
    do throws(StartFailure) {
      return try start(words, environment).rawValue
    } catch {
      tell(error, words, environment)
      // While clients wait at its sockets systemd starts the daemon again and again, without a pause.
      if error.status.isFinal {
        for socket in (try? ListeningSocket.inherited()) ?? [] { socket.turnAwayWaiting() }
      }
      return error.status.rawValue
    }
  }

  private static func tell(
    _ failure: StartFailure, _ words: [String], _ environment: [String: String]
  ) {
    if failure.status == .usage {
      let talk = CallerTalk(environment: environment)
      talk.say("\(talk.text(failure.message))\n\(talk.text(Arguments.usage))")
    } else if CallerTalk.hasReader(words, environment: environment) {
      let talk = CallerTalk(environment: environment)
      talk.say(failure.message, cause: failure.cause)
    } else if let cause = failure.cause {
      Log(level: .error, environment: environment)
        .error(failure.message, ["status": failure.status.rawValue, "cause": cause])
    } else {
      Log(level: .error, environment: environment)
        .error(failure.message, ["status": failure.status.rawValue])
    }
  }

  private static func start(_ words: [String], _ environment: [String: String])
    throws(StartFailure) -> ExitStatus
  {
    let started = OwnProcess.monotonicNow
    let arguments = try StartFailure.catching(.usage) { try Arguments(words) }
    switch arguments.action {
    case .version:
      print("danvand \(Release.description)")
      return .stopped
    case .help:
      print(CallerTalk(environment: environment).text(Arguments.usage))
      return .stopped
    case .run, .checkConfiguration: break
    }
    let settings = try StartFailure.catching(.configuration) {
      try Settings(arguments, environment: environment)
    }
    let log = Log(level: settings.configuration.log.level, environment: environment)
    let heap = StartMemory.heapInUse
    let rules = try StartFailure.catching(.configuration) {
      try RuleSet(directory: settings.rules, overlay: settings.overlay)
    }
    if arguments.action == .checkConfiguration {
      try StartFailure.catching(.configuration) { try settings.demandUsablePlaces() }
      let extractor = try StartFailure.catching(.configuration) { try Extractor(rules) }
      let taken = withExtendedLifetime(extractor) { StartMemory.heapInUse - heap } / 1024
      guard CallerTalk.hasReader(words, environment: environment) else {
        rules.report(to: log)
        log.notice(
          "configuration is good",
          ["rules": rules.version, "rules_kib": taken, "file": settings.file ?? "none"])
        return .stopped
      }
      let talk = CallerTalk(environment: environment)
      for note in rules.notes { talk.say(note) }
      let file = settings.file.map { "file \($0)" } ?? "no file, the defaults"
      talk.say("configuration is good: \(file); rules \(rules.version), \(taken) KiB of memory")
      return .stopped
    }

    rules.report(to: log)
    Signals.block()
    umask(0o077)
    OwnProcess.raiseFileLimit()
    DispatchStart.early()
    let manager = ServiceManager(environment: environment)
    manager.status("Opening the store")
    let desk = try StartFailure.opening {
      try OwnProcess.demandWritable(settings.state)
      return try Desk(
        stateDirectory: settings.state, rules: rules, retention: settings.configuration.retention
      ) { upgrade in
        manager.status("Upgrading the store from schema \(upgrade.from) to \(upgrade.to)")
        log.notice(
          "upgrading the store",
          [
            "from": upgrade.from, "to": upgrade.to, "copy": upgrade.backup,
            "needed_bytes": upgrade.needed, "free_bytes": upgrade.free,
          ])
      }
    }
    let sockets = try SocketSet(settings, environment)
    let farewell = Farewell()
    let reloads = ReloadReport()
    let shown = SettingsInUse(settings.shown)
    let drops = DropReports(settings.configuration.drop.folders)
    let server = try StartFailure.catching {
      try Server(
        serving: desk, settings.configuration, sockets.list, stateDirectory: settings.state,
        started: started, farewell: farewell, reloads: reloads,
        drops: drops, shown: shown, log: log)
    }
    let notice = try StartFailure.catching {
      try StatusNotice(manager, desk: desk, reloads: reloads)
    }
    try StartFailure.catching {
      let reload = Reload(
        arguments, environment: environment, inUse: settings.configuration, desk: desk, log: log,
        report: reloads, shown: shown, notice: notice)
      try Signals.onArrival(reload: reload.run) { signal in
        log.notice("stopping", ["signal": signal])
        notice.end()
        manager.stopping()
        farewell.say(within: .milliseconds(250))
        server.shutdown()
      }
    }
    let status = try StartFailure.catching { try desk.status() }
    log.notice(
      "ready",
      [
        "version": Release.version, "store": status.store, "articles": status.articles,
        "rules": rules.version, "state": settings.state,
        "sockets": sockets.list.places.joined(separator: " "),
        "start_ms": (OwnProcess.monotonicNow - started) / 1_000_000,
      ])
    StartMemory.mapLargeBlocks()
    StartMemory.giveBack()
    notice.ready()
    let signs = Watchdog.Signs(
      pulse: server.pulse, commitAge: { desk.commitAge },
      hasLostDisk: { desk.writeFailure != nil })
    let watchdog = Watchdog(manager, environment: environment, signs)
    try StartFailure.catching { try watchdog?.start() }
    try StartFailure.catching {
      try BackgroundThread.start {
        OwnProcess.giveWay()
        desk.rebuildFacts(log.write)
      }
    }
    let keeper = try StartFailure.catching {
      let keeper = try DropKeeper(
        settings.configuration.drop.folders, desk: desk, reports: drops, log: log)
      try keeper.start()
      return keeper
    }
    try StartFailure.catching {
      // Closed also when serving fails, so that the log is folded into the database.
      let served = Result { try server.run() }
      keeper.stop()
      try desk.close()
      try served.get()
    }
    log.notice("stopped")
    return .stopped
  }
}
