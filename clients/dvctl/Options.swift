import ArgumentParser
import DanvanClient
import DanvanInputs
import DanvanModel
import Glibc

/// How to reach the daemon.
struct ConnectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The daemon's socket.",
      discussion:
        "Otherwise $DANVAN_SOCKET, else $XDG_RUNTIME_DIR/danvan/danvand.sock and /run/danvan/danvand.sock.",
      valueName: "path"))
  var socket: String?

  @Option(help: ArgumentHelp("Give up a call after so many seconds.", valueName: "seconds"))
  var timeout: Double?

  func validate() throws {
    if let timeout, !(timeout > 0 && timeout < 1e9) {
      throw ValidationError(Localized("--timeout wants a number of seconds above 0."))
    }
  }

  /// The longest wait for one answer.
  func deadline(otherwise seconds: Double = 60) -> Duration { .seconds(timeout ?? seconds) }

  /// Connects. `forChanges`: the call stores or removes articles.
  func connect(forChanges: Bool = false) throws(DaemonError) -> DaemonConnection {
    let names = ["DANVAN_SOCKET", "XDG_RUNTIME_DIR"]
    let environment = Dictionary(
      uniqueKeysWithValues: names.compactMap { name in
        getenv(name).map { (name, String(cString: $0)) }
      })
    return try DaemonConnection(
      sockets: SocketPlaces.candidates(
        named: socket, environment: environment, forChanges: forChanges),
      caller: DaemonConnection.Caller(name: "dvctl", version: Dvctl.version),
      timeout: deadline(otherwise: 10))
  }
}

/// How results are written.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      """
      text (or table), the default, json, ndjson (one JSON value a line), csv, md; of events also ics, of \
      timeline svg and png.
      """,
      valueName: "format"))
  var named: Format?

  var format: Format { named ?? .text }

  @Option(help: ArgumentHelp("auto, always or never; auto heeds $NO_COLOR.", valueName: "when"))
  var color = ColorChoice.auto

  var renderer: Renderer { Renderer(format: format, style: Style(color)) }
}

enum Format: String, ExpressibleByArgument, CaseIterable {
  case text, json, ndjson, csv, md
  /// iCalendar (RFC 5545).
  case ics
  /// Pictures.
  case svg, png

  init?(argument: String) {
    self.init(rawValue: argument == "table" ? "text" : argument)
  }
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

/// What the caller knows of the documents he hands in.
struct LabelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "When they were published: 2017, 2017-05 or 2017-05-19.", valueName: "date"))
  var published: PartialDate?

  @Option(help: ArgumentHelp("The publisher.", valueName: "name"))
  var source: String?

  @Option(help: ArgumentHelp("The address of the page.", valueName: "url"))
  var url: String?

  @Option(help: ArgumentHelp("The headline, where the text lacks it.", valueName: "text"))
  var title: String?

  @Option(
    help: ArgumentHelp(
      "The encoding of text that is not UTF-8, as iconv names it.",
      discussion: "Otherwise the document's own word counts, and then a test.", valueName: "name"))
  var charset: String?

  @Option(
    help: ArgumentHelp(
      "What JSON, CSV and front matter call a field: title=headline,text=data.body.",
      discussion: "Fields are text, title, date, url, publisher and author.",
      valueName: "field=name,…"))
  var map: [FieldMapping] = []
}

/// Which files of folders and archives are taken.
struct FilterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take only files of folders and archives that match; may be repeated.",
      discussion:
        "A pattern without a slash is held against the name, one with a slash against the "
        + "path below the folder.", valueName: "pattern"))
  var include: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave out files and folders that match; may be repeated.", valueName: "pattern"))
  var exclude: [String] = []

  var filter: InputFilter { InputFilter(include: include, exclude: exclude) }
}
