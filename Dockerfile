FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN pip install --no-cache-dir build && python -m build --wheel --outdir /wheels

FROM python:3.12-slim-bookworm
# Chromium draws the charts in mails; without it reports carry tables.
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 gridlens \
    && install -d -o gridlens -g gridlens -m 700 /data
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir "$(ls /wheels/*.whl)[redis]" && rm -rf /wheels
USER gridlens
EXPOSE 8470
CMD ["gridlens", "serve"]
