# `make` alone lists the verbs.
.DEFAULT_GOAL := help
SHELL := /bin/sh
SWIFT_FLAGS ?=
PREFIX ?= /usr/local
DESTDIR ?=
# One debug build serves demo, test and eval; bench and install use one release build.
export DANVAN_BIN ?= $(CURDIR)/.build/debug

help: ## list the verbs
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

dependencies:
	@scripts/dependencies

build: dependencies
	swift build $(SWIFT_FLAGS) --build-tests

release: dependencies
	swift build $(SWIFT_FLAGS) -c release --static-swift-stdlib --product dvctl
	@ln -sf dvctl .build/release/danvand
	scripts/manual .build/release/dvctl .build/man

demo: build ## build, start a daemon in a scratch folder, ingest samples, query, watch, clean up
	@scripts/demo

test: build ## build and run every test
	swift test $(SWIFT_FLAGS) --skip-build --disable-xctest
	python3 -m unittest discover -s clients/python/tests

man: build ## write the pages of the manual into .build/man
	scripts/manual .build/debug/dvctl .build/man

# The extra comes from PyPI, into an environment of its own.
FETCH := .build/fetch-env
test-fetch: build ## danvan-fetch against a web server on loopback, where PyPI is at hand
	@test -e $(FETCH)/ready || { python3 -m venv $(FETCH) && \
	  $(FETCH)/bin/pip install -q --retries 1 --timeout 20 feedparser httpx && touch $(FETCH)/ready; } || \
	  echo "skipped: danvan-fetch needs feedparser and httpx from PyPI, which is not at hand"
	@test ! -e $(FETCH)/ready || $(FETCH)/bin/python -m unittest discover -s clients/python/tests -p "test_fetch*.py"

test-pages: build ## the pages that dvctl writes, in a headless Chromium from Debian, where it is or may be installed
	@scripts/dependencies chromium || echo "skipped: the pages in a browser: no Chromium"
	python3 -m unittest discover -s Tests/Browser

test-stock: build ## a stock Go ttrpc client from Debian's packages against the daemon
	@scripts/dependencies golang-go golang-github-containerd-ttrpc-dev
	DANVAN_TEST_STOCK=1 swift test $(SWIFT_FLAGS) --skip-build --disable-xctest --filter StockClientTests

SECONDS ?= 60
FRAMES ?= 1000000

FUZZ_TARGETS ?=
fuzz: dependencies ## fuzz what reads bytes from peers, files and people, SECONDS=60 for each; and a planted fault
	@Fuzz/run --control
	@Fuzz/run $(SECONDS) $(FUZZ_TARGETS)

fuzz-record: dependencies ## both kinds of fuzzing, written into Fuzz/ledger.tsv, and the sum of all that was run
	@Fuzz/run --fast --control
	@FUZZ_LEDGER=$(CURDIR)/Fuzz/ledger.tsv Fuzz/run $(SECONDS) $(FUZZ_TARGETS)
	@FUZZ_LEDGER=$(CURDIR)/Fuzz/ledger.tsv Fuzz/run --fast $(SECONDS) $(FUZZ_TARGETS)
	@Fuzz/sum

FILTER ?=
sanitize-address: dependencies ## the Swift tests under AddressSanitizer with leaks, and planted faults that must be reported; FILTER=
	@Tests/Torture/sanitize address $(if $(FILTER),'$(FILTER)')

sanitize-thread: dependencies ## the Swift tests under ThreadSanitizer, and a planted race that must be reported; FILTER=
	@Tests/Torture/sanitize thread $(if $(FILTER),'$(FILTER)')

torture: build ## a million damaged frames against a live daemon, FRAMES=1000000; and controls that must fail
	@python3 Tests/Torture/frames.py --control --frames 2000
	@python3 Tests/Torture/frames.py --frames $(FRAMES) $(TORTURE_FLAGS)

PEERS_FLAGS ?=
torture-peers: build ## hostile peers on the socket, and controls that must fail; in full: DANVAN_BIN=.build/release
	@python3 Tests/Torture/peers.py --control
	@python3 Tests/Torture/peers.py $(PEERS_FLAGS)

READERS ?=
torture-readers: build ## hand hostile inputs to the programs, and controls; in full: DANVAN_BIN=.build/release
	@python3 Tests/Torture/readers.py --control
	@python3 Tests/Torture/readers.py $(READERS)

release-check: ## everything that a release needs, going on after a failure, with a table at the end
	@scripts/steps release

lint: ## formatting
	swift format lint --strict --recursive Package.swift Sources/Danvan[!M]* Sources/DanvanModel Sources/danvand clients/dvctl Tests Fuzz

lint-units: build ## what systemd says of the units: unknown keys, exposure
	@scripts/lint-units

LINT_PYTHON := .build/lint-python
$(LINT_PYTHON)/ready:
	python3 -m venv $(LINT_PYTHON)
	$(LINT_PYTHON)/bin/pip install -q mypy pyright feedparser httpx
	@touch $@

lint-python: $(LINT_PYTHON)/ready ## types of the Python client, by mypy --strict and pyright
	$(LINT_PYTHON)/bin/mypy --strict clients/python/src/danvan clients/python/examples
	$(LINT_PYTHON)/bin/pyright -p clients/python --pythonpath $(LINT_PYTHON)/bin/python

generate: ## write Sources/DanvanMessages from Protocol/*.proto anew
	@scripts/dependencies protobuf-compiler
	Protocol/generate

check-generated: ## fail when the committed messages differ from the .proto files
	@scripts/dependencies protobuf-compiler
	Protocol/generate --check

# PYTHON may name one that has pyvi; CORPUS a folder of news. Without either the committed list stands.
PYTHON ?= python3
CORPUS ?= $(or $(DANVAN_SHARED),../shared)/data/news
WORDS = Sources/DanvanExtract/Resources/vi/words

train: ## train word segmentation anew: the word list from news, the weights from the treebank
	@if $(PYTHON) -c 'import pyvi' 2>/dev/null && [ -d $(CORPUS) ]; then \
	  $(PYTHON) scripts/train/word_list.py $(CORPUS) $(WORDS)/list.tsv; \
	else echo "the word list stays: it needs pyvi (pip install pyvi==0.1.1) and news articles in CORPUS"; fi
	$(PYTHON) scripts/train/word_weights.py $(WORDS)/list.tsv $(WORDS)/weights.tsv

eval: build ## score extraction on the gold articles, fail under the pinned floors
	@python3 Tests/Evaluation/evaluate.py
	@python3 Tests/Evaluation/words.py
	@python3 Tests/Evaluation/seeds.py

# The peers come from PyPI, into a folder of their own.
PEERS := .build/html-peers
$(PEERS)/ready:
	python3 -m venv $(PEERS)
	$(PEERS)/bin/pip install -q lxml lxml_html_clean readability-lxml
	$(PEERS)/bin/pip install -q trafilatura
	@touch $@

eval-html: build $(PEERS)/ready ## score the reading of saved pages, beside trafilatura and readability
	@$(PEERS)/bin/python Tests/Evaluation/evaluate_html.py

phrases: release ## search 300 phrases of real text, fail where one article is missing or wrong
	@DANVAN_BIN=$(CURDIR)/.build/release python3 Tests/Evaluation/phrases.py

eval-copies: build ## measure how copies of one text are grouped
	@python3 Tests/Evaluation/evaluate_copies.py

eval-dates: build ## measure the days of articles that come without one
	@python3 Tests/Evaluation/evaluate_dates.py

eval-incumbents: build ## ask who held posts, of articles that do not say so, and compare with those that do
	@DANVAN_BIN=$(CURDIR)/.build/debug python3 Tests/Evaluation/incumbents.py

eval-tagger: build ## try a trained tagger of events on folds it has not seen, beside the rules
	@python3 Tests/Evaluation/event_tagger.py

eval-stories: build ## measure how articles that tell of one event are grouped, beside tf-idf
	@python3 Tests/Evaluation/evaluate_stories.py

# Each topic is a file in Tests/Benchmarks; `make bench TOPICS=corpus` runs one.
TOPICS ?= programs extraction corpus commit exchange rpc search watch desk

bench-programs:
	for program in rpc-bench extraction-bench; do DANVAN_BENCH=1 swift build $(SWIFT_FLAGS) -c release \
	  --static-swift-stdlib --scratch-path .build-bench --product $$program || exit 1; done

RPC_PEERS := .build/rpc-peers
$(RPC_PEERS)/ready:
	python3 -m venv $(RPC_PEERS)
	$(RPC_PEERS)/bin/pip install -q grpcio
	@touch $@

bench-peers: ## install the programs that bench compares with, where Debian has them
	@scripts/dependencies gcc redis-server golang-go golang-github-containerd-ttrpc-dev golang-google-grpc-dev \
	  golang-goprotobuf-dev

bench: release bench-programs ## speed and memory, beside peers measured in the same run
	@case " $(TOPICS) " in *" rpc "*) $(MAKE) -s $(RPC_PEERS)/ready || echo "grpcio cannot be installed here";; esac
	@for topic in $(TOPICS); do \
	  DANVAN_BIN=$(CURDIR)/.build/release python3 Tests/Benchmarks/$$topic.py || exit 1; done

KILLS ?= 1000
torture-watch: build ## kill the daemon 1,000 times (KILLS=N) among writers and watchers, check what each saw
	@scripts/dependencies strace
	python3 Tests/Torture/watch.py --kills $(KILLS)

EVERY ?= 1
torture-syscalls: build ## kill the daemon at every file or socket system call of an ingest (EVERY=N: each Nth)
	@scripts/dependencies strace
	python3 Tests/Torture/syscalls.py --every $(EVERY)

torture-upgrade: build ## kill a schema upgrade at every call that writes (EVERY=N: each Nth), and fill the disk there
	@scripts/dependencies strace
	python3 Tests/Torture/upgrade.py --every $(EVERY)

schema-fixture: build ## keep a store of the present schema in Tests/Schemas, as a release does
	scripts/schema-fixture

torture-acknowledged: build ## show that an ingest is acknowledged only when its commit is on disk; and controls that must fail
	@scripts/dependencies strace
	@python3 Tests/Torture/acknowledged.py

STATES ?= 10000
torture-powerloss: build ## replay a traced life into 10,000 states (STATES=N) that a loss of power can leave; and a control
	@scripts/dependencies strace
	@python3 Tests/Torture/powerloss.py --states $(STATES) $(POWERLOSS_FLAGS)

# WITHIN: the seconds in which something must have happened; a busy machine needs more.
WITHIN ?= 1
torture-errors: build ## let each system call of an ingest fail once, in each way it can (EVERY=N: each Nth); and controls
	@scripts/dependencies strace
	@python3 Tests/Torture/errors.py --every $(EVERY) $(ERRORS_FLAGS)

ROUNDS ?= 50
torture-disks: build ## a disk that is full, read-only, failing, 50 times (ROUNDS=N), as root; and controls
	@scripts/dependencies strace
	@python3 Tests/Torture/disks.py --rounds $(ROUNDS) --within $(WITHIN)

FLIPS ?= 2000
torture-flips: build ## 2,000 flipped bits (FLIPS=N) in copies of a store; and controls
	@python3 Tests/Torture/flips.py --flips $(FLIPS)

JUMPS ?= 100
torture-clocks: build ## a clock that jumps by years among writers and watchers; and controls
	@scripts/dependencies faketime
	@python3 Tests/Torture/clocks.py --jumps $(JUMPS)

# A newer SQLite comes from PyPI, where that is at hand.
NEWER := .build/newer-sqlite
BACKUPS ?= 100
torture-backups: build ## 100 backups (BACKUPS=N) while many write, each opened; and controls
	@test -e $(NEWER)/ready || { python3 -m venv $(NEWER) && \
	  $(NEWER)/bin/pip install -q --retries 1 --timeout 20 apsw && touch $(NEWER)/ready; } || \
	  echo "apsw cannot be installed from PyPI: the copies are not looked at by a newer SQLite"
	@$$(test -e $(NEWER)/ready && echo $(NEWER)/bin/python || echo python3) Tests/Torture/backups.py --backups $(BACKUPS)

STOPS ?= 200
PAIRS ?= 100
torture-stops: build ## stop it in full work, start it twice, start it on what is not its own; and a control
	@python3 Tests/Torture/stops.py --stops $(STOPS) --pairs $(PAIRS) --within $(WITHIN)

ARTICLES ?= 1000000
WAL ?= 64
IDLE ?= 60
torture-starts: build ## start it on a million articles and a log that a kill left, and let it idle; and controls
	@python3 Tests/Torture/starts.py --articles $(ARTICLES) --wal $(WAL) --idle $(IDLE) --within $(WITHIN)

MINUTES ?= 60
torture-soak: build ## an hour of load (MINUTES=N) with a kill every minute: what grows; and a control
	@python3 Tests/Torture/soak.py --minutes $(MINUTES)

# The debug program can be told to misbehave; a release one has nothing of it.
torture-faults: build ## show that the check of `torture-watch` notices lost, repeated and early events
	@scripts/dependencies strace
	@if grep -qs DANVAN_FAULT .build/release/danvand; then echo "the release danvand has faults in it" >&2; exit 1; fi
	@for fault in lost repeated early; do \
	  python3 Tests/Torture/watch.py --kills 6 --fault $$fault; \
	  if [ $$? != 3 ]; then echo "the fault '$$fault' was not noticed" >&2; exit 1; fi; done

SYSCONFDIR ?= /etc
UNITDIR ?= $(PREFIX)/lib/systemd/system
# What danvand.service mounts on: the unit's RootDirectory, empty of all else.
EMPTY_ROOT = dev etc/danvan home lib lib64 proc root run sys tmp usr var/lib/danvan var/tmp
INSTALL_DATA = install -D -m 644
install: release install-files ## install programs, rules, units, configuration, man pages, completions under $(DESTDIR)

# What is there of the configuration stays as it is. The files name $(PREFIX), not $(DESTDIR).
install-files:
	install -D -s -m 755 .build/release/dvctl $(DESTDIR)$(PREFIX)/bin/dvctl
	ln -sf dvctl $(DESTDIR)$(PREFIX)/bin/danvand
	install -d $(DESTDIR)$(PREFIX)/share/danvan $(DESTDIR)$(UNITDIR)
	cp -R --no-preserve=mode,ownership Sources/DanvanExtract/Resources/vi $(DESTDIR)$(PREFIX)/share/danvan/
	for file in clients/dvctl/Messages/*.po; do \
	  $(INSTALL_DATA) $$file $(DESTDIR)$(PREFIX)/share/danvan/messages/$${file##*/} || exit 1; done
	for page in .build/man/*.[1-8]; do \
	  $(INSTALL_DATA) $$page $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/} || exit 1; done
	for unit in danvand.service danvand.socket danvand-admin.socket; do \
	  sed 's|/usr/bin/danvand|$(PREFIX)/bin/danvand|; s|/usr/lib/danvan|$(PREFIX)/lib/danvan|' \
	    daemon-config/$$unit >$(DESTDIR)$(UNITDIR)/$$unit || exit 1; done
	install -d $(addprefix $(DESTDIR)$(PREFIX)/lib/danvan/empty-root/,$(EMPTY_ROOT))
	touch $(DESTDIR)$(PREFIX)/lib/danvan/empty-root/etc/ld.so.cache
	$(INSTALL_DATA) daemon-config/danvan.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/danvan.conf
	$(INSTALL_DATA) daemon-config/danvan.tmpfiles $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/danvan.conf
	test -e $(DESTDIR)$(SYSCONFDIR)/danvan/danvand.toml || \
	  $(INSTALL_DATA) daemon-config/danvand.toml $(DESTDIR)$(SYSCONFDIR)/danvan/danvand.toml
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/vendor-completions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	.build/release/dvctl --generate-completion-script bash | sed '1{/^#!/d}' \
	  >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/dvctl
	.build/release/dvctl --generate-completion-script zsh >$(DESTDIR)$(PREFIX)/share/zsh/vendor-completions/_dvctl
	.build/release/dvctl --generate-completion-script fish >$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/dvctl.fish

deb: release ## build the Debian packages danvand, dvctl and python3-danvan in .build/deb
	@scripts/dependencies debhelper dh-python python3-all python3-setuptools pybuild-plugin-pyproject fakeroot lintian
	scripts/deb

test-packages: deb ## install, use, kill, upgrade and purge the packages in a real systemd, where root may boot one
	@scripts/dependencies systemd-container
	python3 Tests/System/packages.py

clean: ## remove what was built
	rm -rf .build .build-bench .build-fuzz .build-planted .build-address .build-thread

.PHONY: help dependencies build release release-check demo test man test-fetch test-pages test-stock fuzz torture torture-readers lint generate check-generated train eval eval-html eval-copies eval-dates eval-incumbents eval-stories eval-tagger phrases \
  bench-programs \
  bench-peers bench torture-watch torture-syscalls torture-acknowledged torture-powerloss torture-errors torture-disks \
  torture-flips torture-clocks torture-backups torture-stops torture-starts torture-soak torture-faults torture-upgrade \
  schema-fixture lint-units lint-python install install-files deb test-packages clean
.PHONY: torture-peers fuzz-record sanitize-address sanitize-thread
