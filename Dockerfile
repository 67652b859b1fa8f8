FROM python:3.12-slim-bookworm AS build
RUN pip install --no-cache-dir uv
WORKDIR /src
COPY . .
# Exactly the versions that the tests ran with.
ENV UV_PROJECT_ENVIRONMENT=/opt/gridlens UV_PYTHON_DOWNLOADS=never
RUN uv sync --locked --no-dev --no-editable --extra redis --compile-bytecode

FROM python:3.12-slim-bookworm
# Chromium draws the charts in mails; without it reports carry tables.
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 gridlens \
    && install -d -o gridlens -g gridlens -m 700 /data
COPY --from=build /opt/gridlens /opt/gridlens
ENV PATH=/opt/gridlens/bin:$PATH
USER gridlens
EXPOSE 8470
CMD ["gridlens", "serve"]
