# qd-imd: `make demo` exports a dataset, `make test` runs the tests. Both install missing libraries and tools.

# Source and output of `make demo`.
DRAWINGS ?= fixtures/drawings
MASKS ?= masks
# A folder with real Quick, Draw! drawings in simplified/, for additional tests; empty for none.
QUICKDRAW_DIR ?=

PYTHON ?= python3
# For `make fuzz`: random seed, number of bytes to corrupt per reader, which readers (empty for all), and a sanitizer:
# SANITIZE=address finds what C code reads or writes beyond its memory, in a build of its own.
SEED ?= 0
BYTES ?= 10000000
READERS ?=
SANITIZE ?=
PROGRAM := .build/release/qd-imd
VENV := .venv
VENV_CLUSTER := .venv-cluster
# For `make bench`: its peers, fewer masks and rounds if QUICK=1, and where it writes files (by default into memory).
# A full run writes its results to docs/benchmarks.md and docs/benchmarks.json; a quick one only if WRITE=1.
VENV_BENCH := .venv-bench
QUICK ?=
WRITE ?=
SCRATCH ?=
# The version that this one is measured against: version 2.0.0, built from its commit.
PREVIOUS ?= e0ce94d294efa1561feeed24707f8ad04c73c92c
PREVIOUS_BUILD := .build-previous/$(PREVIOUS)

# The project's own builds turn warnings into errors; those of packages that depend on it do not.
export QDIMD_WARNINGS_AS_ERRORS := 1
# For `make docs`: where the pages go, and the path on the server below which they will be.
DOCS ?= .build/documentation
DOCS_BASE_PATH ?= qd-imd
DOCUMENTED := QDIMD PlaneGeometry MaskModel MaskRaster MaskGeneration StrokeBank CairoRasterizer PNGCodec JPEGCodec MaskFormats QuickDraw MaskDiff MaskDataset \
	MaskReport JSONText FileAccess

.PHONY: demo build python wheel test test-swift test-program test-python test-cluster coverage lint check-imports docs setup setup-test setup-python \
	setup-cluster setup-bench fixtures fuzz bench bench-python bench-cluster bench-tracing bench-previous \
	identity clean

demo: build
	$(PROGRAM) export $(DRAWINGS) --output $(MASKS) --resume
	@echo
	@echo "Train masks: $(MASKS)/train"
	@echo "Test masks:  $(MASKS)/test"
	@echo "Vectors:     $(MASKS)/vectors (JSON), $(MASKS)/svg"
	@echo "Preview:     $(MASKS)/preview.png"

build: setup
	swift build -c release --product qd-imd
	swift build -c release --product qd-imd-download

# The library and the bundled drawings in the Python package, for the tests from the source tree.
PYTHON_NATIVE := Python/src/qd_imd/_native
python: build
	swift build -c release --product qdimd
	@mkdir -p $(PYTHON_NATIVE)
	install -m 755 .build/release/libqdimd.so $(PYTHON_NATIVE)/
	$(PROGRAM) index fixtures/drawings --output $(PYTHON_NATIVE)/drawings.bank --overwrite

# Python's wheel and sdist, in dist: for Linux with glibc 2.31 or later.
wheel: build
	scripts/wheel/build

# Tests that take long and fail rarely have pytest's marker `thorough`. THOROUGH=1 runs them, too, as .ci/run does;
# otherwise, pytest says how many are deselected.
THOROUGH ?=
NOT_THOROUGH := $(if $(THOROUGH),,-m "not thorough")

# Side by side, as compilers and tests leave a core idle now and then: the program is built while the tests of Swift run. With
# GNU make 4, the output of each target is printed as a whole when it ends.
test: setup-python
	$(MAKE) --jobs=2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target) test-swift test-program test-python

# The debug build of tests, documentation, and imports: in a folder of its own, so that the release build does not wait for it.
# With its index, in which SwiftPM looks for tests on Linux.
CHECKED := --scratch-path .build/checked

test-swift: setup
	swift test $(CHECKED)

# Which part of the lines of each target `make test-swift` runs, in a build of its own.
coverage: setup
	swift test --enable-code-coverage --scratch-path .build/coverage
	@scripts/coverage "$$(swift test --scratch-path .build/coverage --show-codecov-path)"

# Compares the built program with independent ones: NumPy, Pillow, OpenCV, jsonschema, rsvg-convert, pngcheck, Chromium,
# and the libraries that load its layouts. Modules run side by side, the longest first (Tests/EndToEnd/conftest.py).
test-program: build setup-test
	QUICKDRAW_DIR="$(QUICKDRAW_DIR)" $(VENV)/bin/python -m pytest -q -p no:cacheprovider -n 3 --dist loadscope --no-loadscope-reorder \
		$(NOT_THOROUGH) Tests/EndToEnd

# The Python package in worker processes, and beside the libraries that people use it with. QDIMD_PYTHON_THOROUGH=1 takes
# some minutes: 2,000 masks, 500 forks, 1,000,000 masks in one process, valgrind.
test-python: python wheel setup-python
	$(VENV)/bin/python -m pytest -q -p no:cacheprovider -n 2 --dist loadscope Tests/Python

# The files in cluster/ on a Slurm of two nodes that the tests start on this machine, as root, and with GNU parallel; Spark,
# which they start, too, and an S3 server on loopback.
test-cluster: python setup-cluster
	$(VENV_CLUSTER)/bin/python -m pytest -q -p no:cacheprovider -n 2 --dist loadfile Tests/Cluster

# Every preset, backend and option makes the same vectors and pixels as version 2: some minutes.
identity: build setup-test
	QUICKDRAW_DIR="$(QUICKDRAW_DIR)" $(VENV)/bin/python Tests/Identity/identity.py check $(PROGRAM)

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks

# By default, SwiftPM accepts imports of targets that are not declared as dependencies.
check-imports: setup
	swift build $(CHECKED) --explicit-target-dependency-import-check error

# The library's documentation, all modules and articles as one site; a warning, as for a broken link, is an error.
# The plugin is a dependency of this target only.
docs: setup
	QDIMD_DOCS=1 swift package $(CHECKED) --allow-writing-to-directory $(DOCS) generate-documentation \
		--enable-experimental-combined-documentation $(addprefix --target ,$(DOCUMENTED)) \
		--warnings-as-errors --transform-for-static-hosting --hosting-base-path $(DOCS_BASE_PATH) \
		--output-path $(DOCS)
	@echo "Documentation: $(DOCS)/index.html"

# Installs missing libraries with the system's package manager.
setup:
	@scripts/setup libraries

setup-test: setup
	@scripts/setup tools
	@scripts/setup browser
	@test -f $(VENV)/complete-4 || { rm -rf $(VENV) && $(PYTHON) -m venv $(VENV) \
		&& $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r Tests/EndToEnd/requirements.txt \
		&& touch $(VENV)/complete-4; }

setup-python: setup-test
	@test -f $(VENV)/complete-python-1 || { \
		$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r Tests/Python/requirements.txt \
		&& touch $(VENV)/complete-python-1; }

# An environment of its own: Spark and the libraries of S3 pin versions of others.
setup-cluster: setup-test
	@scripts/setup cluster
	@scripts/setup java
	@test -f $(VENV_CLUSTER)/complete-1 || { rm -rf $(VENV_CLUSTER) && $(PYTHON) -m venv $(VENV_CLUSTER) \
		&& $(VENV_CLUSTER)/bin/python -m pip install --quiet --disable-pip-version-check -r Tests/Cluster/requirements.txt \
		&& touch $(VENV_CLUSTER)/complete-1; }

# Generates the bundled drawings again, with the same bytes.
fixtures:
	$(PYTHON) fixtures/make_doodles.py

# Corrupts ten million bytes for each reader of files and checks what it returns. Takes many minutes; less with BYTES or
# READERS="png tar". A truncated mapping raises SIGBUS, which the program handles itself.
FUZZ_BUILD := .build$(if $(SANITIZE),-$(SANITIZE))
fuzz: setup
	swift build -c release --product fuzz --scratch-path $(FUZZ_BUILD) $(if $(SANITIZE),--sanitize=$(SANITIZE))
	ASAN_OPTIONS=detect_leaks=0:handle_sigbus=0 $(FUZZ_BUILD)/release/fuzz $(READERS) --seed $(SEED) --bytes $(BYTES)

bench: build setup-bench bench-previous
	swift build -c release --product micro-benchmarks
	swift build -c release --package-path Benchmarks/SimdjsonWalk --scratch-path .build/simdjson-walk
	$(VENV_BENCH)/bin/python Benchmarks/bench.py $(PROGRAM) "$(DRAWINGS)" \
		--previous $(PREVIOUS_BUILD)/.build/release/qd-imd $(if $(QUICK),--quick) $(if $(WRITE),--write) \
		$(if $(SCRATCH),--scratch "$(SCRATCH)")

# The Python package beside other generators of masks; a full run writes docs/benchmarks-python.md.
bench-python: python setup-bench
	PYTHONPATH=Python/src $(VENV_BENCH)/bin/python Benchmarks/python.py \
		$(if $(QUICK),--quick,--output docs/benchmarks-python.md)

# Plans with 100,000 shards, and a million masks with each scheduler; a full run writes docs/benchmarks-cluster.md.
bench-cluster: build python setup-cluster
	$(VENV_CLUSTER)/bin/python Benchmarks/cluster.py $(PROGRAM) $(if $(QUICK),--quick,--write)

# How closely `vectorize` traces masks of TRACED of each kind, of the drawings in QUICKDRAW_DIR or DRAWINGS: about 25 minutes of
# one core. A full run writes docs/benchmarks-tracing.md.
TRACED ?= 200
bench-tracing: build setup-bench
	$(VENV_BENCH)/bin/python Benchmarks/tracing.py $(PROGRAM) \
		"$(if $(QUICKDRAW_DIR),$(QUICKDRAW_DIR)/simplified,$(DRAWINGS))" --masks $(TRACED) $(if $(QUICK),--quick) \
		$(if $(SCRATCH),--scratch "$(SCRATCH)")

# The previous version's program and micro-benchmarks, from its own sources. Where its commit is not available (in a
# shallow clone), the benchmark reports it as missing.
bench-previous: setup
	@test -f $(PREVIOUS_BUILD)/complete || { rm -rf $(PREVIOUS_BUILD) && mkdir -p $(PREVIOUS_BUILD) \
		&& git archive --output $(PREVIOUS_BUILD)/sources.tar $(PREVIOUS) \
		&& tar -x -C $(PREVIOUS_BUILD) -f $(PREVIOUS_BUILD)/sources.tar \
		&& swift build -c release --package-path $(PREVIOUS_BUILD) --product qd-imd \
		&& swift build -c release --package-path $(PREVIOUS_BUILD) --product micro-benchmarks \
		&& touch $(PREVIOUS_BUILD)/complete; } || echo "commit $(PREVIOUS) cannot be built" >&2

# A peer that cannot be installed is named as missing; numpy and Pillow must be there.
setup-bench: setup
	@scripts/setup tools
	@test -f $(VENV_BENCH)/complete-1 || { rm -rf $(VENV_BENCH) && $(PYTHON) -m venv $(VENV_BENCH) \
		&& { while read -r peer; do \
			$(VENV_BENCH)/bin/python -m pip install --quiet --disable-pip-version-check "$$peer" </dev/null \
				|| echo "$$peer cannot be installed" >&2; \
			done <Benchmarks/requirements.txt; } \
		&& $(VENV_BENCH)/bin/python -c "import numpy, PIL" && touch $(VENV_BENCH)/complete-1; }

clean:
	rm -rf .build .build-address .build-previous $(VENV) $(VENV_BENCH) $(VENV_CLUSTER) $(MASKS)
