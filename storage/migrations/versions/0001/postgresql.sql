CREATE TABLE redirects (
  kind VARCHAR COLLATE "C" NOT NULL,
  old_id BIGINT NOT NULL,
  new_id BIGINT NOT NULL,
  reason VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_redirects PRIMARY KEY (kind, old_id),
  CONSTRAINT ck_redirects_kind CHECK (kind IN ('article', 'work', 'story'))
)
;
COMMENT ON TABLE redirects IS 'Ids that were given up because two things proved one, and the id that stands for them.'
;
COMMENT ON COLUMN redirects.kind IS 'article, work or story.'
;
COMMENT ON COLUMN redirects.old_id IS 'The id that was used.'
;
COMMENT ON COLUMN redirects.new_id IS 'The id that stands for it.'
;
COMMENT ON COLUMN redirects.reason IS 'Why.'
;
CREATE TABLE documents (
  document VARCHAR COLLATE "C" NOT NULL,
  name VARCHAR COLLATE "C" NOT NULL,
  family VARCHAR COLLATE "C" NOT NULL,
  form VARCHAR COLLATE "C" NOT NULL,
  parties VARCHAR COLLATE "C" NOT NULL,
  aliases VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_documents PRIMARY KEY (document),
  CONSTRAINT ck_documents_family CHECK (family IN ('bilateral', 'g7_declaration', 'ukraine_compact', 'eu_commitments', 'uk_100_year', 'us_text_2025', 'coalition_force', 'kyiv_security_compact', 'istanbul_2022', 'budapest_1994', 'none_named'))
)
;
COMMENT ON TABLE documents IS 'Documents claims are about, by family; what is signed in one family says nothing of another.'
;
COMMENT ON COLUMN documents.document IS 'Slug of the document.'
;
COMMENT ON COLUMN documents.name IS 'Name in English.'
;
COMMENT ON COLUMN documents.family IS 'Family of documents it belongs to.'
;
COMMENT ON COLUMN documents.form IS 'treaty, agreement, declaration, statement, intent or another form.'
;
COMMENT ON COLUMN documents.parties IS 'JSON list of guarantor codes that are parties.'
;
COMMENT ON COLUMN documents.aliases IS 'JSON list of the names texts give it.'
;
CREATE TABLE guarantors (
  guarantor VARCHAR COLLATE "C" NOT NULL,
  name_en VARCHAR COLLATE "C" NOT NULL,
  name_uk VARCHAR COLLATE "C" NOT NULL,
  name_ru VARCHAR COLLATE "C" NOT NULL,
  kind VARCHAR COLLATE "C" NOT NULL,
  groups VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_guarantors PRIMARY KEY (guarantor),
  CONSTRAINT ck_guarantors_kind CHECK (kind IN ('state', 'union', 'alliance', 'group', 'beneficiary', 'adversary'))
)
;
COMMENT ON TABLE guarantors IS 'States, organisations and groups that may promise something.'
;
COMMENT ON COLUMN guarantors.guarantor IS 'ISO 3166 alpha-2 code (XK for Kosovo), EU, NATO, G7 or MULTI.'
;
COMMENT ON COLUMN guarantors.name_en IS 'Name in English.'
;
COMMENT ON COLUMN guarantors.name_uk IS 'Name in Ukrainian.'
;
COMMENT ON COLUMN guarantors.name_ru IS 'Name in Russian.'
;
COMMENT ON COLUMN guarantors.kind IS 'state, union, alliance, group, beneficiary or adversary.'
;
COMMENT ON COLUMN guarantors.groups IS 'JSON list of groups it belongs to (EU, G7, NATO …).'
;
CREATE TABLE ledger_history (
  history_id BIGINT NOT NULL,
  line VARCHAR COLLATE "C" NOT NULL,
  guarantor VARCHAR COLLATE "C" NOT NULL,
  document VARCHAR COLLATE "C" NOT NULL,
  family VARCHAR COLLATE "C" NOT NULL,
  stage VARCHAR COLLATE "C" NOT NULL,
  stage_rank INTEGER NOT NULL,
  acting_side VARCHAR COLLATE "C" NOT NULL,
  event_on_min DATE,
  event_on_max DATE,
  event_day_min INTEGER,
  event_day_max INTEGER,
  precision VARCHAR COLLATE "C" NOT NULL,
  planned_on DATE,
  planned_day INTEGER,
  place VARCHAR COLLATE "C",
  status VARCHAR COLLATE "C" NOT NULL,
  confirmed_by VARCHAR COLLATE "C" NOT NULL,
  is_hedged SMALLINT NOT NULL,
  block_kind VARCHAR COLLATE "C",
  condition_kind VARCHAR COLLATE "C",
  speakers INTEGER NOT NULL,
  texts INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  first_published_at TIMESTAMP WITH TIME ZONE,
  best_claim BIGINT,
  deciding VARCHAR COLLATE "C" NOT NULL,
  content_sha256 VARCHAR COLLATE "C" NOT NULL,
  known_from TIMESTAMP WITH TIME ZONE NOT NULL,
  known_to TIMESTAMP WITH TIME ZONE,
  rules_version VARCHAR COLLATE "C" NOT NULL,
  cause VARCHAR COLLATE "C" NOT NULL,
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
COMMENT ON TABLE ledger_history IS 'Every state each ledger line was ever in. A change of step, day, place, status or confirmation opens a new row; counts of speakers, texts and outlets are kept up in the open row.'
;
COMMENT ON COLUMN ledger_history.history_id IS 'Natural key: line, content, how often that content had stood.'
;
COMMENT ON COLUMN ledger_history.line IS 'Name of the line, such as JP/bilateral/signed.'
;
COMMENT ON COLUMN ledger_history.guarantor IS 'Code of the guarantor.'
;
COMMENT ON COLUMN ledger_history.document IS 'Slug of the document.'
;
COMMENT ON COLUMN ledger_history.family IS 'Family of the document.'
;
COMMENT ON COLUMN ledger_history.stage IS 'The step.'
;
COMMENT ON COLUMN ledger_history.stage_rank IS 'Rank of the step on the ladder; side states are below 1.'
;
COMMENT ON COLUMN ledger_history.acting_side IS 'Who acts.'
;
COMMENT ON COLUMN ledger_history.event_on_min IS 'Earliest day of the step in Kyiv; null if only a latest is known.'
;
COMMENT ON COLUMN ledger_history.event_on_max IS 'Latest day of the step in Kyiv.'
;
COMMENT ON COLUMN ledger_history.event_day_min IS 'event_on_min as days since 1970-01-01.'
;
COMMENT ON COLUMN ledger_history.event_day_max IS 'event_on_max as days since 1970-01-01.'
;
COMMENT ON COLUMN ledger_history.precision IS 'How exactly the day is known.'
;
COMMENT ON COLUMN ledger_history.planned_on IS 'Day announced for the act, in Kyiv.'
;
COMMENT ON COLUMN ledger_history.planned_day IS 'planned_on as days since 1970-01-01.'
;
COMMENT ON COLUMN ledger_history.place IS 'Where.'
;
COMMENT ON COLUMN ledger_history.status IS 'current (told as fact), announced (planned or conditional only) or rejected.'
;
COMMENT ON COLUMN ledger_history.confirmed_by IS 'Which sides said so.'
;
COMMENT ON COLUMN ledger_history.is_hedged IS '1 if every text hedges.'
;
COMMENT ON COLUMN ledger_history.block_kind IS 'How the step was stopped, in the claim shown first.'
;
COMMENT ON COLUMN ledger_history.condition_kind IS 'What the promise depends on, in the claim shown first.'
;
COMMENT ON COLUMN ledger_history.speakers IS 'Distinct speakers.'
;
COMMENT ON COLUMN ledger_history.texts IS 'Articles that say so, copies included.'
;
COMMENT ON COLUMN ledger_history.outlets IS 'Distinct outlets.'
;
COMMENT ON COLUMN ledger_history.first_published_at IS 'Earliest publication that says so (UTC).'
;
COMMENT ON COLUMN ledger_history.best_claim IS 'The claim to show first.'
;
COMMENT ON COLUMN ledger_history.deciding IS 'JSON list of the claims that decided.'
;
COMMENT ON COLUMN ledger_history.content_sha256 IS 'SHA-256 (hex) of what makes a change.'
;
COMMENT ON COLUMN ledger_history.known_from IS 'When this database first showed it (UTC).'
;
COMMENT ON COLUMN ledger_history.known_to IS 'When it ceased to (UTC); null for what it shows now.'
;
COMMENT ON COLUMN ledger_history.rules_version IS 'Rules under which it was first shown.'
;
COMMENT ON COLUMN ledger_history.cause IS 'Why it came: news, outlet_edit, late_find, rule or review.'
;
CREATE TABLE conflicts (
  line VARCHAR COLLATE "C" NOT NULL,
  field VARCHAR COLLATE "C" NOT NULL,
  value VARCHAR COLLATE "C" NOT NULL,
  claim_id BIGINT NOT NULL,
  texts INTEGER NOT NULL,
  CONSTRAINT pk_conflicts PRIMARY KEY (line, field, value)
)
;
COMMENT ON TABLE conflicts IS 'What texts say against a ledger line; kept and shown, never decided.'
;
COMMENT ON COLUMN conflicts.line IS 'The ledger line.'
;
COMMENT ON COLUMN conflicts.field IS 'What is contradicted: day, place, stage …'
;
COMMENT ON COLUMN conflicts.value IS 'The contradicting value.'
;
COMMENT ON COLUMN conflicts.claim_id IS 'A claim that says so.'
;
COMMENT ON COLUMN conflicts.texts IS 'Articles that say so.'
;
CREATE TABLE reviews (
  review_id BIGINT NOT NULL,
  claim_id BIGINT NOT NULL,
  decision VARCHAR COLLATE "C" NOT NULL,
  correction VARCHAR COLLATE "C",
  note VARCHAR COLLATE "C",
  reader VARCHAR COLLATE "C" NOT NULL,
  decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_reviews PRIMARY KEY (review_id),
  CONSTRAINT ck_reviews_decision CHECK (decision IN ('accept', 'reject', 'correct'))
)
;
COMMENT ON TABLE reviews IS 'What persons decided about claims. Rows are only ever added; the latest of a reader counts.'
;
COMMENT ON COLUMN reviews.review_id IS 'Natural key: claim, decision, correction, reader, moment.'
;
COMMENT ON COLUMN reviews.claim_id IS 'The claim; it need not be on file any more.'
;
COMMENT ON COLUMN reviews.decision IS 'accept, reject or correct.'
;
COMMENT ON COLUMN reviews.correction IS 'JSON map of claim field to the right value.'
;
COMMENT ON COLUMN reviews.note IS 'Why.'
;
COMMENT ON COLUMN reviews.reader IS 'Who read it.'
;
COMMENT ON COLUMN reviews.decided_at IS 'When (UTC).'
;
CREATE TABLE zaporuka_info (
  key VARCHAR COLLATE "C" NOT NULL,
  value VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_zaporuka_info PRIMARY KEY (key)
)
;
COMMENT ON TABLE zaporuka_info IS 'Facts about this database: that it is ours, whether it is a demo.'
;
COMMENT ON COLUMN zaporuka_info.key IS 'Name of the fact.'
;
COMMENT ON COLUMN zaporuka_info.value IS 'The fact.'
;
CREATE TABLE outlets (
  outlet VARCHAR COLLATE "C" NOT NULL,
  name VARCHAR COLLATE "C" NOT NULL,
  kind VARCHAR COLLATE "C" NOT NULL,
  side VARCHAR COLLATE "C" NOT NULL,
  tier VARCHAR COLLATE "C" NOT NULL,
  languages VARCHAR COLLATE "C" NOT NULL,
  homepage VARCHAR COLLATE "C" NOT NULL,
  rights VARCHAR COLLATE "C" NOT NULL,
  terms_url VARCHAR COLLATE "C",
  is_known_to_block SMALLINT NOT NULL,
  CONSTRAINT pk_outlets PRIMARY KEY (outlet),
  CONSTRAINT ck_outlets_is_known_to_block CHECK (is_known_to_block IN (0, 1))
)
;
COMMENT ON TABLE outlets IS 'The outlets that are read.'
;
COMMENT ON COLUMN outlets.outlet IS 'Slug of the outlet.'
;
COMMENT ON COLUMN outlets.name IS 'Name as the outlet writes it.'
;
COMMENT ON COLUMN outlets.kind IS 'newspaper, agency, broadcaster, government, magazine, ngo or unlisted.'
;
COMMENT ON COLUMN outlets.side IS 'Whose voice it is: UA, guarantor, international, RU or unknown.'
;
COMMENT ON COLUMN outlets.tier IS 'primary, secondary or unlisted.'
;
COMMENT ON COLUMN outlets.languages IS 'JSON list of the languages of its editions.'
;
COMMENT ON COLUMN outlets.homepage IS 'Address of its front page.'
;
COMMENT ON COLUMN outlets.rights IS 'What its terms allow, in short.'
;
COMMENT ON COLUMN outlets.terms_url IS 'Where its terms stand.'
;
COMMENT ON COLUMN outlets.is_known_to_block IS '1 if it is known to refuse programs that read.'
;
CREATE TABLE runs (
  run_id VARCHAR COLLATE "C" NOT NULL,
  verb VARCHAR COLLATE "C" NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE NOT NULL,
  finished_at TIMESTAMP WITH TIME ZONE,
  state VARCHAR COLLATE "C" NOT NULL,
  cleaner_version VARCHAR COLLATE "C",
  rules_version VARCHAR COLLATE "C",
  counts VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_runs PRIMARY KEY (run_id),
  CONSTRAINT ck_runs_state CHECK (state IN ('running', 'done', 'failed', 'interrupted'))
)
;
COMMENT ON TABLE runs IS 'Every time a verb wrote to this database, and how that ended.'
;
COMMENT ON COLUMN runs.run_id IS 'Random UUID of the run.'
;
COMMENT ON COLUMN runs.verb IS 'The verb that was run.'
;
COMMENT ON COLUMN runs.started_at IS 'When it began (UTC).'
;
COMMENT ON COLUMN runs.finished_at IS 'When it ended (UTC); null while it runs or if it was killed.'
;
COMMENT ON COLUMN runs.state IS 'running, done, failed or interrupted.'
;
COMMENT ON COLUMN runs.cleaner_version IS 'Version of the cleaner it used.'
;
COMMENT ON COLUMN runs.rules_version IS 'Version of the tagging and claim rules it used.'
;
COMMENT ON COLUMN runs.counts IS 'JSON of what it counted.'
;
CREATE TABLE units (
  unit_id BIGINT NOT NULL,
  outlet VARCHAR COLLATE "C" NOT NULL,
  edition VARCHAR COLLATE "C" NOT NULL,
  kind VARCHAR COLLATE "C" NOT NULL,
  index_url VARCHAR COLLATE "C" NOT NULL,
  covers_from DATE,
  covers_to DATE,
  state VARCHAR COLLATE "C" NOT NULL,
  planned_at TIMESTAMP WITH TIME ZONE NOT NULL,
  read_at TIMESTAMP WITH TIME ZONE,
  read_on DATE,
  done_at TIMESTAMP WITH TIME ZONE,
  outcome VARCHAR COLLATE "C",
  listed INTEGER,
  CONSTRAINT pk_units PRIMARY KEY (unit_id),
  CONSTRAINT ck_units_state CHECK (state IN ('planned', 'listed', 'done')),
  CONSTRAINT ck_units_outcome CHECK (outcome IN ('article', 'fetched', 'listing', 'challenge', 'error_page', 'cookie_wall', 'gallery', 'body_lost', 'no_text', 'not_html', 'binary', 'empty', 'too_large', 'unreadable', 'truncated', 'not_found', 'gone', 'redirect', 'not_modified', 'forbidden', 'rate_limited', 'http_error', 'server_error', 'robots_file', 'feed', 'sitemap', 'known', 'no_response', 'not_a_response', 'step_failed', 'robots_denied', 'timeout', 'dns_failed', 'guard_refused'))
)
;
COMMENT ON TABLE units IS 'Work units: the indexes (feeds, sitemaps, day lists) that were or are to be read.'
;
COMMENT ON COLUMN units.unit_id IS 'Natural key of the unit: outlet, edition, kind, index address, days.'
;
COMMENT ON COLUMN units.outlet IS 'Slug of the outlet.'
;
COMMENT ON COLUMN units.edition IS 'Language of the edition.'
;
COMMENT ON COLUMN units.kind IS 'Kind of index: feed, news_sitemap, month_sitemap, day_list and so on.'
;
COMMENT ON COLUMN units.index_url IS 'Address of the index.'
;
COMMENT ON COLUMN units.covers_from IS 'First day in Kyiv it covers; null if unknown.'
;
COMMENT ON COLUMN units.covers_to IS 'Last day in Kyiv it covers; null if unknown.'
;
COMMENT ON COLUMN units.state IS 'planned, listed (its index was read) or done (its pages were asked for).'
;
COMMENT ON COLUMN units.planned_at IS 'When it was first planned (UTC).'
;
COMMENT ON COLUMN units.read_at IS 'When its index was last read (UTC).'
;
COMMENT ON COLUMN units.read_on IS 'Day of read_at in Kyiv.'
;
COMMENT ON COLUMN units.done_at IS 'When the last of its pages had been asked for (UTC).'
;
COMMENT ON COLUMN units.outcome IS 'What became of its index when it was last asked for; null before.'
;
COMMENT ON COLUMN units.listed IS 'Addresses its index named when it was last read; null where it could not be.'
;
CREATE TABLE leads (
  url VARCHAR COLLATE "C" NOT NULL,
  outlet VARCHAR COLLATE "C" NOT NULL,
  language VARCHAR COLLATE "C",
  published_hint_at TIMESTAMP WITH TIME ZONE,
  published_hint_on DATE,
  published_hint_day INTEGER,
  headline_hint VARCHAR COLLATE "C",
  unit_id BIGINT,
  first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_leads PRIMARY KEY (url),
  CONSTRAINT ck_leads_language CHECK (language IN ('en', 'uk', 'ru', 'other'))
)
;
COMMENT ON TABLE leads IS 'Addresses that indexes named, read or not.'
;
COMMENT ON COLUMN leads.url IS 'Address the index gave.'
;
COMMENT ON COLUMN leads.outlet IS 'Slug of the outlet.'
;
COMMENT ON COLUMN leads.language IS 'Language of the edition that listed it.'
;
COMMENT ON COLUMN leads.published_hint_at IS 'Moment the index gave (UTC).'
;
COMMENT ON COLUMN leads.published_hint_on IS 'Day of published_hint_at in Kyiv.'
;
COMMENT ON COLUMN leads.published_hint_day IS 'published_hint_on as days since 1970-01-01.'
;
COMMENT ON COLUMN leads.headline_hint IS 'Headline the index gave.'
;
COMMENT ON COLUMN leads.unit_id IS 'The unit that listed it first.'
;
COMMENT ON COLUMN leads.first_seen_at IS 'When it was first listed (UTC).'
;
CREATE TABLE unit_leads (
  unit_id BIGINT NOT NULL,
  url VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_unit_leads PRIMARY KEY (unit_id, url)
)
;
COMMENT ON TABLE unit_leads IS 'Which unit listed which address; leads keeps only the first of them.'
;
COMMENT ON COLUMN unit_leads.unit_id IS 'The unit.'
;
COMMENT ON COLUMN unit_leads.url IS 'Address its index gave.'
;
CREATE TABLE alarms (
  alarm_id BIGINT NOT NULL,
  run_id VARCHAR COLLATE "C" NOT NULL,
  outlet VARCHAR COLLATE "C",
  kind VARCHAR COLLATE "C" NOT NULL,
  subject VARCHAR COLLATE "C" NOT NULL,
  detail VARCHAR COLLATE "C" NOT NULL,
  raised_at TIMESTAMP WITH TIME ZONE NOT NULL,
  raised_on DATE,
  raised_day INTEGER,
  CONSTRAINT pk_alarms PRIMARY KEY (alarm_id),
  CONSTRAINT ck_alarms_kind CHECK (kind IN ('silence', 'blocked', 'challenge', 'empty_index', 'unreadable_index', 'empty_field', 'layout_changed', 'drop_jump', 'language_turned', 'date_drift', 'disk_budget'))
)
;
COMMENT ON TABLE alarms IS 'What was not as usual in a run: silence, refusals, fields gone empty, a jump in what is dropped.'
;
COMMENT ON COLUMN alarms.alarm_id IS 'Natural key: run, kind, outlet, subject.'
;
COMMENT ON COLUMN alarms.run_id IS 'The run that saw it.'
;
COMMENT ON COLUMN alarms.outlet IS 'Slug of the outlet; null where it concerns the whole run.'
;
COMMENT ON COLUMN alarms.kind IS 'What is wrong.'
;
COMMENT ON COLUMN alarms.subject IS 'What it is about: an index, an edition, a field; empty if the outlet as a whole.'
;
COMMENT ON COLUMN alarms.detail IS 'What was seen and what is normal, in words.'
;
COMMENT ON COLUMN alarms.raised_at IS 'When it was seen (UTC).'
;
COMMENT ON COLUMN alarms.raised_on IS 'Day of raised_at in Kyiv.'
;
COMMENT ON COLUMN alarms.raised_day IS 'raised_on as days since 1970-01-01.'
;
CREATE TABLE leases (
  kind VARCHAR COLLATE "C" NOT NULL,
  key VARCHAR COLLATE "C" NOT NULL,
  holder VARCHAR COLLATE "C" NOT NULL,
  until TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_leases PRIMARY KEY (kind, key)
)
;
COMMENT ON TABLE leases IS 'Who works on what now, so that two runs never meet on one host.'
;
COMMENT ON COLUMN leases.kind IS 'What is leased: host or unit.'
;
COMMENT ON COLUMN leases.key IS 'Which one.'
;
COMMENT ON COLUMN leases.holder IS 'Who holds it.'
;
COMMENT ON COLUMN leases.until IS 'When it lapses if not renewed (UTC).'
;
CREATE TABLE outcomes (
  run_id VARCHAR COLLATE "C" NOT NULL,
  stage VARCHAR COLLATE "C" NOT NULL,
  item VARCHAR COLLATE "C" NOT NULL,
  outlet VARCHAR COLLATE "C",
  url VARCHAR COLLATE "C",
  outcome VARCHAR COLLATE "C" NOT NULL,
  detail VARCHAR COLLATE "C",
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_outcomes PRIMARY KEY (run_id, stage, item),
  CONSTRAINT ck_outcomes_outcome CHECK (outcome IN ('article', 'fetched', 'listing', 'challenge', 'error_page', 'cookie_wall', 'gallery', 'body_lost', 'no_text', 'not_html', 'binary', 'empty', 'too_large', 'unreadable', 'truncated', 'not_found', 'gone', 'redirect', 'not_modified', 'forbidden', 'rate_limited', 'http_error', 'server_error', 'robots_file', 'feed', 'sitemap', 'known', 'no_response', 'not_a_response', 'step_failed', 'robots_denied', 'timeout', 'dns_failed', 'guard_refused'))
)
;
COMMENT ON TABLE outcomes IS 'Every request and every page, counted once a stage.'
;
COMMENT ON COLUMN outcomes.run_id IS 'The run.'
;
COMMENT ON COLUMN outcomes.stage IS 'The stage: fetch, clean, identify, tag, load.'
;
COMMENT ON COLUMN outcomes.item IS 'What was counted: the address, or another name that is unique within run and stage.'
;
COMMENT ON COLUMN outcomes.outlet IS 'Slug of the outlet.'
;
COMMENT ON COLUMN outcomes.url IS 'Address.'
;
COMMENT ON COLUMN outcomes.outcome IS 'What became of it.'
;
COMMENT ON COLUMN outcomes.detail IS 'What betrayed that outcome.'
;
COMMENT ON COLUMN outcomes.at IS 'When (UTC).'
;
CREATE TABLE articles (
  article_id BIGINT NOT NULL,
  outlet VARCHAR COLLATE "C" NOT NULL,
  identifier VARCHAR COLLATE "C" NOT NULL,
  url VARCHAR COLLATE "C",
  language VARCHAR COLLATE "C" NOT NULL,
  headline VARCHAR COLLATE "C" NOT NULL,
  authors VARCHAR COLLATE "C" NOT NULL,
  section VARCHAR COLLATE "C",
  published_at TIMESTAMP WITH TIME ZONE,
  published_on DATE,
  published_day INTEGER,
  published_precision VARCHAR COLLATE "C" NOT NULL,
  date_source VARCHAR COLLATE "C" NOT NULL,
  modified_at TIMESTAMP WITH TIME ZONE,
  first_seen_at TIMESTAMP WITH TIME ZONE,
  vanished_at TIMESTAMP WITH TIME ZONE,
  current_version_id BIGINT,
  current_reading_id BIGINT,
  work_id BIGINT,
  story_id BIGINT,
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
COMMENT ON TABLE articles IS 'One row an article. Headline, authors, dates and topic are copies from its current reading (the source is the table readings), made anew by the store whenever a batch touches the article.'
;
COMMENT ON COLUMN articles.article_id IS 'Natural key: hash of identifier.'
;
COMMENT ON COLUMN articles.outlet IS 'Slug of the outlet.'
;
COMMENT ON COLUMN articles.identifier IS 'Canonical address, or urn:sha256:… of the text where there is none.'
;
COMMENT ON COLUMN articles.url IS 'Address to show and link; null where there is none.'
;
COMMENT ON COLUMN articles.language IS 'Language of the text.'
;
COMMENT ON COLUMN articles.headline IS 'Headline.'
;
COMMENT ON COLUMN articles.authors IS 'JSON list of people and named desks.'
;
COMMENT ON COLUMN articles.section IS 'Section of the outlet.'
;
COMMENT ON COLUMN articles.published_at IS 'When it was published (UTC).'
;
COMMENT ON COLUMN articles.published_on IS 'Day of published_at in Kyiv.'
;
COMMENT ON COLUMN articles.published_day IS 'published_on as days since 1970-01-01.'
;
COMMENT ON COLUMN articles.published_precision IS 'How exactly published_at is known.'
;
COMMENT ON COLUMN articles.date_source IS 'Where published_at was read.'
;
COMMENT ON COLUMN articles.modified_at IS 'When the outlet says it changed the text (UTC).'
;
COMMENT ON COLUMN articles.first_seen_at IS 'Earliest capture (UTC); when it was first stored where nobody knows when it was captured.'
;
COMMENT ON COLUMN articles.vanished_at IS 'When the outlet first answered not found or gone after the last capture (UTC).'
;
COMMENT ON COLUMN articles.current_version_id IS 'Latest version. No constraint, since versions point back.'
;
COMMENT ON COLUMN articles.current_reading_id IS 'Current reading of the latest version; the source of the copies.'
;
COMMENT ON COLUMN articles.work_id IS 'Article id of the earliest copy of the same text; its own id if first.'
;
COMMENT ON COLUMN articles.story_id IS 'Article id of the earliest article about the same event.'
;
COMMENT ON COLUMN articles.is_security_guarantees IS '1 if about security guarantees; null before tagging.'
;
COMMENT ON COLUMN articles.topic_score IS 'Score of that topic, 0 to 1.'
;
CREATE TABLE article_urls (
  url VARCHAR COLLATE "C" NOT NULL,
  article_id BIGINT NOT NULL,
  kind VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_article_urls PRIMARY KEY (url),
  CONSTRAINT fk_article_urls_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE
)
;
COMMENT ON TABLE article_urls IS 'Every address under which an article was seen.'
;
COMMENT ON COLUMN article_urls.url IS 'Address.'
;
COMMENT ON COLUMN article_urls.article_id IS 'The article.'
;
COMMENT ON COLUMN article_urls.kind IS 'canonical, fetched, seen, or another name of how the address came to be known.'
;
CREATE TABLE versions (
  version_id BIGINT NOT NULL,
  article_id BIGINT NOT NULL,
  n INTEGER NOT NULL,
  text_sha256 VARCHAR COLLATE "C" NOT NULL,
  captured_at TIMESTAMP WITH TIME ZONE,
  captured_on DATE,
  captured_day INTEGER,
  last_seen_at TIMESTAMP WITH TIME ZONE,
  first_page_id BIGINT NOT NULL,
  cleaner_version VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_versions PRIMARY KEY (version_id),
  CONSTRAINT fk_versions_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE
)
;
COMMENT ON TABLE versions IS 'Changes the outlet made: captures that differ under one cleaner. Numbers and moments are made anew from the table pages, in time order, whenever a batch touches the article.'
;
COMMENT ON COLUMN versions.version_id IS 'Natural key: article, text when first read, how often that text had stood.'
;
COMMENT ON COLUMN versions.article_id IS 'The article.'
;
COMMENT ON COLUMN versions.n IS '1 for the earliest version.'
;
COMMENT ON COLUMN versions.text_sha256 IS 'SHA-256 (hex) of the text under the cleaner that first read it.'
;
COMMENT ON COLUMN versions.captured_at IS 'Its earliest capture (UTC).'
;
COMMENT ON COLUMN versions.captured_on IS 'Day of captured_at in Kyiv.'
;
COMMENT ON COLUMN versions.captured_day IS 'captured_on as days since 1970-01-01.'
;
COMMENT ON COLUMN versions.last_seen_at IS 'Its latest capture (UTC).'
;
COMMENT ON COLUMN versions.first_page_id IS 'Its earliest capture.'
;
COMMENT ON COLUMN versions.cleaner_version IS 'The cleaner that first read it.'
;
CREATE TABLE relations (
  article_id BIGINT NOT NULL,
  other_article_id BIGINT NOT NULL,
  kind VARCHAR COLLATE "C" NOT NULL,
  score FLOAT NOT NULL,
  algorithm VARCHAR COLLATE "C" NOT NULL,
  why VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_relations PRIMARY KEY (article_id, other_article_id, kind),
  CONSTRAINT ck_relations_kind CHECK (kind IN ('exact', 'near', 'same-event', 'translation')),
  CONSTRAINT fk_relations_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE
)
;
COMMENT ON TABLE relations IS 'Pairs of articles that are copies or translations of each other or tell of the same event.'
;
COMMENT ON COLUMN relations.article_id IS 'The one of the two with the lower id.'
;
COMMENT ON COLUMN relations.other_article_id IS 'The other.'
;
COMMENT ON COLUMN relations.kind IS 'exact, near, same-event or translation.'
;
COMMENT ON COLUMN relations.score IS 'Share of what was compared that the two have in common (Jaccard), 0 to 1.'
;
COMMENT ON COLUMN relations.algorithm IS 'Name and version of the comparison.'
;
COMMENT ON COLUMN relations.why IS 'JSON list of the signals that decided, in plain words with their values.'
;
CREATE TABLE signatures (
  day INTEGER NOT NULL,
  article_id BIGINT NOT NULL,
  text_key BIGINT NOT NULL,
  bands BYTEA NOT NULL,
  numbers BYTEA NOT NULL,
  filing BIGINT NOT NULL,
  CONSTRAINT pk_signatures PRIMARY KEY (day, article_id),
  CONSTRAINT fk_signatures_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE
)
;
COMMENT ON TABLE signatures IS 'What each article is filed under, so that its copies are found: a hash of all its words and MinHash bands. Of all articles of a month that have the same words only the earliest has bands.'
;
COMMENT ON COLUMN signatures.day IS 'Day of publication in Kyiv as days since 1970-01-01; 0 where unknown. First in the key, so that the articles of some weeks lie together.'
;
COMMENT ON COLUMN signatures.article_id IS 'The article.'
;
COMMENT ON COLUMN signatures.text_key IS 'Hash of all its words; 0 where it has none.'
;
COMMENT ON COLUMN signatures.bands IS 'MinHash bands of 4 bytes each; empty where another article stands for it.'
;
COMMENT ON COLUMN signatures.numbers IS 'Hashes of 2 bytes of the numbers it tells; empty likewise.'
;
COMMENT ON COLUMN signatures.filing IS 'Which filing wrote it; a later one has a higher number, so that readers find what is new.'
;
CREATE TABLE search_texts (
  article_id BIGINT NOT NULL,
  reading_id BIGINT NOT NULL,
  headline_tokens VARCHAR COLLATE "C" NOT NULL,
  body_tokens VARCHAR COLLATE "C" NOT NULL,
  published_day INTEGER,
  CONSTRAINT pk_search_texts PRIMARY KEY (article_id),
  CONSTRAINT fk_search_texts_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE
)
;
COMMENT ON TABLE search_texts IS 'What search looks in: distinct tokens (letters and digits) of each article''s current reading.'
;
COMMENT ON COLUMN search_texts.article_id IS 'The article.'
;
COMMENT ON COLUMN search_texts.reading_id IS 'The reading the tokens come from.'
;
COMMENT ON COLUMN search_texts.headline_tokens IS 'Distinct tokens of the headline, separated by spaces.'
;
COMMENT ON COLUMN search_texts.body_tokens IS 'Distinct tokens of the rest, separated by spaces.'
;
COMMENT ON COLUMN search_texts.published_day IS 'Copy of articles.published_day, for ranking.'
;
CREATE TABLE readings (
  reading_id BIGINT NOT NULL,
  version_id BIGINT NOT NULL,
  article_id BIGINT NOT NULL,
  page_id BIGINT NOT NULL,
  cleaner_version VARCHAR COLLATE "C" NOT NULL,
  is_current SMALLINT NOT NULL,
  language VARCHAR COLLATE "C" NOT NULL,
  headline VARCHAR COLLATE "C" NOT NULL,
  authors VARCHAR COLLATE "C" NOT NULL,
  section VARCHAR COLLATE "C",
  published_at TIMESTAMP WITH TIME ZONE,
  published_on DATE,
  published_day INTEGER,
  published_precision VARCHAR COLLATE "C" NOT NULL,
  date_source VARCHAR COLLATE "C" NOT NULL,
  modified_at TIMESTAMP WITH TIME ZONE,
  outlet VARCHAR COLLATE "C" NOT NULL,
  outlet_source VARCHAR COLLATE "C" NOT NULL,
  url VARCHAR COLLATE "C",
  canonical_url VARCHAR COLLATE "C",
  text_full VARCHAR COLLATE "C" NOT NULL,
  text_sha256 VARCHAR COLLATE "C" NOT NULL,
  outlet_tags VARCHAR COLLATE "C" NOT NULL,
  captions VARCHAR COLLATE "C" NOT NULL,
  translations VARCHAR COLLATE "C" NOT NULL,
  removed VARCHAR COLLATE "C" NOT NULL,
  path VARCHAR COLLATE "C" NOT NULL,
  sources VARCHAR COLLATE "C" NOT NULL,
  is_paywalled SMALLINT NOT NULL,
  rules_version VARCHAR COLLATE "C",
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
COMMENT ON TABLE readings IS 'What one cleaner made of one version. All offsets anywhere count characters of its text_full.'
;
COMMENT ON COLUMN readings.reading_id IS 'Natural key: version and cleaner.'
;
COMMENT ON COLUMN readings.version_id IS 'The version.'
;
COMMENT ON COLUMN readings.article_id IS 'The article.'
;
COMMENT ON COLUMN readings.page_id IS 'The capture that was read: the earliest of the version.'
;
COMMENT ON COLUMN readings.cleaner_version IS 'The cleaner.'
;
COMMENT ON COLUMN readings.is_current IS '1 for the version''s latest reading.'
;
COMMENT ON COLUMN readings.language IS 'Language of the text.'
;
COMMENT ON COLUMN readings.headline IS 'Headline.'
;
COMMENT ON COLUMN readings.authors IS 'JSON list of people and named desks.'
;
COMMENT ON COLUMN readings.section IS 'Section of the outlet.'
;
COMMENT ON COLUMN readings.published_at IS 'When it was published (UTC).'
;
COMMENT ON COLUMN readings.published_on IS 'Day of published_at in Kyiv.'
;
COMMENT ON COLUMN readings.published_day IS 'published_on as days since 1970-01-01.'
;
COMMENT ON COLUMN readings.published_precision IS 'How exactly published_at is known.'
;
COMMENT ON COLUMN readings.date_source IS 'Where published_at was read.'
;
COMMENT ON COLUMN readings.modified_at IS 'When the outlet says it changed the text (UTC).'
;
COMMENT ON COLUMN readings.outlet IS 'Slug of the outlet.'
;
COMMENT ON COLUMN readings.outlet_source IS 'How the outlet was decided.'
;
COMMENT ON COLUMN readings.url IS 'Address the page names or was fetched from.'
;
COMMENT ON COLUMN readings.canonical_url IS 'Canonical address.'
;
COMMENT ON COLUMN readings.text_full IS 'Headline, blank line, paragraphs joined by blank lines (Unicode NFC).'
;
COMMENT ON COLUMN readings.text_sha256 IS 'SHA-256 (hex) of text_full.'
;
COMMENT ON COLUMN readings.outlet_tags IS 'JSON list of the outlet''s own tags.'
;
COMMENT ON COLUMN readings.captions IS 'JSON list of captions.'
;
COMMENT ON COLUMN readings.translations IS 'JSON map of language to address of the translation.'
;
COMMENT ON COLUMN readings.removed IS 'JSON list of what cleaning took out: text, why.'
;
COMMENT ON COLUMN readings.path IS 'The road cleaning took: outlet, generic or flattened.'
;
COMMENT ON COLUMN readings.sources IS 'JSON map of metadata field to where it was read.'
;
COMMENT ON COLUMN readings.is_paywalled IS '1 if the page showed only part of the text.'
;
COMMENT ON COLUMN readings.rules_version IS 'Rules that made its tags, claims and statements; null before tagging.'
;
COMMENT ON COLUMN readings.is_security_guarantees IS '1 if about security guarantees; null before tagging.'
;
COMMENT ON COLUMN readings.topic_score IS 'Score of that topic, 0 to 1.'
;
CREATE TABLE pages (
  page_id BIGINT NOT NULL,
  url VARCHAR COLLATE "C" NOT NULL,
  outlet VARCHAR COLLATE "C",
  fetched_at TIMESTAMP WITH TIME ZONE,
  fetched_on DATE,
  fetched_day INTEGER,
  http_status INTEGER,
  content_type VARCHAR COLLATE "C",
  etag VARCHAR COLLATE "C",
  last_modified VARCHAR COLLATE "C",
  payload_sha256 VARCHAR COLLATE "C" NOT NULL,
  payload_bytes BIGINT NOT NULL,
  warc_file VARCHAR COLLATE "C",
  warc_offset BIGINT,
  record_type VARCHAR COLLATE "C" NOT NULL,
  is_truncated SMALLINT NOT NULL,
  run_id VARCHAR COLLATE "C",
  outcome VARCHAR COLLATE "C" NOT NULL,
  outcome_detail VARCHAR COLLATE "C",
  article_id BIGINT,
  version_id BIGINT,
  text_sha256 VARCHAR COLLATE "C",
  cleaner_version VARCHAR COLLATE "C",
  CONSTRAINT pk_pages PRIMARY KEY (page_id),
  CONSTRAINT ck_pages_record_type CHECK (record_type IN ('response', 'revisit', 'resource')),
  CONSTRAINT ck_pages_outcome CHECK (outcome IN ('article', 'fetched', 'listing', 'challenge', 'error_page', 'cookie_wall', 'gallery', 'body_lost', 'no_text', 'not_html', 'binary', 'empty', 'too_large', 'unreadable', 'truncated', 'not_found', 'gone', 'redirect', 'not_modified', 'forbidden', 'rate_limited', 'http_error', 'server_error', 'robots_file', 'feed', 'sitemap', 'known', 'no_response', 'not_a_response', 'step_failed', 'robots_denied', 'timeout', 'dns_failed', 'guard_refused')),
  CONSTRAINT ck_pages_is_truncated CHECK (is_truncated IN (0, 1)),
  CONSTRAINT fk_pages_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE SET NULL,
  CONSTRAINT fk_pages_version_id FOREIGN KEY(version_id) REFERENCES versions (version_id) ON DELETE SET NULL
)
;
COMMENT ON TABLE pages IS 'Every capture (archived response or file) and its outcome, article or not.'
;
COMMENT ON COLUMN pages.page_id IS 'Natural key of the capture: URL, moment, payload digest.'
;
COMMENT ON COLUMN pages.url IS 'Address that was asked for.'
;
COMMENT ON COLUMN pages.outlet IS 'Slug of the outlet; null where nobody knows it.'
;
COMMENT ON COLUMN pages.fetched_at IS 'When it was fetched (UTC); null where nobody knows.'
;
COMMENT ON COLUMN pages.fetched_on IS 'Day of fetched_at in Kyiv.'
;
COMMENT ON COLUMN pages.fetched_day IS 'fetched_on as days since 1970-01-01.'
;
COMMENT ON COLUMN pages.http_status IS 'HTTP status; null where there was no HTTP.'
;
COMMENT ON COLUMN pages.content_type IS 'Content type as sent or given.'
;
COMMENT ON COLUMN pages.etag IS 'ETag as sent, to ask later whether the page has changed.'
;
COMMENT ON COLUMN pages.last_modified IS 'Last-Modified as sent, for the same.'
;
COMMENT ON COLUMN pages.payload_sha256 IS 'SHA-256 (hex) of the body.'
;
COMMENT ON COLUMN pages.payload_bytes IS 'Size of the body in bytes.'
;
COMMENT ON COLUMN pages.warc_file IS 'Archive file that holds it, as first stored.'
;
COMMENT ON COLUMN pages.warc_offset IS 'Byte offset of its record in the archive file.'
;
COMMENT ON COLUMN pages.record_type IS 'response, revisit (unchanged) or resource (came without HTTP).'
;
COMMENT ON COLUMN pages.is_truncated IS '1 if the body was cut at the size or time limit.'
;
COMMENT ON COLUMN pages.run_id IS 'The run that first stored it.'
;
COMMENT ON COLUMN pages.outcome IS 'What became of it.'
;
COMMENT ON COLUMN pages.outcome_detail IS 'What betrayed that outcome.'
;
COMMENT ON COLUMN pages.article_id IS 'The article it is a capture of, if any.'
;
COMMENT ON COLUMN pages.version_id IS 'The version of that article it shows.'
;
COMMENT ON COLUMN pages.text_sha256 IS 'SHA-256 (hex) of its cleaned text under cleaner_version.'
;
COMMENT ON COLUMN pages.cleaner_version IS 'The cleaner that last read it.'
;
CREATE TABLE reading_paragraphs (
  reading_id BIGINT NOT NULL,
  n INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  zone VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_reading_paragraphs PRIMARY KEY (reading_id, n),
  CONSTRAINT ck_reading_paragraphs_zone CHECK (zone IN ('headline', 'lead', 'body', 'quote', 'source', 'background', 'editor_note', 'update', 'subhead', 'list', 'caption')),
  CONSTRAINT fk_reading_paragraphs_reading_id FOREIGN KEY(reading_id) REFERENCES readings (reading_id) ON DELETE CASCADE
)
;
COMMENT ON TABLE reading_paragraphs IS 'Paragraphs of a reading: where each stands in text_full, and what part of the article it is.'
;
COMMENT ON COLUMN reading_paragraphs.reading_id IS 'The reading.'
;
COMMENT ON COLUMN reading_paragraphs.n IS '0 for the first paragraph after the headline.'
;
COMMENT ON COLUMN reading_paragraphs.span_start IS 'Offset of its first character.'
;
COMMENT ON COLUMN reading_paragraphs.span_end IS 'Offset after its last character.'
;
COMMENT ON COLUMN reading_paragraphs.zone IS 'What part of the article it is.'
;
CREATE TABLE tags (
  reading_id BIGINT NOT NULL,
  topic VARCHAR COLLATE "C" NOT NULL,
  role VARCHAR COLLATE "C" NOT NULL,
  score FLOAT NOT NULL,
  rules_version VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_tags PRIMARY KEY (reading_id, topic),
  CONSTRAINT ck_tags_role CHECK (role IN ('main', 'mention', 'background')),
  CONSTRAINT fk_tags_reading_id FOREIGN KEY(reading_id) REFERENCES readings (reading_id) ON DELETE CASCADE
)
;
COMMENT ON TABLE tags IS 'Topics of a reading.'
;
COMMENT ON COLUMN tags.reading_id IS 'The reading.'
;
COMMENT ON COLUMN tags.topic IS 'Slug of the topic.'
;
COMMENT ON COLUMN tags.role IS 'main, mention or background.'
;
COMMENT ON COLUMN tags.score IS 'Score, 0 to 1.'
;
COMMENT ON COLUMN tags.rules_version IS 'Rules that found it.'
;
CREATE TABLE claims (
  claim_id BIGINT NOT NULL,
  reading_id BIGINT NOT NULL,
  article_id BIGINT NOT NULL,
  version_id BIGINT NOT NULL,
  guarantor VARCHAR COLLATE "C" NOT NULL,
  document VARCHAR COLLATE "C" NOT NULL,
  family VARCHAR COLLATE "C" NOT NULL,
  stage VARCHAR COLLATE "C" NOT NULL,
  acting_side VARCHAR COLLATE "C" NOT NULL,
  factuality VARCHAR COLLATE "C" NOT NULL,
  is_hedged SMALLINT NOT NULL,
  block_kind VARCHAR COLLATE "C",
  condition_kind VARCHAR COLLATE "C",
  event_on_min DATE,
  event_on_max DATE,
  event_day_min INTEGER,
  event_day_max INTEGER,
  precision VARCHAR COLLATE "C" NOT NULL,
  planned_on DATE,
  planned_day INTEGER,
  place VARCHAR COLLATE "C",
  said_by VARCHAR COLLATE "C",
  said_side VARCHAR COLLATE "C" NOT NULL,
  term_used VARCHAR COLLATE "C",
  report_type VARCHAR COLLATE "C" NOT NULL,
  zone VARCHAR COLLATE "C" NOT NULL,
  rule VARCHAR COLLATE "C" NOT NULL,
  step_sentence VARCHAR COLLATE "C" NOT NULL,
  rules_version VARCHAR COLLATE "C" NOT NULL,
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
COMMENT ON TABLE claims IS 'That a text says a guarantor''s promise took a step. One row a reading; the same claim in another reading has the same claim_id.'
;
COMMENT ON COLUMN claims.claim_id IS 'Natural key: article, guarantor, document, stage, sentence.'
;
COMMENT ON COLUMN claims.reading_id IS 'The reading it was found in.'
;
COMMENT ON COLUMN claims.article_id IS 'The article.'
;
COMMENT ON COLUMN claims.version_id IS 'The version.'
;
COMMENT ON COLUMN claims.guarantor IS 'Code of the guarantor.'
;
COMMENT ON COLUMN claims.document IS 'Slug of the document.'
;
COMMENT ON COLUMN claims.family IS 'Family of the document.'
;
COMMENT ON COLUMN claims.stage IS 'The step.'
;
COMMENT ON COLUMN claims.acting_side IS 'Who acts. For a proposal UA means wanted, guarantor offered, third named.'
;
COMMENT ON COLUMN claims.factuality IS 'How the text holds it; only fact moves the ledger.'
;
COMMENT ON COLUMN claims.is_hedged IS '1 if the text hedges (reportedly, according to sources).'
;
COMMENT ON COLUMN claims.block_kind IS 'How the step was stopped.'
;
COMMENT ON COLUMN claims.condition_kind IS 'What the promise depends on.'
;
COMMENT ON COLUMN claims.event_on_min IS 'Earliest day of the step in Kyiv; null if only a latest is known.'
;
COMMENT ON COLUMN claims.event_on_max IS 'Latest day of the step in Kyiv.'
;
COMMENT ON COLUMN claims.event_day_min IS 'event_on_min as days since 1970-01-01.'
;
COMMENT ON COLUMN claims.event_day_max IS 'event_on_max as days since 1970-01-01.'
;
COMMENT ON COLUMN claims.precision IS 'How exactly the day is known.'
;
COMMENT ON COLUMN claims.planned_on IS 'For announcements: day of the announced act in Kyiv.'
;
COMMENT ON COLUMN claims.planned_day IS 'planned_on as days since 1970-01-01.'
;
COMMENT ON COLUMN claims.place IS 'Where.'
;
COMMENT ON COLUMN claims.said_by IS 'Who says so.'
;
COMMENT ON COLUMN claims.said_side IS 'Whose side the speaker is on.'
;
COMMENT ON COLUMN claims.term_used IS 'The word the text uses: guarantee, assurance, commitment …'
;
COMMENT ON COLUMN claims.report_type IS 'original, restatement, third_party or correction.'
;
COMMENT ON COLUMN claims.zone IS 'What part of the article it stands in.'
;
COMMENT ON COLUMN claims.rule IS 'The rule that decided.'
;
COMMENT ON COLUMN claims.step_sentence IS 'The deciding sentence, folded; part of the key.'
;
COMMENT ON COLUMN claims.rules_version IS 'Rules that found it.'
;
CREATE TABLE statements (
  statement_id BIGINT NOT NULL,
  reading_id BIGINT NOT NULL,
  article_id BIGINT NOT NULL,
  kind VARCHAR COLLATE "C" NOT NULL,
  guarantor VARCHAR COLLATE "C",
  speaker VARCHAR COLLATE "C",
  side VARCHAR COLLATE "C" NOT NULL,
  value VARCHAR COLLATE "C" NOT NULL,
  amount FLOAT,
  unit VARCHAR COLLATE "C",
  condition_kind VARCHAR COLLATE "C",
  rule VARCHAR COLLATE "C" NOT NULL,
  rules_version VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_statements PRIMARY KEY (statement_id, reading_id),
  CONSTRAINT ck_statements_kind CHECK (kind IN ('stance', 'term', 'amount', 'count', 'ordinal', 'offer', 'refusal')),
  CONSTRAINT ck_statements_side CHECK (side IN ('UA', 'guarantor', 'third', 'unknown')),
  CONSTRAINT ck_statements_condition_kind CHECK (condition_kind IN ('ceasefire', 'peace_deal', 'us_backstop', 'own_parliament', 'other')),
  CONSTRAINT fk_statements_reading_id FOREIGN KEY(reading_id) REFERENCES readings (reading_id) ON DELETE CASCADE,
  CONSTRAINT fk_statements_article_id FOREIGN KEY(article_id) REFERENCES articles (article_id) ON DELETE CASCADE
)
;
COMMENT ON TABLE statements IS 'What else a text says that analysts count: stance, term, amount, count, ordinal, offer, refusal.'
;
COMMENT ON COLUMN statements.statement_id IS 'Natural key: article, kind, guarantor, speaker, value, first sentence.'
;
COMMENT ON COLUMN statements.reading_id IS 'The reading it was found in.'
;
COMMENT ON COLUMN statements.article_id IS 'The article.'
;
COMMENT ON COLUMN statements.kind IS 'What it is.'
;
COMMENT ON COLUMN statements.guarantor IS 'Code of the guarantor it is about.'
;
COMMENT ON COLUMN statements.speaker IS 'Who says it.'
;
COMMENT ON COLUMN statements.side IS 'Whose side the speaker is on.'
;
COMMENT ON COLUMN statements.value IS 'The stance, term, amount, count or thing, as a word or number.'
;
COMMENT ON COLUMN statements.amount IS 'The number, where there is one.'
;
COMMENT ON COLUMN statements.unit IS 'Unit of the number: a currency code, years, states …'
;
COMMENT ON COLUMN statements.condition_kind IS 'What it depends on.'
;
COMMENT ON COLUMN statements.rule IS 'The rule that decided.'
;
COMMENT ON COLUMN statements.rules_version IS 'Rules that found it.'
;
CREATE TABLE person_mentions (
  reading_id BIGINT NOT NULL,
  name VARCHAR COLLATE "C" NOT NULL,
  as_written VARCHAR COLLATE "C" NOT NULL,
  role VARCHAR COLLATE "C",
  CONSTRAINT pk_person_mentions PRIMARY KEY (reading_id, name),
  CONSTRAINT fk_person_mentions_reading_id FOREIGN KEY(reading_id) REFERENCES readings (reading_id) ON DELETE CASCADE
)
;
COMMENT ON TABLE person_mentions IS 'Persons a reading names.'
;
COMMENT ON COLUMN person_mentions.reading_id IS 'The reading.'
;
COMMENT ON COLUMN person_mentions.name IS 'Canonical name.'
;
COMMENT ON COLUMN person_mentions.as_written IS 'JSON list of the spellings in the text.'
;
COMMENT ON COLUMN person_mentions.role IS 'Office or function, where known.'
;
CREATE TABLE attributions (
  reading_id BIGINT NOT NULL,
  n INTEGER NOT NULL,
  source VARCHAR COLLATE "C" NOT NULL,
  name VARCHAR COLLATE "C" NOT NULL,
  kind VARCHAR COLLATE "C" NOT NULL,
  role VARCHAR COLLATE "C" NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  quote VARCHAR COLLATE "C" NOT NULL,
  rule VARCHAR COLLATE "C" NOT NULL,
  rules_version VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_attributions PRIMARY KEY (reading_id, n),
  CONSTRAINT ck_attributions_kind CHECK (kind IN ('agency', 'newspaper', 'broadcaster', 'magazine', 'government', 'ngo', 'unlisted')),
  CONSTRAINT ck_attributions_role CHECK (role IN ('origin', 'mention', 'self')),
  CONSTRAINT fk_attributions_reading_id FOREIGN KEY(reading_id) REFERENCES readings (reading_id) ON DELETE CASCADE
)
;
COMMENT ON TABLE attributions IS 'Outlets and agencies a reading credits, with the words that do.'
;
COMMENT ON COLUMN attributions.reading_id IS 'The reading the offsets count in.'
;
COMMENT ON COLUMN attributions.n IS '0 for the first in the text.'
;
COMMENT ON COLUMN attributions.source IS 'Slug of the credited outlet, or id of a source that is not read here.'
;
COMMENT ON COLUMN attributions.name IS 'How the source is called.'
;
COMMENT ON COLUMN attributions.kind IS 'agency, newspaper, broadcaster, magazine, government, ngo or unlisted.'
;
COMMENT ON COLUMN attributions.role IS 'origin: the news is credited to it; mention: said in passing; self: the outlet itself.'
;
COMMENT ON COLUMN attributions.span_start IS 'Offset of its first character in text_full.'
;
COMMENT ON COLUMN attributions.span_end IS 'Offset after its last character.'
;
COMMENT ON COLUMN attributions.quote IS 'The characters between the offsets.'
;
COMMENT ON COLUMN attributions.rule IS 'The wording that decided.'
;
COMMENT ON COLUMN attributions.rules_version IS 'Rules that found it.'
;
CREATE TABLE evidence (
  claim_id BIGINT NOT NULL,
  reading_id BIGINT NOT NULL,
  n INTEGER NOT NULL,
  role VARCHAR COLLATE "C" NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  quote VARCHAR COLLATE "C" NOT NULL,
  rule VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_evidence PRIMARY KEY (claim_id, reading_id, n),
  CONSTRAINT fk_evidence_claim_id_reading_id FOREIGN KEY(claim_id, reading_id) REFERENCES claims (claim_id, reading_id) ON DELETE CASCADE,
  CONSTRAINT ck_evidence_role CHECK (role IN ('step', 'who', 'document', 'date', 'context'))
)
;
COMMENT ON TABLE evidence IS 'The sentences that prove a claim. Statements and tags have tables of their own of this form.'
;
COMMENT ON COLUMN evidence.claim_id IS 'The claim.'
;
COMMENT ON COLUMN evidence.reading_id IS 'The reading the offsets count in.'
;
COMMENT ON COLUMN evidence.n IS '0 for the first span.'
;
COMMENT ON COLUMN evidence.role IS 'What the span proves: step, who, document, date or context.'
;
COMMENT ON COLUMN evidence.span_start IS 'Offset of its first character in text_full.'
;
COMMENT ON COLUMN evidence.span_end IS 'Offset after its last character.'
;
COMMENT ON COLUMN evidence.quote IS 'The characters between the offsets.'
;
COMMENT ON COLUMN evidence.rule IS 'The rule that found it.'
;
CREATE TABLE statement_evidence (
  statement_id BIGINT NOT NULL,
  reading_id BIGINT NOT NULL,
  n INTEGER NOT NULL,
  role VARCHAR COLLATE "C" NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  quote VARCHAR COLLATE "C" NOT NULL,
  rule VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_statement_evidence PRIMARY KEY (statement_id, reading_id, n),
  CONSTRAINT fk_statement_evidence_statement_id_reading_id FOREIGN KEY(statement_id, reading_id) REFERENCES statements (statement_id, reading_id) ON DELETE CASCADE,
  CONSTRAINT ck_statement_evidence_role CHECK (role IN ('step', 'who', 'document', 'date', 'context'))
)
;
COMMENT ON TABLE statement_evidence IS 'The sentences that prove a statement.'
;
COMMENT ON COLUMN statement_evidence.statement_id IS 'The statement.'
;
COMMENT ON COLUMN statement_evidence.reading_id IS 'The reading the offsets count in.'
;
COMMENT ON COLUMN statement_evidence.n IS '0 for the first span.'
;
COMMENT ON COLUMN statement_evidence.role IS 'What the span proves: step, who, document, date or context.'
;
COMMENT ON COLUMN statement_evidence.span_start IS 'Offset of its first character in text_full.'
;
COMMENT ON COLUMN statement_evidence.span_end IS 'Offset after its last character.'
;
COMMENT ON COLUMN statement_evidence.quote IS 'The characters between the offsets.'
;
COMMENT ON COLUMN statement_evidence.rule IS 'The rule that found it.'
;
CREATE TABLE tag_evidence (
  reading_id BIGINT NOT NULL,
  topic VARCHAR COLLATE "C" NOT NULL,
  n INTEGER NOT NULL,
  role VARCHAR COLLATE "C" NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  quote VARCHAR COLLATE "C" NOT NULL,
  rule VARCHAR COLLATE "C" NOT NULL,
  CONSTRAINT pk_tag_evidence PRIMARY KEY (reading_id, topic, n),
  CONSTRAINT fk_tag_evidence_reading_id_topic FOREIGN KEY(reading_id, topic) REFERENCES tags (reading_id, topic) ON DELETE CASCADE,
  CONSTRAINT ck_tag_evidence_role CHECK (role IN ('step', 'who', 'document', 'date', 'context'))
)
;
COMMENT ON TABLE tag_evidence IS 'The words that prove a topic.'
;
COMMENT ON COLUMN tag_evidence.reading_id IS 'The reading the offsets count in.'
;
COMMENT ON COLUMN tag_evidence.topic IS 'Slug of the topic.'
;
COMMENT ON COLUMN tag_evidence.n IS '0 for the first span.'
;
COMMENT ON COLUMN tag_evidence.role IS 'What the span proves: step, who, document, date or context.'
;
COMMENT ON COLUMN tag_evidence.span_start IS 'Offset of its first character in text_full.'
;
COMMENT ON COLUMN tag_evidence.span_end IS 'Offset after its last character.'
;
COMMENT ON COLUMN tag_evidence.quote IS 'The characters between the offsets.'
;
COMMENT ON COLUMN tag_evidence.rule IS 'The rule that found it.'
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
COMMENT ON VIEW ledger IS 'The ledger as it stands now: the open rows of ledger_history.'
;
COMMENT ON COLUMN ledger.history_id IS 'Natural key: line, content, how often that content had stood.'
;
COMMENT ON COLUMN ledger.line IS 'Name of the line, such as JP/bilateral/signed.'
;
COMMENT ON COLUMN ledger.guarantor IS 'Code of the guarantor.'
;
COMMENT ON COLUMN ledger.document IS 'Slug of the document.'
;
COMMENT ON COLUMN ledger.family IS 'Family of the document.'
;
COMMENT ON COLUMN ledger.stage IS 'The step.'
;
COMMENT ON COLUMN ledger.stage_rank IS 'Rank of the step on the ladder; side states are below 1.'
;
COMMENT ON COLUMN ledger.acting_side IS 'Who acts.'
;
COMMENT ON COLUMN ledger.event_on_min IS 'Earliest day of the step in Kyiv; null if only a latest is known.'
;
COMMENT ON COLUMN ledger.event_on_max IS 'Latest day of the step in Kyiv.'
;
COMMENT ON COLUMN ledger.event_day_min IS 'event_on_min as days since 1970-01-01.'
;
COMMENT ON COLUMN ledger.event_day_max IS 'event_on_max as days since 1970-01-01.'
;
COMMENT ON COLUMN ledger.precision IS 'How exactly the day is known.'
;
COMMENT ON COLUMN ledger.planned_on IS 'Day announced for the act, in Kyiv.'
;
COMMENT ON COLUMN ledger.planned_day IS 'planned_on as days since 1970-01-01.'
;
COMMENT ON COLUMN ledger.place IS 'Where.'
;
COMMENT ON COLUMN ledger.status IS 'current (told as fact), announced (planned or conditional only) or rejected.'
;
COMMENT ON COLUMN ledger.confirmed_by IS 'Which sides said so.'
;
COMMENT ON COLUMN ledger.is_hedged IS '1 if every text hedges.'
;
COMMENT ON COLUMN ledger.block_kind IS 'How the step was stopped, in the claim shown first.'
;
COMMENT ON COLUMN ledger.condition_kind IS 'What the promise depends on, in the claim shown first.'
;
COMMENT ON COLUMN ledger.speakers IS 'Distinct speakers.'
;
COMMENT ON COLUMN ledger.texts IS 'Articles that say so, copies included.'
;
COMMENT ON COLUMN ledger.outlets IS 'Distinct outlets.'
;
COMMENT ON COLUMN ledger.first_published_at IS 'Earliest publication that says so (UTC).'
;
COMMENT ON COLUMN ledger.best_claim IS 'The claim to show first.'
;
COMMENT ON COLUMN ledger.deciding IS 'JSON list of the claims that decided.'
;
COMMENT ON COLUMN ledger.known_from IS 'When this database first showed it (UTC).'
;
COMMENT ON COLUMN ledger.rules_version IS 'Rules under which it was first shown.'
;
COMMENT ON COLUMN ledger.cause IS 'Why it came: news, outlet_edit, late_find, rule or review.'
;
COMMENT ON VIEW stories IS 'Groups of articles that tell of one event.'
;
COMMENT ON COLUMN stories.story_id IS 'Article id of the earliest article.'
;
COMMENT ON COLUMN stories.headline IS 'Headline of that article.'
;
COMMENT ON COLUMN stories.articles IS 'Number of articles.'
;
COMMENT ON COLUMN stories.outlets IS 'Number of distinct outlets.'
;
COMMENT ON COLUMN stories.first_published_at IS 'Earliest publication (UTC).'
;
COMMENT ON COLUMN stories.last_published_at IS 'Latest publication (UTC).'
;
COMMENT ON COLUMN stories.first_day IS 'Kyiv day of the earliest publication as days since 1970-01-01.'
;
COMMENT ON COLUMN stories.last_day IS 'Kyiv day of the latest publication as days since 1970-01-01.'
;
COMMENT ON VIEW cells IS 'Outlet x language x day of publication in Kyiv: how much was listed and how much was read.'
;
COMMENT ON COLUMN cells.outlet IS 'Slug of the outlet.'
;
COMMENT ON COLUMN cells.language IS 'Language of the edition; null where the index did not say.'
;
COMMENT ON COLUMN cells.published_on IS 'Day in Kyiv: the article''s own where it was read, else the one its index gave; null collects what has no day.'
;
COMMENT ON COLUMN cells.published_day IS 'published_on as days since 1970-01-01.'
;
COMMENT ON COLUMN cells.expected IS 'How many articles the outlet''s indexes name for that day, if one that covers the whole day was read after it had ended; null where none was: nobody knows.'
;
COMMENT ON COLUMN cells.expected_from IS 'Kind of that index; null where nobody knows.'
;
COMMENT ON COLUMN cells.listed IS 'Articles that indexes named for that day.'
;
COMMENT ON COLUMN cells.read IS 'Articles of that day that were read, named by an index or not.'
;
COMMENT ON COLUMN cells.unread IS 'Articles that indexes named for that day and that were not read.'
;
COMMENT ON COLUMN cells.gap_possible IS '1 where an index of the edition could not be read, so that nobody knows what is missing.'
;
CREATE FUNCTION search_vector(headline text, body text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS $$ BEGIN RETURN array_to_tsvector(array_cat(string_to_array(headline, ' '), string_to_array(body, ' '))); END $$
;
CREATE INDEX search_index ON search_texts USING gin (search_vector(headline_tokens, body_tokens))
;
INSERT INTO zaporuka_info (key, value) VALUES ('application', 'zaporuka'), ('is_demo', '0')
;
