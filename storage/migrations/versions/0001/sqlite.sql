CREATE TABLE redirects (
  kind VARCHAR NOT NULL,
  old_id INTEGER NOT NULL,
  new_id INTEGER NOT NULL,
  reason VARCHAR NOT NULL,
  CONSTRAINT pk_redirects PRIMARY KEY (kind, old_id),
  CONSTRAINT ck_redirects_kind CHECK (kind IN ('article', 'work', 'story'))
)
;
CREATE TABLE documents (
  document VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  family VARCHAR NOT NULL,
  form VARCHAR NOT NULL,
  parties VARCHAR NOT NULL,
  aliases VARCHAR NOT NULL,
  CONSTRAINT pk_documents PRIMARY KEY (document),
  CONSTRAINT ck_documents_family CHECK (family IN ('bilateral', 'g7_declaration', 'ukraine_compact', 'eu_commitments', 'uk_100_year', 'us_text_2025', 'coalition_force', 'kyiv_security_compact', 'istanbul_2022', 'budapest_1994', 'none_named'))
)
;
CREATE TABLE guarantors (
  guarantor VARCHAR NOT NULL,
  name_en VARCHAR NOT NULL,
  name_uk VARCHAR NOT NULL,
  name_ru VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  groups VARCHAR NOT NULL,
  CONSTRAINT pk_guarantors PRIMARY KEY (guarantor),
  CONSTRAINT ck_guarantors_kind CHECK (kind IN ('state', 'union', 'alliance', 'group', 'beneficiary', 'adversary'))
)
;
CREATE TABLE ledger_history (
  history_id INTEGER NOT NULL,
  line VARCHAR NOT NULL,
  guarantor VARCHAR NOT NULL,
  document VARCHAR NOT NULL,
  family VARCHAR NOT NULL,
  stage VARCHAR NOT NULL,
  stage_rank INTEGER NOT NULL,
  acting_side VARCHAR NOT NULL,
  event_on_min DATE,
  event_on_max DATE,
  event_day_min INTEGER,
  event_day_max INTEGER,
  precision VARCHAR NOT NULL,
  planned_on DATE,
  planned_day INTEGER,
  place VARCHAR,
  status VARCHAR NOT NULL,
  confirmed_by VARCHAR NOT NULL,
  is_hedged SMALLINT NOT NULL,
  block_kind VARCHAR,
  condition_kind VARCHAR,
  speakers INTEGER NOT NULL,
  texts INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  first_published_at DATETIME,
  best_claim INTEGER,
  deciding VARCHAR NOT NULL,
  content_sha256 VARCHAR NOT NULL,
  known_from DATETIME NOT NULL,
  known_to DATETIME,
  rules_version VARCHAR NOT NULL,
  cause VARCHAR NOT NULL,
  CONSTRAINT pk_ledger_history PRIMARY KEY (history_id),
  CONSTRAINT ck_ledger_history_family CHECK (family IN ('bilateral', 'g7_declaration', 'ukraine_compact', 'eu_commitments', 'uk_100_year', 'us_text_2025', 'coalition_force', 'kyiv_security_compact', 'istanbul_2022', 'budapest_1994', 'none_named')),
  CONSTRAINT ck_ledger_history_stage CHECK (stage IN ('proposed', 'joined_declaration', 'talks_announced', 'talks_started', 'negotiating', 'text_agreed', 'signing_announced', 'signed', 'submitted', 'ratified', 'in_force', 'amended', 'invoked', 'ended', 'blocked', 'commitment')),
  CONSTRAINT ck_ledger_history_acting_side CHECK (acting_side IN ('UA', 'guarantor', 'third', 'unknown')),
  CONSTRAINT ck_ledger_history_precision CHECK (precision IN ('day', 'by', 'month', 'year', 'planned', 'unknown')),
  CONSTRAINT ck_ledger_history_confirmed_by CHECK (confirmed_by IN ('UA', 'guarantor', 'both', 'third', 'unknown')),
  CONSTRAINT ck_ledger_history_cause CHECK (cause IN ('news', 'outlet_edit', 'late_find', 'rule', 'review')),
  CONSTRAINT ck_ledger_history_block_kind CHECK (block_kind IN ('refused', 'postponed', 'vetoed', 'withdrawn', 'threatened', 'not_done')),
  CONSTRAINT ck_ledger_history_condition_kind CHECK (condition_kind IN ('ceasefire', 'peace_deal', 'us_backstop', 'own_parliament', 'other')),
  CONSTRAINT ck_ledger_history_status CHECK (status IN ('current', 'announced', 'rejected')),
  CONSTRAINT ck_ledger_history_is_hedged CHECK (is_hedged IN (0, 1))
)
;
CREATE TABLE conflicts (
  line VARCHAR NOT NULL,
  field VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  claim_id INTEGER NOT NULL,
  texts INTEGER NOT NULL,
  CONSTRAINT pk_conflicts PRIMARY KEY (line, field, value)
)
;
CREATE TABLE reviews (
  review_id INTEGER NOT NULL,
  claim_id INTEGER NOT NULL,
  decision VARCHAR NOT NULL,
  correction VARCHAR,
  note VARCHAR,
  reader VARCHAR NOT NULL,
  decided_at DATETIME NOT NULL,
  CONSTRAINT pk_reviews PRIMARY KEY (review_id),
  CONSTRAINT ck_reviews_decision CHECK (decision IN ('accept', 'reject', 'correct'))
)
;
CREATE TABLE zaporuka_info (
  "key" VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  CONSTRAINT pk_zaporuka_info PRIMARY KEY ("key")
)
;
CREATE TABLE outlets (
  outlet VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  side VARCHAR NOT NULL,
  tier VARCHAR NOT NULL,
  languages VARCHAR NOT NULL,
  homepage VARCHAR NOT NULL,
  rights VARCHAR NOT NULL,
  terms_url VARCHAR,
  is_known_to_block SMALLINT NOT NULL,
  CONSTRAINT pk_outlets PRIMARY KEY (outlet),
  CONSTRAINT ck_outlets_is_known_to_block CHECK (is_known_to_block IN (0, 1))
)
;
CREATE TABLE runs (
  run_id VARCHAR NOT NULL,
  verb VARCHAR NOT NULL,
  started_at DATETIME NOT NULL,
  finished_at DATETIME,
  state VARCHAR NOT NULL,
  cleaner_version VARCHAR,
  rules_version VARCHAR,
  counts VARCHAR NOT NULL,
  CONSTRAINT pk_runs PRIMARY KEY (run_id),
  CONSTRAINT ck_runs_state CHECK (state IN ('running', 'done', 'failed', 'interrupted'))
)
;
CREATE TABLE units (
  unit_id INTEGER NOT NULL,
  outlet VARCHAR NOT NULL,
  edition VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  index_url VARCHAR NOT NULL,
  covers_from DATE,
  covers_to DATE,
  state VARCHAR NOT NULL,
  planned_at DATETIME NOT NULL,
  read_at DATETIME,
  read_on DATE,
  done_at DATETIME,
  outcome VARCHAR,
  listed INTEGER,
  CONSTRAINT pk_units PRIMARY KEY (unit_id),
  CONSTRAINT ck_units_state CHECK (state IN ('planned', 'listed', 'done')),
  CONSTRAINT ck_units_outcome CHECK (outcome IN ('article', 'fetched', 'listing', 'challenge', 'error_page', 'cookie_wall', 'gallery', 'body_lost', 'no_text', 'not_html', 'binary', 'empty', 'too_large', 'unreadable', 'truncated', 'not_found', 'gone', 'redirect', 'not_modified', 'forbidden', 'rate_limited', 'http_error', 'server_error', 'robots_file', 'feed', 'sitemap', 'known', 'no_response', 'not_a_response', 'step_failed', 'robots_denied', 'timeout', 'dns_failed', 'guard_refused'))
)
;
CREATE TABLE leads (
  url VARCHAR NOT NULL,
  outlet VARCHAR NOT NULL,
  language VARCHAR,
  published_hint_at DATETIME,
  published_hint_on DATE,
  published_hint_day INTEGER,
  headline_hint VARCHAR,
  unit_id INTEGER,
  first_seen_at DATETIME NOT NULL,
  CONSTRAINT pk_leads PRIMARY KEY (url),
  CONSTRAINT ck_leads_language CHECK (language IN ('en', 'uk', 'ru', 'other'))
)
;
CREATE TABLE unit_leads (
  unit_id INTEGER NOT NULL,
  url VARCHAR NOT NULL,
  CONSTRAINT pk_unit_leads PRIMARY KEY (unit_id, url)
)
;
CREATE TABLE alarms (
  alarm_id INTEGER NOT NULL,
  run_id VARCHAR NOT NULL,
  outlet VARCHAR,
  kind VARCHAR NOT NULL,
  subject VARCHAR NOT NULL,
  detail VARCHAR NOT NULL,
  raised_at DATETIME NOT NULL,
  raised_on DATE,
  raised_day INTEGER,
  CONSTRAINT pk_alarms PRIMARY KEY (alarm_id),
  CONSTRAINT ck_alarms_kind CHECK (kind IN ('silence', 'blocked', 'challenge', 'empty_index', 'unreadable_index', 'empty_field', 'layout_changed', 'drop_jump', 'language_turned', 'date_drift', 'disk_budget'))
)
;
CREATE TABLE leases (
  kind VARCHAR NOT NULL,
  "key" VARCHAR NOT NULL,
  holder VARCHAR NOT NULL,
  until DATETIME NOT NULL,
  CONSTRAINT pk_leases PRIMARY KEY (kind, "key")
)
;
CREATE TABLE outcomes (
  run_id VARCHAR NOT NULL,
  stage VARCHAR NOT NULL,
  item VARCHAR NOT NULL,
  outlet VARCHAR,
  url VARCHAR,
  outcome VARCHAR NOT NULL,
  detail VARCHAR,
  at DATETIME NOT NULL,
  CONSTRAINT pk_outcomes PRIMARY KEY (run_id, stage, item),
  CONSTRAINT ck_outcomes_outcome CHECK (outcome IN ('article', 'fetched', 'listing', 'challenge', 'error_page', 'cookie_wall', 'gallery', 'body_lost', 'no_text', 'not_html', 'binary', 'empty', 'too_large', 'unreadable', 'truncated', 'not_found', 'gone', 'redirect', 'not_modified', 'forbidden', 'rate_limited', 'http_error', 'server_error', 'robots_file', 'feed', 'sitemap', 'known', 'no_response', 'not_a_response', 'step_failed', 'robots_denied', 'timeout', 'dns_failed', 'guard_refused'))
)
;
CREATE TABLE articles (
  article_id INTEGER NOT NULL,
  outlet VARCHAR NOT NULL,
  identifier VARCHAR NOT NULL,
  url VARCHAR,
  language VARCHAR NOT NULL,
  headline VARCHAR NOT NULL,
  authors VARCHAR NOT NULL,
  section VARCHAR,
  published_at DATETIME,
  published_on DATE,
  published_day INTEGER,
  published_precision VARCHAR NOT NULL,
  date_source VARCHAR NOT NULL,
  modified_at DATETIME,
  first_seen_at DATETIME,
  vanished_at DATETIME,
  current_version_id INTEGER,
  current_reading_id INTEGER,
  work_id INTEGER,
  story_id INTEGER,
  is_security_guarantees SMALLINT,
  topic_score FLOAT,
  CONSTRAINT pk_articles PRIMARY KEY (article_id),
  CONSTRAINT ck_articles_language CHECK (language IN ('en', 'uk', 'ru', 'other')),
  CONSTRAINT ck_articles_published_precision CHECK (published_precision IN ('second', 'minute', 'day', 'month', 'unknown')),
  CONSTRAINT ck_articles_date_source CHECK (date_source IN ('json_ld', 'meta', 'time_tag', 'visible', 'byline', 'url', 'trafilatura', 'none')),
  CONSTRAINT ck_articles_is_security_guarantees CHECK (is_security_guarantees IN (0, 1)),
  CONSTRAINT fk_articles_outlet FOREIGN KEY(outlet) REFERENCES outlets (outlet) ON DELETE CASCADE
)
;
CREATE TABLE article_urls (
  url VARCHAR NOT NULL,
  article_id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  CONSTRAINT pk_article_urls PRIMARY KEY (url),
  CONSTRAINT fk_article_urls_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE
)
;
CREATE TABLE versions (
  version_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  text_sha256 VARCHAR NOT NULL,
  captured_at DATETIME,
  captured_on DATE,
  captured_day INTEGER,
  last_seen_at DATETIME,
  first_page_id INTEGER NOT NULL,
  cleaner_version VARCHAR NOT NULL,
  CONSTRAINT pk_versions PRIMARY KEY (version_id),
  CONSTRAINT fk_versions_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE
)
;
CREATE TABLE relations (
  article_id INTEGER NOT NULL,
  other_article_id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  score FLOAT NOT NULL,
  algorithm VARCHAR NOT NULL,
  why VARCHAR NOT NULL,
  CONSTRAINT pk_relations PRIMARY KEY (article_id, other_article_id, kind),
  CONSTRAINT ck_relations_kind CHECK (kind IN ('exact', 'near', 'same-event', 'translation')),
  CONSTRAINT fk_relations_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE
)
;
CREATE TABLE signatures (
  day INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  text_key INTEGER NOT NULL,
  bands BLOB NOT NULL,
  numbers BLOB NOT NULL,
  filing INTEGER NOT NULL,
  CONSTRAINT pk_signatures PRIMARY KEY (day, article_id),
  CONSTRAINT fk_signatures_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE
)
 WITHOUT ROWID
;
CREATE TABLE search_texts (
  article_id INTEGER NOT NULL,
  reading_id INTEGER NOT NULL,
  headline_tokens VARCHAR NOT NULL,
  body_tokens VARCHAR NOT NULL,
  published_day INTEGER,
  CONSTRAINT pk_search_texts PRIMARY KEY (article_id),
  CONSTRAINT fk_search_texts_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE
)
;
CREATE TABLE readings (
  reading_id INTEGER NOT NULL,
  version_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  page_id INTEGER NOT NULL,
  cleaner_version VARCHAR NOT NULL,
  is_current SMALLINT NOT NULL,
  language VARCHAR NOT NULL,
  headline VARCHAR NOT NULL,
  authors VARCHAR NOT NULL,
  section VARCHAR,
  published_at DATETIME,
  published_on DATE,
  published_day INTEGER,
  published_precision VARCHAR NOT NULL,
  date_source VARCHAR NOT NULL,
  modified_at DATETIME,
  outlet VARCHAR NOT NULL,
  outlet_source VARCHAR NOT NULL,
  url VARCHAR,
  canonical_url VARCHAR,
  text_full VARCHAR NOT NULL,
  text_sha256 VARCHAR NOT NULL,
  outlet_tags VARCHAR NOT NULL,
  captions VARCHAR NOT NULL,
  translations VARCHAR NOT NULL,
  removed VARCHAR NOT NULL,
  path VARCHAR NOT NULL,
  sources VARCHAR NOT NULL,
  is_paywalled SMALLINT NOT NULL,
  rules_version VARCHAR,
  is_security_guarantees SMALLINT,
  topic_score FLOAT,
  CONSTRAINT pk_readings PRIMARY KEY (reading_id),
  CONSTRAINT ck_readings_language CHECK (language IN ('en', 'uk', 'ru', 'other')),
  CONSTRAINT ck_readings_published_precision CHECK (published_precision IN ('second', 'minute', 'day', 'month', 'unknown')),
  CONSTRAINT ck_readings_date_source CHECK (date_source IN ('json_ld', 'meta', 'time_tag', 'visible', 'byline', 'url', 'trafilatura', 'none')),
  CONSTRAINT ck_readings_outlet_source CHECK (outlet_source IN ('url', 'given', 'house_style', 'unlisted')),
  CONSTRAINT ck_readings_is_current CHECK (is_current IN (0, 1)),
  CONSTRAINT ck_readings_is_paywalled CHECK (is_paywalled IN (0, 1)),
  CONSTRAINT ck_readings_is_security_guarantees CHECK (is_security_guarantees IN (0, 1)),
  CONSTRAINT fk_readings_version_id FOREIGN KEY(version_id) REFERENCES versions (version_id) ON DELETE CASCADE,
  CONSTRAINT fk_readings_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE
)
;
CREATE TABLE pages (
  page_id INTEGER NOT NULL,
  url VARCHAR NOT NULL,
  outlet VARCHAR,
  fetched_at DATETIME,
  fetched_on DATE,
  fetched_day INTEGER,
  http_status INTEGER,
  content_type VARCHAR,
  etag VARCHAR,
  last_modified VARCHAR,
  payload_sha256 VARCHAR NOT NULL,
  payload_bytes INTEGER NOT NULL,
  warc_file VARCHAR,
  warc_offset INTEGER,
  record_type VARCHAR NOT NULL,
  is_truncated SMALLINT NOT NULL,
  run_id VARCHAR,
  outcome VARCHAR NOT NULL,
  outcome_detail VARCHAR,
  article_id INTEGER,
  version_id INTEGER,
  text_sha256 VARCHAR,
  cleaner_version VARCHAR,
  CONSTRAINT pk_pages PRIMARY KEY (page_id),
  CONSTRAINT ck_pages_record_type CHECK (record_type IN ('response', 'revisit', 'resource')),
  CONSTRAINT ck_pages_outcome CHECK (outcome IN ('article', 'fetched', 'listing', 'challenge', 'error_page', 'cookie_wall', 'gallery', 'body_lost', 'no_text', 'not_html', 'binary', 'empty', 'too_large', 'unreadable', 'truncated', 'not_found', 'gone', 'redirect', 'not_modified', 'forbidden', 'rate_limited', 'http_error', 'server_error', 'robots_file', 'feed', 'sitemap', 'known', 'no_response', 'not_a_response', 'step_failed', 'robots_denied', 'timeout', 'dns_failed', 'guard_refused')),
  CONSTRAINT ck_pages_is_truncated CHECK (is_truncated IN (0, 1)),
  CONSTRAINT fk_pages_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE SET NULL,
  CONSTRAINT fk_pages_version_id FOREIGN KEY(version_id) REFERENCES versions (version_id) ON DELETE SET NULL
)
;
CREATE TABLE reading_paragraphs (
  reading_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  zone VARCHAR NOT NULL,
  CONSTRAINT pk_reading_paragraphs PRIMARY KEY (reading_id, n),
  CONSTRAINT ck_reading_paragraphs_zone CHECK (zone IN ('headline', 'lead', 'body', 'quote', 'source', 'background', 'editor_note', 'update', 'subhead', 'list', 'caption')),
  CONSTRAINT fk_reading_paragraphs_reading_id FOREIGN KEY(reading_id) REFERENCES readings (reading_id) ON DELETE CASCADE
)
;
CREATE TABLE tags (
  reading_id INTEGER NOT NULL,
  topic VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  score FLOAT NOT NULL,
  rules_version VARCHAR NOT NULL,
  CONSTRAINT pk_tags PRIMARY KEY (reading_id, topic),
  CONSTRAINT ck_tags_role CHECK (role IN ('main', 'mention', 'background')),
  CONSTRAINT fk_tags_reading_id FOREIGN KEY(reading_id) REFERENCES readings (reading_id) ON DELETE CASCADE
)
;
CREATE TABLE claims (
  claim_id INTEGER NOT NULL,
  reading_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  version_id INTEGER NOT NULL,
  guarantor VARCHAR NOT NULL,
  document VARCHAR NOT NULL,
  family VARCHAR NOT NULL,
  stage VARCHAR NOT NULL,
  acting_side VARCHAR NOT NULL,
  factuality VARCHAR NOT NULL,
  is_hedged SMALLINT NOT NULL,
  block_kind VARCHAR,
  condition_kind VARCHAR,
  event_on_min DATE,
  event_on_max DATE,
  event_day_min INTEGER,
  event_day_max INTEGER,
  precision VARCHAR NOT NULL,
  planned_on DATE,
  planned_day INTEGER,
  place VARCHAR,
  said_by VARCHAR,
  said_side VARCHAR NOT NULL,
  term_used VARCHAR,
  report_type VARCHAR NOT NULL,
  zone VARCHAR NOT NULL,
  rule VARCHAR NOT NULL,
  step_sentence VARCHAR NOT NULL,
  rules_version VARCHAR NOT NULL,
  CONSTRAINT pk_claims PRIMARY KEY (claim_id, reading_id),
  CONSTRAINT ck_claims_family CHECK (family IN ('bilateral', 'g7_declaration', 'ukraine_compact', 'eu_commitments', 'uk_100_year', 'us_text_2025', 'coalition_force', 'kyiv_security_compact', 'istanbul_2022', 'budapest_1994', 'none_named')),
  CONSTRAINT ck_claims_stage CHECK (stage IN ('proposed', 'joined_declaration', 'talks_announced', 'talks_started', 'negotiating', 'text_agreed', 'signing_announced', 'signed', 'submitted', 'ratified', 'in_force', 'amended', 'invoked', 'ended', 'blocked', 'commitment')),
  CONSTRAINT ck_claims_acting_side CHECK (acting_side IN ('UA', 'guarantor', 'third', 'unknown')),
  CONSTRAINT ck_claims_factuality CHECK (factuality IN ('fact', 'planned', 'conditional', 'negated', 'question', 'opinion')),
  CONSTRAINT ck_claims_block_kind CHECK (block_kind IN ('refused', 'postponed', 'vetoed', 'withdrawn', 'threatened', 'not_done')),
  CONSTRAINT ck_claims_condition_kind CHECK (condition_kind IN ('ceasefire', 'peace_deal', 'us_backstop', 'own_parliament', 'other')),
  CONSTRAINT ck_claims_precision CHECK (precision IN ('day', 'by', 'month', 'year', 'planned', 'unknown')),
  CONSTRAINT ck_claims_said_side CHECK (said_side IN ('UA', 'guarantor', 'third', 'unknown')),
  CONSTRAINT ck_claims_report_type CHECK (report_type IN ('original', 'restatement', 'third_party', 'correction')),
  CONSTRAINT ck_claims_zone CHECK (zone IN ('headline', 'lead', 'body', 'quote', 'source', 'background', 'editor_note', 'update', 'subhead', 'list', 'caption')),
  CONSTRAINT ck_claims_is_hedged CHECK (is_hedged IN (0, 1)),
  CONSTRAINT fk_claims_reading_id FOREIGN KEY(reading_id) REFERENCES readings (reading_id) ON DELETE CASCADE,
  CONSTRAINT fk_claims_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE,
  CONSTRAINT fk_claims_version_id FOREIGN KEY(version_id) REFERENCES versions (version_id) ON DELETE CASCADE
)
;
CREATE TABLE statements (
  statement_id INTEGER NOT NULL,
  reading_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  guarantor VARCHAR,
  speaker VARCHAR,
  side VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  amount FLOAT,
  unit VARCHAR,
  condition_kind VARCHAR,
  rule VARCHAR NOT NULL,
  rules_version VARCHAR NOT NULL,
  CONSTRAINT pk_statements PRIMARY KEY (statement_id, reading_id),
  CONSTRAINT ck_statements_kind CHECK (kind IN ('stance', 'term', 'amount', 'count', 'ordinal', 'offer', 'refusal')),
  CONSTRAINT ck_statements_side CHECK (side IN ('UA', 'guarantor', 'third', 'unknown')),
  CONSTRAINT ck_statements_condition_kind CHECK (condition_kind IN ('ceasefire', 'peace_deal', 'us_backstop', 'own_parliament', 'other')),
  CONSTRAINT fk_statements_reading_id FOREIGN KEY(reading_id) REFERENCES readings (reading_id) ON DELETE CASCADE,
  CONSTRAINT fk_statements_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE
)
;
CREATE TABLE person_mentions (
  reading_id INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  as_written VARCHAR NOT NULL,
  role VARCHAR,
  CONSTRAINT pk_person_mentions PRIMARY KEY (reading_id, name),
  CONSTRAINT fk_person_mentions_reading_id FOREIGN KEY(reading_id) REFERENCES readings (reading_id) ON DELETE CASCADE
)
;
CREATE TABLE attributions (
  reading_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  source VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  quote VARCHAR NOT NULL,
  rule VARCHAR NOT NULL,
  rules_version VARCHAR NOT NULL,
  CONSTRAINT pk_attributions PRIMARY KEY (reading_id, n),
  CONSTRAINT ck_attributions_kind CHECK (kind IN ('agency', 'newspaper', 'broadcaster', 'magazine', 'government', 'ngo', 'unlisted')),
  CONSTRAINT ck_attributions_role CHECK (role IN ('origin', 'mention', 'self')),
  CONSTRAINT fk_attributions_reading_id FOREIGN KEY(reading_id) REFERENCES readings (reading_id) ON DELETE CASCADE
)
;
CREATE TABLE evidence (
  claim_id INTEGER NOT NULL,
  reading_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  role VARCHAR NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  quote VARCHAR NOT NULL,
  rule VARCHAR NOT NULL,
  CONSTRAINT pk_evidence PRIMARY KEY (claim_id, reading_id, n),
  CONSTRAINT fk_evidence_claim_id_reading_id FOREIGN KEY(claim_id, reading_id) REFERENCES claims (claim_id, reading_id) ON DELETE CASCADE,
  CONSTRAINT ck_evidence_role CHECK (role IN ('step', 'who', 'document', 'date', 'context'))
)
;
CREATE TABLE statement_evidence (
  statement_id INTEGER NOT NULL,
  reading_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  role VARCHAR NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  quote VARCHAR NOT NULL,
  rule VARCHAR NOT NULL,
  CONSTRAINT pk_statement_evidence PRIMARY KEY (statement_id, reading_id, n),
  CONSTRAINT fk_statement_evidence_statement_id_reading_id FOREIGN KEY(statement_id, reading_id) REFERENCES statements (statement_id, reading_id) ON DELETE CASCADE,
  CONSTRAINT ck_statement_evidence_role CHECK (role IN ('step', 'who', 'document', 'date', 'context'))
)
;
CREATE TABLE tag_evidence (
  reading_id INTEGER NOT NULL,
  topic VARCHAR NOT NULL,
  n INTEGER NOT NULL,
  role VARCHAR NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  quote VARCHAR NOT NULL,
  rule VARCHAR NOT NULL,
  CONSTRAINT pk_tag_evidence PRIMARY KEY (reading_id, topic, n),
  CONSTRAINT fk_tag_evidence_reading_id_topic FOREIGN KEY(reading_id, topic) REFERENCES tags (reading_id, topic) ON DELETE CASCADE,
  CONSTRAINT ck_tag_evidence_role CHECK (role IN ('step', 'who', 'document', 'date', 'context'))
)
;
CREATE INDEX ix_alarms_raised_day ON alarms (raised_day)
;
CREATE INDEX ix_alarms_run_id ON alarms (run_id)
;
CREATE INDEX ix_article_urls_article_id ON article_urls (article_id)
;
CREATE INDEX ix_articles_language ON articles (language)
;
CREATE INDEX ix_articles_outlet ON articles (outlet)
;
CREATE INDEX ix_articles_published_day ON articles (published_day)
;
CREATE INDEX ix_articles_story_id ON articles (story_id)
;
CREATE INDEX ix_articles_work_id ON articles (work_id)
;
CREATE INDEX ix_attributions_source ON attributions (source)
;
CREATE INDEX ix_claims_article_id ON claims (article_id)
;
CREATE INDEX ix_claims_family ON claims (family)
;
CREATE INDEX ix_claims_guarantor ON claims (guarantor)
;
CREATE INDEX ix_claims_reading_id ON claims (reading_id)
;
CREATE INDEX ix_claims_stage ON claims (stage)
;
CREATE INDEX ix_claims_version_id ON claims (version_id)
;
CREATE INDEX ix_documents_family ON documents (family)
;
CREATE INDEX ix_evidence_reading_id ON evidence (reading_id)
;
CREATE INDEX ix_leads_outlet ON leads (outlet)
;
CREATE INDEX ix_leads_published_hint_day ON leads (published_hint_day)
;
CREATE INDEX ix_ledger_history_family ON ledger_history (family)
;
CREATE INDEX ix_ledger_history_guarantor ON ledger_history (guarantor)
;
CREATE INDEX ix_ledger_history_line ON ledger_history (line)
;
CREATE INDEX ix_outcomes_outcome ON outcomes (outcome)
;
CREATE INDEX ix_pages_article_id ON pages (article_id)
;
CREATE INDEX ix_pages_fetched_day ON pages (fetched_day)
;
CREATE INDEX ix_pages_outcome ON pages (outcome)
;
CREATE INDEX ix_pages_outlet ON pages (outlet)
;
CREATE INDEX ix_pages_url ON pages (url)
;
CREATE INDEX ix_pages_version_id ON pages (version_id)
;
CREATE INDEX ix_person_mentions_name ON person_mentions (name)
;
CREATE INDEX ix_readings_article_id ON readings (article_id)
;
CREATE INDEX ix_readings_language ON readings (language)
;
CREATE INDEX ix_readings_published_day ON readings (published_day)
;
CREATE INDEX ix_readings_text_sha256 ON readings (text_sha256)
;
CREATE INDEX ix_readings_version_id ON readings (version_id)
;
CREATE INDEX ix_relations_other_article_id ON relations (other_article_id)
;
CREATE INDEX ix_reviews_claim_id ON reviews (claim_id)
;
CREATE INDEX ix_signatures_article_id ON signatures (article_id)
;
CREATE INDEX ix_signatures_filing ON signatures (filing)
;
CREATE INDEX ix_signatures_text_key ON signatures (text_key)
;
CREATE INDEX ix_statement_evidence_reading_id ON statement_evidence (reading_id)
;
CREATE INDEX ix_statements_article_id ON statements (article_id)
;
CREATE INDEX ix_statements_guarantor ON statements (guarantor)
;
CREATE INDEX ix_statements_kind ON statements (kind)
;
CREATE INDEX ix_statements_reading_id ON statements (reading_id)
;
CREATE INDEX ix_tags_topic ON tags (topic)
;
CREATE INDEX ix_unit_leads_url ON unit_leads (url)
;
CREATE INDEX ix_units_outlet ON units (outlet)
;
CREATE INDEX ix_units_state ON units (state)
;
CREATE INDEX ix_versions_article_id ON versions (article_id)
;
CREATE UNIQUE INDEX ux_ledger_history_open ON ledger_history (line) WHERE known_to IS NULL
;
CREATE VIEW ledger AS SELECT history_id, line, guarantor, document, family, stage, stage_rank, acting_side, event_on_min, event_on_max, event_day_min, event_day_max, precision, planned_on, planned_day, place, status, confirmed_by, is_hedged, block_kind, condition_kind, speakers, texts, outlets, first_published_at, best_claim, deciding, known_from, rules_version, cause FROM ledger_history WHERE known_to IS NULL
;
CREATE VIEW stories AS SELECT a.story_id AS story_id, min(CASE WHEN a.article_id = a.story_id THEN a.headline END) AS headline, count(*) AS articles, count(DISTINCT a.outlet) AS outlets, min(a.published_at) AS first_published_at, max(a.published_at) AS last_published_at, min(a.published_day) AS first_day, max(a.published_day) AS last_day FROM articles a WHERE a.story_id IS NOT NULL GROUP BY a.story_id
;
CREATE VIEW cells AS SELECT outlet, language, published_on, published_day, CASE WHEN EXISTS (SELECT 1 FROM units u WHERE u.outlet = cell.outlet AND u.edition = cell.language AND u.listed IS NOT NULL AND u.kind IN ('month_sitemap', 'week_sitemap', 'sitemap_index', 'day_list', 'page_list') AND u.covers_from <= cell.published_on AND u.covers_to >= cell.published_on AND u.read_on > cell.published_on) THEN listed END AS expected, (SELECT min(u.kind) FROM units u WHERE u.outlet = cell.outlet AND u.edition = cell.language AND u.listed IS NOT NULL AND u.kind IN ('month_sitemap', 'week_sitemap', 'sitemap_index', 'day_list', 'page_list') AND u.covers_from <= cell.published_on AND u.covers_to >= cell.published_on AND u.read_on > cell.published_on) AS expected_from, listed, "read", unread, CASE WHEN EXISTS (SELECT 1 FROM units u WHERE u.outlet = cell.outlet AND u.edition = cell.language AND u.listed IS NULL AND u.outcome NOT IN ('not_found', 'gone', 'not_modified')) THEN 1 ELSE 0 END AS gap_possible FROM (SELECT outlet, language, published_on, published_day, count(DISTINCT named) AS listed, count(DISTINCT article) AS "read", count(DISTINCT CASE WHEN article IS NULL THEN named END) AS unread FROM (SELECT l.outlet AS outlet, l.language AS language, CASE WHEN a.article_id IS NULL THEN l.published_hint_on ELSE a.published_on END AS published_on, CASE WHEN a.article_id IS NULL THEN l.published_hint_day ELSE a.published_day END AS published_day, CASE WHEN a.article_id IS NULL THEN l.url ELSE CAST(a.article_id AS TEXT) END AS named, a.article_id AS article FROM leads l LEFT JOIN article_urls k ON k.url = l.url LEFT JOIN articles a ON a.article_id = k.article_id UNION ALL SELECT outlet, language, published_on, published_day, NULL, article_id FROM articles) AS seen GROUP BY outlet, language, published_on, published_day) AS cell
;
CREATE VIRTUAL TABLE search_index USING fts5(headline_tokens, body_tokens, content='search_texts', content_rowid='article_id', tokenize='unicode61 remove_diacritics 0')
;
CREATE TRIGGER search_texts_added AFTER INSERT ON search_texts BEGIN INSERT INTO search_index(rowid, headline_tokens, body_tokens) VALUES (new.article_id, new.headline_tokens, new.body_tokens); END
;
CREATE TRIGGER search_texts_removed AFTER DELETE ON search_texts BEGIN INSERT INTO search_index(search_index, rowid, headline_tokens, body_tokens) VALUES ('delete', old.article_id, old.headline_tokens, old.body_tokens); END
;
CREATE TRIGGER search_texts_changed AFTER UPDATE ON search_texts BEGIN INSERT INTO search_index(search_index, rowid, headline_tokens, body_tokens) VALUES ('delete', old.article_id, old.headline_tokens, old.body_tokens); INSERT INTO search_index(rowid, headline_tokens, body_tokens) VALUES (new.article_id, new.headline_tokens, new.body_tokens); END
;
INSERT INTO zaporuka_info (key, value) VALUES ('application', 'zaporuka'), ('is_demo', '0')
;
