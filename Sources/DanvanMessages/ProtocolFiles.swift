// What the .proto files say, word for word; written by Protocol/generate.

/// The files that the messages were generated from.
public enum ProtocolFiles {
  public static let all: [(name: String, text: String)] = [
    (
      "danvan/v1/care.proto",
      ##"""
      // Care of the store: whole copies, checks, tidying up; and how the daemon runs.
      syntax = "proto3";

      package danvan.v1;

      message BackupRequest {}

      message BackupHead {
        // Of the whole copy.
        uint64 bytes = 1;
        uint64 articles = 2;
        uint32 schema = 3;
        // As of which event.
        string cursor = 4;
      }

      message BackupEnd {
        // CRC-32 of all pieces, as zlib has it.
        uint32 crc32 = 1;
      }

      // One of its fields: a head, pieces in order, an end; a stream without its end is no backup.
      message BackupItem {
        BackupHead head = 1;
        // The next bytes of a SQLite database.
        optional bytes piece = 2;
        BackupEnd end = 3;
      }

      message CheckRequest {
        // Make the full-text indexes anew first.
        bool repair_index = 1;
      }

      message CheckProgress {
        uint64 done = 1;
        // Articles to look at; may rise while it goes on.
        uint64 total = 2;
      }

      message CheckFault {
        // 0: of no one article.
        int64 article_id = 1;
        string reason = 2;
      }

      message CheckEnd {
        uint64 articles = 1;
        uint64 faults = 2;
      }

      // One of its fields: progress now and then, faults as they are found, an end.
      message CheckItem {
        CheckProgress progress = 1;
        CheckFault fault = 2;
        CheckEnd end = 3;
      }

      message CompactRequest {}

      message CompactResponse {
        // Bytes of the database file and of the log beside it.
        uint64 before = 1;
        uint64 after = 2;
        // Names, posts and index terms that no article held any more.
        uint64 forgotten = 3;
      }

      // All for those who may change things: a backup holds everything, and the others keep writers waiting.
      service Care {
        // A whole copy of the database as of one moment, verified, without free pages.
        rpc Backup(BackupRequest) returns (stream BackupItem);
        rpc Check(CheckRequest) returns (stream CheckItem);
        // Takes removed articles' words out of the file and gives free pages back. Its answer is a stream of
        // one message, since it may take longer than a call's time.
        rpc Compact(CompactRequest) returns (stream CompactResponse);
      }

      message MetricsRequest {}

      message MetricsResponse {
        // OpenMetrics text.
        string text = 1;
      }

      message SettingsRequest {}

      message Setting {
        // `table.key` of danvand.conf(5).
        string name = 1;
        // As the file would have it.
        string value = 2;
        // Where it comes from: `default`, a file with its line, `environment NAME`, `option --NAME`.
        string origin = 3;
      }

      message SettingsResponse {
        repeated Setting settings = 1;
      }

      // How the daemon runs.
      service Operation {
        rpc Metrics(MetricsRequest) returns (MetricsResponse);
        // What is in use now, each with where it comes from.
        rpc Settings(SettingsRequest) returns (SettingsResponse);
      }

      """##
    ),
    (
      "danvan/v1/danvan.proto",
      ##"""
      // The messages of danvan's services. Protocol/README.md says how they travel.
      syntax = "proto3";

      package danvan.v1;

      // Offsets are half-open ranges of UTF-8 bytes into the article's stored text.
      // Dates are ISO 8601, whole or partial: 2017, 2017-05, 2017-05-19.
      // Fields that may be absent are `optional`; an empty string is a value like any other.

      // ---- Connection ------------------------------------------------------------------------------

      // The first call of a client that knows the extension; see Protocol/README.md, "Hello".
      message HelloRequest {
        uint32 protocol = 1;
        repeated string features = 2;
        repeated string required = 3;
        uint32 max_frame = 4;
        uint32 max_inflated = 5;
        string client = 6;
        string version = 7;
        // Bytes of stream messages the client takes on each stream before it gives credit.
        uint32 window = 8;
      }

      message HelloResponse {
        uint32 protocol = 1;
        repeated string features = 2;
        uint32 max_frame = 3;
        uint32 max_inflated = 4;
        string store = 5;
        string server = 6;
        string version = 7;
        string oldest_cursor = 8;
        string head_cursor = 9;
        // Bytes of stream messages the server takes on each stream before it gives credit.
        uint32 window = 10;
      }

      message DescribeRequest {}

      // What the daemon was built from: the services and messages it knows, comments included.
      message DescribeResponse {
        message File {
          string name = 1;
          string text = 2;
        }
        repeated File files = 1;
      }

      // ---- Corpus ----------------------------------------------------------------------------------

      message Document {
        bytes content = 1;
        // text/plain, text/markdown, text/html, application/json (one object: text, title, date, url,
        // publisher, author), text/csv (a head line and one record), application/xml (an RSS or Atom feed of
        // one item) or message/rfc822 (one mail).
        string media_type = 2;
        string label = 3;
        optional string title = 4;
        optional string url = 5;
        optional string source = 6;
        optional string published = 7;
        // The encoding that the sender states, as iconv names it. A byte-order mark and well-formed UTF-8 go
        // before it; without it the document's own word counts, and then a test.
        optional string charset = 8;
        // For JSON, CSV and front matter: by what name the document calls a field (text, title, date, url,
        // publisher, author). Names of inner JSON objects are joined by full stops.
        map<string, string> fields = 9;
      }

      // How a document became an article.
      message Reading {
        // The version of the reader.
        uint32 reader = 1;
        // The encoding of the bytes, as iconv names it.
        string encoding = 2;
        // Where title, url, publisher, published and author come from: `sender`, or a place in the document
        // such as `og:title`, `json-ld:headline`, `mail:Subject`, `text`.
        map<string, string> origins = 3;
        // The document holds but a summary of the article.
        bool summary = 4;
        // Sentences on what was done besides the plain.
        repeated string notes = 5;
      }

      // A place where the text of an article was seen.
      message Sighting {
        string source = 1;
        string url = 2;
        // RFC 3339, UTC.
        string first = 3;
        string last = 4;
        uint64 times = 5;
      }

      // All documents of a request that can be read go into one transaction; the answer is sent when it
      // is on disk. A document that cannot be read is reported in its place and does not stop the rest.
      message IngestRequest {
        repeated Document documents = 1;
      }

      message IngestResult {
        enum Outcome {
          OUTCOME_UNSPECIFIED = 0;
          ADDED = 1;
          DUPLICATE = 2;
          REJECTED = 3;
          // A new revision of the article of that URL.
          UPDATED = 4;
        }
        Outcome outcome = 1;
        int64 article_id = 2;
        string cursor = 3;
        // For REJECTED: a status code's number and a sentence.
        int32 error_code = 4;
        string error = 5;
      }

      message IngestResponse {
        // One for each document, in order.
        repeated IngestResult results = 1;
      }

      message GetArticleRequest {
        int64 article_id = 1;
        bool with_text = 2;
        bool with_facts = 3;
      }

      message Article {
        int64 id = 1;
        optional string title = 2;
        optional string url = 3;
        optional string publisher = 4;
        optional string published = 5;
        // The day the article reports from, as inferred, and on what basis.
        optional string date = 6;
        optional string date_basis = 7;
        // The outlet of the attribution line.
        optional string source = 8;
        // RFC 3339, UTC.
        string ingested = 9;
        uint32 text_bytes = 10;
        optional Body text = 11;
        optional ArticleFacts facts = 12;
        string sha256 = 13;
        // Counts from 1; a new text under the same URL is a new revision.
        uint32 revision = 20;
        // Who wrote it, as the document says.
        optional string author = 40;
        optional Reading reading = 41;
        // Where its text was seen, the first place first; with Get.
        repeated Sighting sightings = 42;
        // The other articles of its group of copies, oldest first; with Get and in hits.
        repeated int64 copies = 43;
        // Every text that it has had, the first one first; with Get, for an article that has had several.
        repeated Revision revisions = 44;
        // What people have said of its facts, the oldest first; with Get, where facts are asked for.
        repeated Correction corrections = 50;
        // What it is written in, as found: vi, en, or und for another or too few words; absent until a rule set that
        // tells it has read the article.
        optional string language = 51;
        // Who by other articles held the posts that it names without a name, in the order of the text; with Get,
        // where facts are asked for.
        repeated Incumbent incumbents = 52;
      }

      // Who held a post that an article names alone, as speaker, issuer, chair or attendee: by what other articles
      // say of about that time, and only where they agree (docs/incumbents.md). It is no fact of the article, is
      // stored nowhere, and changes with the corpus.
      message Incumbent {
        // As the article writes it, and where: bytes of the article's stored text.
        string title = 1;
        uint32 start = 2;
        uint32 end = 3;
        // Office and body, the body by its full name.
        string post = 4;
        // By which the person can be asked for.
        string entity = 5;
        string name = 6;
        // The article's day, which is the day asked about.
        string date = 7;
        // The articles that say so nearest to that day, in the order of their days.
        repeated IncumbentSource sources = 8;
        // How many say so within half a year of it; copies of one text count once.
        uint32 articles = 9;
      }

      message IncumbentSource {
        int64 article_id = 1;
        string date = 2;
        // The title that says so: bytes of that article's stored text.
        uint32 start = 3;
        uint32 end = 4;
      }

      // A text that an article has or had. Texts of the same URL are revisions of one article.
      message Revision {
        // Counts from 1.
        uint32 number = 1;
        optional string title = 2;
        optional string publisher = 3;
        optional string published = 4;
        uint32 text_bytes = 5;
        string sha256 = 6;
        // RFC 3339, UTC: when it came; absent where that was not kept.
        optional string came = 7;
      }

      // What changed from one revision of an article to another.
      message DiffRequest {
        int64 article_id = 1;
        // 0: the one before `to`.
        uint32 from = 2;
        // 0: the newest.
        uint32 to = 3;
      }

      // A stretch of text: of both revisions, or only of one.
      message TextChange {
        enum Change {
          KEPT = 0;
          REMOVED = 1;
          ADDED = 2;
        }
        Change change = 1;
        string text = 2;
      }

      // A field of the article that is another; absent where it has none.
      message FieldChange {
        string field = 1;
        optional string before = 2;
        optional string after = 3;
      }

      message DiffResponse {
        Revision from = 1;
        Revision to = 2;
        repeated FieldChange fields = 3;
        // Whole words; kept and removed ones in order are the text of `from`, kept and added ones that of `to`.
        repeated TextChange text = 4;
        // Facts that only one of them has, wherever it says them; offsets are those of its own text. Both were
        // read by the rule set in use.
        ArticleFacts lost = 5;
        ArticleFacts gained = 6;
      }

      // Text as stored: zlib when the caller accepts zlib (Hello), else plain.
      message Body {
        enum Encoding {
          PLAIN = 0;
          ZLIB = 1;
        }
        Encoding encoding = 1;
        uint32 raw_length = 2;
        bytes data = 3;
      }

      message DeleteRequest {
        repeated int64 article_ids = 1;
      }

      // ---- Exchange --------------------------------------------------------------------------------

      message ExportRequest {
        // Only articles that match; empty: all.
        string query = 1;
        bool with_facts = 2;
        // What the articles came from: the kept bytes.
        bool with_originals = 3;
        // Where each sentence begins and ends; for tables.
        bool with_sentences = 4;
        // Only the newest text of each article.
        bool newest_only = 5;
      }

      // One item of an export: exactly one field is set. An export is a head, the saved searches, the
      // articles' texts in the order in which they came, what people ruled on persons and bodies, and an end;
      // docs/export.md says more.
      message ExportItem {
        ExportHead head = 1;
        SavedSearch saved_search = 2;
        ExportedText text = 3;
        ExportEnd end = 4;
        ExportedRuling ruling = 5;
      }

      message ExportHead {
        // Of the format: 1.
        uint32 version = 1;
        string query = 2;
        string rule_set = 3;
        // Articles to come, and texts of them, former ones included.
        uint64 articles = 4;
        uint64 texts = 5;
        // Where the store's event log stood: what came after it is not in the export.
        string cursor = 6;
      }

      message ExportEnd {
        uint64 articles = 1;
        uint64 texts = 2;
      }

      // One revision of an article. Times are RFC 3339, UTC, to the nanosecond.
      message ExportedText {
        int64 id = 1;
        uint32 revision = 2;
        // When this text came.
        string time = 3;
        optional string title = 4;
        optional string url = 5;
        optional string publisher = 6;
        optional string published = 7;
        string text = 8;
        // The revision before this one, by its identity: half the SHA-256 of its text once composed and with
        // white space folded, in hexadecimal.
        optional string previous = 9;
        // What it came from; absent for an article of before such was kept.
        optional ExportedOriginal original = 10;
        // The rest is said with the newest revision of an article only.
        bool newest = 11;
        repeated string tags = 12;
        repeated Sighting sightings = 13;
        // The first revision of the oldest article of its group of copies, by its identity; absent for one
        // that is alone or is that article.
        optional string copy_of = 14;
        optional ArticleFacts facts = 15;
        // Byte ranges, start and end in turn.
        repeated uint32 sentences = 16;
        // What people noted on its directives, the oldest first.
        repeated ExportedMark marks = 17;
        // What people have said of its facts, the oldest first.
        repeated Correction corrections = 50;
        // Of its text.
        string sha256 = 51;
      }

      // What somebody noted on a directive at one time; what is absent was left as it was.
      message ExportedMark {
        // Where the directive stood then: bytes of the article's text.
        uint32 start = 1;
        uint32 end = 2;
        optional string status = 3;
        optional string due = 4;
        optional string owner = 5;
        optional string note = 6;
        string time = 7;
        // What stood there, before it and behind it; absent for what was noted before such was kept.
        optional string words = 8;
        optional string before = 9;
        optional string after = 10;
      }

      // What somebody ruled on a person or body (`Entities/Merge`, `Split`, `Rename`).
      message ExportedRuling {
        // person or body
        string kind = 1;
        // merge, split or rename
        string verb = 2;
        ExportedBearer entity = 3;
        // Of a merge the other; of a split who the name is in that article; of a rename absent.
        optional ExportedBearer other = 4;
        // Of a rename: the name shown.
        string text = 5;
        string time = 6;
      }

      // Whom a ruling is about: a name, as one article means it.
      message ExportedBearer {
        // Its index terms joined by spaces, which all spellings share.
        string name = 1;
        // The article, by the identity of its first text; absent: wherever the name stands.
        optional string article = 2;
      }

      // A document as it came.
      message ExportedOriginal {
        string media_type = 1;
        optional string author = 2;
        // What its sender stated.
        optional string title = 3;
        optional string url = 4;
        optional string source = 5;
        optional string published = 6;
        optional string charset = 7;
        map<string, string> fields = 8;
        Reading reading = 9;
        // Absent where the bytes are those of the text.
        optional bytes content = 10;
      }

      // Items of an export in their order, in one transaction: all of them or, with an error whose details hold
      // an `ImportFault` where one item is at fault, none. Head and end are passed over. Facts are made anew, and
      // only for texts that are not there.
      message ImportRequest {
        repeated ExportItem items = 1;
        // Look for copies among all articles, as for new documents; else groups are taken over as stated.
        bool regroup = 2;
        // Refuse an article whose number is taken instead of giving it another.
        bool same_ids = 3;
      }

      message ImportResult {
        enum ImportOutcome {
          IMPORT_OUTCOME_UNSPECIFIED = 0;
          ADDED = 1;
          // The text was there: its sightings and tags were joined.
          KNOWN = 2;
          // A further revision of an article.
          UPDATED = 3;
          SAVED_SEARCH = 4;
          // Another search of that name is kept.
          SAVED_SEARCH_KEPT = 5;
          PASSED_OVER = 6;
          // The same search of that name was there.
          SAVED_SEARCH_KNOWN = 7;
          RULING = 8;
          // The same ruling of the same time was there.
          RULING_KNOWN = 9;
        }
        ImportOutcome outcome = 1;
        // The number that the article has here.
        int64 article_id = 2;
      }

      // A detail of a status of `Import`.
      message ImportFault {
        // Which item of the request was at fault; counts from 1.
        uint32 item = 1;
      }

      message ImportResponse {
        // One for each item, in order.
        repeated ImportResult results = 1;
      }

      message DeleteResponse {
        repeated int64 deleted = 1;
        repeated int64 missing = 2;
      }

      // ---- Facts -----------------------------------------------------------------------------------

      message Evidence {
        // `correction` where a person has said so.
        string rule = 1;
        double confidence = 2;
        // That person; absent for what a rule finds.
        optional string by = 3;
      }

      message Mention {
        string type = 1;  // PERSON, TITLE, ORG, LOC, TIME
        uint32 start = 2;
        uint32 end = 3;
        string text = 4;
        optional string value = 5;
        optional string basis = 6;
        optional string name = 7;
        optional string holder = 8;
        Evidence evidence = 9;
      }

      message Event {
        string type = 1;
        uint32 start = 2;
        uint32 end = 3;
        string name = 4;
        string status = 5;  // held, planned, background
        optional string when = 6;
        optional string place = 7;
        repeated string chairs = 8;
        repeated string attendees = 9;
        Evidence evidence = 10;
      }

      message Statement {
        string kind = 1;  // direct, indirect
        uint32 start = 2;
        uint32 end = 3;
        string content = 4;
        string speaker = 5;
        optional string cue = 6;
        bool continuation = 7;
        Evidence evidence = 8;
      }

      message Directive {
        uint32 start = 1;
        uint32 end = 2;
        string action = 3;
        string issuer = 4;
        optional string verb = 5;
        optional string addressee = 6;
        optional string time = 7;
        Evidence evidence = 8;
      }

      message NamedThing {
        uint32 start = 1;
        uint32 end = 2;
        string text = 3;
        Evidence evidence = 4;
      }

      // What an article is about; the range is its first cue's, the count that of all its cues.
      message Topic {
        uint32 start = 1;
        uint32 end = 2;
        string name = 3;
        uint32 count = 4;
        Evidence evidence = 5;
      }

      // A person in a post, on the day that the article reports from; the range is the title's.
      message Position {
        uint32 start = 1;
        uint32 end = 2;
        string person = 3;
        string role = 4;
        // The fullest form of the body's name in the article.
        optional string body = 5;
        optional string date = 6;
        Evidence evidence = 7;
      }

      message ArticleFacts {
        optional string date = 1;
        optional string date_basis = 2;
        optional string source = 3;
        repeated Mention mentions = 4;
        repeated Event events = 5;
        repeated Statement statements = 6;
        repeated Directive directives = 7;
        repeated NamedThing instruments = 8;
        repeated NamedThing campaigns = 9;
        string rule_set = 10;
        // The topics with the most cues first.
        repeated Topic topics = 30;
        // The best first.
        repeated NamedThing key_phrases = 31;
        repeated Position positions = 32;
        // What the article is written in; as in Article.
        optional string language = 33;
      }

      // What a person has said of a fact. It is laid over what the rules find, at every rebuild.
      message Correction {
        int64 id = 1;
        int64 article_id = 2;
        // The fact that was wrong, as it was found: one fact; absent where one was missing.
        optional ArticleFacts wrong = 3;
        // The one in its place; absent where there is none.
        optional ArticleFacts right = 4;
        string why = 5;
        string who = 6;
        // The user, as the kernel named him.
        uint32 uid = 7;
        // RFC 3339, UTC, to the nanosecond.
        string time = 8;
        // applied; agreed: the rules find so by themselves; idle: another correction stands over it; stale: its words
        // do not stand in the text any more, or at several places, and it changes nothing.
        string state = 9;
        // Bytes of the text of that time: both facts; what stood there, before it and behind it.
        uint32 start = 10;
        uint32 end = 11;
        string words = 12;
        string before = 13;
        string after = 14;
      }

      // Reads and extracts without storing.
      message AnalyzeRequest {
        Document document = 1;
        // Also cut the text into words.
        bool with_words = 5;
      }

      // A word of a text, or a mark: a range of UTF-8 bytes.
      message Word {
        uint32 start = 1;
        uint32 end = 2;
      }

      message AnalyzeResponse {
        string text = 1;
        optional string title = 2;
        ArticleFacts facts = 3;
        // In order; empty unless asked for.
        repeated Word words = 8;
        // What was read of the document besides its text: no id, no text, no facts.
        optional Article article = 40;
      }

      message ExplainRuleRequest {
        // Empty: all rules.
        string rule = 1;
      }

      message Rule {
        string id = 1;
        string kind = 2;
        string note = 3;
        // Token patterns, any of which may match; none for a rule whose logic is in the program.
        repeated string match = 4;
        double confidence = 5;
        repeated string examples = 6;
        repeated string rejects = 7;
        string file = 8;
        // What turns a match into a value, where the rule gives one.
        optional string value = 9;
        // An overlay has switched it off: it finds nothing.
        bool off = 10;
      }

      message ExplainRuleResponse {
        repeated Rule rules = 1;
      }

      // Why the facts of a stored article, or of a document that is not stored, were found.
      message ExplainRequest {
        // One of the two.
        int64 article_id = 1;
        optional Document document = 2;
        // Only what touches these UTF-8 bytes of the text, `end` not 0; or any place where these words
        // stand. With neither: the whole text.
        uint32 start = 3;
        uint32 end = 4;
        string words = 5;
        // Also the readings that were given up.
        bool with_losers = 6;
      }

      // A reading of some words that became no fact.
      message Loser {
        // As facts name theirs: PERSON, TIME, EVENT, STATEMENT …
        string kind = 1;
        // UTF-8 bytes.
        uint32 start = 2;
        uint32 end = 3;
        string text = 4;
        // The rule that would have found it; empty where none had been chosen yet.
        string rule = 5;
        // What decided against it.
        string reason = 6;
      }

      message ExplainResponse {
        string text = 1;
        optional string title = 2;
        // Those that touch a place that was asked for, as the rule set in use finds them.
        ArticleFacts facts = 3;
        // The places that were asked for; none for the whole text.
        repeated Word places = 4;
        // Every rule that a fact or a loser names, once, in the rule set's order.
        repeated Rule rules = 5;
        // In the order of the text; at most 2,000.
        repeated Loser losers = 6;
        // How many more there were.
        uint64 losers_omitted = 7;
        // Where an article is stored with the facts of another rule set: its version.
        optional string stored_rule_set = 8;
        // What people have said of the facts at these places, the oldest first.
        repeated Correction corrections = 50;
        // As in Article: of titles at these places; none for a document that is not stored.
        repeated Incumbent incumbents = 51;
      }

      // ---- Search ----------------------------------------------------------------------------------

      message QueryRequest {
        string query = 1;
        // 0: the daemon's default (20); at most 1,000.
        uint32 limit = 2;
        enum Sort {
          NEWEST = 0;
          RELEVANCE = 1;
          // By headline as Vietnamese dictionaries sort; of equal ones the newest first.
          TITLE = 2;
        }
        Sort sort = 3;
        // The `next` of an earlier answer to the same query.
        string after = 4;
        // How tone and vowel marks count.
        enum Marks {
          // A syllable typed without marks matches any; one typed with marks binds, unless that finds
          // nothing.
          AUTOMATIC = 0;
          // Every syllable matches as typed.
          EXACT = 1;
          IGNORED = 2;
        }
        Marks marks = 5;
        // Counts over everything that matches: person, org, place, source, publisher, instrument,
        // campaign, topic, kind, lang, tag, year, month.
        repeated string facets = 6;
        // Values of each facet; 0: 10; at most 1,000.
        uint32 facet_limit = 7;
        // Say how the query was understood.
        bool explain = 8;
        // Only count: the answer has no hits, whatever the limit.
        bool count_only = 9;
        // Of the copies of one text show on this page only the first that matches; totals count all.
        bool fold_copies = 40;
      }

      message Hit {
        Article article = 1;
        string snippet = 2;
        // Byte ranges of the matches within `snippet`, start and end in turn.
        repeated uint32 highlights = 3;
        // The facts of those kinds that the query asks for with `kind:`. Where some of them hold the
        // query's words or names, only these.
        ArticleFacts facts = 4;
        repeated string tags = 5;
      }

      message FacetValue {
        // As the newest article with it writes it.
        string value = 1;
        uint64 articles = 2;
      }

      message Facet {
        string name = 1;
        // The most frequent first; years and months in their order.
        repeated FacetValue values = 2;
        // How many values there are in all.
        uint64 distinct = 3;
      }

      message ExplainedPlace {
        // Canonical spelling.
        string syllable = 1;
        // The index terms it stands for.
        repeated string forms = 2;
      }

      message ExplainedTerm {
        string text = 1;
        // Characters of the query, from 1.
        uint32 column = 2;
        string field = 3;
        repeated ExplainedPlace places = 4;
      }

      message ExplainedStep {
        string what = 1;
        // What it left.
        uint64 articles = 2;
        int64 nano = 3;
      }

      message Explanation {
        repeated ExplainedTerm terms = 1;
        repeated ExplainedStep steps = 2;
      }

      message QueryResponse {
        repeated Hit hits = 1;
        uint64 total = 2;
        // Empty when there is no more.
        string next = 3;
        // Sentences on what was done besides the letter of the query.
        repeated string notes = 4;
        repeated Facet facets = 5;
        // Queries that do find something, when this one finds nothing. None of them has been searched.
        repeated string suggestions = 6;
        optional Explanation explanation = 7;
      }

      // The articles that tell of the same event as one of them.
      message StoryRequest {
        int64 article_id = 1;
        // Compare it with this article instead: the answer has `compared` and no articles.
        optional int64 other_id = 2;
      }

      // How likely two articles tell of one event.
      message StoryLikeness {
        // 0 to 1.
        double likeness = 1;
        // From this likeness on they are of one story.
        double least = 2;
        repeated StoryFeature features = 3;
      }

      // What the likeness is made of: it is the logistic function of the sum of value x weight and a constant.
      message StoryFeature {
        string name = 1;
        double value = 2;
        double weight = 3;
      }

      message StoryArticle {
        // Without text and facts; `copies` are those of the story.
        Article article = 1;
        // How like it is to the article of the story that is most like it, 0 to 1; 1 for the one asked for.
        double likeness = 2;
        // Names and facts that no earlier article of the story has.
        ArticleFacts adds = 3;
      }

      message StoryResponse {
        // In the order of their days, then of their coming. Of copies of one text only the first.
        repeated StoryArticle articles = 1;
        // There are more than a story takes.
        bool cut_off = 2;
        optional StoryLikeness compared = 3;
      }

      message SavedSearch {
        string name = 1;
        string query = 2;
        // RFC 3339, UTC.
        string saved = 3;
      }

      // Takes the place of a saved search of that name.
      message SaveRequest {
        string name = 1;
        string query = 2;
      }

      message SavedSearchesRequest {}

      message SavedSearchesResponse {
        repeated SavedSearch searches = 1;
      }

      message RemoveSavedRequest {
        string name = 1;
      }

      message RemoveSavedResponse {}

      // Puts tags on all articles that match and takes others off, in one transaction.
      message TagRequest {
        string query = 1;
        repeated string add = 2;
        repeated string remove = 3;
      }

      message TagResponse {
        uint64 matched = 1;
        uint64 changed = 2;
      }

      message TagsRequest {}

      message TagsResponse {
        // The name and the number of its articles.
        repeated FacetValue tags = 1;
      }

      // ---- Events ----------------------------------------------------------------------------------

      message WatchRequest {
        // A query; empty means every article.
        string query = 1;
        // "start" (also when empty), "now", "@" with seconds since 1970, or a cursor: events after it are
        // sent.
        string from = 2;
        bool with_facts = 3;
        bool with_text = 4;
        // A named subscription: its query, from what it has acknowledged. `query` and `from` are empty
        // then.
        string subscription = 5;
        // Where events are no longer kept, send GAP and go on behind the gap; else OUT_OF_RANGE ends it.
        bool skip_gaps = 6;
      }

      message FetchRequest {
        string query = 1;
        string from = 2;
        bool with_facts = 3;
        // 0: the daemon's default (100); at most 1,000. No commit is split: the rest of the last one comes
        // too, unless that goes beyond 3 MiB.
        uint32 max_events = 4;
        // How long to wait for a first event, in nanoseconds; 0: answer at once.
        int64 wait_nano = 5;
        bool with_text = 6;
        string subscription = 7;
      }

      message WatchEvent {
        enum Kind {
          KIND_UNSPECIFIED = 0;
          ADDED = 1;
          REMOVED = 2;
          FACTS_REBUILT = 3;
          // Everything that was there when the watch began has been sent.
          SYNCED = 4;
          // Nothing matched up to this cursor.
          PROGRESS = 5;
          // A new revision of the article: another text under the same URL; or its kept document was read
          // anew, and its text or metadata are others.
          UPDATED = 6;
          // Events before this cursor are no longer kept; the watch goes on behind it.
          GAP = 7;
          // The daemon stops; go on from this cursor on another connection.
          GOAWAY = 8;
          // Retention will soon remove events that this subscription has not acknowledged.
          LAGGING = 9;
          // A rebuild of facts is done: those of every article are of one rule set. Of no article; sent
          // whatever the query.
          REBUILD_ENDED = 10;
        }
        Kind kind = 1;
        string cursor = 2;
        // RFC 3339, UTC.
        string time = 3;
        int64 article_id = 4;
        // Absent for removed articles and marks.
        optional Article article = 5;
        // Another event of the same commit follows.
        bool continues = 6;
      }

      message FetchResponse {
        repeated WatchEvent events = 1;
        // Where to go on from.
        string next = 2;
        string oldest = 3;
        string head = 4;
      }

      // A detail of the error when a cursor was the trouble: why, and where reading may begin.
      message CursorBounds {
        enum Reason {
          REASON_UNSPECIFIED = 0;
          // INVALID_ARGUMENT: it is no cursor.
          MALFORMED = 1;
          // FAILED_PRECONDITION: it is of another store.
          ANOTHER_STORE = 2;
          // OUT_OF_RANGE: events after it are no longer kept; `oldest` is where reading may begin.
          COMPACTED = 3;
          // OUT_OF_RANGE: it is beyond the newest event, `head`.
          AHEAD = 4;
        }
        string oldest = 1;
        string head = 2;
        Reason reason = 3;
      }

      // ---- Subscriptions ---------------------------------------------------------------------------

      // A place in the event log that the daemon keeps for a subscriber: at least once.
      message Subscription {
        string name = 1;
        string query = 2;
        // Everything up to and with this is acknowledged.
        string cursor = 3;
        // RFC 3339, UTC; `acknowledged` is absent before the first acknowledgement.
        string created = 4;
        optional string acknowledged = 5;
        // Events of the log behind the cursor, whatever they are about.
        uint64 lag = 6;
        // Retention will soon remove events that are not acknowledged.
        bool at_risk = 7;
        // Retention has removed events that were not acknowledged: seek to go on.
        bool cut_off = 8;
      }

      message CreateSubscriptionRequest {
        // 1 to 64 letters, digits, '.', '_', '-'.
        string name = 1;
        string query = 2;
        // As in WatchRequest.
        string from = 3;
      }

      message ListSubscriptionsRequest {}

      message ListSubscriptionsResponse {
        repeated Subscription subscriptions = 1;
      }

      message AckRequest {
        string name = 1;
        string cursor = 2;
      }

      message SeekRequest {
        string name = 1;
        // As in WatchRequest.
        string to = 2;
      }

      message DeleteSubscriptionRequest {
        string name = 1;
      }

      message DeleteSubscriptionResponse {}

      // ---- Admin -----------------------------------------------------------------------------------

      message StatusRequest {}

      message StatusResponse {
        string version = 1;
        uint32 protocol = 2;
        uint32 schema = 3;
        string store = 4;
        string rule_set = 5;
        int64 uptime_nano = 6;
        uint32 pid = 7;
        uint64 articles = 8;
        uint64 facts = 9;
        int64 head_sequence = 10;
        uint64 database_bytes = 11;
        uint64 wal_bytes = 12;
        uint32 connections = 13;
        uint32 watchers = 14;
        uint64 resident_bytes = 15;
        string state_directory = 16;
        string socket = 17;
        // The version of the tokenizer that built the full-text index.
        string tokenizer = 18;
        // Why the store takes no more writes; absent while it does.
        optional string write_failure = 19;
        // The rebuild of facts under way, or the last one; absent where there has been none.
        optional RebuildState rebuild = 20;
        // Why configuration and rules as they are on disk are not in use; absent after a good reload.
        optional string reload_failure = 21;
        // What of the rules' overlay has no effect, a sentence each.
        repeated string rule_notes = 22;
        // Where the event log begins, and the named subscriptions.
        string oldest_cursor = 30;
        repeated Subscription subscriptions = 31;
        // The re-reading of kept documents under way, or the last one; absent where there has been none.
        optional RebuildState reread = 40;
        // The folders whose files are taken in.
        repeated DropFolder drop_folders = 50;
        // The last errors of the daemon's log, at most 16, the newest first; and how many there were since its start.
        repeated LoggedError last_errors = 60;
        uint64 error_count = 61;
      }

      // An error of the daemon's log. What it says holds no text of articles.
      message LoggedError {
        // When it last happened: RFC 3339, UTC.
        string time = 1;
        // The record's message, the same for all of its kind.
        string message = 2;
        // Of a call: `service/method`, and the status code it ended with.
        string method = 3;
        optional int32 code = 4;
        string reason = 5;
        // How often, one after the other.
        uint64 times = 6;
      }

      // A drop folder, as it is and since the daemon's start.
      message DropFolder {
        string path = 1;
        // Why it cannot be watched; absent while it is.
        optional string trouble = 2;
        // Files that lie in it, those still being written included.
        uint64 waiting = 3;
        // Files moved to done and to failed.
        uint64 done = 4;
        uint64 failed = 5;
        // The last file that failed or could not be taken, why, and when (RFC 3339, UTC).
        optional string last_failure = 6;
        optional string last_failure_time = 7;
      }

      message ConnectionsRequest {}

      message ConnectionsResponse {
        repeated ConnectionState connections = 1;
      }

      message ConnectionState {
        uint64 number = 1;
        // Who is at the other end, as the kernel says.
        uint32 uid = 2;
        uint32 gid = 3;
        int32 pid = 4;
        // The name of the socket it came through: own, read or admin.
        string socket = 5;
        // What it said of itself in Hello, and what was agreed on.
        string client = 6;
        repeated string features = 7;
        int64 age_nano = 8;
        // Calls since it began.
        uint64 calls = 9;
        uint64 bytes_in = 10;
        uint64 bytes_out = 11;
        // Bytes made ready and not yet taken by its socket.
        uint64 bytes_waiting = 12;
        message Call {
          uint32 stream = 1;
          // Service/Method.
          string method = 2;
          // For a watch: events of the log that it has not read yet.
          optional uint64 lag = 3;
        }
        // What is being worked on.
        repeated Call in_progress = 13;
      }

      message TraceRequest {
        // 0: all connections but the caller's own, also those to come.
        uint64 connection = 1;
      }

      // One frame that has passed, without bodies.
      message TraceFrame {
        uint64 connection = 1;
        // Since the trace began.
        int64 time_nano = 2;
        bool from_client = 3;
        uint32 stream = 4;
        uint32 type = 5;
        uint32 flags = 6;
        // Bytes of data.
        uint32 length = 7;
        // Of a Request: Service/Method, how long the client waits, the names of its metadata.
        string method = 8;
        int64 timeout_nano = 9;
        repeated string metadata = 10;
        // Bytes of the payload or message within.
        optional uint32 payload_bytes = 11;
        // Of a compressed frame: what it declares to inflate to.
        optional uint32 inflated_bytes = 12;
        // Of a Response that is an error.
        int32 code = 13;
        string message = 14;
        optional uint32 credit = 15;
        // The data is not what the header says.
        bool malformed = 16;
        // Frames after this one that are not shown, because they came faster than they were read.
        uint64 missed = 17;
      }

      // How far a rebuild of facts has come.
      message RebuildState {
        string rule_set = 1;
        // Whether articles that this rule set had read already are read again.
        bool everything = 2;
        // Articles to be read again, as counted at its start; those read; those of them whose facts
        // changed; those that are damaged and keep the facts they had.
        uint64 total = 3;
        uint64 done = 4;
        uint64 changed = 5;
        uint64 failed = 6;
        // RFC 3339, UTC; `ended` is absent while it is under way.
        string started = 7;
        optional string ended = 8;
        // Of a re-reading: articles whose text or metadata changed.
        uint64 updated = 9;
        // Of a re-reading: articles that stay as they were, and why; the first 1,000.
        repeated RereadFault faults = 10;
      }

      message RereadFault {
        int64 article_id = 1;
        string reason = 2;
      }

      // Has articles read anew from their kept documents by the readers in use; those asked for while a
      // re-reading is under way join it.
      message RereadRequest {
        // Only tell how it stands.
        bool status_only = 1;
        // Any of: these articles, those that match, all, those that a reader older than this version read.
        // None of them: those that a reader older than the one in use read.
        repeated int64 article_ids = 2;
        optional string query = 3;
        bool everything = 4;
        uint32 older_than_reader = 5;
      }

      message RebuildRequest {
        // Only tell how it stands; else have the facts of every article made anew.
        bool status_only = 1;
      }

      message RebuildResponse {
        optional RebuildState rebuild = 1;
      }

      // ---- Services --------------------------------------------------------------------------------

      service Connection {
        rpc Hello(HelloRequest) returns (HelloResponse);
        rpc Describe(DescribeRequest) returns (DescribeResponse);
      }

      service Corpus {
        rpc Ingest(IngestRequest) returns (IngestResponse);
        rpc Get(GetArticleRequest) returns (Article);
        rpc Delete(DeleteRequest) returns (DeleteResponse);
        // NOT_FOUND for an article or a revision that is not there.
        rpc Diff(DiffRequest) returns (DiffResponse);
      }

      // A corpus for another program or another store.
      service Exchange {
        // As of one moment. ABORTED when the reader has not read for five minutes.
        rpc Export(ExportRequest) returns (stream ExportItem);
        rpc Import(ImportRequest) returns (ImportResponse);
      }

      service Facts {
        rpc Analyze(AnalyzeRequest) returns (AnalyzeResponse);
        rpc Rules(ExplainRuleRequest) returns (ExplainRuleResponse);
        // NOT_FOUND where the words do not stand in the text.
        rpc Explain(ExplainRequest) returns (ExplainResponse);
      }

      service Search {
        rpc Query(QueryRequest) returns (QueryResponse);
        // A saved search is a name for a query; in queries and watches it is `saved:NAME`.
        rpc Save(SaveRequest) returns (SavedSearch);
        rpc SavedSearches(SavedSearchesRequest) returns (SavedSearchesResponse);
        rpc RemoveSaved(RemoveSavedRequest) returns (RemoveSavedResponse);
        rpc Tag(TagRequest) returns (TagResponse);
        rpc Tags(TagsRequest) returns (TagsResponse);
        rpc Story(StoryRequest) returns (StoryResponse);
      }

      service Events {
        // Waits until there is something after `from`, or `wait_nano` is over.
        rpc Fetch(FetchRequest) returns (FetchResponse);
        rpc Watch(WatchRequest) returns (stream WatchEvent);
      }

      service Subscriptions {
        rpc Create(CreateSubscriptionRequest) returns (Subscription);
        rpc List(ListSubscriptionsRequest) returns (ListSubscriptionsResponse);
        // An older cursor than the acknowledged one changes nothing.
        rpc Ack(AckRequest) returns (Subscription);
        // Also moves back.
        rpc Seek(SeekRequest) returns (Subscription);
        rpc Delete(DeleteSubscriptionRequest) returns (DeleteSubscriptionResponse);
      }

      service Admin {
        rpc Status(StatusRequest) returns (StatusResponse);
        // For those who may change things, as is Trace.
        rpc Connections(ConnectionsRequest) returns (ConnectionsResponse);
        // Follows the frames of a connection until it ends; NOT_FOUND when there is none of that number.
        rpc Trace(TraceRequest) returns (stream TraceFrame);
        // Goes on in the background, also after the call and after a restart.
        rpc Rebuild(RebuildRequest) returns (RebuildResponse);
        // Goes on in the background as Rebuild does. NOT_FOUND where one of the articles is not there.
        rpc Reread(RereadRequest) returns (RebuildResponse);
      }

      """##
    ),
    (
      "danvan/v1/desk.proto",
      ##"""
      // The analyst's desk: persons, bodies and posts across the corpus, and what was said, ordered and held.
      syntax = "proto3";

      package danvan.v1;

      import "danvan/v1/danvan.proto";

      // A day is ISO 8601, whole; empty where the article tells none. An entity is named by its name, or by
      // `NAME@ARTICLE` where several persons bear it: the one of whom that article speaks.

      // Where a fact stands.
      message Source {
        int64 article_id = 1;
        // The day by which the article is sorted.
        string date = 2;
        string title = 3;
        // Who published it, as far as known.
        string outlet = 4;
        // Bytes of the article's stored text.
        uint32 start = 5;
        uint32 end = 6;
        // The sentence that holds the fact, on one line.
        string sentence = 7;
        Evidence evidence = 8;
      }

      // A post, from the first to the last day that an article says so. It may have begun before and ended
      // after.
      message Tenure {
        string role = 1;
        optional string body = 2;
        string first = 3;
        string last = 4;
        uint32 articles = 5;
        // The first and the last article that say so; one where they are the same.
        repeated Source sources = 6;
        // Times of more than a year within it of which no article speaks.
        repeated DayRange gaps = 7;
        // Who holds it; in answers about bodies and posts.
        optional EntityName holder = 8;
      }

      message DayRange {
        string first = 1;
        string last = 2;
      }

      message EntityName {
        // By which it can be asked for.
        string entity = 1;
        string name = 2;
        // A line that tells it from others of its name: its best-attested post.
        string known_as = 3;
        uint32 articles = 4;
      }

      message DirectiveItem {
        // By which it can be asked for and marked: article and first byte, `1234.567`.
        string id = 1;
        string issuer = 2;
        string verb = 3;
        optional string addressee = 4;
        string action = 5;
        optional string time = 6;
        // The meeting of the same article, where it tells of one.
        optional string event = 7;
        Source source = 8;
        DirectiveState state = 9;
        // Who by other articles held the post by which `issuer` is named; absent where that is a name, or they do
        // not tell.
        optional Incumbent incumbent = 10;
      }

      // What people noted on a directive; a status of `open` where nothing was noted.
      message DirectiveState {
        string status = 1;
        optional string due = 2;
        optional string owner = 3;
        optional string note = 4;
        // RFC 3339, UTC; empty where nothing was noted.
        string changed = 5;
      }

      message StatementItem {
        string speaker = 1;
        optional string cue = 2;
        string kind = 3;
        string content = 4;
        Source source = 5;
        // As in DirectiveItem, of `speaker`.
        optional Incumbent incumbent = 6;
      }

      // A gathering or official act, as one or more articles report it.
      message Meeting {
        string type = 1;
        string name = 2;
        string status = 3;
        string date = 4;
        // The time as a TIME value, where it tells more than the day.
        optional string when = 5;
        optional string place = 6;
        repeated string chairs = 7;
        repeated string attendees = 8;
        // The article with the fullest naming first.
        repeated Source sources = 9;
        // As in DirectiveItem, of those among `chairs` and `attendees` that are posts.
        repeated Incumbent incumbents = 10;
      }

      message PersonRequest {
        string entity = 1;
        // Of events, statements and directives at most so many each, the newest; 0: 10.
        uint32 limit = 2;
      }

      message PersonResponse {
        EntityName person = 1;
        // Other spellings and names that were found or merged.
        repeated string names = 2;
        repeated Tenure tenures = 3;
        repeated Meeting events = 4;
        repeated StatementItem statements = 5;
        repeated DirectiveItem given = 6;
        repeated DirectiveItem received = 7;
        repeated EntityName beside = 8;
        // Others of the same name.
        repeated EntityName namesakes = 9;
        PersonTotals totals = 10;
      }

      message PersonTotals {
        uint32 articles = 1;
        uint32 events = 2;
        uint32 statements = 3;
        uint32 given = 4;
        uint32 received = 5;
      }

      message BodyRequest {
        string entity = 1;
        uint32 limit = 2;
      }

      message BodyResponse {
        EntityName body = 1;
        repeated string names = 2;
        // Who held a post of it, the newest first.
        repeated Tenure tenures = 3;
        repeated Meeting events = 4;
        repeated StatementItem statements = 5;
        repeated DirectiveItem given = 6;
        // What was asked of it.
        repeated DirectiveItem received = 7;
        PersonTotals totals = 8;
      }

      message HoldersRequest {
        // A post: `Bí thư Thành ủy Hà Nội`.
        string title = 1;
        // The day asked about; empty: all times.
        string at = 2;
        uint32 limit = 3;
      }

      message HoldersResponse {
        // With `at`: the likeliest first. Else the newest first.
        repeated Holding holdings = 1;
      }

      message Holding {
        Tenure tenure = 1;
        // With `at`: `attested` where articles before and after that day, or of it, say so; else how many days lie
        // between it and the nearest that does.
        bool attested = 2;
        uint32 days_off = 3;
      }

      message RuleEntityRequest {
        enum Verb {
          VERB_UNSPECIFIED = 0;
          // `entity` and `other` are one.
          MERGE = 1;
          // In `articles` the name means another person than `entity`.
          SPLIT = 2;
          // `entity` is shown as `name`.
          RENAME = 3;
        }
        Verb verb = 1;
        // person or body.
        string kind = 2;
        string entity = 3;
        string other = 4;
        repeated int64 articles = 5;
        string name = 6;
      }

      message EntityRuling {
        int64 id = 1;
        string kind = 2;
        string verb = 3;
        string entity = 4;
        string other = 5;
        // RFC 3339, UTC.
        string time = 6;
      }

      message RuleEntityResponse {
        repeated EntityRuling rulings = 1;
      }

      message EntityRulingsRequest {}

      message EntityRulingsResponse {
        repeated EntityRuling rulings = 1;
      }

      message ForgetRulingRequest {
        int64 id = 1;
      }

      message ForgetRulingResponse {}

      service Entities {
        rpc Person(PersonRequest) returns (PersonResponse);
        rpc Body(BodyRequest) returns (BodyResponse);
        rpc Holders(HoldersRequest) returns (HoldersResponse);
        // What people decide about entities stays over every rebuild of the facts.
        rpc Rule(RuleEntityRequest) returns (RuleEntityResponse);
        rpc Rulings(EntityRulingsRequest) returns (EntityRulingsResponse);
        rpc Forget(ForgetRulingRequest) returns (ForgetRulingResponse);
      }

      // ---- What was ordered, held and said ----------------------------------------------------------

      // An empty name, query or period asks for all.
      message DirectivesRequest {
        // Who gave it, and to whom: a person or body as in PersonRequest and BodyRequest.
        string by = 1;
        string to = 2;
        // A query of the query language that the article answers; its words are looked for in the action too.
        string about = 3;
        // Whole or partial dates, quarters and ranges as in the query language: `2021-Q1`, `2020-04..`.
        string period = 4;
        // Only those that nobody has marked as done or dropped.
        bool open_only = 5;
        // 0: 20; at most 500.
        uint32 limit = 6;
        // Only what was noted on directives that are not found any more; nothing else is looked at.
        bool orphans = 7;
        // Of a person in `by`: also what was given under the title alone, where `incumbent` is that person.
        bool with_incumbents = 8;
      }

      message DirectivesResponse {
        // The newest first.
        repeated DirectiveItem directives = 1;
        uint64 total = 2;
        // By article.
        repeated OrphanedMark orphans = 3;
      }

      // What was noted on a directive that texts or rules of now do not have; it is kept.
      message OrphanedMark {
        int64 article_id = 1;
        // Where it stood: bytes of the text of then.
        uint32 start = 2;
        uint32 end = 3;
        // What stood there; absent for what was noted before such was kept.
        optional string words = 4;
        // These words still stand in the text, but as no directive.
        bool in_text = 5;
        DirectiveState state = 6;
      }

      message DirectiveRequest {
        string id = 1;
      }

      message DirectiveResponse {
        DirectiveItem directive = 1;
        // What was noted on it, the oldest first; what is absent was left as it was.
        repeated DirectiveChange history = 2;
        // Later articles that seem to report on it, the likeliest first. Nothing follows from them by itself.
        repeated DirectiveFollowUp follow_ups = 3;
      }

      message DirectiveChange {
        // RFC 3339, UTC.
        string time = 1;
        optional string status = 2;
        optional string due = 3;
        optional string owner = 4;
        optional string note = 5;
      }

      message DirectiveFollowUp {
        // 0 to 1.
        double score = 1;
        // Sentences on what speaks for it.
        repeated string reasons = 2;
        Source source = 3;
      }

      message MarkDirectiveRequest {
        string id = 1;
        // open, done, dropped or a word of the office's own; an empty text takes a value away.
        optional string status = 2;
        optional string due = 3;
        optional string owner = 4;
        optional string note = 5;
      }

      message MeetingsRequest {
        string period = 1;
        // A person or body.
        string chair = 2;
        // Words of the place.
        string place = 3;
        // CONFERENCE, WORKING_SESSION, …
        string type = 4;
        // 0: 50; at most 500.
        uint32 limit = 5;
        // Also what an article tells as background.
        bool with_background = 6;
        // Of a person in `chair`: also where the title alone presides, and its incumbent is that person.
        bool with_incumbents = 7;
      }

      message MeetingsResponse {
        // In the order of their days.
        repeated Meeting meetings = 1;
        // Reports in all, of which several may be of one meeting.
        uint64 reports = 2;
      }

      message StatementsRequest {
        string by = 1;
        string about = 2;
        string period = 3;
        // 0: 20; at most 500.
        uint32 limit = 4;
        // Of a person in `by`: also what the title alone is reported to have said, where `incumbent` is that person.
        bool with_incumbents = 5;
      }

      message StatementsResponse {
        // In the order of their days, the newest `limit` of them.
        repeated StatementItem statements = 1;
        uint64 total = 2;
      }

      message TopicsRequest {
        // Empty: the last quarter with articles.
        string period = 1;
      }

      message TopicsResponse {
        string first = 1;
        string last = 2;
        repeated TopicCount topics = 3;
      }

      message TopicCount {
        string topic = 1;
        uint32 articles = 2;
        // In the period before: as many months where the period is of whole months, else as many days.
        uint32 before = 3;
      }

      message TimelineRequest {
        string query = 1;
      }

      message TimelineResponse {
        // Months in order, without holes, from the first to the last with a match.
        repeated MonthCount months = 1;
        uint64 undated = 2;
      }

      message MonthCount {
        string month = 1;
        uint32 articles = 2;
      }

      // ---- What people say of facts ------------------------------------------------------------------

      message CorrectRequest {
        // `ARTICLE.KIND.START-END`, as explain names it: `12.TITLE.345-367`; `.2` behind it for the second of two
        // such facts. Empty where a fact is missing.
        string fact = 1;
        // Where a fact is missing: its article.
        int64 article_id = 2;
        // There is no such fact.
        bool spurious = 3;
        // What it is: PERSON, TITLE, ORG, LOC, TIME, EVENT or a type of event, STATEMENT, DIRECTIVE, INSTRUMENT,
        // CAMPAIGN. Needed of a missing one.
        string type = 4;
        // Where it stands: bytes of the text, `end` not 0; or its words, which must tell one place.
        uint32 start = 5;
        uint32 end = 6;
        string words = 7;
        // What it says, by the names that explain gives: value, name, holder, when, chairs, speaker, issuer …;
        // `person` for who holds, speaks or orders. A list has one of them for each item; an empty text takes a
        // value away.
        repeated FactField fields = 8;
        string why = 9;
        // Who says so; empty: the name of the connection's user.
        string who = 10;
      }

      message FactField {
        string name = 1;
        string value = 2;
      }

      message CorrectResponse {
        Correction correction = 1;
      }

      message CorrectionsRequest {
        // 0: those of all articles.
        int64 article_id = 1;
        // At most so many; 0: 200, at most 1000.
        uint32 limit = 2;
        // The `next` of an earlier answer.
        string after = 3;
      }

      message CorrectionsResponse {
        // The oldest first.
        repeated Correction corrections = 1;
        // Empty where these are the last.
        string next = 2;
      }

      message ForgetCorrectionRequest {
        int64 id = 1;
      }

      message ForgetCorrectionResponse {}

      service Corrections {
        // The facts of the article follow at once, with an event.
        rpc Correct(CorrectRequest) returns (CorrectResponse);
        rpc List(CorrectionsRequest) returns (CorrectionsResponse);
        // Takes a correction back; what the rules find stands again.
        rpc Forget(ForgetCorrectionRequest) returns (ForgetCorrectionResponse);
      }

      service Directives {
        rpc List(DirectivesRequest) returns (DirectivesResponse);
        rpc Get(DirectiveRequest) returns (DirectiveResponse);
        // Adds to the history of a directive; it stays over every rebuild of the facts.
        rpc Mark(MarkDirectiveRequest) returns (DirectiveResponse);
      }

      """##
    ),
    (
      "danvan/v1/reports.proto",
      ##"""
      // Reports over many articles: what was held and said, a period in one report, and what the store holds.
      syntax = "proto3";

      package danvan.v1;

      import "danvan/v1/desk.proto";

      // ---- A period -------------------------------------------------------------------------------

      message BriefRequest {
        // A day, month, quarter, year or range, as in the query language; `quý I-2021` too. An open end is the last
        // day of an article, an open beginning the first. Empty: the last quarter with articles.
        string period = 1;
        // Only what articles say that answer this query.
        string query = 2;
        // Of each list at most so many, 1 to 200; 0: 16.
        uint32 limit = 3;
      }

      // Everything is of the articles dated in the period and of the meetings held in it, by what articles say. Lists
      // are chosen; `totals` and the counts are of all.
      message BriefResponse {
        string first = 1;
        string last = 2;
        // The period before: as many months where the period is of whole months, else as many days.
        string before_first = 3;
        string before_last = 4;
        BriefTotals totals = 5;
        BriefTotals before = 6;
        // Days of the period with an article or a meeting, in order.
        repeated BriefDay days = 7;
        // The most notable, in the order of their days.
        repeated BriefMeeting meetings = 8;
        // By type, most first.
        repeated NamedCount meeting_types = 9;
        // Who gave most directives, and who received most.
        repeated DirectiveParty issuers = 10;
        repeated DirectiveParty addressees = 11;
        // The most notable, by issuer in the order of `issuers`, then by day.
        repeated BriefDirective directives = 12;
        // Most first; those of the period before that are no longer there behind them.
        repeated TopicCount topics = 13;
        // In the order of their days.
        repeated PostChange changes = 14;
        // The most notable, in the order of their days.
        repeated BriefStatement statements = 15;
        // Most first.
        repeated OutletCount outlets = 16;
        BriefGaps gaps = 17;
      }

      message BriefTotals {
        uint32 articles = 1;
        // Reports of meetings, of which several may be of one.
        uint32 meeting_reports = 2;
        // Of the period itself only.
        uint32 meetings = 3;
        uint32 statements = 4;
        uint32 directives = 5;
        uint32 outlets = 6;
      }

      message BriefDay {
        string date = 1;
        uint32 articles = 2;
        uint32 meetings = 3;
      }

      message NamedCount {
        string name = 1;
        uint64 count = 2;
      }

      // Why something was chosen: its weight is the sum of these.
      message Weight {
        // reports, level, chair, directives, addressee, time, noted, direct, post, topic
        string reason = 1;
        uint32 points = 2;
      }

      message BriefMeeting {
        Meeting meeting = 1;
        // What it was about: instruments that its reports name, then their key phrases.
        repeated string agenda = 2;
        // Given in its reports.
        uint32 directives = 3;
        repeated Weight weights = 4;
      }

      message DirectiveParty {
        string name = 1;
        uint32 directives = 2;
        // Of these so many that people have marked as done; as dropped. The others are open.
        uint32 done = 3;
        uint32 dropped = 4;
      }

      message BriefDirective {
        DirectiveItem item = 1;
        // As `DirectiveParty.name`.
        string party = 2;
        // Articles that report it in these words.
        uint32 articles = 3;
        repeated Weight weights = 4;
      }

      message BriefStatement {
        StatementItem item = 1;
        // The post that the article gives the speaker; empty where it gives none.
        string post = 2;
        // Articles that report it in these words.
        uint32 articles = 3;
        repeated Weight weights = 4;
      }

      // A post in which somebody was first seen in the period, where somebody else was seen in it before and is not
      // seen in it since. Seen means that an article says so: the change was some time between the two days.
      message PostChange {
        // Office and body.
        string post = 1;
        EntityName holder = 2;
        // First seen in it.
        string since = 3;
        // Articles that say so, up to the period's end.
        uint32 articles = 4;
        // The first of them.
        Source source = 5;
        EntityName before = 6;
        // Last seen in it.
        string until = 7;
        uint32 before_articles = 8;
        // The last of them.
        Source before_source = 9;
        // What makes it uncertain: one_article_since, one_article_before (so much is said by one article alone),
        // long_gap (more than a year between the two days), inferred_day (one of them was taken from what the article
        // tells of). None: as sure as articles make it.
        repeated string doubts = 10;
      }

      message OutletCount {
        // Empty: the articles whose source is not known.
        string name = 1;
        uint32 articles = 2;
        uint32 before = 3;
        // Days with an article of it.
        uint32 days = 4;
      }

      // What is missing.
      message BriefGaps {
        uint32 days_without_articles = 1;
        // The longest times without an article, of two days or more, the longest first.
        repeated DayRange silences = 2;
        // Weeks, from Monday, that lie whole in the period and have no article; each by its first day.
        repeated string weeks_without_articles = 3;
        // With articles in the period before, and none now.
        repeated OutletCount silent_outlets = 4;
        // Articles of the period whose day was taken from what they tell of, whose source is unknown, that are copies of
        // another one.
        uint32 articles_of_inferred_day = 5;
        uint32 articles_without_outlet = 6;
        uint32 copies = 7;
        // Articles of the whole corpus (that answer the query) without any day, which no period can hold.
        uint64 articles_without_day = 8;
        uint32 meetings_without_chair = 9;
        uint32 meetings_without_place = 10;
        uint32 directives_without_addressee = 11;
        uint32 directives_without_time = 12;
        // On which nothing was noted.
        uint32 directives_unanswered = 13;
        uint32 statements_without_post = 14;
        // Posts seen held in the period before that nobody is seen in now; those that most articles gave first.
        repeated VacantPost vacant = 15;
        // Posts of the period that were not looked at for a change: several hold them at a time, or their wording does not tell them from others.
        uint32 shared_posts = 16;
        uint32 unclear_posts = 17;
        // The period is not over, or ends after the last article.
        bool unfinished = 18;
      }

      message VacantPost {
        string post = 1;
        EntityName holder = 2;
        string last = 3;
        uint32 articles = 4;
        // The last article that gave it.
        Source source = 5;
      }

      // ---- The store ------------------------------------------------------------------------------

      message StatsRequest {}

      message StatsResponse {
        uint64 articles = 1;
        uint64 facts = 2;
        // UTF-8 bytes of the articles' texts.
        uint64 text_bytes = 3;
        uint64 database_bytes = 4;
        // The write-ahead log.
        uint64 wal_bytes = 5;
        // Most first; an empty name: not known.
        repeated NamedCount sources = 6;
        // Months with articles, in order; by the day that articles are sorted by.
        repeated MonthCount months = 7;
        uint64 undated = 8;
        repeated ReaderCount readers = 9;
        // Facts by kind.
        repeated NamedCount kinds = 10;
        // Articles that have such a thing at all: a headline, url, day, stated_day, source, or a fact of a kind.
        repeated NamedCount coverage = 11;
        // Facts by the rule that found them, most first; rules of the set in use that found none are told with 0.
        repeated NamedCount rules = 12;
        // Articles whose facts are damaged, and not counted.
        uint64 unreadable = 13;
      }

      message ReaderCount {
        string media_type = 1;
        // The reader's version.
        uint32 version = 2;
        uint64 articles = 3;
      }

      service Reports {
        rpc Meetings(MeetingsRequest) returns (MeetingsResponse);
        rpc Statements(StatementsRequest) returns (StatementsResponse);
        rpc Topics(TopicsRequest) returns (TopicsResponse);
        rpc Timeline(TimelineRequest) returns (TimelineResponse);
        // What happened in a period: the report that a press office writes.
        rpc Brief(BriefRequest) returns (BriefResponse);
        // What the store holds, in numbers.
        rpc Stats(StatsRequest) returns (StatsResponse);
      }

      """##
    ),
    (
      "grpc/health/v1/health.proto",
      ##"""
      // The health service as the field knows it, for `dvctl ping` and for stock tools.
      syntax = "proto3";

      package grpc.health.v1;

      message HealthCheckRequest {
        string service = 1;
      }

      message HealthCheckResponse {
        enum ServingStatus {
          UNKNOWN = 0;
          SERVING = 1;
          NOT_SERVING = 2;
          SERVICE_UNKNOWN = 3;
        }
        ServingStatus status = 1;
      }

      service Health {
        rpc Check(HealthCheckRequest) returns (HealthCheckResponse);
        // The state now, and again whenever it changes.
        rpc Watch(HealthCheckRequest) returns (stream HealthCheckResponse);
      }

      """##
    ),
  ]
}
