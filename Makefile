# make demo        start Kursvis with its fictional municipality (PORT=8000, KURSVIS_DATA=.kursvis)
# make demo-reset  forget the demo's data; the next start begins anew
# make test        every check and test (ARGS="-k words" goes to pytest)
# make proof       the long measurements, written to docs/proof/
# make test-server a PostgreSQL for running pytest by hand; prints the environment to use
# make requirements  pins of pyproject.toml's dependencies, with hashes

PYTHON ?= python3
PINS = CUSTOM_COMPILE_COMMAND="make requirements" .venv-pins/bin/pip-compile --quiet --generate-hashes --allow-unsafe \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras
export PORT ARGS

.PHONY: demo demo-reset test proof test-server requirements

demo demo-reset test proof test-server:
	@$(PYTHON) runner/start.py $@

requirements:
	$(PYTHON) -m venv --clear .venv-pins
	.venv-pins/bin/pip install --quiet pip-tools
	$(PINS) --output-file requirements.txt pyproject.toml
	$(PINS) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
	rm -r .venv-pins
