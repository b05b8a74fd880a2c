/// What is known of the gaps of one sentence before any weight is asked: shapes and list grades.
struct WordGaps {
  private let start: Int
  /// One more at either end, so that every gap has a neighbour: shape of token `i` at `i + 1`.
  private var shapes: [WordShape]
  /// Grade of the list's word of the two tokens round gap `g`, at `g + 1`.
  private var pairs: [UInt8]
  /// Best grade of a longer word of the list that covers gap `g`.
  private var covers: [UInt8]

  init(_ tokens: Tokens, _ range: Range<Int>, _ list: WordList) {
    start = range.lowerBound
    let bytes = tokens.text.bytes
    shapes = [WordShape](repeating: .none, count: range.count + 2)
    pairs = [UInt8](repeating: 0, count: range.count + 2)
    covers = [UInt8](repeating: 0, count: range.count + 1)
    for token in range {
      let here = token - range.lowerBound
      shapes[here + 1] = WordShape(tokens[token], first: bytes[Int(tokens[token].start)])
      guard tokens[token].kind == .word else { continue }
      list.forEachWord(in: tokens, at: token, before: range.upperBound) { length, grade in
        if length == 2 {
          pairs[here + 1] = grade
        } else {
          for gap in here..<here + length - 1 { covers[gap] = max(covers[gap], grade) }
        }
      }
    }
  }

  /// How much speaks for joining the tokens round a gap (counted from 0 in the sentence).
  @inline(__always)
  func score(at gap: Int, _ tokens: Tokens, _ weights: WordWeights) -> Int32 {
    let (b, c) = (tokens[start + gap], tokens[start + gap + 1])
    let space: UInt64 = c.spaceBefore ? 1 : 0
    let (s0, s1) = (shapes[gap].code, shapes[gap + 1].code)
    let (s2, s3) = (shapes[gap + 2].code, shapes[gap + 3].code)
    let (p, q, r) = (UInt64(pairs[gap + 1]), UInt64(pairs[gap]), UInt64(pairs[gap + 2]))
    let long = UInt64(covers[gap])
    let middle = s1 << 4 | s2
    var score = weights[WordFeature.left.key(b.key)]
    score &+= weights[WordFeature.right.key(c.key)]
    score &+= weights[WordFeature.leftBeforeShape.key(b.key, s2)]
    score &+= weights[WordFeature.rightAfterShape.key(c.key, s1)]
    score &+= weights[WordFeature.shapes2.key(0, middle << 8 | space)]
    score &+= weights[WordFeature.shapes3left.key(0, (s0 << 8 | middle) << 8 | space)]
    score &+= weights[WordFeature.shapes3right.key(0, (middle << 4 | s3) << 8 | space)]
    score &+= weights[WordFeature.shapes4.key(0, ((s0 << 8 | middle) << 4 | s3) << 8 | space)]
    score &+= weights[WordFeature.pair.key(0, p)]
    score &+= weights[WordFeature.pairShapes.key(0, middle << 8 | p)]
    score &+= weights[WordFeature.pairLeft.key(0, p << 8 | q)]
    score &+= weights[WordFeature.pairRight.key(0, p << 8 | r)]
    score &+= weights[WordFeature.pairBoth.key(0, (p << 8 | q) << 8 | r)]
    score &+= weights[WordFeature.cover.key(0, long)]
    score &+= weights[WordFeature.coverPair.key(0, long << 8 | p)]
    score &+= weights[WordFeature.coverShapes.key(0, middle << 8 | long)]
    return score
  }
}
