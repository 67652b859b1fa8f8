# `just` lists what there is to do; it comes with the development dependencies: `uv run just …`

export UV_NO_PROGRESS := "1"
web := "src/web"

_default:
    @just --list --unsorted

# Start with sample data and an account
demo *arguments:
    uv run gridlens demo {{arguments}}

# Start the server, and the browser application with live reload
dev:
    uv run gridlens serve & cd {{web}} && uv run npm run dev

# Everything that CI runs
check: lint types contracts web-check test

# Format, then lint
lint:
    uv run ruff format --check .
    uv run ruff check .

# Put everything into its format
format:
    uv run ruff format .
    uv run ruff check --fix .

types:
    uv run mypy

contracts:
    uv run lint-imports

# Python tests, browser tests included where a Chromium is found
test *arguments:
    uv run pytest {{arguments}}

# Types, lint, unit tests and first-load size of the browser application
web-check:
    cd {{web}} && uv run npm ci --no-audit --no-fund && uv run npm run check && uv run npm run test && uv run npm run build && uv run npm run size

# Write the API types of the browser application anew
web-types:
    cd {{web}} && uv run npm run types

# A new migration from what the models say (on PostgreSQL: set GRIDLENS_DATABASE_URL)
migrate message:
    uv run gridlens db upgrade
    uv run gridlens db revision "{{message}}"

# Accuracy of Ask on a folder of questions that holds evaluate.py and its databases
bench-ask folder *arguments:
    uv run python {{folder}}/evaluate.py --adapter tests.bench.nl2sql:Engine {{arguments}}

# Accuracy of Ask on databases it has never seen, with a model for each part of them
bench-ask-folds folder *models:
    uv run --group train python -m tests.bench.folds {{folder}} --models {{models}}

# What each part of the reader is worth, with a model that never saw the part held out
bench-ask-parts folder model *arguments:
    uv run --group train python -m tests.bench.ablations {{folder}} --model {{model}} {{arguments}}

# Timings and memory; reports, never fails on a clock
bench:
    uv run python -m tests.bench

# The query path beside the engines alone; needs the PostgreSQL of the tests
bench-query *arguments:
    uv run python -m tests.bench.query {{arguments}}
