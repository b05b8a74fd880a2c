extension Migration {
  /// The text comes first in the index of articles: FTS5 writes two bytes before the places of a term in any
  /// other column than the first. Nothing asks for the lengths of columns. The index is filled anew when the
  /// store is opened.
  static let migration012 = Migration(
    number: 12,
    sql: """
      DROP TABLE article_index;
      CREATE VIRTUAL TABLE article_index USING fts5 (
        text, title,
        content = 'article_text', content_rowid = 'id', columnsize = 0, tokenize = 'danvan'
      );
      UPDATE meta SET value = '' WHERE key = 'tokenizer';
      """)
}
