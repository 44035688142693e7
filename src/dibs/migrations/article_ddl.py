"""The full-text index of articles, which exists in each database's own form and outside the common tables.

What is indexed is the column `words`, which bot/knowledge.py writes: the stems of its words, each with its workspace's
mark in front.
"""

SQLITE = [
    """CREATE VIRTUAL TABLE article_index USING fts5(
  words, article_id UNINDEXED, tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
)""",
    """CREATE TRIGGER article_added AFTER INSERT ON articles BEGIN
  INSERT INTO article_index (words, article_id) VALUES (new.words, new.id);
END""",
    """CREATE TRIGGER article_changed AFTER UPDATE OF words ON articles BEGIN
  UPDATE article_index SET words = new.words WHERE article_id = new.id;
END""",
    """CREATE TRIGGER article_removed BEFORE DELETE ON articles BEGIN
  DELETE FROM article_index WHERE article_id = old.id;
END""",
]
SQLITE_DROP = [
    "DROP TRIGGER article_added",
    "DROP TRIGGER article_changed",
    "DROP TRIGGER article_removed",
    "DROP TABLE article_index",
]
POSTGRES = [
    "ALTER TABLE articles ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED",
    "CREATE INDEX articles_search ON articles USING gin (search)",
]
POSTGRES_DROP = ["ALTER TABLE articles DROP COLUMN search"]
