// swift-tools-version: 6.2
import PackageDescription

// The module table of ARCHITECTURE.md: every arrow points to a line above it.
// Tests/ArchitectureTests holds this table against the imports in the sources.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
// The shipped program is to be small: see "One program" in ARCHITECTURE.md. What is called for each article,
// row or frame stays as fast as can be.
let small: [SwiftSetting] =
  strict + [.unsafeFlags(["-Osize"], .when(configuration: .release))]
let packed: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs",
      "-Xlinker", "--no-export-dynamic", "-Xlinker", "--no-eh-frame-hdr",
      "-Xlinker", "--script=\(Context.packageDirectory)/scripts/release.ld",
    ], .when(configuration: .release))
]
let arguments = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  _ settings: [SwiftSetting] = strict
) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "danvan",
  products: [
    .executable(name: "danvand", targets: ["danvand"]),
    .executable(name: "dvctl", targets: ["dvctl"]),
    .library(name: "DanvanRPC", targets: ["DanvanRPC"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CLibmd", pkgConfig: "libmd", providers: [.apt(["libmd-dev"])]),
    .systemLibrary(
      name: "CLibxml2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CDanvanPosix"),

    module("DanvanModel"),
    module("DanvanText"),
    module("DanvanLanguage"),
    module("DanvanZlib", ["CZlib"]),
    module("DanvanSQLite", ["CSQLite"]),
    module("DanvanExtract", ["DanvanModel", "DanvanText"], exclude: ["Resources"]),
    module("DanvanInputs", ["DanvanModel", "DanvanZlib"]),
    module("DanvanIngest", ["DanvanModel", "DanvanText", "CLibxml2"]),
    module("DanvanStore", ["DanvanModel", "DanvanZlib", "DanvanSQLite", "CLibmd"]),
    module(
      "DanvanService",
      ["DanvanModel", "DanvanText", "DanvanExtract", "DanvanIngest", "DanvanStore"]),
    module("DanvanWire", ["DanvanZlib"]),
    module("DanvanRPC", ["DanvanWire", "CDanvanPosix"]),
    .target(
      name: "DanvanMessages", dependencies: [protobuf],
      swiftSettings: [.unsafeFlags(["-Osize"], .when(configuration: .release))]),
    module(
      "DanvanDaemon",
      [
        "DanvanModel", "DanvanInputs", "DanvanService", "DanvanExtract", "DanvanStore", "DanvanRPC",
        "DanvanMessages", "DanvanLanguage", "CDanvanPosix", protobuf,
      ], small),
    module("DanvanClient", ["DanvanRPC", "DanvanMessages", "DanvanZlib", protobuf], small),

    .executableTarget(name: "danvand", dependencies: ["DanvanDaemon"], swiftSettings: strict),
    .executableTarget(
      name: "dvctl",
      dependencies: [
        "DanvanClient", "DanvanDaemon", "DanvanMessages", "DanvanInputs", "DanvanModel",
        "DanvanText", "DanvanLanguage", "DanvanSQLite", "DanvanZlib", arguments,
      ],
      path: "clients/dvctl", exclude: ["Messages"],
      resources: [.embedInCode("Templates"), .embedInCode("Help/examples.txt")],
      swiftSettings: small, linkerSettings: packed),

    tests("DanvanTextTests", ["DanvanText"]),
    tests("DanvanZlibTests", ["DanvanZlib"]),
    tests("DanvanSQLiteTests", ["DanvanSQLite"]),
    tests("DanvanExtractTests", ["DanvanExtract", "DanvanModel", "DanvanText"]),
    tests("DanvanInputsTests", ["DanvanInputs", "DanvanModel"]),
    tests("DanvanIngestTests", ["DanvanIngest", "DanvanModel"]),
    tests("DanvanStoreTests", ["DanvanStore", "DanvanModel", "DanvanSQLite"]),
    tests(
      "DanvanServiceTests",
      [
        "DanvanService", "DanvanStore", "DanvanSQLite", "DanvanExtract", "DanvanIngest",
        "DanvanText", "DanvanModel",
      ]),
    tests("DanvanWireTests", ["DanvanWire", "DanvanZlib"]),
    tests("DanvanRPCTests", ["DanvanRPC", "DanvanZlib"]),
    tests(
      "DvctlTests",
      [
        "dvctl", "DanvanClient", "DanvanMessages", "DanvanInputs", "DanvanModel", "DanvanText",
        "DanvanLanguage",
        arguments, protobuf,
      ]),
    tests(
      "DanvanDaemonTests",
      [
        "DanvanDaemon", "DanvanClient", "DanvanMessages", "DanvanRPC", "DanvanService",
        "DanvanExtract", "DanvanLanguage", "DanvanModel", protobuf,
      ]),
    tests("DanvanClientTests", ["DanvanClient", "DanvanMessages", "DanvanZlib", protobuf]),
    tests("ArchitectureTests", []),
    tests("EndToEndTests", ["danvand", "dvctl", "DanvanInputs"]),
    tests("StockClientTests", ["danvand", "dvctl"], exclude: ["client"]),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// Programs for measuring and fuzzing, built only by the verbs that need them, in scratch paths of
// their own: `make bench` and `make fuzz`.
if Context.environment["DANVAN_BENCH"] != nil {
  package.targets.append(
    .executableTarget(
      name: "rpc-bench", dependencies: ["DanvanRPC"], path: "Tests/Benchmarks/rpc/swift",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
  package.targets.append(
    .executableTarget(
      name: "extraction-bench", dependencies: ["DanvanExtract", "DanvanModel"],
      path: "Tests/Benchmarks/extraction",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
// With one fault each that a sanitizer must report; see Tests/Torture/sanitizers.py.
if Context.environment["DANVAN_PLANTED"] != nil {
  package.targets.append(
    .executableTarget(
      name: "planted", path: "Tests/Torture/planted",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
// The fuzzer brings its own main; see Fuzz/run.
if Context.environment["DANVAN_FUZZ"] != nil {
  let subjects: [(name: String, dependencies: [Target.Dependency])] = [
    ("FuzzFrame", ["DanvanWire"]), ("FuzzInflate", ["DanvanWire"]),
    ("FuzzEnvelope", ["DanvanWire"]),
    ("FuzzMessages", ["DanvanMessages", protobuf]),
    ("FuzzReaders", ["DanvanIngest", "DanvanModel"]),
    ("FuzzQuery", ["DanvanService", "DanvanModel"]),
    ("FuzzExtract", ["DanvanExtract", "DanvanText", "DanvanModel"]),
    ("FuzzConfiguration", ["DanvanDaemon"]),
    ("FuzzControl", ["DanvanWire"]),
  ]
  for subject in subjects {
    package.targets.append(
      .executableTarget(
        name: subject.name, dependencies: subject.dependencies, path: "Fuzz/\(subject.name)",
        swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
  }
}
