"""What danvan's search is measured beside: bare FTS5, and tantivy and Xapian where they are installed."""
import sqlite3

from search_corpus import articles, plain

try:
    import tantivy
except ImportError:
    tantivy = None
try:
    import xapian
except ImportError:
    xapian = None


class FTS5:
    name = "FTS5"

    def __init__(self, folder, count, seed):
        path = folder / "fts5.db"
        new = not path.exists()
        self.path, self.database = path, sqlite3.connect(path)
        if not new:
            return
        self.database.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
            "CREATE TABLE article(id INTEGER PRIMARY KEY, title TEXT, text TEXT, day TEXT);"
            "CREATE VIRTUAL TABLE f USING fts5(title, text, content='article', content_rowid='id',"
            " tokenize='unicode61 remove_diacritics 2');")
        ordered = sorted(articles(count, seed), key=lambda a: a.get("date") or "")
        with self.database:
            for i, a in enumerate(ordered, 1):
                self.database.execute(
                    "INSERT INTO article VALUES(?,?,?,?)", (i, a.get("title"), a["text"], a.get("date")))
                self.database.execute("INSERT INTO f(rowid,title,text) VALUES(?,?,?)", (i, a.get("title"), a["text"]))

    def select(self, query, order):
        found = self.database.execute(
            f"SELECT rowid FROM f WHERE f MATCH ? ORDER BY {order} LIMIT 10", (query.replace("đ", "d"),)).fetchall()
        return [
            self.database.execute(
                "SELECT title, snippet(f, 1, '[', ']', '…', 40) FROM f WHERE f MATCH ? AND rowid = ?",
                (query.replace("đ", "d"), i)).fetchone()
            for i, in found]

    def newest(self, query):
        return self.select(query, "rowid DESC")

    def ranked(self, query):
        return self.select(query, "rank")

    def sizes(self):
        rows = dict(self.database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY 1"))
        whole = sum(rows.values())
        return sum(v for k, v in rows.items() if k.startswith("f_")), whole, whole

    def close(self):
        self.database.close()


class Tantivy:
    name = "tantivy"

    def __init__(self, folder, count, seed):
        path = folder / "tantivy"
        new = not path.exists()
        path.mkdir(exist_ok=True)
        builder = tantivy.SchemaBuilder()
        for field in ("title", "text"):
            builder.add_text_field(field, stored=True, tokenizer_name="folded")
        self.schema, self.path = builder.build(), path
        self.index = tantivy.Index(self.schema, path=str(path))
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        self.index.register_tokenizer(
            "folded", analyzer.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold()).build())
        if new:
            writer = self.index.writer(128_000_000, 1)
            for a in articles(count, seed):
                writer.add_document(tantivy.Document(title=a.get("title") or "", text=a["text"]))
            writer.commit()
            writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ranked(self, query):
        if query.endswith("*"):
            parsed = tantivy.Query.regex_query(self.schema, "text", query[:-1] + ".*")
        else:
            parsed = self.index.parse_query(query, ["title", "text"], field_boosts={"title": 5.0},
                                            conjunction_by_default=True)
        found = self.searcher.search(parsed, 10)
        answer = []
        snippets = None if query.endswith("*") else tantivy.SnippetGenerator.create(
            self.searcher, parsed, self.schema, "text")
        for _, address in found.hits:
            document = self.searcher.doc(address)
            answer.append((document["title"], snippets and snippets.snippet_from_doc(document).to_html()))
        return answer

    newest = None

    def sizes(self):
        files = [f.stat().st_size for f in self.path.iterdir()]
        stored = sum(f.stat().st_size for f in self.path.iterdir() if f.suffix == ".store")
        return sum(files) - stored, sum(files), sum(files)

    def close(self):
        pass


class Xapian:
    name = "Xapian"

    def __init__(self, folder, count, seed):
        self.path = folder / "xapian"
        new = not self.path.exists()
        if new:
            database = xapian.WritableDatabase(str(self.path), xapian.DB_CREATE)
            generator = xapian.TermGenerator()
            ordered = sorted(articles(count, seed), key=lambda a: a.get("date") or "")
            for article in ordered:
                title, text = article.get("title") or "", article["text"]
                document = xapian.Document()
                document.set_data(title + "\n" + text)
                generator.set_document(document)
                generator.index_text(plain(title), 5)
                generator.increase_termpos()
                generator.index_text(plain(text))
                database.add_document(document)
            database.close()
        self.database = xapian.Database(str(self.path))
        self.parser = xapian.QueryParser()
        self.parser.set_database(self.database)
        self.parser.set_default_op(xapian.Query.OP_AND)

    def select(self, query, prepare):
        flags = xapian.QueryParser.FLAG_PHRASE | xapian.QueryParser.FLAG_WILDCARD
        enquire = xapian.Enquire(self.database)
        enquire.set_query(self.parser.parse_query(plain(query), flags))
        prepare(enquire)
        found = enquire.get_mset(0, 10)
        answer = []
        for match in found:
            title, text = match.document.get_data().decode().split("\n", 1)
            # It marks what stands in the text as it was asked for: without marks it finds nothing to mark.
            answer.append((title, found.snippet(plain(text), 200)))
        return answer

    def newest(self, query):
        def by_day(enquire):
            enquire.set_weighting_scheme(xapian.BoolWeight())
            enquire.set_docid_order(xapian.Enquire.DESCENDING)

        return self.select(query, by_day)

    def ranked(self, query):
        return self.select(query, lambda enquire: None)

    def sizes(self):
        files = {f.name: f.stat().st_size for f in self.path.iterdir()}
        whole = sum(files.values())
        return whole - files.get("docdata.glass", 0), whole, whole

    def close(self):
        self.database.close()
