import DanvanInputs
import DanvanModel
import Foundation
import Testing

/// Archives as `tar` and Python's `zipfile` write them, and such as were made to do harm.
struct ArchiveTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "archives-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Runs Python in the folder.
  private func make(_ script: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    process.currentDirectoryURL = folder
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  private func read(_ name: String) -> [String] {
    let base = folder.path(percentEncoded: false)
    return Inputs([base + "/" + name]).map { item in
      switch item {
      case .document(let document):
        "\(document.label)=\(String(decoding: document.content.prefix(20), as: UTF8.self))"
      case .fault(let label, let error): "\(label)!\(error.message)"
      }
    }.map { $0.replacing(base + "/", with: "") }
  }

  private func done() { try? FileManager.default.removeItem(at: folder) }

  private static let tar = """
    import tarfile, io
    def add(t, name, data, kind=tarfile.REGTYPE):
        i = tarfile.TarInfo(name); i.size = len(data); i.type = kind; t.addfile(i, io.BytesIO(data))

    """

  @Test(arguments: ["USTAR_FORMAT", "GNU_FORMAT", "PAX_FORMAT"]) func readsTar(_ format: String)
    throws
  {
    defer { done() }
    let long = String(repeating: "d/", count: 60) + "c.txt"
    try make(
      Self.tar + """
        t = tarfile.open('a.tar.gz', 'w:gz', format=tarfile.\(format))
        add(t, 'd', b'', tarfile.DIRTYPE)
        add(t, 'a.txt', 'một'.encode())
        add(t, 'd/b.jsonl', b'{1}\\n{2}\\n')
        add(t, '\(long)', b'x' * 2000)
        add(t, '.DS_Store', b'no'); add(t, 'e.png', b'no'); add(t, 'l', b'', tarfile.SYMTYPE)
        t.close()
        """)
    #expect(
      read("a.tar.gz") == [
        "a.tar.gz/a.txt=một", "a.tar.gz/d/b.jsonl:1={1}", "a.tar.gz/d/b.jsonl:2={2}",
        "a.tar.gz/\(long)=xxxxxxxxxxxxxxxxxxxx",
      ])
  }

  @Test func readsZip() throws {
    defer { done() }
    try make(
      """
      import zipfile, gzip, io
      z = zipfile.ZipFile('a.zip', 'w')
      z.writestr('a.txt', 'một'); z.writestr('b.txt', 'b' * 5000, zipfile.ZIP_DEFLATED)
      z.writestr('c.txt.gz', gzip.compress(b'inner'))
      inner = io.BytesIO(); y = zipfile.ZipFile(inner, 'w'); y.writestr('d.txt', 'd'); y.close()
      z.writestr('in.zip', inner.getvalue())
      z.close()
      class Pipe:
          def __init__(self, f): self.f = f
          def write(self, b): return self.f.write(b)
          def flush(self): pass
      p = zipfile.ZipFile(Pipe(open('piped.zip', 'wb')), 'w', zipfile.ZIP_DEFLATED)
      p.writestr('a.txt', 'a' * 300000); p.writestr('b.txt', 'hai'); p.close()
      """)
    #expect(
      read("a.zip") == [
        "a.zip/a.txt=một", "a.zip/b.txt=bbbbbbbbbbbbbbbbbbbb", "a.zip/c.txt.gz=inner",
        "a.zip/in.zip/d.txt=d",
      ])
    #expect(read("piped.zip") == ["piped.zip/a.txt=aaaaaaaaaaaaaaaaaaaa", "piped.zip/b.txt=hai"])
  }

  @Test func refusesNamesThatLeadOut() throws {
    defer { done() }
    try make(
      Self.tar + """
        import zipfile
        z = zipfile.ZipFile('a.zip', 'w')
        z.writestr('../out.txt', 'x'); z.writestr('/etc/x.txt', 'x'); z.writestr('ok.txt', 'x'); z.close()
        t = tarfile.open('a.tar', 'w'); add(t, 'a/../../out.txt', b'x'); add(t, 'ok.txt', b'x'); t.close()
        """)
    #expect(
      read("a.zip") == [
        "a.zip/../out.txt!the archive gives this member a path that leads out of its folder",
        "a.zip//etc/x.txt!the archive gives this member an absolute path", "a.zip/ok.txt=x",
      ])
    #expect(
      read("a.tar") == [
        "a.tar/a/../../out.txt!the archive gives this member a path that leads out of its folder",
        "a.tar/ok.txt=x",
      ])
  }

  @Test func stopsBombs() throws {
    defer { done() }
    try make(
      """
      import gzip, zipfile
      with gzip.open('bomb.jsonl.gz', 'wb') as f:
          for _ in range(300): f.write(bytes(1 << 20))
      z = zipfile.ZipFile('bomb.zip', 'w', zipfile.ZIP_DEFLATED)
      z.writestr('a.jsonl', bytes(300 << 20)); z.writestr('b.txt', 'x'); z.close()
      """)
    let message = "inflates to more than 200 times its size: no text does that"
    #expect(read("bomb.jsonl.gz") == ["bomb.jsonl.gz!\(message)"])
    #expect(read("bomb.zip") == ["bomb.zip/a.jsonl!\(message)", "bomb.zip/b.txt=x"])
  }

  @Test func namesDamage() throws {
    defer { done() }
    try make(
      Self.tar + """
        import zipfile
        z = zipfile.ZipFile('a.zip', 'w'); z.writestr('a.txt', 'abc'); z.writestr('b.txt', 'x'); z.close()
        d = bytearray(open('a.zip', 'rb').read()); d[d.index(b'abc')] ^= 1; open('bad.zip', 'wb').write(d)
        open('cut.zip', 'wb').write(d[:20]); open('no.zip', 'wb').write(b'no')
        t = tarfile.open('a.tar', 'w'); add(t, 'a.txt', b'a' * 900); add(t, 'b.txt', b'b'); t.close()
        d = open('a.tar', 'rb').read()
        open('cut.tar', 'wb').write(d[:700]); open('bad.tar', 'wb').write(d[:1600] + b'?' + d[1601:])
        """)
    #expect(
      read("bad.zip") == [
        "bad.zip/a.txt!corrupt zip: this member fails its checksum", "bad.zip/b.txt=x",
      ])
    #expect(read("cut.zip") == ["cut.zip!truncated: the input ends inside a zip header"])
    #expect(read("no.zip") == ["no.zip!named as an archive, but neither tar nor zip"])
    #expect(
      read("cut.tar").contains("cut.tar/a.txt!truncated: the archive ends inside this member"))
    #expect(
      read("bad.tar") == [
        "bad.tar/a.txt=aaaaaaaaaaaaaaaaaaaa", "bad.tar!corrupt tar: a header fails its checksum",
      ])
  }

  /// What is missing of an archive is named also where all members that are left are whole.
  @Test func namesAMissingEnd() throws {
    defer { done() }
    try make(
      Self.tar + """
        import zipfile, gzip
        z = zipfile.ZipFile('a.zip', 'w'); z.writestr('a.txt', 'x'); z.close()
        d = open('a.zip', 'rb').read(); start = d.index(b'PK\\1\\2')
        for n in range(start, len(d)): open(f'cut{n - start}.zip', 'wb').write(d[:n])
        t = tarfile.open('a.tar', 'w'); add(t, 'a.txt', b'x'); t.close()
        d = open('a.tar', 'rb').read(); open('cut.tar', 'wb').write(d[:1024])
        open('cut.tar.gz', 'wb').write(gzip.compress(d)[:-1])
        """)
    for cut in 0..<(47 + 5 + 22 - 1) {
      let items = read("cut\(cut).zip")
      #expect(items.first == "cut\(cut).zip/a.txt=x")
      #expect(
        items.count == 2 && items.last?.hasPrefix("cut\(cut).zip!truncated") == true, "\(cut)")
    }
    #expect(
      read("cut.tar") == [
        "cut.tar/a.txt=x", "cut.tar!truncated: the archive ends without its end mark",
      ])
    #expect(read("cut.tar.gz").last?.contains("!truncated gzip") == true)
  }

  /// None of them is a bomb alone.
  @Test func stopsAThousandSmallBombs() throws {
    defer { done() }
    try make(
      """
      import zipfile
      z = zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED)
      for n in range(1000): z.writestr(f'{n}.txt', bytes(4 << 20))
      z.close()
      """)
    let items = read("a.zip")
    #expect(items.last == "a.zip!inflates to more than 200 times its size: no text does that")
    #expect(items.count < 500)
  }

  /// A feed of many items is cut as it is read.
  @Test func cutsALargeFeed() throws {
    defer { done() }
    try make(
      """
      with open('big.xml', 'w') as f:
          f.write('<rss><channel><title>T</title>')
          for n in range(100000): f.write(f'<item><title>{n}</title></item>')
          f.write('</channel></rss>')
      """)
    var count = 0
    for case .document in Inputs([folder.path(percentEncoded: false) + "/big.xml"]) { count += 1 }
    #expect(count == 100_000)
  }

  @Test func refusesALargePage() throws {
    defer { done() }
    try make("open('big.html', 'w').write('<p>một</p>' * 10_000_000)")
    #expect(read("big.html") == ["big.html!over the limit of 3 MiB for one document"])
  }
}
