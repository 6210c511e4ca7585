# The commands for working on the guide; `make` alone lists them.
# Each one first sets up what it needs, once. Plain POSIX sh, and make 3.81 or newer.
#
#   PYTHON=python3.12          which Python to set up with (3.11 or newer; default python3)
#   GUIDE_CHROMIUM=/path/to/it which Chromium to test with
#   GUIDE_FIREFOX=/path/to/it  which Firefox to test with
#   BASE=origin/main           what `make diff`, `make safety` and `make changed-reviews` compare with
#   TAG=v1.2.0                 what `make release` packs
#   FILES="data/x.yaml"        which files to check or fix
#   FROM=letter.txt            the suggestion to make a change of
#   KIND=checklists ID=my-id   what to create
#   DIR=../stroke NAME="..."   which folder and name a new guide gets
#   FROM=../its-folder         where the next version of the generator is
#   FROM=docs/a.md TO=docs/b.md  which page to move, and where to
#   WHAT=checklists/x INSTEAD=docs/a.md WHY="It says the same." SHOWS=worksheet/y  what to withdraw
#   PAGE=care/first-day        which page a clinician is to review
#   FILE=review-x.json         which review came back
#   NAME=exercise              what to call a new kind of record; PLURAL=exercises, if it isn't the usual plural
#   ARGS="-k glossary"         passed on to the command

.DEFAULT_GOAL := help
.NOTPARALLEL:

# Words after an unquoted WHY or NAME are targets to make: the command would run with the first word alone.
ifneq ($(filter command,$(origin WHY) $(origin NAME)),)
ifneq ($(words $(MAKECMDGOALS)),1)
$(error Nothing was changed: put the whole text after = in double quotes, such as WHY="The page says the same.")
endif
endif

export NO_MKDOCS_2_WARNING = 1

BASE = origin/main
py := .venv/bin/python
with_chromium := GUIDE_CHROMIUM=$$(scripts/chromium.sh) && export GUIDE_CHROMIUM
uv := uv==0.13.9
# Tests of the pages and embeds of one guide in other programs; a new guide has none yet.
in = if [ ! -d tests/guide/$(1) ]; then echo "There is no tests/guide/$(1) in this guide: nothing to run." >&2; exit 0; fi

.PHONY: help
help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-17s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: ## Install what the guide needs into .venv
	@scripts/setup.sh

.PHONY: serve
serve: setup ## Show the guide in a browser, and update it after every edit
	@$(py) -m guide.commands.serve $(ARGS)

.PHONY: build
build: setup ## Check everything, then write the website to site/
	@$(py) -m guide.commands.build $(ARGS)

.PHONY: check
check: setup ## Report every problem (FILES="data/x.yaml": of those first, and faster)
	@$(py) -m guide.commands.check $(ARGS) $(FILES)

.PHONY: fix
fix: setup ## Fix the formatting of what you changed, code too (or of FILES), never its meaning
	@$(py) -m guide.commands.fix $(ARGS) $(FILES)

.PHONY: new
new: setup ## Create a record or page to fill in (KIND=checklists ID=first-visit)
	@$(py) -m guide.commands.new $(ARGS) "$(KIND)" "$(ID)"

# DIR, NAME and FROM reach these two through the environment, so that no quote in them ends a word of the shell.
.PHONY: new-guide
new-guide: setup ## Write a guide on another topic, beside this one (DIR=../stroke NAME="Stroke care, plainly")
	@$(py) -m guide.commands.new_guide $(ARGS) -- "$$DIR" "$$NAME"

.PHONY: upgrade-generator
upgrade-generator: setup ## Bring the next version of the generator into this guide (FROM=../its-folder)
	@$(py) -m guide.commands.upgrade_generator $(ARGS) -- "$$FROM"

.PHONY: move
move: setup ## Rename or move a page, with all that names it (FROM=docs/a.md TO=docs/b.md)
	@$(py) -m guide.commands.move $(ARGS) -- "$$FROM" "$$TO"

.PHONY: withdraw
withdraw: setup ## Take a page or record out (WHAT=checklists/x INSTEAD=docs/a.md WHY="...")
	@$(py) -m guide.commands.withdraw $(ARGS) --what="$$WHAT" --instead="$$INSTEAD" --why="$$WHY" --shows="$$SHOWS"

.PHONY: new-component
new-component: setup ## Begin a kind of record of your own, with its macro, style and test (NAME=exercise)
	@$(py) -m guide.commands.new_component $(if $(PLURAL),--plural "$$PLURAL") $(ARGS) -- "$$NAME"

# An import error inside macros/ is misreported by mkdocs-macros, so it is looked for first.
.PHONY: test
test: setup chromium pango ## Run the tests
	@$(py) -c "import macros"
	@$(with_chromium) && $(py) -m pytest -n 2 --dist loadscope --ignore tests/guide/wordpress --ignore tests/guide/engines \
	  --ignore tests/properdocs $(ARGS)
	@echo 'Left out: test-wordpress, test-webkit, test-firefox and test-properdocs, which need more software.' >&2

.PHONY: test-webkit
test-webkit: setup ## Test the main paths in WebKit, the engine of iPhones
	@$(call in,engines) && scripts/webkit.sh >/dev/null && $(py) -m pytest tests/guide/engines -m webkit $(ARGS)

.PHONY: test-firefox
test-firefox: setup ## Test the main paths in Firefox
	@$(call in,engines) && scripts/firefox.sh >/dev/null && $(py) -m pytest tests/guide/engines -m firefox $(ARGS)

.PHONY: test-wordpress
test-wordpress: setup ## Test the embeds in a real WordPress, with PHP and MariaDB
	@$(call in,wordpress) && scripts/wordpress.sh >/dev/null && $(with_chromium) && \
	  $(py) -m pytest tests/guide/wordpress $(ARGS)

.PHONY: test-properdocs
test-properdocs: setup ## See that ProperDocs, in place of MkDocs, writes the same files
	@scripts/properdocs.sh
	@$(py) -m pytest tests/properdocs $(ARGS)

.PHONY: bench
bench: setup chromium ## Measure how fast the guide builds and is served, and how much its readers load
	@$(with_chromium) && $(py) -m bench.run $(ARGS)

.PHONY: diff
diff: setup ## Report what changes for readers (BASE=origin/main)
	@$(py) -m guide.commands.diff --base "$(BASE)" $(ARGS)

.PHONY: suggestion
suggestion: setup ## Make the change that a letter suggests (FROM=letter.txt)
	@$(py) -m guide.commands.suggestion $(ARGS) "$(FROM)"

.PHONY: review-pack
review-pack: setup pango ## Write what a clinician needs to review a page (PAGE=care/first-day)
	@$(py) -m guide.commands.review_pack $(ARGS) "$(PAGE)"

.PHONY: review-read
review-read: setup ## Check a review that a clinician saved, and write its record (FILE=review-x.json)
	@$(py) -m guide.commands.review_read $(ARGS) "$(FILE)"

.PHONY: changed-reviews
changed-reviews: setup ## Refuse a change of who has signed (BASE=origin/main)
	@$(py) -m guide.commands.changed_reviews --base "$(BASE)" $(ARGS)

.PHONY: safety
safety: setup ## Name the matters of safety that a second person must review (BASE=origin/main)
	@$(py) -m guide.commands.safety --base "$(BASE)" $(ARGS)

.PHONY: overdue
overdue: setup ## Report what is overdue for review (ARGS="--today 2027-01-31")
	@$(py) -m guide.commands.overdue $(ARGS)

.PHONY: links
links: setup ## Check that linked pages still exist, and that no source was retracted
	@$(py) -m guide.commands.external_links $(ARGS)

.PHONY: status
status: setup ## List the pages that read choppy, for an editor to read aloud
	@$(py) -m guide.commands.status $(ARGS)

.PHONY: due
due: setup ## Report what is overdue, retracted or gone, for a scheduled job
	@$(py) -m guide.commands.due $(ARGS)

.PHONY: embeds-zip
embeds-zip: setup ## Pack the embeds, for a site that hosts its own copy
	@$(py) -m guide.commands.build
	@$(py) -m guide.commands.embeds_zip $(ARGS)

.PHONY: disk-copy
disk-copy: build ## Pack the whole guide as files that open from a flash drive, or in a folder of any web server
	@$(py) -m guide.commands.disk_copy $(ARGS)

.PHONY: addresses
addresses: setup ## Check that the site has every address of the last release
	@$(py) -m guide.commands.build
	@$(py) -m guide.commands.check_addresses $(ARGS)

.PHONY: changes
changes: setup ## Report what has changed for readers since the last release
	@$(py) -m guide.commands.changes $(ARGS)

.PHONY: check-release
check-release: build ## Check that the site can be released
	@$(py) -m guide.commands.check_release $(ARGS)

.PHONY: host
host: build ## Add to the site what a server needs: compressed copies, headers, redirects
	@$(py) -m guide.commands.host $(ARGS)

.PHONY: handouts
handouts: setup pango ## Write the website with PDFs to print
	@$(py) -m guide.commands.handouts $(ARGS)

.PHONY: release
release: handouts ## Pack the files of a release (TAG=v1.2.0)
	@$(py) -m guide.commands.check_addresses
	@$(py) -m guide.commands.release --tag "$(TAG)"

.PHONY: schemas
schemas: setup ## Write schemas/ from the models
	@$(py) -m guide.commands.schemas $(ARGS)

.PHONY: screenshot
screenshot: setup chromium ## Take the README's screenshot
	@$(with_chromium) && $(py) -m guide.commands.screenshot $(ARGS)

.PHONY: touch-icon
touch-icon: setup chromium ## Draw the icon for phones from the site's icon
	@$(with_chromium) && $(py) -m guide.commands.touch_icon $(ARGS)

.PHONY: chromium
chromium: ## Find Chromium, or install Debian's
	@scripts/chromium.sh >/dev/null

.PHONY: pango
pango: setup ## Find Pango, or install Debian's
	@scripts/pango.sh

# Keeps the versions that still fit; ARGS=--upgrade takes the newest ones. ProperDocs's environment has the same ones.
.PHONY: lock
lock: ## Write requirements.lock from pyproject.toml, and that of ProperDocs
	@set -eu; new=$$(mktemp -d); trap 'rm -rf "$$new"' EXIT; \
	"$${PYTHON:-python3}" -m venv "$$new/venv"; \
	"$$new/venv/bin/python" -m pip install --quiet --disable-pip-version-check $(uv); \
	compile() { \
	  lock=$$1; from=$$2; shift 2; cp "$$lock" "$$new/lock" 2>/dev/null || : >"$$new/lock"; \
	  "$$new/venv/bin/uv" --quiet pip compile "$$@" --universal --python-version 3.11 --generate-hashes --no-config \
	    --no-emit-index-url --no-emit-find-links --no-header --output-file "$$new/lock" $(ARGS) >/dev/null; \
	  if grep -n '://' "$$new/lock"; then echo "The lock would name an address; see above." >&2; exit 1; fi; \
	  { echo "# Written by \`make lock\` from $$from: change that, not this."; cat "$$new/lock"; } >"$$new/whole"; \
	  cat "$$new/whole" >"$$lock"; \
	}; \
	compile requirements.lock pyproject.toml pyproject.toml --all-extras; \
	compile tests/properdocs/requirements.lock requirements.in pyproject.toml tests/properdocs/requirements.in \
	  --constraint requirements.lock --no-emit-package mkdocs --no-annotate

.PHONY: clean
clean: ## Remove what was built and cached; .venv stays
	@rm -rf site .cache .mypy_cache .pytest_cache .ruff_cache test-results
	@find macros guide bench tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
