internal import CDanvanPosix
internal import Glibc

/// Memory that only the start needed, and how what is taken later is given back.
enum StartMemory {
  /// Has every block of a mebibyte and more mapped by itself, so that it goes back to the system when it is freed.
  /// Left alone, glibc raises that bound with each such block, up to 32 MiB, and each thread's heap keeps as much.
  static func mapLargeBlocks() {
    mallopt(M_MMAP_THRESHOLD, 1 << 20)
    // Fixed bounds come with a low one for the rest of a heap: giving back too often costs time.
    mallopt(M_TRIM_THRESHOLD, 4 << 20)
  }

  /// Bytes of the heap in use; while there is but one thread, all of it.
  static var heapInUse: Int {
    let figures = mallinfo2()
    return Int(figures.uordblks + figures.hblkhd)
  }

  /// Gives it back: what the heap has left over from reading the rules, and the pages of program
  /// code that were run once. Code that is run again is mapped again from the file.
  static func giveBack() {
    malloc_trim(0)
    guard let bytes = try? OwnProcess.contents(of: "/proc/self/maps", limit: 1 << 20),
      let maps = String(validating: bytes, as: UTF8.self)
    else { return }
    for line in maps.split(separator: "\n") {
      // address range, permissions, offset, device, inode, path
      let fields = line.split(separator: " ", maxSplits: 5)
      // Code only: it is never written to, so dropping a page of it loses nothing.
      guard fields.count == 6, fields[1] == "r-xp", fields[5].contains("/") else { continue }
      let ends = fields[0].split(separator: "-").compactMap { UInt(String($0), radix: 16) }
      guard ends.count == 2, ends[0] < ends[1],
        let start = UnsafeMutableRawPointer(bitPattern: ends[0])
      else { continue }
      madvise(start, Int(ends[1] - ends[0]), MADV_DONTNEED)
    }
  }
}
